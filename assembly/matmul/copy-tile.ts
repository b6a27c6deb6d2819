/** Copies a part of a tile's rows, four bytes at a time, which both dtypes are made of. */
export function copyTile(to: usize, toLine: usize, from: usize, fromLine: usize, rows: usize, bytes: usize): void {
  for (let i: usize = 0; i < rows; i++, to += toLine, from += fromLine) {
    for (let q: usize = 0; q < bytes; q += 4) store<u32>(to + q, load<u32>(from + q));
  }
}

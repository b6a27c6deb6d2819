import { assertAligned } from "./lanes";

/** Rows and columns of the block that is turned at once: both its source and its target lines stay in the
 *  first-level cache. */
const BLOCK: usize = 32;

/** out(cols × rows) = a(rows × cols) turned; out may not be a. */
// @ts-ignore: decorator
@inline
export function transpose<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  for (let i: usize = 0; i < rows; i += BLOCK) {
    const iEnd = min(i + BLOCK, rows);
    for (let j: usize = 0; j < cols; j += BLOCK) {
      const jEnd = min(j + BLOCK, cols);
      if (sizeof<T>() == 8) turnBlock64(out, a, rows, cols, i, iEnd, j, jEnd);
      else turnBlock32(out, a, rows, cols, i, iEnd, j, jEnd);
    }
  }
}

// @ts-ignore: decorator
@inline
function turnScalars<T>(
  out: usize, a: usize, rows: usize, cols: usize,
  i: usize, iEnd: usize, j: usize, jEnd: usize,
): void {
  for (let r = i; r < iEnd; r++) {
    for (let q = j; q < jEnd; q++) {
      store<T>(out + (q * rows + r) * sizeof<T>(), load<T>(a + (r * cols + q) * sizeof<T>()));
    }
  }
}

//  a0 a1        a0 b0
//  b0 b1   →    a1 b1
function turnBlock64(
  out: usize, a: usize, rows: usize, cols: usize,
  i: usize, iEnd: usize, j: usize, jEnd: usize,
): void {
  const iPairs = i + ((iEnd - i) & ~1);
  const jPairs = j + ((jEnd - j) & ~1);
  for (let r = i; r < iPairs; r += 2) {
    let from = a + (r * cols + j) * 8;
    let to = out + (j * rows + r) * 8;
    for (let q = j; q < jPairs; q += 2, from += 16, to += rows * 16) {
      const row0 = v128.load(from);
      const row1 = v128.load(from + cols * 8);
      v128.store(to, v128.shuffle<f64>(row0, row1, 0, 2));
      v128.store(to + rows * 8, v128.shuffle<f64>(row0, row1, 1, 3));
    }
  }
  turnScalars<f64>(out, a, rows, cols, i, iPairs, jPairs, jEnd);
  turnScalars<f64>(out, a, rows, cols, iPairs, iEnd, j, jEnd);
}

//  a0 a1 a2 a3        a0 b0 c0 d0
//  b0 b1 b2 b3   →    a1 b1 c1 d1    rows are woven in pairs, then the pairs
//  c0 c1 c2 c3        a2 b2 c2 d2
//  d0 d1 d2 d3        a3 b3 c3 d3
function turnBlock32(
  out: usize, a: usize, rows: usize, cols: usize,
  i: usize, iEnd: usize, j: usize, jEnd: usize,
): void {
  const iFours = i + ((iEnd - i) & ~3);
  const jFours = j + ((jEnd - j) & ~3);
  const line = cols * 4;
  const outLine = rows * 4;
  for (let r = i; r < iFours; r += 4) {
    let from = a + r * line + j * 4;
    let to = out + j * outLine + r * 4;
    for (let q = j; q < jFours; q += 4, from += 16, to += outLine * 4) {
      const row0 = v128.load(from);
      const row1 = v128.load(from + line);
      const row2 = v128.load(from + line * 2);
      const row3 = v128.load(from + line * 3);
      const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
      v128.store(to + outLine, v128.shuffle<f64>(low01, low23, 1, 3));
      v128.store(to + outLine * 2, v128.shuffle<f64>(high01, high23, 0, 2));
      v128.store(to + outLine * 3, v128.shuffle<f64>(high01, high23, 1, 3));
    }
  }
  turnScalars<f32>(out, a, rows, cols, i, iFours, jFours, jEnd);
  turnScalars<f32>(out, a, rows, cols, iFours, iEnd, j, jEnd);
}

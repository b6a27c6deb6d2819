// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// Between panels of an even k one row is left free, of an odd one two, the first of them zeros: the starts of panels that lay a power of
// two apart would meet in a few sets of the cache, and push each other out while they are written side by side.
//
// A left operand is packed in panels of its rows, a right operand in panels of its columns; for a transposed
// one the two walks change places. The zeros reach only columns of a tile that are never stored. The left one of the narrow tile is
// packed by that (narrow-row.ts).

import { IN_PAIRS, assertAligned, storePair } from "../lanes";
import { turnLines } from "../turn";
import { panelBytes, TILE_ROW_BYTES, TILE_ROWS } from "./panels";

/** Packs lines that run across the panel: element (p, j) lies at x + p·line + j. Right operand of NN, wide left of TN.
 *  depth = k of the block, count = its columns; `width` is that of a tile, either side. All panels grow side by side, so
 *  that lines are read whole, which matters where they come from memory. */
function packAcross<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  const step = panelBytes(depth, widthBytes);
  const last = widthBytes - sizeof<T>();
  const rest = (count % width) * sizeof<T>();
  const wholeBytes = count * sizeof<T>() - rest;
  for (const end = x + depth * lineBytes; x != end; x += lineBytes, out += widthBytes) {
    let to = out;
    let at = x;
    // A row of a panel is two vectors, in the wide tile four, or, for its five rows, one or two and an element behind them.
    for (const wholeEnd = x + wholeBytes; at < wholeEnd; at += widthBytes, to += step) {
      if (!IN_PAIRS) storePair(to, v128.load(at), v128.load(at, 16));
      else if (last > 32 + sizeof<T>()) {
        const third = v128.load(at, 32), fourth = v128.load(at, 48);
        storePair(to, v128.load(at), v128.load(at, 16));
        v128.store(to, fourth, 48);
        v128.store(to, third, 32);
      } else {
        v128.store(to, v128.load(at));
        if (last > 16) v128.store(to, v128.load(at, 16), 16);
        store<T>(to + last, load<T>(at + last));
      }
    }
    if (rest == 0) continue;
    let q: usize = 0;
    for (; q < rest; q += sizeof<T>()) store<T>(to + q, load<T>(at + q));
    for (; q < widthBytes; q += sizeof<T>()) store<T>(to + q, <T>0);
  }
}

/** Packs lines that run along the panel: element (p, j) lies at x + j·line + p. Right operand of NT, wide left of NN and NT. */
function packAlong<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  const step = panelBytes(depth, widthBytes);
  for (let j: usize = 0; j < count; j += width, x += width * lineBytes, out += step) {
    const live = min(width, count - j);
    turnLines<T>(out, widthBytes, x, lineBytes, depth, live);
    for (let column = live; column < width; column++) {
      let to = out + column * sizeof<T>();
      for (let p: usize = 0; p < depth; p++, to += widthBytes) store<T>(to, <T>0);
    }
  }
}

/** Packs a right operand, whose lines run along the panels if it is `transposed`, and across if not. */
export function packRight<T>(
  out: usize, x: usize, depth: usize, columns: usize, line: usize, transposed: u32,
): void {
  const width = TILE_ROW_BYTES / sizeof<T>();
  if (transposed) packAlong<T>(out, x, depth, columns, line, width);
  else packAcross<T>(out, x, depth, columns, line, width);
  if (IN_PAIRS || depth % 2 == 0) return;
  // a step of zeros behind each panel of an odd depth, since the narrow tile takes two steps at a time
  out += depth * TILE_ROW_BYTES;
  for (let j: usize = 0; j < columns; j += width, out += panelBytes(depth, TILE_ROW_BYTES)) {
    memory.fill(out, 0, TILE_ROW_BYTES);
  }
}

/** Packs a left operand for the wide tile: the factor of row i and step p lies at x + i·row + p·step, where one of these is an element.
 *  The narrow tile packs what it takes (narrow-row.ts). */
export function packLeft<T>(out: usize, x: usize, depth: usize, rows: usize, row: usize, step: usize): void {
  if (!IN_PAIRS) return;
  if (row == sizeof<T>()) packAcross<T>(out, x, depth, rows, step / sizeof<T>(), TILE_ROWS);
  else packAlong<T>(out, x, depth, rows, row / sizeof<T>(), TILE_ROWS);
}

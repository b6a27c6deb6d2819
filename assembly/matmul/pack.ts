// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// A left operand is packed in panels of its rows, a right operand in panels of its columns; for a transposed
// one the two walks change places. The zeros reach only rows and columns of a tile that are never stored.

import { assertAligned } from "../lanes";
import { turnLines } from "../turn";

/** Packs lines that run across the panel: element (p, j) lies at x + p·line + j. Right operand of NN, left of TN.
 *  depth = k of the block, count = its columns. */
export function packAcross<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  for (let j: usize = 0; j < count; j += width, x += widthBytes) {
    const live = min(width, count - j) * sizeof<T>();
    let from = x;
    for (let p: usize = 0; p < depth; p++, from += lineBytes, out += widthBytes) {
      let q: usize = 0;
      for (; q + 16 <= live; q += 16) v128.store(out + q, v128.load(from + q));
      for (; q < live; q += sizeof<T>()) store<T>(out + q, load<T>(from + q));
      for (; q < widthBytes; q += sizeof<T>()) store<T>(out + q, <T>0);
    }
  }
}

/** Packs lines that run along the panel: element (p, j) lies at x + j·line + p. Left operand of NN and NT, right
 *  operand of NT. */
export function packAlong<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  for (let j: usize = 0; j < count; j += width, x += width * lineBytes, out += depth * widthBytes) {
    const live = min(width, count - j);
    turnLines<T>(out, widthBytes, x, lineBytes, depth, live);
    for (let column = live; column < width; column++) {
      let to = out + column * sizeof<T>();
      for (let p: usize = 0; p < depth; p++, to += widthBytes) store<T>(to, <T>0);
    }
  }
}

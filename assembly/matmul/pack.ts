// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// A left operand is packed in panels of its rows, a right operand in panels of its columns; for a transposed
// one the two walks change places. The zeros reach only rows and columns of a tile that are never stored.

import { lanes, assertAligned } from "../lanes";

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
 *  operand of NT. Lines are turned a vector's width at a time, the rest of them one by one. */
export function packAlong<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  const depthVectors = depth & ~(lanes<T>() - 1);
  for (let j: usize = 0; j < count; j += width, x += width * lineBytes, out += depth * widthBytes) {
    const live = min(width, count - j);
    let column: usize = 0;
    for (; column + lanes<T>() <= live; column += lanes<T>()) {
      let from = x + column * lineBytes;
      let to = out + column * sizeof<T>();
      let p: usize = 0;
      for (; p < depthVectors; p += lanes<T>(), from += 16, to += lanes<T>() * widthBytes) {
        turn<T>(to, widthBytes, from, lineBytes);
      }
      for (; p < depth; p++, from += sizeof<T>(), to += widthBytes) {
        for (let q: usize = 0; q < lanes<T>(); q++) {
          store<T>(to + q * sizeof<T>(), load<T>(from + q * lineBytes));
        }
      }
    }
    for (; column < width; column++) {
      let from = x + column * lineBytes;
      let to = out + column * sizeof<T>();
      for (let p: usize = 0; p < depth; p++, from += sizeof<T>(), to += widthBytes) {
        store<T>(to, column < live ? load<T>(from) : <T>0);
      }
    }
  }
}

/** Turns the square block of one vector's width at `from` (lines apart by fromLine bytes) into `to`. */
// @ts-ignore: decorator
@inline
function turn<T>(to: usize, toLine: usize, from: usize, fromLine: usize): void {
  const row0 = v128.load(from);
  const row1 = v128.load(from + fromLine);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(row0, row1, 0, 2));
    v128.store(to + toLine, v128.shuffle<f64>(row0, row1, 1, 3));
  } else {
    const row2 = v128.load(from + fromLine * 2);
    const row3 = v128.load(from + fromLine * 3);
    const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to + toLine, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(to + toLine * 2, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(to + toLine * 3, v128.shuffle<f64>(high01, high23, 1, 3));
  }
}

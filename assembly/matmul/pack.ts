// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// Between panels of an even k one row is left free: the starts of panels that lay a power of two apart would meet in a
// few sets of the cache, and push each other out while they are written side by side.
//
// A left operand is packed in panels of its rows, a right operand in panels of its columns; for a transposed
// one the two walks change places. The zeros reach only rows and columns of a tile that are never stored.

import { IN_PAIRS, assertAligned, storePair } from "../lanes";
import { turnLines } from "../turn";

/** From one panel of rows of `rowBytes` to the next. src/kernels/blocked-product.ts counts the same for the room. */
// @ts-ignore: decorator
@inline
function panelBytes(depth: usize, rowBytes: usize): usize {
  return (depth | 1) * rowBytes;
}

/** Packs lines that run across the panel: element (p, j) lies at x + p·line + j. Right operand of NN, left of TN.
 *  depth = k of the block, count = its columns; `width` is that of a tile, either side. All panels grow side by side, so
 *  that lines are read whole, which matters where they come from memory. */
export function packAcross<T>(
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
    // A row of a panel is one or more vectors, and for the tile's five rows an element behind them.
    for (const wholeEnd = x + wholeBytes; at < wholeEnd; at += widthBytes, to += step) {
      if (IN_PAIRS && last > 32 + sizeof<T>()) {
        const third = v128.load(at, 32), fourth = v128.load(at, 48);
        storePair(to, v128.load(at), v128.load(at, 16));
        v128.store(to, fourth, 48);
        v128.store(to, third, 32);
        continue;
      }
      v128.store(to, v128.load(at));
      if (last > 16) v128.store(to, v128.load(at, 16), 16);
      store<T>(to + last, load<T>(at + last));
    }
    if (rest == 0) continue;
    let q: usize = 0;
    for (; q < rest; q += sizeof<T>()) store<T>(to + q, load<T>(at + q));
    for (; q < widthBytes; q += sizeof<T>()) store<T>(to + q, <T>0);
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

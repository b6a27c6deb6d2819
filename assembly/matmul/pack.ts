// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// A left operand is packed in panels of its rows, a right operand in panels of its columns; for a transposed
// one the two walks change places. The zeros reach only rows and columns of a tile that are never stored.

import { IN_PAIRS, assertAligned } from "../lanes";
import { turnLines } from "../turn";

/** Panels that grow side by side while lines are read. A line walked in pieces of 8 panels is read whole cache line by
 *  whole cache line, even where lines lie a power of two apart; more panels would push each other out of the cache. */
const SIDE_BY_SIDE: usize = 8;

/** Packs lines that run across the panel: element (p, j) lies at x + p·line + j. Right operand of NN, left of TN.
 *  depth = k of the block, count = its columns; `width` is that of a tile, either side. */
export function packAcross<T>(
  out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize,
): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const widthBytes = width * sizeof<T>();
  const panelBytes = depth * widthBytes;
  const last = widthBytes - sizeof<T>();
  for (let whole = count / width; whole > 0; ) {
    const panels = min(whole, SIDE_BY_SIDE);
    let from = x;
    for (const end = out + panelBytes; out < end; out += widthBytes, from += lineBytes) {
      let to = out;
      let at = from;
      // A row of a panel is one or more vectors, and for the tile's five rows an element behind them.
      for (const lineEnd = at + panels * widthBytes; at < lineEnd; at += widthBytes, to += panelBytes) {
        v128.store(to, v128.load(at));
        if (last > 16) v128.store(to, v128.load(at, 16), 16);
        if (IN_PAIRS && last > 32 + sizeof<T>()) {
          v128.store(to, v128.load(at, 32), 32);
          v128.store(to, v128.load(at, 48), 48);
        } else store<T>(to + last, load<T>(at + last));
      }
    }
    out += (panels - 1) * panelBytes;
    x += panels * widthBytes;
    whole -= panels;
  }
  const live = (count % width) * sizeof<T>();
  if (live == 0) return;
  for (const end = out + panelBytes; out < end; out += widthBytes, x += lineBytes) {
    let q: usize = 0;
    for (; q < live; q += sizeof<T>()) store<T>(out + q, load<T>(x + q));
    for (; q < widthBytes; q += sizeof<T>()) store<T>(out + q, <T>0);
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

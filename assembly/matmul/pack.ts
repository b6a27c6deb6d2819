// Packing: a block of a matrix is laid out once in the order in which the tile kernel reads it, so that the
// kernel walks two straight streams whatever the shape, the transposition or the power of two in a stride.
//
//   panel of width w over k:   x[0][0..w) x[1][0..w) … x[k−1][0..w)      zeros beyond the last column
//
// Behind k are steps of zeros where a tile takes some that are not there, and a few rows are left free: the starts of panels that lay a
// power of two apart would meet in a few sets of the cache, and push each other out while they are written side by side.
//
// That is a right operand, in panels of its columns. The left one is packed by the first tile that takes it (narrow-row.ts, wide-tile.ts).
// The zeros beside the columns reach only what a tile never stores.

import { IN_PAIRS, assertAligned, storePair } from "../lanes";
import { turnLines } from "../turn";
import { panelBytes, STEPS, TILE_ROW_BYTES, ZERO_STEPS } from "./panels";

/** Packs lines that run across the panels: element (p, j) lies at x + p·line + j. All panels grow side by side, so that lines are read
 *  whole, which matters where they come from memory. */
function packAcross<T>(out: usize, x: usize, depth: usize, columns: usize, line: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const step = panelBytes(depth, TILE_ROW_BYTES);
  const rest = (columns * sizeof<T>()) % TILE_ROW_BYTES;
  const wholeBytes = columns * sizeof<T>() - rest;
  for (const end = x + depth * lineBytes; x != end; x += lineBytes, out += TILE_ROW_BYTES) {
    let to = out;
    let at = x;
    for (const wholeEnd = x + wholeBytes; at < wholeEnd; at += TILE_ROW_BYTES, to += step) {
      if (!IN_PAIRS) storePair(to, v128.load(at), v128.load(at, 16));
      else {
        const third = v128.load(at, 32), fourth = v128.load(at, 48);
        storePair(to, v128.load(at), v128.load(at, 16));
        v128.store(to, fourth, 48);
        v128.store(to, third, 32);
      }
    }
    if (rest == 0) continue;
    let q: usize = 0;
    for (; q < rest; q += sizeof<T>()) store<T>(to + q, load<T>(at + q));
    for (; q < TILE_ROW_BYTES; q += sizeof<T>()) store<T>(to + q, <T>0);
  }
}

/** Packs lines that run along the panels: element (p, j) lies at x + j·line + p. */
function packAlong<T>(out: usize, x: usize, depth: usize, columns: usize, line: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const lineBytes = line * sizeof<T>();
  const width = TILE_ROW_BYTES / sizeof<T>();
  const step = panelBytes(depth, TILE_ROW_BYTES);
  for (let j: usize = 0; j < columns; j += width, x += width * lineBytes, out += step) {
    const live = min(width, columns - j);
    turnLines<T>(out, TILE_ROW_BYTES, x, lineBytes, depth, live);
    for (let column = live; column < width; column++) {
      let to = out + column * sizeof<T>();
      for (let p: usize = 0; p < depth; p++, to += TILE_ROW_BYTES) store<T>(to, <T>0);
    }
  }
}

/** Packs a right operand, whose lines run along the panels if it is `transposed`, and across if not. */
export function packRight<T>(
  out: usize, x: usize, depth: usize, columns: usize, line: usize, transposed: u32,
): void {
  if (transposed) packAlong<T>(out, x, depth, columns, line);
  else packAcross<T>(out, x, depth, columns, line);
  if (depth % STEPS == 0) return;
  out += depth * TILE_ROW_BYTES;
  for (let j: usize = 0; j < columns; j += TILE_ROW_BYTES / sizeof<T>(), out += panelBytes(depth, TILE_ROW_BYTES)) {
    memory.fill(out, 0, ZERO_STEPS * TILE_ROW_BYTES);
  }
}

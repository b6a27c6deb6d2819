// What a packed panel looks like, for whoever writes it (pack.ts) and whoever reads it (narrow-row.ts, wide-column.ts, and their blocks).

import { IN_PAIRS } from "../lanes";

/** Vectors in a row of a tile. */
const VECTORS: usize = IN_PAIRS ? 4 : 2;

/** Bytes of a row of a tile, and of a panel of a right operand. */
export const TILE_ROW_BYTES: usize = VECTORS * 16;

/** Rows of a tile. */
export const TILE_ROWS: usize = 5;

/** Up to so many rows that are left are computed as that many. */
export const SHORT_ROWS: usize = 3;

/** Bytes of the room for one tile of any build, behind which a left operand is packed; src/kernels/blocked-product.ts counts the same. */
export const TILE_BYTES: usize = TILE_ROWS * 64;

/** Bytes from one step to the next of a left operand's panel in the narrow build, five factors that are a vector each. */
export const LEFT_STEP: usize = TILE_ROWS * 16;

/** The same in the wide build, where one load spreads a factor over both vectors of a pair. */
// @ts-ignore: decorator
@inline
export function leftStep<T>(): usize {
  return TILE_ROWS * sizeof<T>();
}

/** Steps that a tile takes at a time: behind a depth that is no multiple of them a panel goes on with zeros. */
export const STEPS: usize = IN_PAIRS ? 4 : 2;

/** Zeros that are written there, be it one step that a tile takes of them. */
export const ZERO_STEPS: usize = STEPS - 1;

/** A depth with the zeros that a tile takes. */
// @ts-ignore: decorator
@inline
export function wholeSteps(depth: usize): usize {
  return (depth + ZERO_STEPS) & ~ZERO_STEPS;
}

/** From one panel of rows of `rowBytes` to the next: an odd number of them, the zeros among them.
 *  src/kernels/blocked-product.ts counts the same for the room. */
// @ts-ignore: decorator
@inline
export function panelBytes(depth: usize, rowBytes: usize): usize {
  return ((depth + 3) | 3) * rowBytes;
}

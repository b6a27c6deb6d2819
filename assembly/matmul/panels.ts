// What a packed panel looks like, for whoever writes it (pack.ts) and whoever reads it (narrow-row.ts, wide-tile.ts and their blocks).

import { IN_PAIRS } from "../lanes";

/** Vectors in a row of a tile. */
const VECTORS: usize = IN_PAIRS ? 4 : 2;

/** Bytes of a row of a tile, and of a panel of a right operand. */
export const TILE_ROW_BYTES: usize = VECTORS * 16;

/** Rows of a tile. */
export const TILE_ROWS: usize = 5;

/** Bytes of the room for one tile of any build, behind which the narrow one packs a panel of a left operand;
 *  src/kernels/blocked-product.ts counts the same. */
export const TILE_BYTES: usize = TILE_ROWS * 64;

/** Bytes from one step to the next of such a panel, of five factors that are a vector each. */
export const LEFT_STEP: usize = TILE_ROWS * 16;

/** The same of a left operand's panel of the wide build. */
// @ts-ignore: decorator
@inline
export function leftStep<T>(): usize {
  return TILE_ROWS * sizeof<T>();
}

/** From one panel of rows of `rowBytes` to the next, an odd number of them, with room for a step of zeros behind an odd depth.
 *  src/kernels/blocked-product.ts counts the same for the room. */
// @ts-ignore: decorator
@inline
export function panelBytes(depth: usize, rowBytes: usize): usize {
  return ((depth + 1) | 1) * rowBytes;
}

// What becomes of a transposed right operand, by what was measured: it is turned, or the left one is and the product goes by its
// transpose, or else it is packed. All give the same bits.

import { DIRECT_ROWS, SHALLOW } from "./blocking-limits.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import type { Workspace } from "./workspace.ts";

/** Least room to turn an operand, what nearly every net needs. */
const LEAST_ROOM = 2 ** 15;

/** Up to that depth it is turned however long its lines are: of 600 to 8,000 columns over 5 to 8, 16 to 784 rows take 0.67 to 0.95
 *  times as long, 0.28 to 0.9 where the lines of the result meet in one set (SET_STRIDE); over 9 and 10 those take 0.55 to 1.3 times. */
const TURNED_WHOLE = 8;

/**
 * Most bytes of a right operand with lines of so many that is turned, if it is stored transposed, and goes directly then. In blocks
 * it is packed, and to turn it costs as much. Directly for in blocks, 784 deep, when the left one was packed too: 16 features take
 * 0.8 times as long at 256 kB and 1.0 at 1 MB, 8 take 0.8 at 1 MB. Lines of 32 bytes take 0.3 to 0.8 times as long at 2 and 4 MB
 * in all engines, but 1.9 at 16 MB.
 *
 * For 2 and 3 rows, which leave most of a tile empty (4 go by the transpose, below), up to 64 kB of lines below 512 bytes: of 65 columns
 * over 130 in f32 they take 0.69 and 0.79 times as long in Node, in Bun 0.78 and 0.87, in Deno 0.72 and 0.85, in turbo 0.62 and 0.6; of
 * 72 over 200 0.68 to 0.85 and 0.94 to 1.04. Over 128, 3 rows take 1.04 to 1.09 where lines fill panels, of 512 bytes up to 1.11.
 */
export function mostTurnedBytes(m: number, lineBytes: number, k: number): number {
  if (lineBytes <= 32) return 2 ** 22;
  if (lineBytes <= 64 || k <= TURNED_WHOLE) return 2 ** 20;
  if (lineBytes <= 256) return 2 ** 18;
  return m <= DIRECT_ROWS && lineBytes < 512 ? 2 ** 16 : LEAST_ROOM - 1;
}

/**
 * Up to how many rows a product with a transposed right operand goes by its transpose, b · aᵀ, and how many columns for each, so
 * that the smaller operand is turned. For b turned or packed, in Node, Deno, Bun and turbo, up to 784 columns over 32 to 60,000: in
 * f64 2 rows take 0.4 to 0.7 times as long, 3 0.6 to 0.9, 4 0.5 to 0.8, 5 0.75 to 1.0, 6 and 7 0.6 to 0.9, 8 0.65 to 0.9, 9 and 10
 * 0.85 to 1.05, 11 and 12 0.75 to 0.95, 13 and 15 0.9 to 1.1, 16 0.7 to 0.9; in f32 4 0.65 to 1.0, 6 and 7 0.6 to 0.95, 8 and 16
 * 0.65 to 0.95, 14 and 15 0.9 to 1.1; others, which leave lanes empty, up to 1.5 times. Two columns a row take up to 1.7 times as
 * long over 16,000 and more.
 */
const MOST_TRANSPOSED_ROWS = 16;
const COLUMNS_OF_TRANSPOSED_ROW = 3;
/**
 * Bytes that are turned less so, from which it is worth its calls; and of an even number of rows of f64 in the narrow tile. There 2
 * rows of 16 to 48 columns over 12 to 48 take 0.7 to 0.9 times as long, 4 0.8 to 0.9, but 3 and 5 1.05 to 1.2, and a layer's
 * backward, whose one call becomes several, 1.1 to 1.2 for less; in the wide tile 2 and 6 take 1.15 to 1.35. Over up to SHALLOW, cᵀ
 * is larger than what is turned: of 784 to 30,000 columns 16 rows take 1.6 to 2 times as long so, 3 to 8 1.2 to 1.6, and up to 2.9 in
 * the wide tile.
 */
const LEAST_SAVING = 6 * 2 ** 10;
const LEAST_SAVING_OF_EVEN = 2 ** 11;

/** Most room to go by the transpose, which takes as much as a and c do together: beside more of them there is hardly any left, and
 *  `rounded` counts in 32 bits. */
const MOST_ROOM = 2 ** 30;

/** The next power of two, up to MOST_ROOM, as room is asked for: few sizes, each kept. */
const rounded = (bytes: number) => 1 << (32 - Math.clz32(bytes - 1));

/** Room for a right operand (k×n) that is turned for m rows instead of packed, the same at every call for one shape; of one that
 *  is packed, the least, as for a single row, which it meets as a column of its own, as it lies.
 *  @throws OutOfMemoryError when the memory cannot hold it */
export function roomToTurn(workspace: Workspace, dtype: DType, m: number, n: number, k: number): number {
  const size = bytesOf(dtype);
  const bytes = n * k * size;
  const isTurned = m > 1 && k > 1 && bytes <= mostTurnedBytes(m, n * size, k);
  return workspace.fixed(Math.max(LEAST_ROOM, isTurned ? rounded(bytes) : 0));
}

/** Room for aᵀ(k×m) and behind it cᵀ(n×m) of a(m×k) · b(n×k)ᵀ, if that goes by its transpose, or else 0; `wide` as isWide says.
 *  @throws OutOfMemoryError when the memory cannot hold it */
export function roomToTranspose(
  workspace: Workspace,
  wide: boolean,
  dtype: DType,
  m: number,
  n: number,
  k: number,
): number {
  const size = bytesOf(dtype);
  const bytes = (n + k) * m * size;
  const right = n * k * size;
  const fillsVectors = size === 8 ? m > 1 : m === 4 || (m + 2) % 8 < 3;
  const goesSo =
    m <= MOST_TRANSPOSED_ROWS &&
    COLUMNS_OF_TRANSPOSED_ROW * m <= n &&
    fillsVectors &&
    ((k > SHALLOW && right - bytes >= (wide || size === 4 || m % 2 ? LEAST_SAVING : LEAST_SAVING_OF_EVEN)) ||
      // what is not turned is packed, which costs more
      right > mostTurnedBytes(m, n * size, k)) &&
    bytes <= MOST_ROOM;
  return goesSo ? workspace.fixed(rounded(bytes)) : 0;
}

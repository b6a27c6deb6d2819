// What the rules of both tiles go by, as it was measured: whether a product goes directly from its rows or block by block. Both give the
// same bits.

import { TILE_ROWS } from "./tile.ts";

/** Whether a product op(a)(m×k) · op(b)(k×n) goes block by block. */
export type BlockingRule = (
  m: number,
  n: number,
  k: number,
  transposeA?: boolean,
  transposeB?: boolean,
) => boolean;

/** Bytes of a right operand that goes directly by every rule of one thread, in the wide tile the most. */
export const NEVER_BLOCKED = 2 ** 12;
/** Rows of c that go side by side directly, and walk each operand once (assembly/matmul/direct.ts). In the narrow tile's build they gather
 *  what is far; in the wide one's just as many take 0.75 to 0.95 times as long as in the tile's five. */
export const DIRECT_ROWS = 4;
/** Up to how many rows of c a right operand is not soon worth packing for. */
export const FEW_ROWS = 32;
/** Whether the last tile over m rows is mostly empty: of one row or two. */
export function hasGap(m: number): boolean {
  const last = m % TILE_ROWS;
  return last === 1 || last === 2;
}
/** Over so few products the result is written nearly as often as operands are read: directly they take 0.6 to 0.8 times as long. */
export const SHALLOW = 4;
/** Over up to so many, directly, in the narrow tile while the right operand stays within a last-level cache: 3 to 784 rows of 3,000
 *  to 60,000 columns take 0.5 to 0.9 times as long over 5 to 8, 0.75 to 1.0 over 12 to 16; beyond 8 MB 0.8 to 2 times. In the wide one
 *  whatever the bytes: 0.7 to 1.0 times as long up to 16 MB. */
export const NEARLY_SHALLOW = 16;
/**
 * Lines that lie a multiple of this apart meet in one set of the first-level cache: with those of c, more than so many push each
 * other out before the next tile reads on. 5 to 784 rows of 512 and 1,024 columns in f64 take 0.5 to 1.0 times as long directly over
 * 5 to 9, 0.75 to 1.25 over 12, 1.0 to 1.4 over 16, 1.3 to 2 over 24 to 64; up to DIRECT_ROWS 0.6 to 1.0 over 16.
 */
export const SET_STRIDE = 2 ** 12;
export const SHALLOW_OF_ONE_SET = 10;
/** Bytes of a right operand from which it may come from memory, where 4 and 8 rows over 8,193 lines of 1,200 bytes took 1.6 and 1.8
 *  times as long as they lay on a Xeon: read along, to be packed, it comes in time. */
export const FROM_MEMORY = 2 ** 23;
/** Lines of so many bytes come from there in time as they lie, whichever way: from 8 MB on 5 to 8 rows of 3 to 24 columns take 0.25 to
 *  0.9 times as long so as packed. */
const SHORT_LINE_FROM_MEMORY = 192;

/** Whether k lines of a right operand are to be packed because they may come from memory. */
export const isFromMemory = (lineBytes: number, k: number) =>
  lineBytes > SHORT_LINE_FROM_MEMORY && k * lineBytes > FROM_MEMORY;

/** A transposed left operand that several rows of c at a time walk down again and again is far from here on where its lines are short:
 *  of 1 MB 16 rows of 2 in f64 take 0.7 times as long directly, and with lines of 800 bytes and more 0.6 to 0.9, be it 13 MB. */
const MOST_LEFT_BYTES = 2 ** 21;
const SHORT_LEFT_LINE = 2 ** 9;
/** Where lines of the right operand fill no more than a row of the narrow tile, blocks gain so little that it is far only well beyond
 *  what comes from memory: from 2 MB on 5 to 64 rows of up to 16 bytes take 0.3 to 0.86 times as long directly in Node, Deno, Bun and
 *  turbo, of 32 0.6 to 1.2; 64 rows from 16 MB on 1.1 to 1.6, 16 still 0.3 to 0.8. Rows of 64 bytes take up to 2 from 4 MB on. */
const SHORT_RIGHT_LINE = 32;
const MOST_LEFT_BYTES_OF_SHORT = 2 ** 24;
/** Where they fill two of them, the fewer its rows the more bytes: 8 MB of lines up to 64 bytes, 4 of 128, 2 from 256 on. Over 2 to 8 MB
 *  so 10 to 16 rows take 0.44 to 0.9 times as long directly in Node, Deno, Bun and turbo, 10 of 8 columns in f64 0.94 to 1.14; 24 rows
 *  0.7 to 0.87, of 16 columns in f32 up to 1.2; 64 rows 1.06 to 1.7. */
const PAIR_OF_RIGHT_LINES = 2 * SHORT_RIGHT_LINE;
const LINE_TIMES_BYTES = 2 ** 29;

/** Whether k lines of a transposed left operand are too far to be walked down again and again, over lines of so many bytes. */
export const isLeftFar = (lineBytes: number, k: number, rightLineBytes: number) =>
  lineBytes <= SHORT_LEFT_LINE &&
  k * lineBytes >
    (rightLineBytes > PAIR_OF_RIGHT_LINES
      ? MOST_LEFT_BYTES
      : rightLineBytes > SHORT_RIGHT_LINE
        ? LINE_TIMES_BYTES / Math.min(256, Math.max(64, lineBytes))
        : MOST_LEFT_BYTES_OF_SHORT);

// Which way a product goes, by what was measured: directly from its rows, block by block, or by its transpose. All give the same bits.

import type { WasmExports } from "../wasm/exports.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import { isWide, roundUp, tileColsOf } from "./tile.ts";
import type { Workspace } from "./workspace.ts";

/** Least room to turn an operand, what nearly every net needs: a right operand of so many bytes goes directly in the narrow tile,
 *  turned or not. */
const LEAST_ROOM = 2 ** 15;
/**
 * Most bytes of a right operand that goes directly with up to FEW_ROWS rows of c: it stays in a second-level cache. Directly for in
 * blocks, over 1,700 shapes: in Node 9 and 16 rows take 0.85 to 0.9 times as long up to 1 MB, 24 and 32 0.95 up to 512 kB; Bun alike;
 * in Deno, which checks the bounds of each load, 20 to 32 1.05 to 1.15 from 32 kB on. More rows are soon worth packing both
 * operands: on a Zen 4 40 and 64 rows of 100 and more columns take 1.0 to 1.1 times as long directly, 100 to 784 1.1 to 1.25, in Bun
 * 1.1 to 1.2. In the wide tile few rows take 0.8 to 1.0 times as long up to 1 MB, more 1.0 to 1.1 from 256 kB and 2 to 3 from 4 MB on.
 */
const MOST_BYTES = 2 ** 18;
const FEW_ROWS = 32;
/** A transposed left operand that several rows of c at a time walk down again and again is far from here on where its lines are short:
 *  of 1 MB 16 rows of 2 in f64 take 0.7 times as long directly, and with lines of 800 bytes and more 0.6 to 0.9, be it 13 MB. */
const MOST_LEFT_BYTES = 2 ** 21;
const SHORT_LEFT_LINE = 2 ** 9;
/** Rows of c that go side by side directly (assembly/matmul/direct.ts): so few walk each operand once, and just as many take 0.75 to
 *  0.95 times as long as in the wide tile's five. */
const DIRECT_ROWS = 4;
/** The same of the right operand of so few rows, and of columns that leave panels empty: 3 rows of 64 columns take 0.63 times as
 *  long directly at 392 kB, 16 rows of 6 columns in f64 and of 12 in f32 0.72 at 384 kB; in the wide tile 2 to 4 over 8,193 and more
 *  1.1 to 2 from 2 MB on. */
const MOST_BYTES_OF_FEW = 2 ** 20;
/** Lines of a vector leave half of the narrow tile empty: directly they take 0.4 to 0.7 times as long, whatever their number. */
const SHORT_LINE = 16;
/** Lines of so many bytes come from memory in time as they lie, whichever way: from 8 MB on 2 to 8 rows of 3 to 24 columns take
 *  0.25 to 0.9 times as long so as packed. Few rows of them go directly: 0.5 to 0.95 times as long from 1 MB on. */
const SHORT_LINE_OF_FEW = 192;
/** Bytes of a right operand from which it may come from memory: read along, to be packed, it comes in time. 3, 4 and 8 rows over
 *  8,193 lines of 1,200 bytes took 2.0, 1.6 and 1.8 times as long as they lay on a Xeon, 2 over 3,000 to 12,000 lines of 2 to 8 kB
 *  1.3 to 1.7 on an EPYC; nearer, 2 rows take 0.4 to 1.0 times as long directly, which gathers each along the lines. */
const FROM_MEMORY = 2 ** 23;
/** Over so few products the result is written nearly as often as operands are read: directly they take 0.6 to 0.8 times as long. */
const SHALLOW = 4;
/** Bytes of a right operand that goes directly by every rule of one thread, in the wide tile the most. */
export const NEVER_BLOCKED = 2 ** 12;
/**
 * From which depth on the wide tile is worth packing for, and from which multiply-adds times the bytes of an element: of whole panels,
 * and of columns that are fewer than one's, which go directly by half as many vectors at a time. For up to 4 rows of whole panels it
 * never is. Directly for in blocks, over 6,600 shapes on a Zen 5: 2 to 4 rows 0.5 to 1.0 times as long, 6 0.6 to 0.9; 8, 16, 32 over
 * 32 0.85 to 0.92, over 64 0.9 to 1.0, over 784 1.1 to 1.3; 5 and 10 over 32 0.8 to 1.0, over 64 0.9 to 1.1, over 784 1.1 to 1.2; up
 * to 7 columns in f64, 15 in f32, over 784 1.2 to 1.5 once the panels are near, but 0.7 to 1.0 where they must be fetched first and
 * the work is below that. On a Zen 4 8 to 32 rows over 784 0.8 to 0.95, 5 and 10 1.0 to 1.15, 100 and more of 72 and more columns 1.0
 * to 1.2.
 */
const WIDE_FROM_DEPTH = 64;
const WIDE_FROM_WORK = 2 ** 21;
const WIDE_FROM_WORK_OF_ONE_PANEL = 2 ** 17;
/**
 * Lines that lie a multiple of this apart meet in one set of the first-level cache: with those of c, more than so many push each
 * other out before the next tile reads on. 5 to 784 rows of 512 and 1,024 columns in f64 take 0.5 to 1.0 times as long directly over
 * 5 to 9, 0.75 to 1.25 over 12, 1.0 to 1.4 over 16, 1.3 to 2 over 24 to 64; few rows, which read each line once, 0.6 to 1.0 over 16.
 */
export const SET_STRIDE = 2 ** 12;
const SHALLOW_OF_ONE_SET = 10;
/**
 * Over up to so many, directly, in the narrow tile while the right operand stays within a last-level cache: 3 to 784 rows of 3,000
 * to 60,000 columns take 0.5 to 0.9 times as long over 5 to 8, 0.75 to 1.0 over 12 to 16; beyond 8 MB 0.8 to 2 times. In the wide one
 * whatever the bytes: 0.7 to 1.0 times as long up to 16 MB.
 */
const NEARLY_SHALLOW = 16;
/** A transposed right operand is turned rather than packed up to that depth, or below these multiply-adds times bytes: 0.6 to 0.95
 *  times as long over 5 to 16, 0.95 to 1.05 over 64, and beyond 1.05 to 1.4. */
const TURNED_BELOW_WORK = 2 ** 17;

/** Up to that depth it is turned however long its lines are: of 600 to 8,000 columns over 5 to 8, 16 to 784 rows take 0.67 to 0.95
 *  times as long, 0.28 to 0.9 where the lines of the result meet in one set (SET_STRIDE); over 9 and 10 those take 0.55 to 1.3 times. */
const TURNED_WHOLE = 8;

/**
 * Most bytes of a right operand with lines of so many that is turned, if it is stored transposed, and goes directly then. In blocks
 * it is packed, and to turn it costs as much. Directly for in blocks, 784 deep, when the left one was packed too: 16 features take
 * 0.8 times as long at 256 kB and 1.0 at 1 MB, 8 take 0.8 at 1 MB. Lines of 32 bytes take 0.3 to 0.8 times as long at 2 and 4 MB
 * in all engines, but 1.9 at 16 MB.
 */
function mostTurnedBytes(lineBytes: number, k: number): number {
  if (lineBytes <= 32) return 2 ** 22;
  if (lineBytes <= 64 || k <= TURNED_WHOLE) return 2 ** 20;
  return lineBytes <= 256 ? 2 ** 18 : LEAST_ROOM;
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

/** Whether k lines of a right operand are to be packed because they may come from memory. */
export const isFromMemory = (lineBytes: number, k: number) =>
  lineBytes > SHORT_LINE_OF_FEW && k * lineBytes > FROM_MEMORY;

/** Whether a product op(a)(m×k) · op(b)(k×n) goes block by block. */
export type BlockingRule = (
  m: number,
  n: number,
  k: number,
  transposeA?: boolean,
  transposeB?: boolean,
) => boolean;

/** The rule for the tile of these kernels, in elements of one dtype: it is asked with every small product. */
export function blockingRule(exports: WasmExports, dtype: DType): BlockingRule {
  const wide = isWide(exports);
  const size = bytesOf(dtype);
  const always = (wide ? NEVER_BLOCKED : LEAST_ROOM) / size;
  const tileCols = tileColsOf(exports, dtype);

  /** Whether a quarter of the panels holds no columns: then what they gain is lost on those. Half of a single wide one. */
  function leavesPanelsEmpty(n: number): boolean {
    const whole = roundUp(n, tileCols);
    return wide && n <= tileCols ? 2 * n <= whole : 4 * n <= 3 * whole;
  }

  function isTurned(m: number, n: number, k: number): boolean {
    if (n * k * size > mostTurnedBytes(n * size, k)) return false;
    return !wide || k <= WIDE_FROM_DEPTH || m * n * k * size < TURNED_BELOW_WORK || leavesPanelsEmpty(n);
  }

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k <= always || m === 1 || n === 1 || k === 1) return false;
    if (transposeB) return !isTurned(m, n, k);
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    const isFew = m <= DIRECT_ROWS;
    const meets = !isFew && lineBytes % SET_STRIDE === 0;
    const nearly = meets ? SHALLOW_OF_ONE_SET : NEARLY_SHALLOW;
    if (k <= (wide || bytes <= FROM_MEMORY ? nearly : SHALLOW)) return false;
    if (meets && (!wide || k > NEARLY_SHALLOW)) return true;
    const isEmpty = leavesPanelsEmpty(n);
    if (wide && !isEmpty) {
      if (bytes > (m <= FEW_ROWS ? MOST_BYTES_OF_FEW : MOST_BYTES)) return true;
      const work =
        n < tileCols ? WIDE_FROM_WORK_OF_ONE_PANEL : isFew ? Number.POSITIVE_INFINITY : WIDE_FROM_WORK;
      return k >= WIDE_FROM_DEPTH && m * bytes >= work;
    }
    // a transposed left operand that is too far to be walked down again and again
    if (transposeA && !isFew && m * size <= SHORT_LEFT_LINE && m * k * size > MOST_LEFT_BYTES) return true;
    const most = isFew || isEmpty ? MOST_BYTES_OF_FEW : m <= FEW_ROWS ? MOST_BYTES : 0;
    return lineBytes > (isFew ? SHORT_LINE_OF_FEW : SHORT_LINE) && bytes > (m === 2 ? FROM_MEMORY : most);
  };
}

/** Most room to go by the transpose, which takes as much as a and c do together: beside more of them there is hardly any left, and
 *  `rounded` counts in 32 bits. */
const MOST_ROOM = 2 ** 30;

/** The next power of two, up to MOST_ROOM, as room is asked for: few sizes, each kept. */
const rounded = (bytes: number) => 1 << (32 - Math.clz32(bytes - 1));

/** Room for a right operand (k×n) that is turned instead of packed, the same at every call for one shape; of one that is packed,
 *  the least. @throws OutOfMemoryError when the memory cannot hold it */
export function roomToTurn(workspace: Workspace, dtype: DType, n: number, k: number): number {
  const size = bytesOf(dtype);
  const bytes = n * k * size;
  const isTurned = k > 1 && bytes <= mostTurnedBytes(n * size, k);
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
      right > mostTurnedBytes(n * size, k)) &&
    bytes <= MOST_ROOM;
  return goesSo ? workspace.fixed(rounded(bytes)) : 0;
}

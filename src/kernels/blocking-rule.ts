// Which way a product goes, by what was measured: directly from its rows, or block by block. Both give the same bits.

import type { WasmExports } from "../wasm/exports.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import { isWide, roundUp, tileColsOf } from "./tile.ts";
import type { Workspace } from "./workspace.ts";

/** Least room to turn an operand, what nearly every net needs: a right operand of so many bytes goes directly in the narrow tile,
 *  turned or not. */
const LEAST_ROOM = 2 ** 15;
/**
 * Most bytes of a right operand that goes directly, and of a transposed left one that several rows of c at a time walk down again
 * and again: both stay in a second-level cache. Directly for in blocks, over 1,700 shapes: in Node 9 and 16 rows take 0.85 to 0.9
 * times as long up to 1 MB, 32 0.95 up to 512 kB, 64 to 784 0.95 to 1.0 up to 256 kB; Bun alike, Deno 0.95 to 1.15. Beyond, 1.5 to
 * 2.6 times, and down a transposed left operand of 2 MB 1.5 to 3.
 */
const MOST_BYTES = 2 ** 18;
const MOST_LEFT_BYTES = 2 ** 20;
/** Up to how many rows a transposed left operand is walked down at all beyond what always goes directly: 64 to 784 rows of 8 to 64
 *  columns take 1.02 to 1.15 times as long, 16 0.9. */
const FEW_ROWS_OF_TRANSPOSED = 32;
/** A transposed left operand that meets columns which leave panels empty is far only from here on and where its lines are short: of
 *  1 MB 16 rows of 2 in f64 take 0.7 times as long directly, and with lines of 800 bytes and more 0.6 to 0.9, be it 13 MB. */
const MOST_LEFT_BYTES_OF_EMPTY = 2 ** 21;
const SHORT_LEFT_LINE = 2 ** 9;
/** Rows of c that go side by side directly (assembly/matmul/direct.ts): so few walk each operand once, and just as many take 0.75 to
 *  0.95 times as long as in the wide tile's five. */
const DIRECT_ROWS = 4;
/** The same of the right operand of so few rows, and of columns that leave panels empty: 3 rows of 64 columns take 0.63 times as
 *  long directly at 392 kB, 16 rows of 6 columns in f64 and of 12 in f32 0.72 at 384 kB. */
const MOST_BYTES_OF_FEW = 2 ** 20;
/** Lines of a vector leave half of the narrow tile empty: directly they take 0.4 to 0.7 times as long, whatever their number. */
const SHORT_LINE = 16;
/** Over so few products the result is written nearly as often as operands are read: directly they take 0.6 to 0.8 times as long. */
const SHALLOW = 4;
/**
 * From which bytes of a right operand on, multiply-adds times the bytes of an element, and depth, of up to 16 rows and of more, the wide
 * tile is worth its calls. Directly for in blocks, 8 to 512 columns: over 32 3 rows and more 0.9 to 1.5 times as long; over 16 up
 * to 16 rows 0.8 to 1.1, 32 and more 1.05 to 1.2; over 8 0.8 to 1.05; 2 rows 0.6 to 1.0 below 64 kB, 0.8 to 1.8 from there on.
 */
const WIDE_FROM_BYTES = 2 ** 12;
const WIDE_FROM_WORK = 2 ** 17;
const WIDE_FROM_DEPTH = 32;
const WIDE_FROM_DEPTH_OF_MORE = 16;
/** Up to how many rows a transposed right operand is turned rather than packed for the wide tile: 2 to 4 take 0.7 to 1.1 times as
 *  long directly, 5, which are a whole tile, 1.01 to 1.25 times. */
const FEW_ROWS_OF_WIDE = 4;

/**
 * Most bytes of a right operand with lines of so many that is turned, if it is stored transposed, and goes directly then. In blocks
 * it is packed, and to turn it costs as much. Directly for in blocks, 784 deep, when the left one was packed too: 16 features take
 * 0.8 times as long at 256 kB and 1.0 at 1 MB, 8 take 0.8 at 1 MB. Lines of 32 bytes take 0.3 to 0.8 times as long at 2 and 4 MB
 * in all engines, but 1.9 at 16 MB.
 */
function mostTurnedBytes(lineBytes: number, k: number): number {
  if (lineBytes <= 32) return 2 ** 22;
  if (lineBytes <= 64 || k <= SHALLOW) return 2 ** 20;
  return lineBytes <= 256 ? 2 ** 18 : LEAST_ROOM;
}

/** Bytes of a right operand that goes directly by every rule of one thread. */
export const NEVER_BLOCKED = WIDE_FROM_BYTES;

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
  const always = (wide ? WIDE_FROM_BYTES : LEAST_ROOM) / size;
  const tileCols = tileColsOf(exports, dtype);

  /** Whether a quarter of the panels holds no columns: then what they gain is lost on those. Half of a single wide one. */
  function leavesPanelsEmpty(n: number): boolean {
    const whole = roundUp(n, tileCols);
    return wide && n <= tileCols ? 2 * n <= whole : 4 * n <= 3 * whole;
  }

  function isTurned(m: number, n: number, k: number): boolean {
    if (n * k * size > mostTurnedBytes(n * size, k)) return false;
    return !wide || k <= SHALLOW || m <= FEW_ROWS_OF_WIDE || leavesPanelsEmpty(n);
  }

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k <= always || m === 1 || n === 1 || k === 1) return false;
    if (transposeB) return !isTurned(m, n, k);
    if (k <= SHALLOW) return false;
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    const isEmpty = leavesPanelsEmpty(n);
    if (wide && !isEmpty && m !== DIRECT_ROWS) {
      return k >= (m > 16 ? WIDE_FROM_DEPTH_OF_MORE : WIDE_FROM_DEPTH) && m * bytes >= WIDE_FROM_WORK;
    }
    const isFew = m <= DIRECT_ROWS;
    if (transposeA && !isFew) {
      const left = m * k * size;
      if (isEmpty) {
        if (m * size <= SHORT_LEFT_LINE && left > MOST_LEFT_BYTES_OF_EMPTY) return true;
      } else if (m > FEW_ROWS_OF_TRANSPOSED || left > MOST_LEFT_BYTES) return true;
    }
    return lineBytes > SHORT_LINE && bytes > (isFew || isEmpty ? MOST_BYTES_OF_FEW : MOST_BYTES);
  };
}

/** Room for a right operand (k×n) that is turned instead of packed, the same at every call for one shape; of one that is packed,
 *  the least. @throws OutOfMemoryError when the memory cannot hold it */
export function roomToTurn(workspace: Workspace, dtype: DType, n: number, k: number): number {
  const size = bytesOf(dtype);
  const bytes = n * k * size;
  const isTurned = k > 1 && bytes > LEAST_ROOM && bytes <= mostTurnedBytes(n * size, k);
  // the next power of two
  return workspace.fixed(isTurned ? 2 ** (32 - Math.clz32(bytes - 1)) : LEAST_ROOM);
}

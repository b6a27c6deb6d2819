// Which way a product goes, by what was measured: directly from its rows, or packed first. Both give the same bits.

import type { WasmExports } from "../wasm/exports.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import { isWide, roundUp, tileColsOf } from "./tile.ts";
import type { Workspace } from "./workspace.ts";

/** Least room to turn an operand, what nearly every net needs: it holds all that goes directly by the first line below. */
const LEAST_ROOM = 2 ** 15;
/**
 * Up to how many rows a product goes directly instead of by packing, by the bytes of its right operand: the farther the cache
 * that holds them, the sooner packing pays. Measured in Node, Deno and Bun over 20 shapes of the right operand: 9 rows are
 * 1.3 to 1.7 times as fast directly at 256 kB and 1.1 to 1.3 at 1 MB, 16 rows 1.1 to 1.3 at 1 MB, 32 rows 1.0 to 1.25 at 256 and
 * 512 kB, 64 rows 1.0 to 1.2 at 48 kB.
 * The first line is of the first-level cache; the last is of one that a walk down the right operand's columns leaves behind.
 */
const DIRECT: readonly DirectLine[] = [
  { bytes: LEAST_ROOM, rows: Number.POSITIVE_INFINITY },
  { bytes: 2 ** 16, rows: 64 },
  { bytes: 2 ** 19, rows: 32 },
  { bytes: 2 ** 20, rows: 16 },
  { bytes: 2 ** 23, rows: 8 },
];
/** The same where V8 pairs the vectors of the wide tile: packed panels gain more from it than rows as they lie. Over 12 shapes, 64
 *  rows take 0.9 to 1.0 times as long directly at 4 kB, 1.1 to 1.2 at 8 kB; 32 rows 1.0 to 1.1 at 8 to 16 kB; 16 rows 0.9 to 1.05
 *  up to 256 kB, half if the left operand is the transposed one and meets 8 columns. */
const DIRECT_OF_WIDE: readonly DirectLine[] = [
  { bytes: 2 ** 12, rows: Number.POSITIVE_INFINITY },
  { bytes: 2 ** 13, rows: 32 },
  { bytes: 2 ** 19, rows: 16 },
  { bytes: 2 ** 23, rows: 8 },
];
/** With fewer columns a product reads its left operand too few times for packing to pay. */
const FEW_COLS = 4;
/** Over so few products the result is written nearly as often as operands are read, and packing does not pay. Directly for
 *  packed, 64 to 512 rows of 10,000 columns: over 2 0.5 to 0.75 times as long, over 4 0.6 to 0.96, in Deno as long, over 8
 *  0.85 to 0.95, but up to 1.6 times where V8 pairs the vectors and up to 1.1 in Deno. Over 1, 0.35 to 0.7, whatever the size. */
const SHALLOW = 4;
/**
 * Most bytes of a right operand of so many bytes of columns that goes directly whatever the rows, turned if it is stored transposed:
 * to pack the left one costs more than it gains. Measured in Node, 784 deep, f64 and f32, directly for packed: 8 columns 0.73 and
 * 0.60 times as long, 16 0.85 and 0.74, 32 0.93 and 0.83, 64 0.97 and 0.94; Bun alike, Deno 1.0 at 32 of f64. Turned, 16 features
 * take 0.8 times as long at 256 kB and 1.0 at 1 MB, 8 take 0.8 at 1 MB. Columns of 32 bytes, 4 in f64, take 0.3 to 0.8 times as
 * long at 2 and 4 MB in all engines, but up to 1.05 if the left operand is the transposed one, and 1.9 at 16 MB.
 */
function mostBytes(colBytes: number, k: number): number {
  if (colBytes <= 32) return 2 ** 22;
  if (colBytes <= 64 || k <= SHALLOW) return 2 ** 20;
  return colBytes <= 256 ? 2 ** 18 : LEAST_ROOM;
}
/** Up to how many rows a transposed right operand is turned rather than packed for the wide tile: 2 to 4 take 0.7 to 1.1 times as
 *  long directly, 5, which are a whole tile, 1.01 to 1.25 times. */
const FEW_ROWS_OF_WIDE = 4;

interface DirectLine {
  readonly bytes: number;
  readonly rows: number;
}

/** Bytes of a right operand that goes directly by every rule of one thread. */
export const NEVER_PACKED = DIRECT_OF_WIDE[0].bytes;

/**
 * Whether a product (m×n) over k is packed first: if its right operand is too large for the nearest caches and read
 * often enough. A right operand that is stored `transposed` would have to be turned instead, which costs as much.
 */
export type PackingRule = (m: number, n: number, k: number, transposed?: boolean) => boolean;

/** The rule for the tile of these kernels, in elements of one dtype: it is asked with every small product. */
export function packingRule(exports: WasmExports, dtype: DType): PackingRule {
  const wide = isWide(exports);
  const lines = wide ? DIRECT_OF_WIDE : DIRECT;
  const size = bytesOf(dtype);
  const always = lines[0].bytes / size;
  const tileCols = tileColsOf(exports, dtype);
  return (m, n, k, transposed = false) => {
    const elements = n * k;
    if (elements <= always || m === 1 || n === 1 || k === 1) return false;
    const bytes = elements * size;
    if (bytes <= mostBytes(n * size, k)) {
      if (!wide || k <= SHALLOW || leavesPanelsEmpty(n, tileCols)) return false;
      if (transposed && m <= FEW_ROWS_OF_WIDE) return false;
    }
    if (transposed) return true;
    const line = lines.find((each) => bytes <= each.bytes);
    return line === undefined || (m > line.rows && n >= FEW_COLS);
  };
}

/** Whether half of a single panel, or a quarter of several, holds no columns: then what pairing gains is lost on those. */
function leavesPanelsEmpty(n: number, tileCols: number): boolean {
  const whole = roundUp(n, tileCols);
  return n <= tileCols ? 2 * n <= whole : 4 * n <= 3 * whole;
}

/** Room for a right operand (k×n) that is turned instead of packed, the same at every call for one shape; of one that is packed,
 *  the least. @throws OutOfMemoryError when the memory cannot hold it */
export function roomToTurn(workspace: Workspace, dtype: DType, n: number, k: number): number {
  const size = bytesOf(dtype);
  const bytes = n * k * size;
  const isTurned = k > 1 && bytes > LEAST_ROOM && bytes <= mostBytes(n * size, k);
  // the next power of two
  return workspace.fixed(isTurned ? 2 ** (32 - Math.clz32(bytes - 1)) : LEAST_ROOM);
}

import { OutOfMemoryError, ThreadError } from "../../errors.ts";
import type { WasmExports } from "../../wasm/exports.ts";
import type { LinearMemory } from "../../wasm/memory.ts";
import type { Job } from "../../wasm/threads/board.ts";
import {
  type BlockedProduct,
  COL_BLOCK,
  createBlockedProduct,
  createBlockSteps,
  DEPTH_BLOCK,
  ROW_BLOCK,
} from "../blocked-product.ts";
import type { BlockingRule } from "../blocking-limits.ts";
import { blockingRule } from "../blocking-rule.ts";
import { bytesOf, type DType, suffixOf } from "../dtype.ts";
import type { Kernels } from "../kernels.ts";
import { type Recorded, runOnce } from "../records.ts";
import { MOST_TILE_ROW_BYTES, roundUp, TILE_ROWS } from "../tile.ts";
import { createWasmKernels } from "../wasm.ts";
import type { Workspace } from "../workspace.ts";
import {
  MULTIPLY,
  mapJob,
  multiplyCount,
  PACK_RIGHT,
  type ProductBlock,
  packCount,
  productJob,
  rightBlocksBytes,
} from "./tasks.ts";

/** Those who share the work. */
export interface Pool {
  /** How many help the caller; 0 when all are gone. */
  readonly helpers: number;
  /** Where the packed right operand goes. */
  readonly panels: Workspace;
  /**
   * Runs a job's tasks on all threads and returns when they are done.
   * @throws ThreadError when a worker is lost with a task; the pool goes on with the others, on other kernels
   */
  run(count: number, job: Job): void;
  /** Whether an operation that lost a worker is to be begun anew instead of throwing. */
  readonly recovers: boolean;
}

/** Multiply-adds, times the bytes of an element, from which a product is shared: about 100 µs on one thread. Two jobs
 *  and the wait for the last tile cost some fifteen. */
const PRODUCT_FROM = 2 ** 23;

/** Bytes of the output from which an element-by-element kernel is shared, of those that compute more than they move. */
const MAP_FROM = 2 ** 18;
/** Most bytes of the output that one task of such a kernel computes: it gives no sign of life before its end. Where other programs
 *  left a worker a fortieth of a processor, an eighth of 1 GB took longer than a worker may be silent. */
const MAP_MOST = 2 ** 21;

/** The kernels that map elements, and how many matrices of n elements they take, the output first. */
const maps = { tanh: 2, tanhGradient: 3 };
/** Those of them that are prepared. */
const preparedMaps: Partial<Record<Recorded, number>> = { sigmoid: 2, sigmoidGradient: 3 };

/** Every kernel that may be shared, by itself or in a part, and is not prepared. Each writes all of its outputs and none of its
 *  inputs when it is shared, so that it can be begun anew; so do those that are prepared. */
const shared = ["matmulNN", "matmulNT", "matmulTN", ...(Object.keys(maps) as (keyof typeof maps)[])] as const;

/** Whether m rows over k lines of a right operand that are so long are worth sharing. */
function isWideEnough(m: number, lineBytes: number, k: number): boolean {
  if (k * lineBytes > FAR) return lineBytes >= LEAST_COL_BYTES_OF_FAR;
  return lineBytes >= (m < MANY_ROWS ? LEAST_COL_BYTES : LEAST_COL_BYTES_OF_MANY);
}

type Kernel = (...operands: number[]) => number | undefined;

/**
 * The kernels of one dtype with the large ones shared among threads. Which thread computes an element changes no bit
 * of it: an element of a product is one chain that one thread walks, and the maps' elements know nothing of their
 * neighbours.
 *
 * @param current the kernels in use, which are others than these after a worker was lost
 */
export function createSharedKernels(
  exports: WasmExports,
  dtype: DType,
  memory: LinearMemory,
  workspace: Workspace,
  pool: Pool,
  current: Kernels,
): Kernels {
  const alone = createBlockedProduct(createBlockSteps(exports, dtype), workspace);
  const isShared = (m: number, n: number, k: number) =>
    m * n * k * bytesOf(dtype) >= PRODUCT_FROM && pool.helpers > 0;
  const product: BlockedProduct = (c, a, b, m, n, k, transposeA, transposeB) => {
    if (!isShared(m, n, k)) alone(c, a, b, m, n, k, transposeA, transposeB);
    else if (!shareProduct(pool, { dtype, c, a, b, m, n, k, transposeA, transposeB }))
      alone(c, a, b, m, n, k, transposeA, transposeB);
  };
  // What one thread takes directly, since its right operand is small or has few columns, may still be tall enough to share.
  const blocks = blockingRule(exports, dtype);
  const large: BlockingRule = (m, n, k, ...how) =>
    blocks(m, n, k, ...how) ||
    (isShared(m, n, k) && m >= LEAST_ROWS && isWideEnough(m, n * bytesOf(dtype), k));
  // A copy: a kernel that is made of others calls the plain object's, so that only the whole of it is begun anew.
  const plain = createWasmKernels(exports, dtype, product, memory, workspace, large);
  const kernels = { ...plain } as Kernels & Record<string, Kernel>;
  const names = Object.keys(exports);
  const size = bytesOf(dtype);
  for (const [name, matrices] of Object.entries(maps)) {
    const index = names.indexOf(name + suffixOf(dtype));
    kernels[name] = shareMap(pool, kernels[name], index, size, matrices);
  }
  const prepare: Kernels["prepare"] = (name, record, operands) => {
    const matrices = preparedMaps[name];
    if (matrices === undefined || !isLargeMap(operands[matrices], size)) {
      return plain.prepare(name, record, operands);
    }
    const alone = (...each: number[]) => runOnce(plain, name, each) as undefined;
    const map = shareMap(pool, alone, names.indexOf(name), size, matrices);
    return () => map(...operands);
  };
  kernels.prepare = prepare;
  if (pool.recovers) {
    for (const name of shared) kernels[name] = recovering(kernels[name] as Kernel, current, name) as never;
    kernels.prepare = (name, record, operands) => {
      const run = prepare(name, record, operands);
      // what is Wasm by itself meets no worker
      if (run === exports[name]) return run;
      return begunAnew(run, () => current.prepare(name, record, operands));
    };
  }
  return kernels;
}

/** Begins the operation anew, on the kernels of then, for every worker that is lost with it. */
function recovering(kernel: Kernel, current: Kernels, name: (typeof shared)[number]): Kernel {
  return begunAnew(kernel, () => current[name] as Kernel);
}

/** `run`, and what `again` gives when a worker was lost with it. */
function begunAnew<Run extends (...operands: number[]) => unknown>(run: Run, again: () => Run): Run {
  return ((...operands) => {
    try {
      return run(...operands);
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      return again()(...operands);
    }
  }) as Run;
}

const isLargeMap = (n: number, size: number) => n * size >= MAP_FROM;

function shareMap(pool: Pool, alone: Kernel, index: number, size: number, matrices: number): Kernel {
  return (...operands) => {
    const n = operands[matrices];
    const pointers = operands.slice(0, matrices);
    // In place it could not be begun anew.
    const inPlace = pointers.indexOf(pointers[0], 1) > 0;
    if (!isLargeMap(n, size) || inPlace || pool.helpers === 0) return alone(...operands);
    const wanted = Math.max(n / (4 * (pool.helpers + 1)), MAP_FROM / (8 * size));
    const chunk = roundUp(Math.min(wanted, MAP_MOST / size), 64);
    pool.run(Math.ceil(n / chunk), mapJob(index, size, n, chunk, pointers));
    return undefined;
  };
}

/** Most bytes of op(b) that are packed at a time. */
const PANEL_BYTES = 2 ** 24;
/** Most depth blocks that are packed at a time, which bounds how long one tile takes. */
const DEPTH_BLOCKS = 8;
const LEAST_ROWS = 4 * TILE_ROWS;
/** Of fewer columns two threads that pack take as long as one that goes directly, or longer; of a right operand of more than FAR bytes
 *  they take 0.6 to 0.85 times as long from 28 bytes on, and 1.0 to 1.3 with 16 and 32. */
const LEAST_COL_BYTES = 64;
const FAR = 2 ** 18;
const LEAST_COL_BYTES_OF_FAR = 28;
/** So many rows take 0.5 to 0.7 times as long on two threads from 36 bytes on; 100 and 200 0.65 to 0.9, but 1.0 to 1.5 with the wide
 *  tile. */
const MANY_ROWS = 256;
const LEAST_COL_BYTES_OF_MANY = 36;
const LEAST_COLS = 64;
/** Tiles for each thread: enough that a thread which comes late or runs slowly is waited for briefly. */
const TILES_PER_THREAD = 8;

type Operands = Omit<ProductBlock, "panels" | "j" | "cols" | "p" | "depth" | "tileRows" | "tileCols">;

/**
 * c = op(a) · op(b), block by block of op(b): first all pack it, then all take tiles of c.
 * @returns false when there is no room to pack op(b); nothing is written then
 */
function shareProduct(pool: Pool, operands: Operands): boolean {
  const { dtype, m, n, k } = operands;
  const depthMost = Math.min(k, DEPTH_BLOCK * DEPTH_BLOCKS);
  const fitting = Math.floor(PANEL_BYTES / (depthMost * bytesOf(dtype)) / COL_BLOCK) * COL_BLOCK;
  const colsMost = Math.min(n, Math.max(fitting, COL_BLOCK));
  let panels: number;
  try {
    panels = pool.panels.ensure(rightBlocksBytes(depthMost, colsMost, dtype));
  } catch (error) {
    if (error instanceof OutOfMemoryError) return false;
    throw error;
  }
  for (let j = 0; j < n; j += colsMost) {
    const cols = Math.min(colsMost, n - j);
    const tile = tileOf(m, cols, bytesOf(dtype), pool.helpers + 1);
    for (let p = 0; p < k; p += depthMost) {
      const block = { ...operands, ...tile, panels, j, cols, p, depth: Math.min(depthMost, k - p) };
      pool.run(packCount(block), productJob(PACK_RIGHT, block));
      pool.run(multiplyCount(block), productJob(MULTIPLY, block));
    }
  }
  return true;
}

/** Rows and columns of a tile: as large as a block of one thread, unless that makes too few of them. Rows are cut
 *  first, since each strip of columns packs op(a) again. */
function tileOf(
  m: number,
  cols: number,
  size: number,
  threads: number,
): { tileRows: number; tileCols: number } {
  const wanted = threads * TILES_PER_THREAD;
  let tileRows = ROW_BLOCK;
  let tileCols = Math.min(COL_BLOCK, roundUp(cols, MOST_TILE_ROW_BYTES / size));
  const tiles = () => Math.ceil(m / tileRows) * Math.ceil(cols / tileCols);
  while (tiles() < wanted && tileRows > LEAST_ROWS) tileRows = roundUp(tileRows / 2, TILE_ROWS);
  while (tiles() < wanted && tileCols > LEAST_COLS)
    tileCols = roundUp(tileCols / 2, MOST_TILE_ROW_BYTES / size);
  return { tileRows, tileCols };
}

import type { WasmExports } from "../wasm/exports.ts";
import { isFromMemory, NEVER_BLOCKED, SET_STRIDE } from "./blocking-limits.ts";
import type { DType } from "./dtype.ts";
import { bytesOf, suffixOf } from "./dtype.ts";
import { isWide, MOST_TILE_ROW_BYTES, roundUp, TILE_ROWS } from "./tile.ts";
import { roomToTranspose, roomToTurn } from "./turning.ts";
import type { Workspace } from "./workspace.ts";

/** Most depth of a block: a panel of b, 264 × 32 bytes, stays in the first-level cache, and 784 are three blocks. */
export const DEPTH_BLOCK = 264;
/** A multiple of the steps that a tile of any build takes at a time: only the last block has steps of zeros. */
const DEPTH_STEPS = 4;
/** Rows of a block. From 512 columns of f64 on, each row of c begins on a page of its own: 40 of them, the 21 pages of packed
 *  a and what is read of b fit together in a first-level TLB of 64 entries. With 80 rows products of 1,000 and more a side
 *  took 5 to 15 % longer; smaller ones are the same. So for the wide tile; the narrow one has no more than five rows of a at a time. */
export const ROW_BLOCK = 40;
/** Most columns of a block: packed b, 264 × 1,024 elements, 2 MiB in f64. With 512, products of 1,024 and 2,048 a side took 1.01 to
 *  1.03 times as long, in the wide tile 1.02 to 1.04, since a was packed twice as often; 2,048 gain no more. */
export const COL_BLOCK = 1024;
/** Up to so many rows the wide tile takes a right operand as it lies, three tiles that meet each line: 6 to 15 take 0.85 to 0.99 times as
 *  long so, 200 columns over 200 in f64 0.82, and 16 to 32 1.0 to 1.1. Where lines meet in one set of the first-level cache (SET_STRIDE)
 *  only the rows of one tile: 10 to 32 rows take 1.04 to 1.35 times as long as they lie. */
const MOST_UNPACKED_ROWS = 15;

/** Room for one tile, where multiplyBlock computes those of a last panel of fewer columns whole; behind it the left operand is packed. */
export const TILE_BYTES = TILE_ROWS * MOST_TILE_ROW_BYTES;

/** The size of the blocks, multiples of `step`, when `size` is cut in as few of at most `most` as can be, evenly: a thin
 *  last one would pay for its passes over a and c with little work. */
const evenBlock = (size: number, most: number, step: number) =>
  roundUp(Math.ceil(size / Math.ceil(size / most)), step);

/** c(m×n) = op(a)(m×k) · op(b)(k×n); `transposeA` and `transposeB` say which operand is stored turned. */
export type BlockedProduct = (
  c: number,
  a: number,
  b: number,
  m: number,
  n: number,
  k: number,
  transposeA: boolean,
  transposeB: boolean,
) => void;

/** The steps of a product in blocks; whoever walks the blocks, on one thread or on many, takes these. */
export interface BlockSteps {
  readonly dtype: DType;
  /** Whether op(b)(k×n) is packed for m rows of c. */
  packsRight(m: number, n: number, k: number, transposed: boolean): boolean;
  /** Packs rows p … p+depth, columns j … j+cols of op(b)(k×n) into `out`. */
  packRight(
    out: number,
    b: number,
    n: number,
    k: number,
    transposed: boolean,
    j: number,
    cols: number,
    p: number,
    depth: number,
  ): void;
  /**
   * Multiplies rows i … i+rows, columns p … p+depth of op(a)(m×k) with the block of op(b)(depth × cols) at `right`, packed or as it
   * lies, into the block of c(m×n) at row i and column j; adds to it unless p is 0. `spare` is room for a tile and, behind it, for the
   * rows of op(a) in panels.
   */
  multiplyRows(
    c: number,
    a: number,
    right: number,
    isPacked: boolean,
    spare: number,
    m: number,
    n: number,
    k: number,
    transposed: boolean,
    i: number,
    rows: number,
    j: number,
    cols: number,
    p: number,
    depth: number,
  ): void;
}

/** Rows from the start of a panel to the next one's: an odd number (panelBytes of assembly/matmul/panels.ts). */
const panelRows = (depth: number) => (depth + 3) | 3;

/** Bytes of a packed block of op(b). */
export function rightPanelBytes(depth: number, cols: number, dtype: DType): number {
  return panelRows(depth) * roundUp(cols * bytesOf(dtype), MOST_TILE_ROW_BYTES);
}

/** Most bytes of a packed block of op(a): of five rows, each factor a vector, in the narrow tile, and of all of them in the wide one. A
 *  multiple of a cache line, so that the panels of op(b) behind it begin with one: 13 rows over 300 took 1.1 times as long where they
 *  did not. */
export function leftPanelBytes(depth: number, rows: number): number {
  return (
    panelRows(depth) * roundUp(Math.max(TILE_ROWS * 16, roundUp(rows, TILE_ROWS) * 8), MOST_TILE_ROW_BYTES)
  );
}

/** Bytes of scratch room that a product (m×n) over k takes in blocks, both operands packed. */
function blockingBytes(m: number, n: number, k: number, dtype: DType): number {
  const depth = Math.min(k, DEPTH_BLOCK);
  const bBytes = rightPanelBytes(depth, Math.min(n, COL_BLOCK), dtype);
  return TILE_BYTES + bBytes + leftPanelBytes(depth, Math.min(m, ROW_BLOCK));
}

/**
 * Finds the scratch room of a product (m×n) over k, whichever way it goes, before anything is written: a step of several
 * products that runs out of memory must not be half done.
 * @param wide whether the kernels have the wide tile
 * @param transposeB whether the right operand is stored transposed
 * @throws OutOfMemoryError when the memory cannot hold it
 */
export function reserveRoom(
  workspace: Workspace,
  wide: boolean,
  dtype: DType,
  m: number,
  n: number,
  k: number,
  transposeB = false,
): void {
  let rows = m;
  if (transposeB) {
    // the transpose has n rows, and fewer columns
    if (roomToTranspose(workspace, wide, dtype, m, n, k)) rows = n;
    else roomToTurn(workspace, dtype, m, n, k);
  }
  // what no rule blocks needs no room for it: a small net's first epoch need not even compile what counts its bytes. By the rows,
  // too: threads share what has many, however small its right operand
  if (m * n * k * bytesOf(dtype) > NEVER_BLOCKED) workspace.ensure(blockingBytes(rows, n, k, dtype));
}

/**
 * The steps on the compiled kernels of one dtype.
 * @param packsAll whether the wide tile takes each right operand packed, as the narrow one does, whatever the rows
 */
export function createBlockSteps(exports: WasmExports, dtype: DType, packsAll = false): BlockSteps {
  const packRight = exports[`packRight${suffixOf(dtype)}`];
  const size = bytesOf(dtype);
  const wide = isWide(exports);

  return {
    dtype,
    packsRight(m, n, k, transposed) {
      const lineBytes = n * size;
      const most = lineBytes % SET_STRIDE ? MOST_UNPACKED_ROWS : TILE_ROWS;
      return !wide || transposed || packsAll || m > most || isFromMemory(lineBytes, k);
    },
    packRight(out, b, n, k, transposed, j, cols, p, depth) {
      const corner = transposed ? j * k + p : p * n + j;
      packRight(out, b + corner * size, depth, cols, transposed ? k : n, +transposed);
    },
    multiplyRows(c, a, right, isPacked, spare, m, n, k, transposed, i, rows, j, cols, p, depth) {
      const line = n * size;
      exports.multiplyBlock(
        c + (i * n + j) * size,
        a + (transposed ? p * m + i : i * k + p) * size,
        right,
        spare,
        rows,
        cols * size,
        depth,
        line,
        transposed ? size : k * size,
        transposed ? m * size : size,
        isPacked ? 0 : line,
        p,
        +(size === 8),
      );
    },
  };
}

/**
 * Products of matrices too large to be read over and over from end to end: in blocks that stay in the nearest caches, packed where
 * they would be read against the grain. The blocks are walked here, not in Wasm: many calls of some hundred microseconds let the
 * engine swap in its optimised code, and are the units that threads share.
 */
export function createBlockedProduct(steps: BlockSteps, workspace: Workspace): BlockedProduct {
  const { dtype, packsRight, packRight, multiplyRows } = steps;
  const size = bytesOf(dtype);
  return (c, a, b, m, n, k, transposeA, transposeB) => {
    const depthBlock = evenBlock(k, DEPTH_BLOCK, DEPTH_STEPS);
    const colBlock = evenBlock(n, COL_BLOCK, MOST_TILE_ROW_BYTES / size);
    const spare = workspace.ensure(blockingBytes(m, n, k, dtype));
    const bPanels = spare + TILE_BYTES + leftPanelBytes(depthBlock, Math.min(m, ROW_BLOCK));
    const isPacked = packsRight(m, n, k, transposeB);
    for (let j = 0; j < n; j += colBlock) {
      const cols = Math.min(colBlock, n - j);
      for (let p = 0; p < k; p += depthBlock) {
        const depth = Math.min(depthBlock, k - p);
        if (isPacked) packRight(bPanels, b, n, k, transposeB, j, cols, p, depth);
        const right = isPacked ? bPanels : b + (p * n + j) * size;
        for (let i = 0; i < m; i += ROW_BLOCK) {
          const rows = Math.min(ROW_BLOCK, m - i);
          multiplyRows(c, a, right, isPacked, spare, m, n, k, transposeA, i, rows, j, cols, p, depth);
        }
      }
    }
  };
}

import type { WasmExports } from "../wasm/exports.ts";
import { FEW_ROWS, isFromMemory, NEVER_BLOCKED, SET_STRIDE } from "./blocking-limits.ts";
import type { DType } from "./dtype.ts";
import { bytesOf, suffixOf } from "./dtype.ts";
import { isWide, MOST_TILE_ROW_BYTES, roundUp, TILE_ROWS } from "./tile.ts";
import { roomToTranspose, roomToTurn } from "./turning.ts";
import type { Workspace } from "./workspace.ts";

/** Most depth of a block: a panel of b, 264 × 32 bytes, stays in the first-level cache, and 784 are three blocks. */
export const DEPTH_BLOCK = 264;
/** Rows of a block. From 512 columns of f64 on, each row of c begins on a page of its own: 40 of them, the 21 pages of packed
 *  a and what is read of b fit together in a first-level TLB of 64 entries. With 80 rows products of 1,000 and more a side
 *  took 5 to 15 % longer; smaller ones are the same. So for the wide tile; the narrow one has no more than five rows of a at a time. */
export const ROW_BLOCK = 40;
/** Most columns of a block: packed b, 264 × 1,024 elements, 2 MiB in f64. With 512, products of 1,024 and 2,048 a side took 1.01 to
 *  1.03 times as long, in the wide tile 1.02 to 1.04, since a was packed twice as often; 2,048 gain no more. */
export const COL_BLOCK = 1024;
// For the narrow tile the right operand is always packed, and the left one by its kernel as it goes. The wide tile takes them either way:

/**
 * Up to how many bytes of a line of the right operand, 4 panels, the left one is read as it lies: with 3 72 to 784 rows take 0.92 to 0.95
 * times as long so, with 4 0.96 to 1.0, with 5 to 8 1.03 to 1.05; a transposed one, five elements of each of whose lines are read for
 * every panel, gains from packing up to 1.1 with 4 and 1.1 to 1.2 with 8.
 */
const FEW_BYTES = 256;
/**
 * The same of one whose steps lie a multiple of this apart, as those of a transposed one may: few sets of a first-level cache hold
 * all that a tile reads of it, and each panel fetches it anew. With 4 panels 128 to 2,048 rows over 150 to 784 take 0.81 to 1.05 times as
 * long packed, and 0.91 to 1.22 over 2,000.
 */
const LEFT_SET_STRIDE = 2 ** 9;
const FEW_BYTES_OF_FEW_SETS = 192;
/** Of blocks whose lines spread over more bytes, only the rows of one tile, which meet each line once: 264 lines take 64 rows 0.95 to
 *  1.05 times as long as they lie at 512 kB, 1.1 to 1.3 at 1 MB. So too where lines meet in one set of the first-level cache
 *  (SET_STRIDE): 8 to 64 rows of 512 columns in f64 over 64 to 1,024 take 1.3 to 1.9 times as long as they lie. */
const FAR = 2 ** 19;

/** Room for one tile, where multiplyBlock computes those of a last panel of fewer columns whole; behind it the narrow tile packs. */
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
   * lies, into the block of c(m×n) at row i and column j; adds to it unless p is 0. Those of op(a) are packed into `aPanels`, behind
   * `spare`, unless they are read as they lie.
   */
  multiplyRows(
    c: number,
    a: number,
    aPanels: number,
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

/** Rows from the start of a panel to the next one's: an odd number, and one more than an odd depth (panelBytes of
 *  assembly/matmul/panels.ts). */
const panelRows = (depth: number) => (depth + 1) | 1;

/** Bytes of a packed block of op(b). */
export function rightPanelBytes(depth: number, cols: number, dtype: DType): number {
  return panelRows(depth) * roundUp(cols * bytesOf(dtype), MOST_TILE_ROW_BYTES);
}

/** Most bytes of a packed block of op(a), each of whose factors may take a vector. */
export function leftPanelBytes(depth: number, rows: number): number {
  return panelRows(depth) * roundUp(rows, TILE_ROWS) * 16;
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
    else roomToTurn(workspace, dtype, n, k);
  }
  // what no rule blocks needs no room for it: a small net's first epoch need not even compile what counts its bytes. By the rows,
  // too: threads share what has many, however small its right operand
  if (m * n * k * bytesOf(dtype) > NEVER_BLOCKED) workspace.ensure(blockingBytes(rows, n, k, dtype));
}

/**
 * The steps on the compiled kernels of one dtype.
 * @param packsAll for the wide tile, whether both operands are packed, however small
 */
export function createBlockSteps(exports: WasmExports, dtype: DType, packsAll = false): BlockSteps {
  const suffix = suffixOf(dtype);
  const packRight = exports[`packRight${suffix}`];
  const packLeft = exports[`packLeft${suffix}`];
  const size = bytesOf(dtype);
  const wide = isWide(exports);

  return {
    dtype,
    packsRight(m, n, k, transposed) {
      const lineBytes = n * size;
      const isFar = Math.min(k, DEPTH_BLOCK) * lineBytes > FAR || lineBytes % SET_STRIDE === 0;
      return (
        !wide || transposed || packsAll || m > (isFar ? TILE_ROWS : FEW_ROWS) || isFromMemory(lineBytes, k)
      );
    },
    packRight(out, b, n, k, transposed, j, cols, p, depth) {
      const corner = transposed ? j * k + p : p * n + j;
      packRight(out, b + corner * size, depth, cols, transposed ? k : n, +transposed);
    },
    multiplyRows(c, a, aPanels, right, isPacked, spare, m, n, k, transposed, i, rows, j, cols, p, depth) {
      const line = n * size;
      const corner = c + (i * n + j) * size;
      const width = cols * size;
      let left = a + (transposed ? p * m + i : i * k + p) * size;
      let aRow = transposed ? size : k * size;
      const aStep = transposed ? m * size : size;
      if (wide && (packsAll || width > (aStep % LEFT_SET_STRIDE ? FEW_BYTES : FEW_BYTES_OF_FEW_SETS))) {
        packLeft(aPanels, left, depth, rows, aRow, aStep);
        left = aPanels;
        aRow = 0;
      }
      exports.multiplyBlock(
        corner,
        left,
        right,
        spare,
        rows,
        width,
        depth,
        line,
        aRow,
        aStep,
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
    const depthBlock = evenBlock(k, DEPTH_BLOCK, 1);
    const colBlock = evenBlock(n, COL_BLOCK, MOST_TILE_ROW_BYTES / size);
    const spare = workspace.ensure(blockingBytes(m, n, k, dtype));
    const aPanels = spare + TILE_BYTES;
    const bPanels = aPanels + leftPanelBytes(depthBlock, Math.min(m, ROW_BLOCK));
    const isPacked = packsRight(m, n, k, transposeB);
    for (let j = 0; j < n; j += colBlock) {
      const cols = Math.min(colBlock, n - j);
      for (let p = 0; p < k; p += depthBlock) {
        const depth = Math.min(depthBlock, k - p);
        if (isPacked) packRight(bPanels, b, n, k, transposeB, j, cols, p, depth);
        const right = isPacked ? bPanels : b + (p * n + j) * size;
        for (let i = 0; i < m; i += ROW_BLOCK) {
          const rows = Math.min(ROW_BLOCK, m - i);
          multiplyRows(
            c,
            a,
            aPanels,
            right,
            isPacked,
            spare,
            m,
            n,
            k,
            transposeA,
            i,
            rows,
            j,
            cols,
            p,
            depth,
          );
        }
      }
    }
  };
}

import type { WasmExports } from "../wasm/exports.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import { NEVER_PACKED, roomToTurn } from "./packing-rule.ts";
import { isWide, roundUp, TILE_ROW_BYTES, TILE_ROWS, tileColsOf } from "./tile.ts";
import type { Workspace } from "./workspace.ts";

/** Most depth of a block: a panel of b, 264 × 32 bytes, stays in the first-level cache, and 784 are three blocks. */
export const DEPTH_BLOCK = 264;
/** Rows of a block. From 512 columns of f64 on, each row of c begins on a page of its own: 40 of them, the 21 pages of packed
 *  a and what is read of b fit together in a first-level TLB of 64 entries. With 80 rows products of 1,000 and more a side
 *  took 5 to 15 % longer; smaller ones are the same. */
export const ROW_BLOCK = 40;
/** Most columns of a block: packed b, 264 × 512 elements, 1 MiB in f64. */
export const COL_BLOCK = 512;
/**
 * Up to how many panels of the right operand the wide tile takes rows of the left one as they lie. With 8 packing them is a tenth
 * of the work, with 16 a twentieth, with 64 a hundredth; without, each step of a tile adds up four addresses more, which hosts
 * with as many adders as multipliers may feel: by count 35 for 31 micro-operations beside 5 cycles of arithmetic on a Zen 4.
 * Measured in Node on a Xeon, turbo, 64 columns of f64 and 128 of f32: 1.07 to 1.10 and 1.06 to 1.10 times as fast.
 */
const FEW_PANELS = 8;

/** Room for one tile, where multiplyPanels computes the tiles at the edges of c whole. */
export const SPARE_BYTES = TILE_ROWS * TILE_ROW_BYTES;

/** The size of the blocks, multiples of `step`, when `size` is cut in as few of at most `most` as can be, evenly: a thin
 *  last one would pay for its passes over a and c with little work. */
const evenBlock = (size: number, most: number, step: number) =>
  roundUp(Math.ceil(size / Math.ceil(size / most)), step);

/** c(m×n) = op(a)(m×k) · op(b)(k×n); `transposeA` and `transposeB` say which operand is stored turned. */
export type PackedProduct = (
  c: number,
  a: number,
  b: number,
  m: number,
  n: number,
  k: number,
  transposeA: boolean,
  transposeB: boolean,
) => void;

/** The two steps of a packed product; whoever walks the blocks, on one thread or on many, takes these. */
export interface PackedSteps {
  readonly dtype: DType;
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
   * Packs rows i … i+rows, columns p … p+depth of op(a)(m×k) into `aPanels`, unless it takes them as they lie, and multiplies
   * them with `bPanels` (depth × cols) into the block of c(m×n) at row i and column j; adds to it unless p is 0.
   */
  multiplyRows(
    c: number,
    a: number,
    aPanels: number,
    bPanels: number,
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

/** Rows from the start of a panel to the next one's: an odd number (panelBytes of assembly/matmul/pack.ts). */
const panelRows = (depth: number) => depth | 1;

/** Bytes of a packed block of op(b). */
export function rightPanelBytes(depth: number, cols: number, dtype: DType): number {
  return panelRows(depth) * roundUp(cols * bytesOf(dtype), TILE_ROW_BYTES);
}

/** Bytes of a packed block of op(a). */
export function leftPanelBytes(depth: number, rows: number, dtype: DType): number {
  return panelRows(depth) * roundUp(rows, TILE_ROWS) * bytesOf(dtype);
}

/** Bytes of scratch room that a packed product (m×n) over k takes. */
function packingBytes(m: number, n: number, k: number, dtype: DType): number {
  const depth = Math.min(k, DEPTH_BLOCK);
  const bBytes = rightPanelBytes(depth, Math.min(n, COL_BLOCK), dtype);
  return SPARE_BYTES + bBytes + leftPanelBytes(depth, Math.min(m, ROW_BLOCK), dtype);
}

/**
 * Finds the scratch room of a product (m×n) over k, whichever way it goes, before anything is written: a step of several
 * products that runs out of memory must not be half done.
 * @throws OutOfMemoryError when the memory cannot hold it
 */
export function reserveRoom(workspace: Workspace, dtype: DType, m: number, n: number, k: number): void {
  // what no rule packs needs no room for it: a small net's first epoch need not even compile what counts its bytes
  if (n * k * bytesOf(dtype) > NEVER_PACKED) workspace.ensure(packingBytes(m, n, k, dtype));
  roomToTurn(workspace, dtype, n, k);
}

/** Hosts where the tile of few loads is the faster one (assembly/matmul/shuffled-tile.ts): Deno and Bun. */
export const PREFERS_SHUFFLES = "Deno" in globalThis || "Bun" in globalThis;

/**
 * The steps on the compiled kernels of one dtype.
 * @param shuffles which of the two tiles of 5 rows by 2 vectors; the bits are the same
 */
export function createPackedSteps(
  exports: WasmExports,
  dtype: DType,
  shuffles = PREFERS_SHUFFLES,
): PackedSteps {
  const suffix = dtype === "float64" ? "_f64" : "_f32";
  const packAcross = exports[`packAcross${suffix}`];
  const packAlong = exports[`packAlong${suffix}`];
  const multiplyPanels = exports[`multiplyPanels${suffix}`];
  const size = bytesOf(dtype);
  const shuffled = shuffles ? 1 : 0;
  const tileCols = tileColsOf(exports, dtype);
  const mostAsTheyLie = isWide(exports) ? FEW_PANELS * tileCols : 0;

  return {
    dtype,
    packRight(out, b, n, k, transposed, j, cols, p, depth) {
      if (transposed) packAlong(out, b + (j * k + p) * size, depth, cols, k, tileCols);
      else packAcross(out, b + (p * n + j) * size, depth, cols, n, tileCols);
    },
    multiplyRows(c, a, aPanels, bPanels, spare, m, n, k, transposed, i, rows, j, cols, p, depth) {
      const asTheyLie = !transposed && cols <= mostAsTheyLie;
      const left = asTheyLie ? a + (i * k + p) * size : aPanels;
      if (transposed) packAcross(left, a + (p * m + i) * size, depth, rows, m, TILE_ROWS);
      else if (!asTheyLie) packAlong(left, a + (i * k + p) * size, depth, rows, k, TILE_ROWS);
      const corner = c + (i * n + j) * size;
      const goesOn = p > 0 ? 1 : 0;
      multiplyPanels(corner, left, bPanels, spare, rows, cols, depth, n, goesOn, shuffled, asTheyLie ? k : 0);
    },
  };
}

/**
 * Products of matrices that are large enough to be packed. The blocks are walked here, not in Wasm: many calls of
 * some hundred microseconds let the engine swap in its optimised code, and are the units that threads share.
 */
export function createPackedProduct(steps: PackedSteps, workspace: Workspace): PackedProduct {
  const { dtype, packRight, multiplyRows } = steps;
  return (c, a, b, m, n, k, transposeA, transposeB) => {
    const depthBlock = evenBlock(k, DEPTH_BLOCK, 1);
    const colBlock = evenBlock(n, COL_BLOCK, TILE_ROW_BYTES / bytesOf(dtype));
    const spare = workspace.ensure(packingBytes(m, n, k, dtype));
    const bPanels = spare + SPARE_BYTES;
    const aPanels = bPanels + rightPanelBytes(depthBlock, colBlock, dtype);
    for (let j = 0; j < n; j += colBlock) {
      const cols = Math.min(colBlock, n - j);
      for (let p = 0; p < k; p += depthBlock) {
        const depth = Math.min(depthBlock, k - p);
        packRight(bPanels, b, n, k, transposeB, j, cols, p, depth);
        for (let i = 0; i < m; i += ROW_BLOCK) {
          const rows = Math.min(ROW_BLOCK, m - i);
          multiplyRows(c, a, aPanels, bPanels, spare, m, n, k, transposeA, i, rows, j, cols, p, depth);
        }
      }
    }
  };
}

import type { WasmExports } from "../wasm/instantiate.ts";
import type { DType } from "./dtype.ts";
import { bytesOf } from "./dtype.ts";
import type { Workspace } from "./workspace.ts";

/** Rows of a register tile (assembly/matmul/tile.ts). */
const TILE_ROWS = 5;
/** Depth of a block: a panel of b, 256 × 32 bytes, stays in the first-level cache. */
const DEPTH_BLOCK = 256;
/** Rows of a block: packed a, 80 × 256 elements, stays in the second-level cache. */
const ROW_BLOCK = 80;
/** Columns of a block: packed b, 256 × 512 elements, 1 MiB in f64. */
const COL_BLOCK = 512;

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

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

/**
 * Products of matrices that are large enough to be packed. The blocks are walked here, not in Wasm: many calls of
 * some hundred microseconds let the engine swap in its optimised code, and are the units that threads share.
 */
export function createPackedProduct(exports: WasmExports, dtype: DType, workspace: Workspace): PackedProduct {
  const suffix = dtype === "float64" ? "_f64" : "_f32";
  const packAcross = exports[`packAcross${suffix}`];
  const packAlong = exports[`packAlong${suffix}`];
  const multiplyPanels = exports[`multiplyPanels${suffix}`];
  const size = bytesOf(dtype);
  const tileCols = 32 / size;

  return (c, a, b, m, n, k, transposeA, transposeB) => {
    const depthMost = Math.min(k, DEPTH_BLOCK);
    const bBytes = depthMost * roundUp(Math.min(n, COL_BLOCK), tileCols) * size;
    const aBytes = depthMost * roundUp(Math.min(m, ROW_BLOCK), TILE_ROWS) * size;
    const spareBytes = TILE_ROWS * 32;
    const spare = workspace.ensure(spareBytes + bBytes + aBytes);
    const bPanels = spare + spareBytes;
    const aPanels = bPanels + bBytes;
    for (let j = 0; j < n; j += COL_BLOCK) {
      const cols = Math.min(COL_BLOCK, n - j);
      for (let p = 0; p < k; p += DEPTH_BLOCK) {
        const depth = Math.min(DEPTH_BLOCK, k - p);
        if (transposeB) packAlong(bPanels, b + (j * k + p) * size, depth, cols, k, tileCols);
        else packAcross(bPanels, b + (p * n + j) * size, depth, cols, n, tileCols);
        for (let i = 0; i < m; i += ROW_BLOCK) {
          const rows = Math.min(ROW_BLOCK, m - i);
          if (transposeA) packAcross(aPanels, a + (p * m + i) * size, depth, rows, m, TILE_ROWS);
          else packAlong(aPanels, a + (i * k + p) * size, depth, rows, k, TILE_ROWS);
          const corner = c + (i * n + j) * size;
          multiplyPanels(corner, aPanels, bPanels, spare, rows, cols, depth, n, p > 0 ? 1 : 0);
        }
      }
    }
  };
}

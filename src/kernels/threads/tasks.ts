import type { WasmExports } from "../../wasm/exports.ts";
import type { Board } from "../../wasm/threads/board.ts";
import {
  type BlockSteps,
  createBlockSteps,
  DEPTH_BLOCK,
  leftPanelBytes,
  ROW_BLOCK,
  rightPanelBytes,
  TILE_BYTES,
} from "../blocked-product.ts";
import { type DType, suffixOf } from "../dtype.ts";
import { writeRecord } from "../records.ts";

/** What a task is, the first operand of its job. */
export const PACK_RIGHT = 0;
export const MULTIPLY = 1;
const MAP = 2;

const dtypes: readonly DType[] = ["float64", "float32"];

/** A product's block of op(b), packed as a whole, and the tiles of c that are computed from it. */
export interface ProductBlock {
  readonly dtype: DType;
  readonly c: number;
  readonly a: number;
  readonly b: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Where op(b)'s panels go. */
  readonly panels: number;
  /** The block: rows p … p+depth and columns j … j+cols of op(b). */
  readonly j: number;
  readonly cols: number;
  readonly p: number;
  readonly depth: number;
  /** A tile of c, in elements; the columns are a multiple of the register tile's. */
  readonly tileRows: number;
  readonly tileCols: number;
}

/** The job of a product's block, for PACK_RIGHT and MULTIPLY alike. */
export function productJob(kind: number, x: ProductBlock): number[] {
  const dtype = dtypes.indexOf(x.dtype);
  const turned = [x.transposeA ? 1 : 0, x.transposeB ? 1 : 0];
  const block = [x.panels, x.j, x.cols, x.p, x.depth, x.tileRows, x.tileCols];
  return [kind, dtype, x.c, x.a, x.b, x.m, x.n, x.k, ...turned, ...block];
}

/** Columns that one task packs: a multiple of every register tile's. */
const PACK_COLS = 128;

/** Tasks of a PACK_RIGHT job: one for each depth block and each strip of columns. */
export function packCount(x: ProductBlock): number {
  return Math.ceil(x.depth / DEPTH_BLOCK) * Math.ceil(x.cols / PACK_COLS);
}

/** Tasks of a MULTIPLY job: one for each tile of c. */
export function multiplyCount(x: ProductBlock): number {
  return Math.ceil(x.m / x.tileRows) * Math.ceil(x.cols / x.tileCols);
}

const isOfOneDType = (kernel: string) => dtypes.some((dtype) => kernel.endsWith(suffixOf(dtype)));

/** The job of a kernel that maps elements: out(n), then inputs(n), in chunks of `chunk` elements. */
export function mapJob(kernel: number, size: number, n: number, chunk: number, pointers: number[]): number[] {
  return [MAP, kernel, size, n, chunk, pointers.length, ...pointers];
}

/** Bytes of `depth` packed rows of op(b), one block of at most DEPTH_BLOCK after another. */
export function rightBlocksBytes(depth: number, cols: number, dtype: DType): number {
  const whole = Math.floor(depth / DEPTH_BLOCK);
  const rest = depth - whole * DEPTH_BLOCK;
  return whole * rightPanelBytes(DEPTH_BLOCK, cols, dtype) + (rest && rightPanelBytes(rest, cols, dtype));
}

/** Scratch bytes that a thread needs for any task. */
export const SCRATCH_BYTES = TILE_BYTES + /* @__PURE__ */ leftPanelBytes(DEPTH_BLOCK, ROW_BLOCK);

/**
 * The tasks on one thread's instance of the kernels.
 * @param buffer of their memory
 * @param scratch SCRATCH_BYTES of this thread's own
 * @param beat called between steps of a long task, as a sign of life
 */
export function createTasks(
  exports: WasmExports,
  buffer: ArrayBufferLike,
  board: Board,
  scratch: number,
  beat: () => void,
): (task: number) => void {
  const steps = dtypes.map((dtype) => createBlockSteps(exports, dtype));
  const kernels = Object.entries(exports);
  const words = new Uint32Array(buffer);
  const at = (i: number) => board.operand(i);

  function packRight(task: number, { packRight, dtype }: BlockSteps): void {
    const [b, n, k, transposeB] = [at(4), at(6), at(7), at(9) !== 0];
    const [panels, j, cols, p, depth] = [at(10), at(11), at(12), at(13), at(14)];
    const strips = Math.ceil(cols / PACK_COLS);
    const from = Math.floor(task / strips) * DEPTH_BLOCK;
    const left = (task % strips) * PACK_COLS;
    const height = Math.min(DEPTH_BLOCK, depth - from);
    const out = panels + rightBlocksBytes(from, cols, dtype) + rightPanelBytes(height, left, dtype);
    packRight(out, b, n, k, transposeB, j + left, Math.min(PACK_COLS, cols - left), p + from, height);
  }

  function multiply(task: number, { multiplyRows, dtype }: BlockSteps): void {
    const [c, a, m, n, k, transposeA] = [at(2), at(3), at(5), at(6), at(7), at(8) !== 0];
    const [panels, j, cols, p, depth, tileRows, tileCols] = [
      at(10),
      at(11),
      at(12),
      at(13),
      at(14),
      at(15),
      at(16),
    ];
    const strips = Math.ceil(cols / tileCols);
    const i = Math.floor(task / strips) * tileRows;
    const left = (task % strips) * tileCols;
    const rows = Math.min(tileRows, m - i);
    const width = Math.min(tileCols, cols - left);
    for (let from = 0; from < depth; from += DEPTH_BLOCK) {
      const height = Math.min(DEPTH_BLOCK, depth - from);
      const bPanels = panels + rightBlocksBytes(from, cols, dtype) + rightPanelBytes(height, left, dtype);
      multiplyRows(
        c,
        a,
        bPanels,
        true,
        scratch,
        m,
        n,
        k,
        transposeA,
        i,
        rows,
        j + left,
        width,
        p + from,
        height,
      );
      beat();
    }
  }

  function map(task: number): void {
    const [kernel, size, n, chunk, pointers] = [at(1), at(2), at(3), at(4), at(5)];
    const first = task * chunk;
    const addresses = Array.from({ length: pointers }, (_, i) => at(6 + i) + first * size);
    const operands = [...addresses, Math.min(chunk, n - first)];
    const [name, run] = kernels[kernel];
    if (isOfOneDType(name)) run(...operands);
    else {
      // a kernel of both takes a record, and which of them it is behind the operands
      writeRecord(words, scratch, operands, [size === 8 ? 1 : 0]);
      run(scratch);
    }
  }

  return (task) => {
    const kind = at(0);
    if (kind === MAP) map(task);
    else if (kind === MULTIPLY) multiply(task, steps[at(1)]);
    else packRight(task, steps[at(1)]);
  };
}

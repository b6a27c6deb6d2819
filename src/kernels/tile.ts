import type { WasmExports } from "../wasm/exports.ts";

/** Rows of a register tile (assembly/matmul/panels.ts). */
export const TILE_ROWS = 5;
/** Bytes of a row of the widest register tile, four vectors; blocks and their room are cut in multiples of it. */
export const MOST_TILE_ROW_BYTES = 64;

/** Whether these kernels have the wide tile, of the turbo build. The module exports a global, which Number makes its value of. */
export const isWide = (exports: WasmExports) => Number(exports.tileRowBytes) >= MOST_TILE_ROW_BYTES;

export const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

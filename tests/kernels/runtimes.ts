import { readFileSync } from "node:fs";
import type { DType } from "../../src/kernels/dtype.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import { type Runtime, startWasm } from "../../src/kernels/runtime.ts";

/** The compiled kernels of the builds of .tools/build.mjs, and with the tile that some hosts prefer. */
export const builds = {
  wasm: { file: "build/kernels.wasm", shuffles: false },
  checked: { file: "build/kernels.checked.wasm", shuffles: false },
  turbo: { file: "build/kernels.turbo.wasm", shuffles: false },
  shuffling: { file: "build/kernels.checked.wasm", shuffles: true },
} as const;

export function bytesOfBuild(build: keyof typeof builds): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../${builds[build].file}`, import.meta.url)));
}

/** A runtime of its own, beside the library's. */
export function startBuild(build: keyof typeof builds): Runtime {
  return startWasm(bytesOfBuild(build), undefined, builds[build].shuffles);
}

export { startReference };

export const dtypes: readonly DType[] = ["float64", "float32"];

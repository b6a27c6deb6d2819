import { readFileSync } from "node:fs";
import type { DType } from "../../src/kernels/dtype.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import { type Runtime, startWasm } from "../../src/kernels/runtime.ts";

/** The compiled kernels of a build of .tools/build.mjs. */
export const builds = { wasm: "build/kernels.wasm", checked: "build/kernels.checked.wasm" } as const;

export function bytesOfBuild(build: keyof typeof builds): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../${builds[build]}`, import.meta.url)));
}

/** A runtime of its own, beside the library's. */
export function startBuild(build: keyof typeof builds): Runtime {
  return startWasm(bytesOfBuild(build));
}

export { startReference };

export const dtypes: readonly DType[] = ["float64", "float32"];

import { readFileSync } from "node:fs";
import { createBlockedProduct, createBlockSteps } from "../../src/kernels/blocked-product.ts";
import type { DType } from "../../src/kernels/dtype.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import { type Runtime, startWasm } from "../../src/kernels/runtime.ts";
import { createWasmKernels } from "../../src/kernels/wasm.ts";
import { Workspace } from "../../src/kernels/workspace.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { LinearMemory } from "../../src/wasm/memory.ts";

/** The compiled kernels of the builds of .tools/build.mjs. */
export const builds = {
  wasm: "build/kernels.wasm",
  checked: "build/kernels.checked.wasm",
  turbo: "build/kernels.turbo.wasm",
} as const;

export function bytesOfBuild(build: keyof typeof builds): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../${builds[build]}`, import.meta.url)));
}

/** A runtime of its own, beside the library's. */
export function startBuild(build: keyof typeof builds): Runtime {
  return startWasm(bytesOfBuild(build), undefined);
}

/** The same with every product in blocks, however small, their operands packed or, as the wide tile may take them, as they lie: no shape
 *  of a tile may hide behind the choice of the way. */
export function startBlocked(build: keyof typeof builds, packsAll: boolean): Runtime {
  const { exports, memory: pages } = instantiate(bytesOfBuild(build));
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);
  const workspace = new Workspace(arena);
  const kernelsOf = (dtype: DType) => {
    const product = createBlockedProduct(createBlockSteps(exports, dtype, packsAll), workspace);
    return createWasmKernels(exports, dtype, product, memory, workspace, () => true);
  };
  return { memory, arena, kernels: { float64: kernelsOf("float64"), float32: kernelsOf("float32") } };
}

export { startReference };

export const dtypes: readonly DType[] = ["float64", "float32"];

/** A workspace that gives how many bytes of fixed room it was asked for, in place of their address. */
export const asked = { fixed: (bytes: number) => bytes } as Workspace;

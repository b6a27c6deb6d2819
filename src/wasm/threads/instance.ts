import type { WasmExports } from "../instantiate.ts";

/** A worker's instance of the kernels; the owner has compiled the module and found that it starts. */
export function instantiateShared(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmExports {
  const abort = () => {
    throw new Error("internal: a kernel's assertion failed");
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as WasmExports;
}

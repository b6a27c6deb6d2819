// How the entry "nothing-but-wasm" starts under the condition `workerd`: hosts that compile no bytes at run time, and
// import a .wasm file as a WebAssembly.Module instead.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
// @ts-expect-error: such a host, or its bundler, resolves it; the file lies beside this one once built.
import kernels from "./kernels.wasm";

/** Says what the kernels will be started from. */
export function begin(): void {
  startByDefaultWith(() => startWasm(kernels as WebAssembly.Module));
}

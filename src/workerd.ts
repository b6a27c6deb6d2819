// How the entry "nothing-but-wasm" starts under the condition `workerd`: hosts that compile no bytes at run time, and
// import a .wasm file as a WebAssembly.Module instead.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
// @ts-expect-error: such a host, or its bundler, resolves it; the file lies beside this one once built.
import kernels from "./kernels.wasm";

const start = () => startWasm(kernels as WebAssembly.Module);

/** Gives back a part of the surface, when it is known what to start the kernels from. */
export function started<Part>(part: Part): Part {
  startByDefaultWith(start);
  return part;
}

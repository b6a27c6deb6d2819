// How the entry "nothing-but-wasm" starts: from the bytes that the bundle carries.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
import { kernelBytes } from "./wasm/bytes.ts";

const start = () => startWasm(kernelBytes(), kernelBytes);

/** Gives back a part of the surface, when it is known what to start the kernels from. */
export function started<Part>(part: Part): Part {
  startByDefaultWith(start, kernelBytes);
  return part;
}

// How the entry "nothing-but-wasm/reference" starts: on the plain TypeScript kernels; it holds no WebAssembly.
import { startReference } from "./kernels/reference/start.ts";
import { startWith } from "./kernels/runtime.ts";

/** Gives back a part of the surface, when it is known what to start the kernels from. */
export function started<Part>(part: Part): Part {
  startWith(startReference);
  return part;
}

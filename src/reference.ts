// How the entry "nothing-but-wasm/reference" starts: on the plain TypeScript kernels; it holds no WebAssembly.
import { startReference } from "./kernels/reference/start.ts";
import { startWith } from "./kernels/runtime.ts";

/** Says what the kernels will be started from. */
export function begin(): void {
  startWith(startReference);
}

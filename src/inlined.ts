// How the entry "nothing-but-wasm" starts: from the bytes that the bundle carries.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
import { kernelBytes } from "./wasm/bytes.ts";

/** Says what the kernels will be started from. */
export function begin(): void {
  startByDefaultWith(() => startWasm(kernelBytes(), kernelBytes), kernelBytes);
}

// The entry "nothing-but-wasm": the surface, started from the bytes that the bundle carries.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
import { kernelBytes } from "./wasm/bytes.ts";

startByDefaultWith(() => startWasm(kernelBytes(), kernelBytes), kernelBytes);

export * from "./index.ts";

// The entry "nothing-but-wasm/reference": the surface on the plain TypeScript kernels; holds no WebAssembly.
import { startReference } from "./kernels/reference/start.ts";
import { startWith } from "./kernels/runtime.ts";

startWith(startReference);

export * from "./index.ts";

import { startReference } from "./kernels/reference/start.ts";
import { startWith } from "./kernels/runtime.ts";

startWith(startReference);

export * from "./index.ts";

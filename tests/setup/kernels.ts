import { readFileSync } from "node:fs";
import { startReference } from "../../src/kernels/reference/start.ts";
import { startWasm, startWith } from "../../src/kernels/runtime.ts";

/** Chooses the kernels of a test run; see vitest.config.ts. */
const choice = process.env.NBW_KERNELS;
if (choice === "reference") {
  startWith(startReference);
} else if (choice === "checked") {
  startWith(() => startWasm(readFileSync(new URL("../../build/kernels.checked.wasm", import.meta.url))));
} else if (choice !== "wasm") {
  throw new Error(`NBW_KERNELS is ${choice}; it must be wasm, checked or reference`);
}

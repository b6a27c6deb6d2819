import { readFileSync } from "node:fs";
import { bringWideRule } from "../../src/kernels/blocking-rule.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import { startByDefaultWith, startWasm, startWith } from "../../src/kernels/runtime.ts";
import { wideRule } from "../../src/kernels/wide-rule.ts";
import { kernelBytes } from "../../src/wasm/bytes.ts";

// some tests start the turbo build beside the kernels that are chosen
bringWideRule(wideRule);

/** Chooses the kernels of a test run, since src/index.ts leaves that to the entries; see vitest.config.ts. */
const choice = process.env.NBW_KERNELS ?? "wasm";
if (choice === "reference") {
  startWith(startReference);
} else if (choice === "checked") {
  const bytes = () => readFileSync(new URL("../../build/kernels.checked.wasm", import.meta.url));
  startWith(() => startWasm(bytes(), bytes));
} else if (choice === "wasm") {
  startByDefaultWith(() => startWasm(kernelBytes(), kernelBytes), kernelBytes);
} else {
  throw new Error(`NBW_KERNELS is ${choice}; it must be wasm, checked or reference`);
}

// What a run compiles for itself stands in a temporary folder, since the checkout may be read-only, and is gone with the run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

let folder;

/** The path of a file of this run. */
export function scratch(name) {
  folder ??= mkdtempSync(path.join(tmpdir(), "nothing-but-wasm-bench-"));
  return path.join(folder, name);
}

/** Removes them all, as the end of the process does unless a signal ends it: stops.mjs has these end it by an exit. */
export function clearScratch() {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}
process.on("exit", clearScratch);

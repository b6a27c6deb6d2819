// What a run compiles for itself stands in a temporary folder, since the checkout may be read-only, and is gone with the run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

let folder;

/** The path of a file of this run. */
export function scratch(name) {
  if (folder === undefined) {
    folder = mkdtempSync(path.join(tmpdir(), "nothing-but-wasm-bench-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  return path.join(folder, name);
}

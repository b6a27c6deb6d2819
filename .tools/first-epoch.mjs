// Which functions a process runs from the import to its first trained epoch.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const EPOCH = fileURLToPath(new URL("xor-epoch.mjs", import.meta.url));

/** Runs it on the library at `url`, relative to xor-epoch.mjs, and gives the names of what V8 counted calls of. */
export function namesInFirstEpoch(url) {
  const folder = mkdtempSync(path.join(tmpdir(), "first-epoch-"));
  try {
    execFileSync(process.execPath, [EPOCH, url], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const files = readdirSync(folder).map((file) =>
      JSON.parse(readFileSync(path.join(folder, file), "utf8")),
    );
    const functions = files.flatMap(({ result }) => result.flatMap((script) => script.functions));
    return new Set(functions.filter(({ ranges }) => ranges[0].count > 0).map((each) => each.functionName));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

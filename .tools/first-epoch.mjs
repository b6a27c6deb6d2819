// A first trained epoch on any entry, and which functions a process runs until then.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The program xor-epoch.mjs on the library in a file, and what it says in the end, if anything. Its import names the file, as
 * programs do: by an import() of an argument Deno loads Node's `process` besides, 25 ms.
 */
export function firstEpochOn(file, end = "") {
  const program = readFileSync(new URL("xor-epoch.mjs", import.meta.url), "utf8");
  return program.replace('"nothing-but-wasm"', () => JSON.stringify(pathToFileURL(file).href)) + end;
}

/** Runs it on the library in a file and gives the names of what V8 counted calls of. */
export function namesInFirstEpoch(file) {
  const folder = mkdtempSync(path.join(tmpdir(), "first-epoch-"));
  const [program, counts] = ["program.mjs", "counts"].map((name) => path.join(folder, name));
  try {
    writeFileSync(program, firstEpochOn(file));
    execFileSync(process.execPath, [program], { env: { ...process.env, NODE_V8_COVERAGE: counts } });
    const files = readdirSync(counts).map((name) =>
      JSON.parse(readFileSync(path.join(counts, name), "utf8")),
    );
    const functions = files.flatMap(({ result }) => result.flatMap((script) => script.functions));
    return new Set(functions.filter(({ ranges }) => ranges[0].count > 0).map((each) => each.functionName));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

// The README's programs for Node, run as printed. What a line prints stands in its comment.
const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const prints = /console\.log\(.*\); \/\/ (.*)$/gm;
// The excerpt of explain has a test of its own, tests/library/explain-readme.test.ts.
const programs = [...readme.matchAll(/<!-- run: node -->\n```js\n(.*?)```/gs)]
  .map(([, program]) => program)
  .filter((program) => program.search(prints) >= 0);

it("holds the XOR program, two on tables, two of threads and the product on two entries", () => {
  expect(programs).toHaveLength(7);
});

it.each(programs.map((program) => [program.split("\n").at(-2)!, program]))("%s", (_, program) => {
  // Below the package's own folder its name resolves to the package, as it does where it is installed.
  const folder = mkdtempSync(join(root, "build/readme-"));
  try {
    const file = join(folder, "program.mjs");
    writeFileSync(file, program);
    const promised = [...program.matchAll(prints)].map(([, words]) => words);
    expect(execFileSync(process.execPath, [file], { encoding: "utf8" }).trim().split("\n")).toEqual(promised);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

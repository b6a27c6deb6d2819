// Every docstring's @example of the pictures and of explain runs against the built package.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const rooms = ["src/plot/", "src/explain/"];

/** The examples of one source file, each the code between @example and the end of its comment or the next tag. */
function examplesOf(source: string): string[] {
  return [...source.matchAll(/\/\*\*([\s\S]*?)\*\//g)].flatMap(([, comment]) =>
    comment
      .replace(/^\s*\* ?/gm, "")
      .split("@example\n")
      .slice(1)
      .map((example) => example.split(/^@/m)[0].trim()),
  );
}

/** Each line that says what it gives, `code; // value`, is also compared with it. */
function checked(example: string): string {
  return example
    .split("\n")
    .map((line) => {
      const [, code, wanted] = line.match(/^([^;]+);\s+\/\/ (.+)$/) ?? [];
      if (wanted === undefined || /^(const|let)\b/.test(code)) return line;
      return `assert.deepEqual(${code}, ${wanted});`;
    })
    .join("\n");
}

const found = rooms.flatMap((room) =>
  readdirSync(new URL(room, root)).flatMap((file) =>
    examplesOf(readFileSync(new URL(room + file, root), "utf8")).map((code, i) => ({
      name: `${room}${file}, example ${i + 1}`,
      code,
    })),
  ),
);

describe("docstring examples run", { timeout: 60_000 }, () => {
  test("there are some, one for each picture at least", () => {
    expect(found.length).toBeGreaterThan(11);
  });

  test.each(found)("$name", ({ code }) => {
    const program = [
      'import assert from "node:assert/strict";',
      'import * as library from "nothing-but-wasm";',
      'import * as explaining from "nothing-but-wasm/explain";',
      'import * as plotting from "nothing-but-wasm/plot";',
      "const names = { ...library, ...explaining, ...plotting };",
      // What an example declares itself hides the library's name.
      `const run = new Function("assert", ...Object.keys(names), ${JSON.stringify(`{\n${checked(code)}\nif (typeof svg !== "undefined") assert.match(svg, /^<svg.*<\\/svg>$/s);\n}`)});`,
      "run(assert, ...Object.values(names));",
    ].join("\n");
    execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: fileURLToPath(root),
      stdio: "pipe",
    });
  });
});

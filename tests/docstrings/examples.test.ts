// Every docstring's @example runs against the built package, and gives what it says that it gives.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as library from "../../src/index.ts";
import { found, root, sources } from "./found-examples.ts";

/** A comment that begins as a value does is one; any other is a remark. */
const VALUE = /^(?:["'[{\d-]|(?:true|false|null|undefined|NaN|Infinity)$|(?:Int32|Float64|Float32)Array \[)/;

/** What a comment says in JavaScript: `Int32Array [1, 2]`, as Node prints it, is made from the list. */
const written = (value: string) => value.replace(/^(\w+Array) (\[.*\])$/, "$1.from($2)");

/** Each line that says what it gives, `code;   // value`, is also compared with it. */
function checked(example: string): string {
  return example
    .split("\n")
    .map((line) => {
      const [, code, comment] = line.match(/^([^;]+);\s+\/\/ (.+)$/) ?? [];
      if (comment === undefined || !VALUE.test(comment) || /^(const|let)\b/.test(code)) return line;
      return `assert.deepEqual(${code}, ${written(comment)});`;
    })
    .join("\n");
}

/** A program that runs the examples of a file, each in a scope of its own; what one declares hides the library's name. */
function programOf(examples: readonly string[]): string {
  const blocks = examples.map((example) => {
    const { code } = transformSync(checked(example), { loader: "ts", format: "esm" });
    return `await new AsyncFunction("assert", ...Object.keys(names), ${JSON.stringify(
      `{\n${code}\nif (typeof svg !== "undefined") assert.match(svg, /^<svg.*<\\/svg>$/s);\n}`,
    )})(assert, ...Object.values(names));`;
  });
  return [
    'import assert from "node:assert/strict";',
    'import * as library from "nothing-but-wasm";',
    'import * as explaining from "nothing-but-wasm/explain";',
    'import * as plotting from "nothing-but-wasm/plot";',
    'import * as working from "nothing-but-wasm/worker";',
    "const names = { ...library, ...explaining, ...plotting, ...working };",
    "const AsyncFunction = (async () => {}).constructor;",
    ...blocks,
    // the threads that an example started
    "process.exit(0);",
  ].join("\n");
}

describe("docstring examples run", { timeout: 60_000 }, () => {
  test("there are some in every room", () => {
    const rooms = new Set(found.map(({ file }) => file.split("/").slice(1, -1).join("/")));
    const wanted = [
      "",
      "costs",
      "data",
      "explain",
      "kernels",
      "layers",
      "metrics",
      "network",
      "optimizers",
      "plot",
    ];
    expect([...rooms].sort()).toEqual(wanted);
    expect(found.flatMap(({ examples }) => examples).length).toBeGreaterThanOrEqual(70);
  });

  test("a line that says what it gives is compared with it, and a remark is not", () => {
    expect(checked("f(1);   // 3\nf(2);  // [1, 2]")).toBe(
      "assert.deepEqual(f(1), 3);\nassert.deepEqual(f(2), [1, 2]);",
    );
    expect(checked('a.b;   // "c"')).toBe('assert.deepEqual(a.b, "c");');
    expect(checked("order;   // Int32Array [2, 0]")).toBe(
      "assert.deepEqual(order, Int32Array.from([2, 0]));",
    );
    for (const line of [
      "const a = 3;   // 3",
      "f(1);   // three of them",
      "f(1);",
      "trueish;   // true, mostly",
    ]) {
      expect(checked(line)).toBe(line);
    }
    const compared = found
      .flatMap(({ examples }) => examples.join("\n").split("\n"))
      .filter((line) => checked(line) !== line);
    expect(compared.length).toBeGreaterThanOrEqual(60);
  });

  test("an example that gives something else fails", () => {
    const of = (example: string) =>
      execFileSync(process.execPath, ["--input-type=module", "--eval", programOf([example])], {
        cwd: fileURLToPath(root),
        stdio: "pipe",
      });
    expect(() => of("dot(Matrix.from([[2]]), Matrix.from([[3]])).toArray();   // [[6]]")).not.toThrow();
    expect(() => of("dot(Matrix.from([[2]]), Matrix.from([[3]])).toArray();   // [[7]]")).toThrow();
    expect(() => of('const svg = "<svg>";')).toThrow();
    expect(() => of("noSuchFunction();")).toThrow();
  });

  test("every class and function of the library has one, but for the errors", () => {
    const shown = (name: string) => {
      const doc = new RegExp(
        `/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport (?:\\w+ )*(?:class|function) ${name}\\b`,
      );
      return sources.some(({ text }) => doc.exec(text)?.[1].includes("@example\n"));
    };
    const needy = Object.entries(library).filter(
      ([, value]) => typeof value === "function" && !(value.prototype instanceof Error),
    );
    expect(needy.length).toBeGreaterThan(60);
    expect(needy.map(([name]) => name).filter((name) => !shown(name))).toEqual([]);
  });

  test.each(found)("of $file", ({ examples }) => {
    execFileSync(process.execPath, ["--input-type=module", "--eval", programOf(examples)], {
      cwd: fileURLToPath(root),
      stdio: "pipe",
    });
  });
});

import { spawnSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { root } from "../platform/support/packed.ts";
import { importable } from "./importable.ts";

// What is built has short names inside, which must not reach the reader of a message, a console or a stack.

const at = (entry: string) => pathToFileURL(path.join(root, `dist/${entry}.js`)).href;

it.each(
  importable,
)("the classes and functions of the entry %s bear the names by which they are exported", (entry) => {
  const program = `
      const named = Object.entries(await import(${JSON.stringify(at(entry))})).filter(([, it]) => typeof it === "function");
      console.log(JSON.stringify(named.map(([name, it]) => [name, it.name])));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  const named = JSON.parse(stdout) as [string, string][];
  expect(named.length).toBeGreaterThan(0);
  expect(named).toEqual(named.map(([name]) => [name, name]));
});

it("a mistake that nobody catches shows its message, and not a file", () => {
  const program = `
    import { LinearLayer, Matrix, dot } from ${JSON.stringify(at("index"))};
    console.log(new LinearLayer([2, 4], 3));
    dot(Matrix.from([[1, 2]]), Matrix.from([[1, 2]]));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^LinearLayer \{/);
  expect(stdout).toContain("Matrix { dtype: 'float64' }");
  expect(stderr).toContain(
    "\nShapeError: dot: a is 1×2 and b is 1×2; a's columns (2) must equal b's rows (1)\n",
  );
  expect(stderr.length).toBeLessThan(2000);
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { root } from "../platform/support/packed.ts";

const kernels = readFileSync(path.join(root, "dist/kernels.wasm")).toString("hex");

/** What a bundler makes of a page that uses one export. */
async function bundleOf(name: string, entry = "nothing-but-wasm", conditions: string[] = []) {
  const { outputFiles } = await build({
    stdin: { contents: `import { ${name} } from "${entry}"; console.log(${name});`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    external: ["*.wasm"],
    conditions,
  });
  return outputFiles[0].text;
}

describe("a bundle that uses one export only", () => {
  it("has the kernels with it, whichever that is", async () => {
    for (const name of Object.keys(library))
      expect((await bundleOf(name)).includes(kernels), name).toBe(true);
  });

  it("imports the file of kernels under the condition workerd, and holds none on the reference", async () => {
    for (const entry of ["nothing-but-wasm", "nothing-but-wasm/turbo"]) {
      const worker = await bundleOf("randn", entry, ["workerd"]);
      expect(worker).toMatch(/from"\.\/kernels\.wasm"/);
      expect(worker).not.toMatch(/"[0-9a-f]{20000}/);
    }
    const reference = await bundleOf("randn", "nothing-but-wasm/reference");
    expect(reference).not.toContain(kernels);
  });
});

describe("every entry of the surface", () => {
  it("exports what src/index.ts does, the same things", async () => {
    const [index, slim, reference] = await Promise.all(
      ["index", "slim", "reference"].map((name) => import(path.join(root, `dist/${name}.js`))),
    );
    for (const entry of [index, slim, reference]) {
      expect(Object.keys(entry).sort()).toEqual(Object.keys(library).sort());
      for (const name of Object.keys(library)) expect(entry[name], name).toBe(index[name]);
    }
  });
});

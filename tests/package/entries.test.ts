import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { root } from "../platform/support/packed.ts";
import { chunk } from "./chunk.ts";

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
    for (const entry of ["nothing-but-wasm", "nothing-but-wasm/turbo", "nothing-but-wasm/layers"]) {
      const worker = await bundleOf("randn", entry, ["workerd"]);
      expect(worker).toMatch(/from"\.\/kernels\.wasm"/);
      expect(worker).not.toMatch(/"[0-9a-f]{20000}/);
    }
    const reference = await bundleOf("randn", "nothing-but-wasm/reference");
    expect(reference).not.toContain(kernels);
  });
});

describe("the entry of the layers", () => {
  const layers = () => import(path.join(root, "dist/layers.js"));

  it("exports the same things as the usual one: every layer, every cost that is computed, and what they take", async () => {
    const [index, entry] = [await import(path.join(root, "dist/index.js")), await layers()];
    for (const name of Object.keys(entry)) expect(entry[name], name).toBe(index[name]);
    const parts = Object.keys(index).filter((name) => /Layer$|^compute/.test(name));
    expect(parts.length).toBeGreaterThan(10);
    const tools = ["Matrix", "RandomState", "dot", "init", "initializeParameters", "permutation", "predict"];
    const others = ["randn", "seed", "setThreads", "getThreads", "transpose"];
    expect(Object.keys(entry)).toEqual(expect.arrayContaining([...parts, ...tools, ...others]));
  });

  it("loads neither networks nor what reads tables, and has the kernels with it, whichever export is used", async () => {
    const { metafile } = await build({
      entryPoints: [path.join(root, "dist/layers.js")],
      bundle: true,
      write: false,
      format: "esm",
      splitting: true,
      outdir: "unwritten",
      metafile: true,
    });
    const loaded = Object.keys(metafile.inputs).map((file) =>
      path.basename(file).replace(/-[\w-]+\.js$/, ""),
    );
    expect(loaded.sort()).toEqual(["core", "layers.js", "threads"]);
    const [core, networks] = [chunk("core"), chunk("networks")];
    expect(core.length).toBeLessThan(0.35 * (core.length + networks.length));
    for (const name of Object.keys(await layers())) {
      expect((await bundleOf(name, "nothing-but-wasm/layers")).includes(kernels), name).toBe(true);
    }
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
  it.each([
    "index slim",
    "slim index",
    "slim layers",
    "slim reference",
    "turbo slim",
  ])("starts the kernels of the other beside slim: %s", (names) => {
    const imports = names.split(" ").map((name) => `import "${path.join(root, `dist/${name}.js`)}";`);
    const program = `${imports.join("")} import { Matrix } from "${path.join(root, "dist/slim.js")}"; console.log(Matrix.zeros(1, 2).size);`;
    expect(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" })).toBe("2\n"); // biome-ignore format: one line
  });
});

import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, temporaryFolder } from "../platform/support/packed.ts";

// What `npm run check` says of others has to be able to fail.

function node(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

describe("npm run check", () => {
  /** What it starts, by the files in which they are found. */
  const checks = {
    types: "node_modules/typescript/bin/tsc",
    "lint and format": "node_modules/@biomejs/biome/bin/biome",
    "import direction": "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "API reference": "node_modules/typedoc/bin/typedoc",
    size: ".tools/size.mjs",
    package: "node_modules/publint/src/cli.js",
    "types of the package": "node_modules/@arethetypeswrong/cli/dist/index.js",
  };
  const { folder, remove } = temporaryFolder();
  afterAll(remove);

  /** Runs it where each check says its name, and the failing ones end as they are told. */
  function check(failing: Record<string, string> = {}) {
    for (const [name, file] of Object.entries(checks)) {
      const at = path.join(folder, file);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(
        at,
        `console.log("ran ${name}:", process.argv.slice(2).join(" "));${failing[name] ?? ""}`,
      );
    }
    const { status, said } = node(folder, path.join(root, ".tools/check.mjs"));
    const ran = [...said.matchAll(/^ran (.*?):/gm)].map(([, name]) => name);
    return { status, said, ran };
  }

  it("runs every check, each as strictly as it can, and passes when all do", () => {
    const { status, said, ran } = check();
    expect([status, ran]).toEqual([0, Object.keys(checks)]);
    expect(said).toContain("All checks passed.");
    for (const strictly of [
      "-p tsconfig.json",
      "check --error-on-warnings .",
      "src --config .dependency-cruiser.cjs",
      "--emit none",
      "run . --strict",
      "--pack . --profile esm-only",
    ]) {
      expect(said).toContain(strictly);
    }
  });

  it.each(Object.keys(checks))("fails when %s does, after the others have run", (name) => {
    const { status, said, ran } = check({ [name]: "process.exit(2)" });
    expect([status, ran]).toEqual([1, Object.keys(checks)]);
    expect(said).toContain("1 of 7 checks failed.");
    expect(said).not.toContain("All checks passed.");
  });

  it("counts a check that is killed, and one that throws", () => {
    const { status, said } = check({
      types: 'process.kill(process.pid, "SIGKILL")',
      package: 'throw new Error("no")',
    });
    expect(status).toBe(1);
    expect(said).toContain("2 of 7 checks failed.");
  });
});

describe("the size budget", () => {
  const { folder, remove } = temporaryFolder();
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const program = "tests/platform/programs/xor.mjs";
  const put = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  const size = () => node(folder, ".tools/size.mjs");

  beforeAll(() => {
    for (const file of [".tools/size.mjs", "package.json", program]) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      copyFileSync(path.join(root, file), path.join(folder, file));
    }
    cpSync(path.join(root, "dist"), path.join(folder, "dist"), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    put("README.md", readme);
  });
  afterAll(remove);

  it("is kept", () => {
    const { status, said } = size();
    expect(said).not.toContain("OVER BUDGET");
    expect(said).toMatch(/^XOR page, brotli +\d+ bytes of \d+$/m);
    expect(said).not.toContain("holds the compiled kernels");
    expect(status).toBe(0);
  });

  it("is that of README.md, and a page beyond it fails, as do kernels beyond theirs", () => {
    put("README.md", readme.replace(/XOR page: under \d+ kB/, "XOR page: under 9 kB"));
    const { status, said } = size();
    expect(said.match(/^.*OVER BUDGET$/gm)).toEqual([
      expect.stringMatching(/^XOR page, brotli .* of 9000 {2}OVER BUDGET$/),
    ]);
    expect(status).toBe(1);
    put("README.md", "no badge");
    expect(size()).toMatchObject({ status: 1, said: expect.stringContaining("has no badge") });
    put("README.md", readme);
    const kernels = path.join(folder, "dist/kernels.wasm");
    writeFileSync(kernels, Buffer.concat([readFileSync(kernels), Buffer.alloc(9000)]));
    const large = size();
    copyFileSync(path.join(root, "dist/kernels.wasm"), kernels);
    expect(large.said.match(/^.*OVER BUDGET$/gm)).toEqual([expect.stringMatching(/^kernels\.wasm /)]);
    expect(large.status).toBe(1);
  });

  it.each([
    "slim",
    "reference",
  ])("has the bundle of the entry %s hold no kernels, and grow no further", (entry) => {
    put(`dist/${entry}.js`, read("dist/index.js"));
    const { status, said } = size();
    put(`dist/${entry}.js`, read(`dist/${entry}.js`));
    expect(said).toContain(`The bundle of the ${entry} entry holds the compiled kernels.`);
    expect(said.match(/^.*OVER BUDGET$/gm)).toEqual([
      expect.stringMatching(`^XOR page on (the )?${entry}, brotli`),
    ]);
    expect(status).toBe(1);
  });

  it.each([
    "slim",
    "reference",
  ])("refuses kernels in the bundle of the entry %s, however small it is", async (entry) => {
    const start = readFileSync(path.join(root, "dist/kernels.wasm"), "hex").slice(0, 400);
    const names = Object.keys(await import(path.join(root, "dist/index.js")));
    put(`dist/${entry}.js`, names.map((name) => `export const ${name} = () => "${start}";`).join("\n"));
    const { status, said } = size();
    put(`dist/${entry}.js`, read(`dist/${entry}.js`));
    expect(said).not.toContain("OVER BUDGET");
    expect([status, said.match(/^The bundle.*$/gm)]).toEqual([
      1,
      [`The bundle of the ${entry} entry holds the compiled kernels.`],
    ]);
  });
});

import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPacked, root } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

const tsc = path.join(root, "node_modules/typescript/bin/tsc");
let app: string;
let remove: () => void;

beforeAll(async () => {
  ({ app, remove } = await installPacked());
  cpSync(path.join(root, "tests/package/consumers"), app, { recursive: true });
});
afterAll(() => remove?.());

describe("the declarations of the packed package", () => {
  const typeRoots = path.join(root, "node_modules/@types");

  it.each([
    ["TypeScript's defaults", { module: "nodenext" }],
    ["a bundler's resolution", { module: "esnext", moduleResolution: "bundler", target: "es2022" }],
    ["ES2022 in a browser", { module: "nodenext", target: "es2022", lib: "es2022,dom" }],
    [
      "the resolution of before `exports`",
      { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
    ],
    ["ES2023 in Node", { module: "nodenext", lib: "es2023", types: "node", typeRoots }],
  ])("are whole and right with %s", async (_, options) => {
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const strict = ["--noEmit", "--strict", "--skipLibCheck", "false", "--ignoreConfig"];
    await run(process.execPath, [tsc, ...strict, ...flags, "types.ts"], { cwd: app });
  });

  it.each([
    ["exact optional properties", "exact.ts", { exactOptionalPropertyTypes: true, noEmit: true }],
    ["declarations of its own", "declared.ts", { declaration: true, outDir: "out" }],
    [
      "unchecked indices barred",
      "strict.ts",
      { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true },
    ],
    ["no host's types", "bare.ts", { skipLibCheck: false, resolveJsonModule: true, noEmit: true }],
  ])("serve a project with %s", async (_, file, options) => {
    const usual = { strict: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: [] };
    const project = { compilerOptions: { ...usual, ...options }, files: [file] };
    writeFileSync(path.join(app, `${file}.json`), JSON.stringify(project));
    await run(process.execPath, [tsc, "--project", `${file}.json`], { cwd: app });
  });

  it("name the metric that a misspelt one is nearest to, and types as they can be imported", () => {
    const flags = ["--noEmit", "--strict", "--ignoreConfig", "--module", "nodenext", "--target", "es2022"];
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags, "wrong.ts"], {
      cwd: app,
      encoding: "utf8",
    });
    expect(status).not.toBe(0);
    expect(stdout).toContain(
      `Type '"acuracy"' is not assignable to type 'MetricName'. Did you mean '"accuracy"'?`,
    );
    expect(stdout).toContain("Type 'Adam' is missing the following properties from type 'ExplainedLayer'");
    expect(stdout).not.toMatch(/\w\$\d/);
  });

  it("show no name that the bundler made, and import what they use", () => {
    const folder = path.join(app, "node_modules/nothing-but-wasm/dist");
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith(".d.ts"))
      .map((file) => readFileSync(path.join(folder, file), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, ""));
    expect(texts.length).toBeGreaterThanOrEqual(5);
    // what no user sees: an editor writes the names that keyof gives
    const shown = texts.map((text) => text.replaceAll("makers$1", "makers"));
    expect(shown.filter((text) => /\w\$\d/.test(text))).toEqual([]);
    const imported = texts.flatMap((text) =>
      [...text.matchAll(/^import type \{ (.+) \} from/gm)].flatMap(([, names]) =>
        names
          .split(", ")
          .map((name) => ({ name, uses: text.match(new RegExp(`\\b${name}\\b`, "g"))!.length })),
      ),
    );
    expect(imported.length).toBeGreaterThan(8);
    expect(imported.filter(({ uses }) => uses < 2)).toEqual([]);
  });

  it("know using where the project does", async () => {
    const flags = ["--noEmit", "--strict", "--ignoreConfig", "--module", "nodenext", "--target", "es2022"];
    await run(process.execPath, [tsc, ...flags, "--lib", "es2022,esnext.disposable,dom", "using.ts"], {
      cwd: app,
    });
  });
});

import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
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
    ["no host's types", "bare.ts", { skipLibCheck: false, resolveJsonModule: true, noEmit: true }],
  ])("serve a project with %s", async (_, file, options) => {
    const usual = { strict: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: [] };
    const project = { compilerOptions: { ...usual, ...options }, files: [file] };
    writeFileSync(path.join(app, `${file}.json`), JSON.stringify(project));
    await run(process.execPath, [tsc, "--project", `${file}.json`], { cwd: app });
  });

  it("know using where the project does", async () => {
    const flags = ["--noEmit", "--strict", "--ignoreConfig", "--module", "nodenext", "--target", "es2022"];
    await run(process.execPath, [tsc, ...flags, "--lib", "es2022,esnext.disposable,dom", "using.ts"], {
      cwd: app,
    });
  });
});

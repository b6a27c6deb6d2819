import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { root, temporaryFolder } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

// What every command begins with: a checkout that passes for ready must be.

let folder: string;
let remove: () => void;
const at = (file: string) => path.join(folder, file);
function put(file: string, text: string) {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}

/** What was done: as each step writes it down. */
async function ready(...args: string[]): Promise<string[]> {
  put("done", "");
  await run(process.execPath, [at(".tools/ready.mjs"), ...args], { cwd: folder });
  return readFileSync(at("done"), "utf8").split("\n").filter(Boolean);
}

/** A build that takes out the old result first, as the real one does, and fails where a source says so. */
const BUILD = `import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
appendFileSync("done", ["build", ...process.argv.slice(2)].join(" ") + "\\n");
for (const folder of process.argv[2] ? ["build", "dist"] : ["dist"]) rmSync(folder, { recursive: true, force: true });
if (readFileSync("src/a.ts", "utf8") === "broken") throw new Error("a broken source");
for (const folder of ["build", "dist", "src/wasm/generated"]) mkdirSync(folder, { recursive: true });
`;
const SOURCES = ["assembly/a.ts", "src/a.ts", "src/b/c.ts", "asconfig.json", "package.json", "tsconfig.json"];

beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  for (const file of SOURCES) put(file, '{ "name": "sample" }');
  put(".tools/build.mjs", BUILD);
  copyFileSync(path.join(root, ".tools/ready.mjs"), at(".tools/ready.mjs"));
  put(
    "package-lock.json",
    '{ "name": "sample", "lockfileVersion": 3, "requires": true, "packages": { "": {} } }',
  );
  // npm ci takes the folder's content out
  put("node_modules/old", "");
});
afterEach(() => remove());

it("builds once, and again when any of its sources has changed, but for what it generates", async () => {
  expect(await ready()).toEqual(["build"]);
  expect(await ready()).toEqual([]);
  put("src/wasm/generated/stamp.ts", "1");
  put("README.md", "words");
  expect(await ready()).toEqual([]);
  for (const file of [...SOURCES, "src/new.ts"]) {
    put(file, "{}");
    expect([file, await ready()]).toEqual([file, ["build"]]);
  }
  put(".tools/build.mjs", `${BUILD}\n`);
  expect(await ready()).toEqual(["build"]);
  expect(await ready()).toEqual([]);
});

it("installs first, and again when the lock of the packages has changed, for which it builds again too", async () => {
  const installing = "Installing the development packages";
  const said = () => run(process.execPath, [at(".tools/ready.mjs")], { cwd: folder });
  expect(await said()).toContain(installing);
  expect(await said()).not.toContain(installing);
  put("package-lock.json", readFileSync(at("package-lock.json"), "utf8").replace("{", "{ "));
  put("done", "");
  expect(await said()).toContain(installing);
  expect(readFileSync(at("done"), "utf8")).toBe("build\n");
});

it("builds again after a build that failed, though the sources are those of the last that did not", async () => {
  await ready();
  put("src/a.ts", "broken");
  await expect(ready()).rejects.toThrow("a broken source");
  await expect(ready()).rejects.toThrow("a broken source");
  put("src/a.ts", '{ "name": "sample" }');
  expect(await ready()).toEqual(["build"]);
  expect(await ready()).toEqual([]);
});

it.each(["dist", "build", "src/wasm/generated"])("builds again when somebody took out %s", async (result) => {
  await ready();
  rmSync(at(result), { recursive: true });
  expect(await ready()).toEqual(["build"]);
});

it("with --rebuild builds from nothing, once", async () => {
  await ready();
  expect(await ready("--rebuild")).toEqual(["build --clean"]);
  expect(await ready()).toEqual([]);
});

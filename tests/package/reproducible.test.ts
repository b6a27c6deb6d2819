import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { pack, root, temporaryFolder } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

/** What a clean clone does not have, and what the build does not read. */
const left = new Set(["node_modules", "build", "dist", "out", "docs", "tests", "bench", "examples", ".git"]);
/** Packages whose code goes into ours: source maps name their files, so each copy has its own. */
const bundled = /^(d3-|internmap)/;

/** Milliseconds that a build may take beside another one and the other tests, on a slow machine. */
const MOST_TIME = 300_000;

const folders: (() => void)[] = [];
afterAll(() => {
  for (const remove of folders) remove();
});

function cleanCopy(name: string): string {
  const { folder, remove } = temporaryFolder();
  folders.push(remove);
  const copy = path.join(folder, name);
  for (const entry of readdirSync(root)) {
    if (left.has(entry)) continue;
    cpSync(path.join(root, entry), path.join(copy, entry), {
      recursive: true,
      filter: (file) => path.basename(file) !== "generated",
    });
  }
  mkdirSync(path.join(copy, "node_modules"));
  for (const entry of readdirSync(path.join(root, "node_modules"))) {
    const [from, to] = [root, copy].map((at) => path.join(at, "node_modules", entry));
    if (bundled.test(entry)) cpSync(from, to, { recursive: true });
    else symlinkSync(from, to, statSync(from).isDirectory() ? "junction" : "file");
  }
  return copy;
}

async function buildIn(name: string) {
  const copy = cleanCopy(name);
  await run(process.execPath, [".tools/build.mjs"], {
    cwd: copy,
    timeout: MOST_TIME,
    env: { TZ: `Etc/GMT${name.length}` },
  });
  const tarball = await pack(copy, path.dirname(copy));
  return { wasm: digest(path.join(copy, "dist/kernels.wasm")), tarball: digest(tarball) };
}

const digest = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe("the build", { timeout: 1.5 * MOST_TIME }, () => {
  it("gives the same bytes in two clean folders, and in this one", async () => {
    const [one, other] = await Promise.all([buildIn("one"), buildIn("another, with a longer name")]);
    expect(other).toEqual(one);
    expect(digest(path.join(root, "dist/kernels.wasm"))).toBe(one.wasm);
    const { folder, remove } = temporaryFolder();
    folders.push(remove);
    expect(digest(await pack(root, folder))).toBe(one.tarball);
  });
});

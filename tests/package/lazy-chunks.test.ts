import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { root } from "../platform/support/packed.ts";

const chunks = path.join(root, "dist/chunks");
const lazy = readdirSync(chunks).filter((file) => /\.js$/.test(file) && !/^(core|networks)-/.test(file));

describe("what the core loads when asked for", () => {
  it("is the threads", () => expect(lazy).toEqual([expect.stringMatching(/^threads-[\w-]+\.js$/)]));

  it("imports nothing, and is lent what it needs of the core", async () => {
    const code = readFileSync(path.join(chunks, lazy[0]), "utf8");
    expect(code).not.toMatch(/^import/m);
    const { setThreads, getThreads } = await import(path.join(root, "dist/index.js"));
    await setThreads(2);
    expect(getThreads()).toBe(2);
    await setThreads(1);
    expect(getThreads()).toBe(1);
  });

  it("leaves the core as it is in a bundle of one file", async () => {
    const { outputFiles } = await build({
      stdin: { contents: 'export { Matrix } from "nothing-but-wasm"', resolveDir: root },
      bundle: true,
      format: "esm",
      write: false,
    });
    expect(outputFiles[0].text).toMatch(/^var Matrix = class/m);
    expect(outputFiles[0].text).not.toContain("init_core");
  });
});

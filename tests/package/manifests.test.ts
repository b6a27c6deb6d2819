import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
// @ts-expect-error: a script of the build, without types
import { entries } from "../../.tools/entries.mjs";
import { inHost } from "../platform/support/hosts.ts";
import { root } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const npm = JSON.parse(read("package.json"));
const jsr = JSON.parse(read("deno.json"));

describe("package.json", () => {
  it("asks for no other package and runs nothing when installed", () => {
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
      expect(npm, kind).not.toHaveProperty(kind);
    }
    expect(Object.keys(npm.scripts)).not.toContainEqual(
      expect.stringMatching(/^(pre|post)?install$|^prepare$/),
    );
  });

  it("pins every development package to one version", () => {
    const hosts = JSON.parse(read("tests/platform/package.json"));
    const versions = Object.entries({
      ...npm.devDependencies,
      ...hosts.dependencies,
      ...hosts.optionalDependencies,
    });
    for (const [name, version] of versions) expect(version, name).toMatch(/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/);
  });

  it("exports files that are there, each with its types", () => {
    for (const [subpath, targets] of Object.entries<Record<string, string> | string>(npm.exports)) {
      for (const file of typeof targets === "string" ? [targets] : Object.values(targets)) {
        expect(existsSync(path.join(root, file)), `${subpath}: ${file}`).toBe(true);
      }
    }
  });

  it("declares side effects of the entries that start kernels and of nothing else, so that a bundle holds what is used", () => {
    const starting = Object.entries<{ start?: string }>(entries).filter(([, { start }]) => start);
    expect(npm.sideEffects).toEqual(starting.map(([name]) => `./dist/${name}.js`));
  });
});

describe("deno.json", () => {
  it("has the version, licence and entries of package.json", () => {
    const scripts = Object.entries<Record<string, string>>(npm.exports)
      .filter(([, targets]) => targets.default?.endsWith(".js"))
      .map(([subpath, targets]) => [subpath, targets.default]);
    expect(jsr.exports).toEqual(Object.fromEntries(scripts));
    expect([jsr.version, jsr.license]).toEqual([npm.version, npm.license]);
  });

  inHost("Deno", "would be published to JSR with its types", async ([deno]) => {
    for (const [subpath, file] of Object.entries<string>(jsr.exports)) {
      const types = npm.exports[subpath].types.replace("./dist/", "./");
      expect(read(file), subpath).toContain(`/* @ts-self-types="${types}" */`);
    }
    const args = ["publish", "--dry-run", "--allow-dirty"];
    await run(deno, args, { cwd: root, env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" } });
  });
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { inHost } from "../platform/support/hosts.ts";
import { root } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";
import { importable } from "./importable.ts";

// Bun writes a file anew before it runs it, in 2 ms for 10 kB, unless the file says that it need not.

const dist = path.join(root, "dist");
const texts = new Map(
  readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => [file, readFileSync(path.join(dist, file), "utf8")]),
);

inHost("Bun", "runs every file as it is written", async ([bun]) => {
  expect(importable).toContain("index");
  for (const entry of importable) {
    const program = `
      const all = Object.values(await import(${JSON.stringify(pathToFileURL(path.join(dist, `${entry}.js`)).href)}));
      console.log(JSON.stringify(all.filter((one) => typeof one === "function").map(String)));`;
    const written = JSON.parse(await run(bun, ["-e", program], { cwd: root })) as string[];
    expect(written.length).toBeGreaterThan(0);
    for (const one of written)
      expect(
        [...texts.values()].some((text) => text.includes(one)),
        one,
      ).toBe(true);
  }
});

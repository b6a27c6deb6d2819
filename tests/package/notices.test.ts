import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
// @ts-expect-error: a script of the build, without types
import { packagesIn } from "../../.tools/notices.mjs";
import { root } from "../platform/support/packed.ts";

const dist = path.join(root, "dist");
const read = (file: string) => readFileSync(path.join(dist, file), "utf8");

describe("what is bundled of other packages", () => {
  const bundles = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => ({ file, packages: packagesIn(read(`${file}.map`)) as string[] }))
    .filter(({ packages }) => packages.length > 0);

  it("is found by the source maps", () => {
    expect(
      packagesIn('{"sources":["../src/a.ts","../node_modules/b/c.js","../node_modules/@d/e/f.js"]}'),
    ).toEqual(["@d/e", "b"]);
    expect(bundles.map(({ file }) => file)).toContain("plot.js");
  });

  it("comes with its licence, and a comment in the code that leads there", () => {
    const notices = read("THIRD-PARTY-NOTICES.txt").split(/\n-{78}\n/);
    for (const { file, packages } of bundles) {
      const [comment] = /\/\*! .*? \*\//.exec(read(file)) ?? [""];
      expect(comment, file).toContain("THIRD-PARTY-NOTICES.txt");
      for (const name of packages) {
        const licence = readFileSync(path.join(root, "node_modules", name, "LICENSE"), "utf8").trim();
        const section = notices.find((text) => text.trimStart().split("\n")[0].split(", ").includes(name));
        expect(section, name).toContain(licence);
        expect(comment, file).toContain(name);
        expect(comment, file).toContain(licence.split("\n")[0]);
      }
    }
  });
});

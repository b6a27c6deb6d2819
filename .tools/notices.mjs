// What the licences of other packages ask of a library that bundles some of their code: their copyright and terms, in every copy.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FILE = "THIRD-PARTY-NOTICES.txt";

/** The packages whose code is in a bundle, as its source map says, in the order of their names. */
export function packagesIn(map) {
  const names = JSON.parse(map).sources.map(
    (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/**
 * Writes the terms of all packages that the bundles of a folder hold beside them.
 * @returns for each bundle that holds some, a comment that names them, which minifiers keep
 */
export function writeNotices(folder) {
  const comments = {};
  const packagesOf = new Map();
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js.map"))) {
    const packages = packagesIn(readFileSync(path.join(folder, file), "utf8"));
    if (packages.length === 0) continue;
    for (const name of packages) {
      const terms = termsOf(name);
      packagesOf.set(terms, new Set([...(packagesOf.get(terms) ?? []), name]));
    }
    const [copyright] = termsOf(packages[0]).split("\n");
    comments[file.slice(0, -".map".length)] =
      `/*! ${packages.join(", ")}: ${copyright}; terms in nothing-but-wasm/dist/${FILE} */`;
  }
  const sections = [...packagesOf].map(([terms, names]) => `${[...names].sort().join(", ")}\n\n${terms}\n`);
  writeFileSync(path.join(folder, FILE), sections.join(`\n${"-".repeat(78)}\n\n`));
  return comments;
}

function termsOf(name) {
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"]
    .map((each) => path.join("node_modules", name, each))
    .find((each) => existsSync(each));
  if (file === undefined) throw new Error(`${name} is bundled and has no file of its licence.`);
  return readFileSync(file, "utf8").trim();
}

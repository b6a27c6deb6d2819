// What the licences of other packages ask of a library that bundles some of their code: their copyright and terms, in every copy.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  const bundles = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".js.map"))
    .map((file) => [file.slice(0, -".map".length), packagesIn(readFileSync(path.join(folder, file), "utf8"))])
    .filter(([, packages]) => packages.length > 0);
  const all = [...new Set(bundles.flatMap(([, packages]) => packages))].sort();
  const sections = byTerms(all).map(([terms, names]) => `${names.join(", ")}\n\n${terms}\n`);
  writeFileSync(path.join(folder, FILE), sections.join(`\n${"-".repeat(78)}\n\n`));
  return Object.fromEntries(bundles.map(([file, packages]) => [file, commentOf(packages)]));
}

/** The packages that come by the same terms, to each of these. */
function byTerms(packages) {
  const found = new Map();
  for (const name of packages) {
    const terms = termsOf(name);
    found.set(terms, [...(found.get(terms) ?? []), name]);
  }
  return [...found];
}

/** Terms begin with the copyright. */
function commentOf(packages) {
  const owned = byTerms(packages).map(([terms, names]) => `${names.join(", ")}: ${terms.split("\n", 1)[0]}`);
  return `/*! ${owned.join("; ")}; terms in nothing-but-wasm/dist/${FILE} */`;
}

function termsOf(name) {
  return readFileSync(path.join("node_modules", name, "LICENSE"), "utf8").trim();
}

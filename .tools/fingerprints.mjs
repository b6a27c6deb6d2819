// Writes the fingerprints that every host must reproduce, from the TypeScript reference. Run it after adding to the
// family, never to make a test pass: an old name whose value changes is a broken promise, of which CHANGELOG.md must tell
// the users once a version is out. `--check ENTRY` writes nothing and compares what an entry computes in the engine that runs
// this, for hosts that no test knows. One entry a process: the kernels start once, and are those of the first.
import { readFileSync, writeFileSync } from "node:fs";
import { family } from "../tests/platform/programs/family.mjs";

const [check, entry = "index"] = process.argv.slice(2);
const file = new URL("../tests/platform/programs/fingerprints.json", import.meta.url);
const committed = JSON.parse(readFileSync(file, { encoding: "utf8", flag: "a+" }) || "{}");
const now = family(await import(`../dist/${check === "--check" ? entry : "reference"}.js`));
const names = Object.keys(now);
const others = names.filter((name) => committed[name] !== now[name]);
for (const name of others) console.log(`${name}: ${committed[name] ?? "new"} → ${now[name]}`);

if (check === "--check") {
  const alike = names.length - others.length;
  console.log(`${entry} on ${process.arch}: ${alike} of ${names.length} fingerprints are as committed`);
  process.exitCode = others.length === 0 ? 0 : 1;
} else {
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
}

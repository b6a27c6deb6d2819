// Writes the fingerprints that every host must reproduce, from the TypeScript reference. Run it after adding to the
// family, never to make a test pass: an old name whose value changes is a broken promise, of which CHANGELOG.md must tell
// the users once a version is out. With --check it writes nothing and compares what the engine that runs it computes, for
// hosts that no test knows.
import { readFileSync, writeFileSync } from "node:fs";
import { family } from "../tests/platform/programs/family.mjs";

const file = new URL("../tests/platform/programs/fingerprints.json", import.meta.url);
const committed = JSON.parse(readFileSync(file, { encoding: "utf8", flag: "a+" }) || "{}");

/** The fingerprints of an entry; those that are not as committed are printed. */
async function compute(entry) {
  const now = family(await import(`../dist/${entry}.js`));
  const others = Object.keys(now).filter((name) => committed[name] !== now[name]);
  for (const name of others) console.log(`${name}: ${committed[name] ?? "new"} → ${now[name]}`);
  return { now, others };
}

if (process.argv.includes("--check")) {
  // the reference alone runs everywhere
  for (const entry of ["reference", "index", "turbo"]) {
    const { now, others } = await compute(entry);
    const count = Object.keys(now).length;
    console.log(
      `${entry} on ${process.arch}: ${count - others.length} of ${count} fingerprints as committed`,
    );
    if (others.length > 0) process.exitCode = 1;
  }
} else {
  const { now } = await compute("reference");
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
}

// Writes the fingerprints that every host must reproduce, from the TypeScript reference. Run it after adding to the
// family, never to make a test pass: an old name whose value changes is a broken promise, of which CHANGELOG.md must tell
// the users once a version is out.
import { readFileSync, writeFileSync } from "node:fs";
import { family } from "../tests/platform/programs/family.mjs";

const file = new URL("../tests/platform/programs/fingerprints.json", import.meta.url);
const before = JSON.parse(readFileSync(file, { encoding: "utf8", flag: "a+" }) || "{}");
const now = family(await import("../dist/reference.js"));
writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
for (const [name, value] of Object.entries(now)) {
  if (before[name] !== value) console.log(`${name}: ${before[name] ?? "new"} → ${value}`);
}

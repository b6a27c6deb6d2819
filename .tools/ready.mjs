// Makes the checkout ready to run: installs the packages and builds the library, each only when what it is
// made from has changed. `npm start`, `npm test`, `npm run bench` and `npm run check` all begin here, so a
// clean clone needs no other command.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rebuild = process.argv.includes("--rebuild");

function digest(entries) {
  const hash = createHash("sha256").update(process.version);
  const visit = (entry) => {
    const full = path.join(root, entry);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      if (path.basename(entry) === "generated") return;
      for (const name of readdirSync(full).sort()) visit(path.join(entry, name));
    } else {
      hash.update(entry).update("\0").update(readFileSync(full)).update("\0");
    }
  };
  for (const entry of entries) visit(entry);
  return hash.digest("hex");
}

/** Runs `work` unless its results are there and the stamp says that they were made from these very inputs. */
function once(stamp, inputs, results, work) {
  const file = path.join(root, stamp);
  const now = digest(inputs);
  const isThere = [stamp, ...results].every((each) => existsSync(path.join(root, each)));
  if (isThere && readFileSync(file, "utf8") === now) return;
  // What fails halfway leaves no result, and must not pass for done when the inputs are again as they were.
  rmSync(file, { force: true });
  work();
  writeFileSync(file, now);
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
}

once("node_modules/.ready", ["package-lock.json"], [], () => {
  console.log("Installing the development packages (once) …");
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
});

const sources = [
  "assembly",
  "src",
  "asconfig.json",
  "package.json",
  "tsconfig.json",
  ".tools",
  "package-lock.json",
];
if (rebuild) run("node", [".tools/build.mjs", "--clean"]);
once("build/.ready", sources, ["dist", "src/wasm/generated"], () => {
  if (!rebuild) run("node", [".tools/build.mjs"]);
});

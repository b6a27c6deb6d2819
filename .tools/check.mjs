// The static checks, in one place: types, lint and format, import direction, docs, size, package. Every one runs; any failure fails.
import { spawnSync } from "node:child_process";
import path from "node:path";

const bin = (file) => path.join("node_modules", file);
const checks = [
  ["types", [bin("typescript/bin/tsc"), "-p", "tsconfig.json"]],
  ["lint and format", [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]],
  [
    "import direction",
    [bin("dependency-cruiser/bin/dependency-cruise.mjs"), "src", "--config", ".dependency-cruiser.cjs"],
  ],
  ["API reference: everything public has its words", [bin("typedoc/bin/typedoc"), "--emit", "none"]],
  ["size", [".tools/size.mjs"]],
  ["package", [bin("publint/src/cli.js"), "run", ".", "--strict"]],
  // Only the ES module is shipped: every Node that package.json allows takes it by require too, which this tool does not know yet.
  [
    "types of the package",
    [bin("@arethetypeswrong/cli/dist/index.js"), "--pack", ".", "--profile", "esm-only", "--format", "ascii"],
  ],
];
let failed = 0;
for (const [name, args] of checks) {
  console.log(`\n— ${name}`);
  if (spawnSync(process.execPath, args, { stdio: "inherit" }).status !== 0) failed++;
}
console.log(failed === 0 ? "\nAll checks passed." : `\n${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

// Every docstring's @example compiles as a strict project's file does, where its names are imported.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as explaining from "../../src/explain.ts";
import * as library from "../../src/index.ts";
import * as plotting from "../../src/plot.ts";
import * as working from "../../src/worker.ts";
import { temporaryFolder } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";
import { found, root } from "./found-examples.ts";

const checkout = fileURLToPath(root);
const surfaces = { index: library, explain: explaining, plot: plotting, worker: working };
const imports = Object.entries(surfaces).flatMap(([surface, names]) =>
  Object.keys(names).map((name) => ({ name, from: path.join(checkout, `dist/${surface}.js`) })),
);

/** The example as a module, with what it names of the library and does not declare itself. */
function moduleOf(example: string): string {
  const declared = new Set(
    [...example.matchAll(/\b(?:const|let|class|function) (?:(\w+)|[{[]([^}\]]*)[}\]])/g)].flatMap(
      ([, name, several]) => (name === undefined ? several.split(/\W+/) : [name]),
    ),
  );
  const lines = imports
    .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(example) && !declared.has(name))
    .map(({ name, from }) => `import { ${name} } from ${JSON.stringify(from)};`);
  return [...lines, "export {};", example].join("\n");
}

test("docstring examples compile under strict", { timeout: 120_000 }, async () => {
  const { folder, remove } = temporaryFolder();
  try {
    const files = found.flatMap(({ file, examples }) =>
      examples.map((example, i) => ({ name: `${file.replaceAll(/\W/g, "-")}-${i}.ts`, example })),
    );
    for (const { name, example } of files) writeFileSync(path.join(folder, name), moduleOf(example));
    expect(files.length).toBeGreaterThanOrEqual(70);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "esnext",
      moduleResolution: "bundler",
      target: "es2022",
      lib: ["es2022", "esnext.disposable"],
      types: ["node"],
      typeRoots: [path.join(checkout, "node_modules/@types")],
    };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    await run(process.execPath, [path.join(checkout, "node_modules/typescript/bin/tsc")], { cwd: folder });
  } finally {
    remove();
  }
});

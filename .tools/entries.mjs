// The entries of the package, and the modules that the build makes for them.
import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

/**
 * Each entry of the package: which file of src/ lists its exports, and which says how its kernels start. An entry
 * without the latter needs none, or is given them.
 */
export const entries = {
  index: { surface: "index", start: "inlined" },
  turbo: { surface: "index", start: "turbo" },
  slim: { surface: "index" },
  workerd: { surface: "index", start: "workerd" },
  reference: { surface: "index", start: "reference" },
  plot: { surface: "plot" },
  explain: { surface: "explain" },
  worker: { surface: "worker" },
};

/**
 * Writes a module for every entry and gives their paths by entry. What needs kernels goes through the function
 * `started` of the entry's start when it is exported. A bundler drops a module without side effects when it finds
 * that its exports are those of another; so the start has to be part of each export and not a statement beside them.
 */
export async function writeEntries(folder) {
  mkdirSync(folder, { recursive: true });
  const kinds = await exportsByNeed();
  return Object.fromEntries(
    Object.entries(entries).map(([name, { surface, start }]) => {
      const from = `"../../src/${surface}.ts"`;
      const lines = [`import * as surface from ${from};`];
      if (start === undefined) {
        lines.splice(0, 1, `export * from ${from};`);
      } else {
        lines.push(`import { started } from "../../src/${start}.ts";`);
        lines.push(`export { ${kinds.plain.join(", ")} } from ${from};`);
        for (const part of kinds.starting) {
          lines.push(`export const ${part} = /* @__PURE__ */ started(surface.${part});`);
        }
      }
      const file = `${folder}/${name}.ts`;
      writeFileSync(file, `${lines.join("\n")}\n`);
      return [name, file];
    }),
  );
}

/** The values that src/index.ts exports: functions and classes may need kernels; errors and lists of names do not. */
async function exportsByNeed() {
  const bundle = await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const text = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
  const library = await import(`data:text/javascript;base64,${text}`);
  const names = Object.keys(library);
  const needy = (name) => typeof library[name] === "function" && !(library[name].prototype instanceof Error);
  return { starting: names.filter(needy), plain: names.filter((name) => !needy(name)) };
}

// The entries of the package, and the modules that the build makes for them.
import { mkdirSync, writeFileSync } from "node:fs";

/**
 * Each entry of the package: which file of src/ lists its exports, and which says how its kernels start. An entry
 * without the latter needs none.
 */
export const entries = {
  index: { surface: "index", start: "inlined" },
  turbo: { surface: "index", start: "turbo" },
  slim: { surface: "index", start: "slim" },
  workerd: { surface: "index", start: "workerd" },
  reference: { surface: "index", start: "reference" },
  layers: { surface: "layers", start: "inlined" },
  plot: { surface: "plot" },
  explain: { surface: "explain" },
  worker: { surface: "worker" },
};

/**
 * Writes a module for every entry and gives their paths by entry: the surface, and what starts its kernels. The latter is all
 * that happens when an entry is imported; package.json says of which entries ("sideEffects"), so that a bundler keeps it.
 */
export function writeEntries(folder) {
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    Object.entries(entries).map(([name, { surface, start }]) => {
      const lines = [`export * from "../../src/${surface}.ts";`];
      if (start !== undefined) lines.push(`import { begin } from "../../src/${start}.ts";`, "begin();");
      const file = `${folder}/${name}.ts`;
      writeFileSync(file, `${lines.join("\n")}\n`);
      return [name, file];
    }),
  );
}

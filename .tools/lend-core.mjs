// A chunk that the core loads when asked for, and that imports the core back, has a bundler which makes one file wrap all that
// both hold in functions that run on demand: 200 bytes of a page that never asks for it, and constants that are variables. So
// such a chunk gets what it needs of the core as the arguments of its one export, a function:
//
//   import{Matrix as a}from"./core.js"              export default({Matrix:a})=>{
//   class Session{…}                           →    class Session{…}
//   export{Session}                                 return{Session}}
//
//   await import("./threads.js")               →    await import("./threads.js").then(e=>e.default(lend0()))
//                                                   function lend0(){return{Matrix:b}}
//
// The arguments stand at the top of the core: where the import stands, a local variable may have one of their short names.
import path from "node:path";
import MagicString from "magic-string";

/** The nodes of a syntax tree, each after those that hold it. */
function* nodesOf(node) {
  if (typeof node?.type === "string") yield node;
  for (const part of Object.values(node ?? {})) if (typeof part === "object") yield* nodesOf(part);
}

/** What a chunk exports, by name: the local names. */
function exportsOf(tree) {
  const found = tree.body.filter(({ type, source }) => type === "ExportNamedDeclaration" && !source);
  return new Map(
    found.flatMap(({ specifiers }) => specifiers).map(({ local, exported }) => [exported.name, local.name]),
  );
}

const argument = (names) => `{${names.map(([theirs, ours]) => `${theirs}:${ours}`).join()}}`;

/** @param core the name of the chunk that lends; it goes behind all that rename variables */
export const lendCore = (core) => ({
  name: "lend core",
  renderChunk(code, chunk, _options, { chunks }) {
    if (chunk.name !== core && !chunk.isDynamicEntry) return null;
    const found = (source) => chunks[path.posix.join(path.posix.dirname(chunk.fileName), source)];
    const tree = this.parse(code);
    const text = new MagicString(code);
    if (chunk.name === core) {
      const ours = exportsOf(tree);
      let loans = 0;
      for (const { type, source, end } of nodesOf(tree)) {
        if (type !== "ImportExpression") continue;
        const names = found(source.value).importedBindings[chunk.fileName];
        const lend = `lend${loans++}`;
        text.appendLeft(end, `.then(e=>e.default(${lend}()))`);
        text.prepend(`function ${lend}(){return${argument(names.map((name) => [name, ours.get(name)]))}}\n`);
      }
    } else {
      for (const { type, source, specifiers, start, end } of tree.body) {
        if (type === "ImportDeclaration" && found(source.value)?.name === core) {
          const names = specifiers.map(({ imported, local }) => [imported.name, local.name]);
          text.overwrite(start, end, `export default(${argument(names)})=>{`);
        } else if (type === "ExportNamedDeclaration") {
          text.overwrite(start, end, `return${argument([...exportsOf(tree)])}}`);
        }
      }
    }
    return { code: text.toString(), map: text.generateMap({ hires: "boundary" }) };
  },
});

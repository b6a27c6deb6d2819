// From the pieces that every entry shares with some others, the files of dist: the entries, a chunk of what layers need, one
// of all else that the library needs to begin, and what it loads when asked for. A process that begins pays for each file
// and each character that it reads, 0.5 ms a file and 0.4 to 0.8 ms in 10 kB of code; so what carries the kernels' bytes
// (which are text, and cheap) holds them itself, and the entry of layers leaves two thirds of the code unread. Names of
// classes and functions stay, source maps lead to the rest. Functions stay apart: those that terser would join are too large
// for V8 to inline, which costs XOR 8 % of its epochs.
import { readFileSync } from "node:fs";
import path from "node:path";
import { rollup } from "@rollup/wasm-node";
import { parseAst } from "@rollup/wasm-node/parseAst";
import MagicString from "magic-string";
import { minify } from "terser";
import { lendCore } from "./lend-core.mjs";
import { ownProperties } from "./own-properties.mjs";

/** The chunk of what layers need. */
const CORE = "core";
/** The chunk of what networks need besides. */
const NETWORKS = "networks";

/** Classes are bound to variables; by these names consoles and messages call their instances. */
const classNames = (code) => [...code.matchAll(/\bvar (\w+) = class\b/g)].map(([, name]) => name);

/** The same statements in fewer characters, 2.7 % of them: 0.2 ms of a cold start. Numbers with a name stand where they are used if
 *  that is shorter: a page has 0.2 kB less to load. */
const SHORTER = {
  defaults: false,
  booleans: true,
  comparisons: true,
  conditionals: true,
  if_return: true,
  join_vars: true,
  sequences: true,
  toplevel: true,
  reduce_vars: true,
  evaluate: true,
  unused: true,
};

const small = {
  name: "small",
  renderChunk: (code) =>
    minify(code, {
      module: true,
      compress: SHORTER,
      mangle: { keep_classnames: true, keep_fnames: true, reserved: classNames(code) },
      // The marks at pure calls let a bundler drop what nobody uses.
      format: { ascii_only: true, semicolons: false, comments: /^!/, preserve_annotations: true },
      sourceMap: true,
    }),
};

const mapped = {
  name: "mapped",
  load(id) {
    const file = id.split("?")[0];
    // A class that names itself got an underscore; a space keeps the columns of the source map.
    const code = readFileSync(file, "utf8");
    const named = classNames(code).reduce(
      (text, name) => text.replaceAll(new RegExp(`\\b_${name}\\b`, "g"), `${name} `),
      code,
    );
    return { code: named, map: JSON.parse(readFileSync(`${file}.map`, "utf8")) };
  },
};

/** Characters of a function that is read twice in no time. The parentheses of 26 such are some 50 bytes of a page. */
const SHORT = 160;

/**
 * Lets V8 compile what every process runs along with the file: by the parentheses around a function it knows that. Otherwise it
 * reads over the function first, and once more when it is called. A variable's value is not there before its line, as a
 * function is, so these go first.
 */
const compiledAtOnce = (names) => ({
  name: "compiled at once",
  renderChunk(code, { name }) {
    if (name !== CORE) return null;
    const text = new MagicString(code);
    for (const { type, id, start, end } of this.parse(code).body) {
      if (type !== "FunctionDeclaration" || !names.has(id.name) || end - start < SHORT) continue;
      text.overwrite(start, id.end, `var ${id.name}=(function`).appendLeft(end, ")\n").move(start, end, 0);
    }
    return { code: text.toString(), map: text.generateMap({ hires: "boundary" }) };
  },
});

/** The line by which a script begins that Bun runs as it is. Any other it reads and writes anew first, 2 ms in 10 kB of code. */
export const AS_IT_IS = "// @bun";

const asItIs = {
  name: "as it is",
  renderChunk(code) {
    const text = new MagicString(code).prepend(`${AS_IT_IS}\n`);
    return { code: text.toString(), map: text.generateMap({ hires: "boundary" }) };
  },
};

/** The pieces that a piece loads at once, itself included; what it imports when asked for has files of its own. */
function loadedWith(piece) {
  const found = new Set([piece]);
  for (const file of found) {
    // `source` is where an import or an export comes from; what is exported from here has none, a package none of our files.
    for (const { source } of parseAst(readFileSync(file, "utf8")).body) {
      if (source?.value.startsWith(".")) found.add(path.join(path.dirname(file), source.value));
    }
  }
  return [...found];
}

/** Gives each importer a copy of its own of what is not shared: the kernels' bytes, and what is seldom asked for. */
const carried = (shared) => ({
  name: "carried",
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const carries = found !== null && !found.external && importer !== undefined && !shared.has(found.id);
    return carries ? `${found.id}?of=${path.basename(importer)}` : found;
  },
});

/**
 * @param entries paths of the built modules by entry; their shared pieces lie in a folder `chunks` beside them
 * @param to the folder that takes the files
 * @param first names of the functions that every process runs
 */
export async function joinChunks(entries, to, first = new Set()) {
  // The entry slim loads everything but kernels.
  const shared = new Set(loadedWith(entries.slim).slice(1));
  const core = new Set(loadedWith(entries.layers).filter((piece) => shared.has(piece)));
  const chunkOf = (piece) => {
    if (core.has(piece)) return CORE;
    return shared.has(piece) ? NETWORKS : undefined;
  };
  const bundle = await rollup({
    input: entries,
    external: [/\.wasm$/],
    plugins: [carried(shared), mapped, ownProperties, small, lendCore(CORE), compiledAtOnce(first), asItIs],
    treeshake: { moduleSideEffects: false },
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({
    dir: to,
    format: "es",
    sourcemap: true,
    // without the piece's own hash, and without the importer that it is a copy for
    chunkFileNames: ({ name }) => `chunks/${name.replace(/-[0-9A-Z]{8}\b.*$/, "")}-[hash].js`,
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    manualChunks: chunkOf,
  });
  await bundle.close();
}

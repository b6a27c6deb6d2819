// From the pieces that every entry shares with some others, the files of dist: the entries, one chunk of all that is
// shared and one of the kernels' bytes. A process that begins pays for each file and each character that it reads: six
// files of 332 kB took it 14.1 ms to the first trained epoch, these three of 217 kB take 11.2 (Node 24, above an empty
// script, medians). Names of classes and functions stay, and source maps lead to the rest.
import { readFileSync } from "node:fs";
import { rollup } from "@rollup/wasm-node";
import { minify } from "terser";

const small = {
  name: "small",
  renderChunk: (code) =>
    minify(code, {
      module: true,
      compress: false,
      mangle: { toplevel: false, keep_classnames: true, keep_fnames: true },
      // The marks at pure calls let a bundler drop what nobody uses.
      format: { ascii_only: true, comments: /^!/, preserve_annotations: true },
      sourceMap: true,
    }),
};

const mapped = {
  name: "mapped",
  load: (file) => ({
    code: readFileSync(file, "utf8"),
    map: JSON.parse(readFileSync(`${file}.map`, "utf8")),
  }),
};

/**
 * @param entries paths of the built modules by entry; their shared pieces lie in a folder `chunks` beside them
 * @param kernels the kernels' bytes as the piece that carries them writes them
 * @param to the folder that takes the files
 */
export async function joinChunks(entries, kernels, to) {
  const bundle = await rollup({
    input: entries,
    external: [/\.wasm$/],
    plugins: [mapped, small],
    treeshake: { moduleSideEffects: false },
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({
    dir: to,
    format: "es",
    sourcemap: true,
    chunkFileNames: "chunks/[name]-[hash].js",
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    manualChunks: (file) => {
      if (!file.includes("/chunks/")) return undefined;
      return readFileSync(file, "utf8").includes(kernels) ? "kernels" : "core";
    },
  });
  await bundle.close();
}

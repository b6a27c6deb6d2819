import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contender } from "./contender.mjs";
import { thisEngine } from "./engines.mjs";
import { openBlas } from "./openblas.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Debian's interpreter has Debian's NumPy and PyTorch, whatever other python3 comes first on the path. */
function pythonWith(module) {
  return ["/usr/bin/python3", "python3"].find((python) => works(python, ["-c", `import ${module}`]));
}

function compiledC() {
  const binary = here("../build/bench-c-xor");
  mkdirSync(here("../build"), { recursive: true });
  return works("gcc", ["-O3", "-o", binary, here("contenders/c-xor.c"), "-lm"]) ? binary : undefined;
}

const PYTHON = [
  ["NumPy", "numpy", "numpy_peer.py"],
  ["PyTorch", "torch", "torch_peer.py"],
];
/** What `npm run bench:install` brings: its name here, its package, its contender and that one's arguments. */
const JAVASCRIPT = [
  ["tfjs-wasm", "@tensorflow/tfjs-backend-wasm", "tfjs.mjs", "wasm"],
  ["tfjs-cpu", "@tensorflow/tfjs", "tfjs.mjs", "cpu"],
  ["brain.js", "brain.js", "brain.mjs"],
  ["ml-matrix", "ml-matrix", "ml-matrix.mjs"],
];

/** The engine that runs the peers in JavaScript: ours's first, where that is a Node. */
export const peersEngine = (engines) => (engines[0].isNode ? engines[0] : thisEngine());

/** The names that `only` can hold. */
export const PEERS = ["C", ...PYTHON.map(([name]) => name), ...JAVASCRIPT.map(([name]) => name)];

/** Ours on each engine, the reference, and every peer that is installed here. `engine` marks ours, `lingers` whose threads wait
 *  for more work by running. */
export function availableContenders({ engines, only, threads }) {
  const ours = here("contenders/ours.mjs");
  const list = engines.map((engine, i) => {
    const contender = new Contender(
      i === 0 ? "ours" : engine.name,
      engine.command,
      engine.args(ours, engine.entry, threads),
      { anew: true },
    );
    return Object.assign(contender, { engine });
  });
  list.push(
    new Contender("reference", engines[0].command, engines[0].args(ours, "reference"), { anew: true }),
  );
  const wanted = (name) => !only || only.includes(name);
  const c = wanted("C") && compiledC();
  if (c) list.push(new Contender("C", c, []));
  for (const [name, module, file] of PYTHON) {
    const python = wanted(name) && pythonWith(module);
    if (!python) continue;
    const { core, env } = openBlas(python, module);
    const contender = new Contender(name, python, [here(`contenders/${file}`)], { threads, env });
    list.push(Object.assign(contender, { blas: core, lingers: threads !== "1" }));
  }
  const { command, args } = peersEngine(engines);
  for (const [name, module, file, ...rest] of JAVASCRIPT) {
    if (wanted(name) && existsSync(here(`node_modules/${module}`))) {
      list.push(new Contender(name, command, args(here(`contenders/${file}`), ...rest), { anew: true }));
    }
  }
  return list;
}

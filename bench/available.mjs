// Who takes part: what is installed here, and in words what is not.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contender } from "./contender.mjs";
import { thisEngine } from "./engines.mjs";
import { openBlas } from "./openblas.mjs";
import { scratch } from "./scratch.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Debian's interpreter has Debian's NumPy and PyTorch, whatever other python3 comes first on the path. */
function pythonWith(module) {
  return ["/usr/bin/python3", "python3"].find((python) => works(python, ["-c", `import ${module}`]));
}

/** The C contender, or why there is none. */
function compiledC() {
  // The second is for what only calls itself gcc.
  const { stdout, error } = spawnSync("gcc", ["-dumpfullversion", "-dumpversion"], { encoding: "utf8" });
  if (error) return "no gcc";
  const binary = scratch("c-xor");
  const compiled = works("gcc", ["-O3", "-o", binary, here("contenders/c-xor.c"), "-lm"]);
  if (!compiled) return "gcc does not compile it";
  return Object.assign(new Contender("C", binary, []), { version: `gcc ${stdout.trim()}` });
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

/** Ours on each engine, the reference, and every peer that is installed here; and `missing`, those that are not, with why.
 *  `engine` marks ours, `lingers` whose threads wait for more work by running. */
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
  const missing = [];
  if (wanted("C")) {
    const c = compiledC();
    if (typeof c === "string") missing.push({ name: "C", why: c });
    else list.push(c);
  }
  for (const [name, module, file] of PYTHON) {
    if (!wanted(name)) continue;
    const python = pythonWith(module);
    if (!python) {
      missing.push({ name, why: `no python3 with ${module}` });
      continue;
    }
    const { core, env } = openBlas(python, module);
    const contender = new Contender(name, python, [here(`contenders/${file}`)], { threads, env });
    list.push(Object.assign(contender, { blas: core, lingers: threads !== "1" }));
  }
  const { command, args } = peersEngine(engines);
  for (const [name, module, file, ...rest] of JAVASCRIPT) {
    if (!wanted(name)) continue;
    if (existsSync(here(`node_modules/${module}`))) {
      list.push(new Contender(name, command, args(here(`contenders/${file}`), ...rest), { anew: true }));
    } else {
      missing.push({ name, why: `no ${module} in bench/node_modules` });
    }
  }
  return { contenders: list, missing };
}

/** Who is missing and how to get them, in words. */
export function describeMissing(missing) {
  const names = missing.map(({ name, why }) => `${name} (${why})`).join(", ");
  const native = missing.some(({ name }) => !JAVASCRIPT.some(([javascript]) => javascript === name));
  const javascript = missing.some(({ name }) => JAVASCRIPT.some(([each]) => each === name));
  const ways = [
    native && "Debian's packages gcc, python3-numpy and python3-torch bring those outside JavaScript",
    javascript && "npm run bench:install brings those in JavaScript",
  ];
  return `Not here: ${names}. ${ways.filter(Boolean).join("; ")}.`;
}

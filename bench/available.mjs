import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contender } from "./contender.mjs";

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

/** Ours, the reference, and every peer that is installed here, started. */
export function availableContenders({ engine, flag, only }) {
  const list = [
    new Contender("ours", engine, [...flag, here("contenders/ours.mjs")]),
    new Contender("reference", engine, [...flag, here("contenders/ours.mjs"), "reference"]),
  ];
  const wanted = (name) => !only || only.includes(name);
  const c = wanted("C") && compiledC();
  if (c) list.push(new Contender("C", c, []));
  for (const [name, module, file] of [
    ["NumPy", "numpy", "numpy_peer.py"],
    ["PyTorch", "torch", "torch_peer.py"],
  ]) {
    const python = wanted(name) && pythonWith(module);
    if (python) list.push(new Contender(name, python, [here(`contenders/${file}`)]));
  }
  for (const [name, module, file] of [
    ["tfjs-wasm", "@tensorflow/tfjs-backend-wasm", "tfjs.mjs"],
    ["brain.js", "brain.js", "brain.mjs"],
    ["ml-matrix", "ml-matrix", "ml-matrix.mjs"],
  ]) {
    if (
      wanted(name) &&
      existsSync(here(`node_modules/${module}`)) &&
      existsSync(here(`contenders/${file}`))
    ) {
      list.push(new Contender(name, process.execPath, [here(`contenders/${file}`)]));
    }
  }
  return list;
}

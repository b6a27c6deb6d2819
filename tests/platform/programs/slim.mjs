import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as nbw from "nothing-but-wasm/slim";
import { family } from "./family.mjs";

let refusal;
try {
  nbw.Matrix.zeros(1, 1);
} catch (error) {
  refusal = error;
}
if (!(refusal instanceof nbw.HostError) || !refusal.message.includes("call init()")) {
  throw new Error(`slim without init should throw a HostError that names init, not ${refusal}`);
}
const file = fileURLToPath(import.meta.resolve("nothing-but-wasm/kernels.wasm"));
nbw.init(new WebAssembly.Module(readFileSync(file)));
console.log(JSON.stringify(family(nbw)));

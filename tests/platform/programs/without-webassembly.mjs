import { family } from "./family.mjs";

delete globalThis.WebAssembly;

const nbw = await import("nothing-but-wasm");
let refusal;
try {
  nbw.Matrix.zeros(1, 1);
} catch (error) {
  refusal = error;
}
if (!(refusal instanceof nbw.HostError) || !refusal.message.includes("nothing-but-wasm/reference")) {
  throw new Error(`without WebAssembly a HostError should name the reference, not ${refusal}`);
}
console.log(JSON.stringify(family(await import("nothing-but-wasm/reference"))));

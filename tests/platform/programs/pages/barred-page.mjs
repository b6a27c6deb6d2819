// On a page whose policy bars WebAssembly: one error that names the keyword, and then the reference.

import { HostError, Matrix } from "nothing-but-wasm";
import { family } from "../family.mjs";
import { report } from "./report.mjs";

let refusal;
try {
  Matrix.zeros(1, 1);
} catch (error) {
  refusal = error;
}
const reference = await import("nothing-but-wasm/reference");
report({
  isHostError: refusal instanceof HostError,
  message: String(refusal?.message),
  fingerprints: family(reference),
});

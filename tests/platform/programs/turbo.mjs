// The family on the kernels laid out in pairs, by one thread and by two.
import * as nbw from "nothing-but-wasm/turbo";
import { family } from "./family.mjs";

const alone = JSON.stringify(family(nbw));
await nbw.setThreads(2);
const together = JSON.stringify(family(nbw));
await nbw.setThreads(1);
if (together !== alone) throw new Error(`two threads trained otherwise: ${together}, not ${alone}`);
console.log(alone);

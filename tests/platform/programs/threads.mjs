// The family on two threads: its largest products go to both.
import * as nbw from "nothing-but-wasm";
import { family } from "./family.mjs";

await nbw.setThreads(2);
if (nbw.getThreads() !== 2) throw new Error(`${nbw.getThreads()} threads where 2 were asked for`);
const fingerprints = family(nbw);
if (nbw.getThreads() !== 2) throw new Error("a thread was lost");
await nbw.setThreads(1);
console.log(JSON.stringify(fingerprints));

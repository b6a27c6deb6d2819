import * as nbw from "nothing-but-wasm";
import * as plot from "nothing-but-wasm/plot";
import { family } from "./family.mjs";

if (Object.keys(plot).length === 0) throw new Error("nothing-but-wasm/plot exports nothing");
console.log(JSON.stringify(family(nbw)));

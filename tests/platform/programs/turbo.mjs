import * as nbw from "nothing-but-wasm/turbo";
import { family } from "./family.mjs";

console.log(JSON.stringify(family(nbw)));

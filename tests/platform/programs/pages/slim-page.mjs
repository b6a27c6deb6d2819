import * as nbw from "nothing-but-wasm/slim";
import { family } from "../family.mjs";
import { report } from "./report.mjs";

const url = new URL("../node_modules/nothing-but-wasm/dist/kernels.wasm", import.meta.url);
nbw.init(await WebAssembly.compileStreaming(fetch(url)));
report(family(nbw));

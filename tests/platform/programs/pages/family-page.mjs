import * as nbw from "nothing-but-wasm";
import { family } from "../family.mjs";
import { report } from "./report.mjs";

report(family(nbw));

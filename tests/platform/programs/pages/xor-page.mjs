import { trainXor } from "../xor.mjs";
import { report } from "./report.mjs";

report(trainXor());

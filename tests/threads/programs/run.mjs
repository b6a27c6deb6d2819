// Prints the report and leaves its workers running: the process must end by itself.
import * as library from "../../../dist/index.js";
import { check } from "./check.mjs";

console.log(JSON.stringify(await check(library)));

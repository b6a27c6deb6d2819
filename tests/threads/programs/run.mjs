// Prints the report of a check and leaves what it started running: the process must end by itself.
import * as library from "../../../dist/index.js";
import * as worker from "../../../dist/worker.js";

const [name] = (globalThis.Deno?.args ?? process.argv.slice(2)).slice(-1);
const { check } = await import(`./${name}.mjs`);
console.log(JSON.stringify(await check({ ...library, ...worker })));

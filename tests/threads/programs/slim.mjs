// Starts the entry without kernels from the bytes of kernels.wasm or from a module of them, and asks for threads.
import { readFileSync } from "node:fs";
import { getThreads, init, setThreads } from "../../../dist/slim.js";

const bytes = readFileSync(new URL("../../../dist/kernels.wasm", import.meta.url));
init(process.argv[2] === "bytes" ? bytes : new WebAssembly.Module(bytes));
bytes.fill(0); // they are the caller's
const error = await setThreads(2).catch((cause) => cause);
console.log(JSON.stringify({ threads: getThreads(), name: error?.name, message: error?.message }));

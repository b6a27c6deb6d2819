import { getThreads, setThreads } from "../../../dist/reference.js";

await setThreads(1);
const error = await setThreads(2).catch((cause) => cause);
console.log(JSON.stringify({ name: error.name, message: error.message, threads: getThreads() }));

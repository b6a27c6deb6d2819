// Starts threads where a test put timers in place that never end, and nothing else keeps the process alive.
import { getThreads, setThreads } from "../../../dist/index.js";

globalThis.setTimeout = () => {};
await setThreads(3);
console.log(getThreads());

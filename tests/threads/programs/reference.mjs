import { getThreads, linear, Network, setThreads, sigmoid } from "../../../dist/reference.js";
import { trainInWorker } from "../../../dist/worker.js";

await setThreads(1);
const network = new Network([linear(1), sigmoid()]);
const errors = [
  await setThreads(2).catch((error) => error),
  await trainInWorker(network, [[1], [9]], [0, 1], { epochs: 2 }).catch((error) => error),
];
console.log(JSON.stringify({ said: errors.map(String), threads: getThreads() }));

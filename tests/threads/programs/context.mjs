// What the built library can do where this runs: a product, threads, and training in a worker.
import { dot, getThreads, linear, Matrix, Network, setThreads } from "../../../dist/index.js";
import { trainInWorker } from "../../../dist/worker.js";

export async function abilities() {
  const product = dot(Matrix.from([[1, 2]]), Matrix.from([[3], [4]])).toArray();
  const threads = await setThreads(2).then(getThreads, String);
  if (threads === 2) await setThreads(1);
  const network = new Network([linear(1)], { seed: 1 });
  const training = await trainInWorker(network, [[1], [2]], [1, 2], { epochs: 3 }).then(
    ({ stoppedBy }) => stoppedBy,
    String,
  );
  return { product, threads, training };
}

// brain.js trains networks and has no products to offer. It keeps weights in float32 and updates them after every
// single example. That is this library's gradient descent when a batch is one example, and there every number is
// checked; on a larger batch it is another computation, which can be compared before its first update alone.
import { createRequire } from "node:module";
import { checksum, labels, numbers, serve } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const { NeuralNetwork } = require("brain.js");

function train({ sizes, batch, dtype }) {
  if (dtype !== "float32") return "float32 only";
  const inputs = numbers(sizes[0] * batch, 1);
  const wanted = labels(sizes.at(-1) * batch);
  const column = (flat, rows, j) => Array.from({ length: rows }, (_, i) => flat[i * batch + j]);
  const data = Array.from({ length: batch }, (_, j) => ({
    input: column(inputs, sizes[0], j),
    output: column(wanted, sizes.at(-1), j),
  }));
  // It refuses a momentum and a threshold of exactly 0; these are below what float32 can add.
  const options = { learningRate: 0.1, momentum: 1e-30, errorThresh: 1e-30, log: false };
  const net = new NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation: "sigmoid" });
  net.train(data, { ...options, iterations: 1 });
  for (let i = 1; i < sizes.length; i++) {
    const [k, n] = [sizes[i - 1], sizes[i]];
    const first = numbers(n * k, 10 + i).map((v) => v / Math.sqrt(k));
    for (let row = 0; row < n; row++) {
      net.weights[i][row].set(first.subarray(row * k, (row + 1) * k));
      net.changes[i][row].fill(0);
    }
    net.biases[i].fill(0);
  }
  const cost = () => {
    let sum = 0;
    for (const { input, output } of data) {
      net.run(input).forEach((value, i) => {
        sum += (output[i] - value) ** 2;
      });
    }
    return sum / (2 * batch);
  };
  const run = (iterations) => net.train(data, { ...options, iterations });
  const before = cost();
  if (batch > 1) {
    return { check: [before], note: "one update an example; only the first cost compared", run, dtype };
  }
  run(9);
  const last = cost();
  run(1);
  const weights = net.weights[1].flatMap((row) => [...row]);
  const biases = net.biases.slice(1).flatMap((layer) => [...layer]);
  return { check: [before, last, ...checksum(weights), ...checksum(biases)], run, dtype };
}

serve({ train }, require("brain.js/package.json").version);

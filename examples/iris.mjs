// Three species of iris told apart by their petals and sepals. Rows of numbers and names of species go in as they are:
// the network standardises the one and makes one-hot labels of the other.
import { linear, Network, softmax, tanh, trainTestSplit } from "nothing-but-wasm";
import { iris } from "./data/iris.mjs";
import { progressBar } from "./progress.mjs";

const { features, labels } = iris();
const { train, test } = trainTestSplit(features, labels, { testShare: 0.2, stratify: true, seed: 48 });

const network = new Network([linear(8), tanh(), linear(3), softmax()], {
  optimizer: "adam",
  learningRate: 0.01,
  preprocess: "standard",
  seed: 48,
});

const epochs = 100;
const draw = progressBar(epochs);
await network.fit(train.rows, train.labels, {
  epochs,
  batchSize: 16,
  onEpoch: ({ epoch, cost }) => draw(epoch + 1, `cost ${cost.toFixed(4)}`),
});

const { accuracy } = network.evaluate(test.rows, test.labels, ["accuracy"]).metrics;
console.log(`Iris: ${test.rows.length} held-out flowers, ${(100 * accuracy).toFixed(2)} % right`);
console.log(`A flower of ${test.rows[0].join(", ")} cm is ${network.classify([test.rows[0]])[0]}.`);

// Handwritten digits of 8×8 pixels, read by a hidden layer of 256 with dropout.
import { confusionMatrix, dropout, linear, Network, relu, softmax, trainTestSplit } from "nothing-but-wasm";
import { digits } from "./data/digits.mjs";
import { progressBar } from "./progress.mjs";

const { features, labels } = digits();
const { train, test } = trainTestSplit(features, labels, { testShare: 0.2, stratify: true, seed: 48 });

const network = new Network([linear(256), relu(), dropout(0.5), linear(10), softmax()], {
  optimizer: "adam",
  learningRate: 0.002,
  preprocess: "minMax",
  seed: 48,
});

const epochs = 30;
const draw = progressBar(epochs);
await network.fit(train.rows, train.labels, {
  epochs,
  batchSize: 32,
  onEpoch: ({ epoch, cost }) => draw(epoch + 1, `cost ${cost.toFixed(4)}`),
});

const { accuracy } = network.evaluate(test.rows, test.labels, ["accuracy"]).metrics;
console.log(`Digits: ${test.rows.length} held-out images, ${(100 * accuracy).toFixed(2)} % right`);
console.log("Each row a digit, each column what it was taken for:");
for (const [digit, row] of confusionMatrix(test.labels, network.classify(test.rows)).counts.entries()) {
  console.log(`${digit} ${row.map((count) => String(count || "·").padStart(3)).join("")}`);
}

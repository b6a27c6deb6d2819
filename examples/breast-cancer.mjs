// Malignant or benign: a table of records, a label of two names, and figures beyond accuracy.
import { linear, Network, RecordEncoder, relu, sigmoid, trainTestSplit } from "nothing-but-wasm";
import { breastCancer } from "./data/breast-cancer.mjs";
import { progressBar } from "./progress.mjs";

const { features, labels, names } = breastCancer();
const records = features.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
const { train, test } = trainTestSplit(records, labels, { testShare: 0.2, stratify: true, seed: 48 });

const network = new Network([linear(16), relu(), linear(1), sigmoid()], {
  optimizer: "adam",
  learningRate: 0.002,
  preprocess: new RecordEncoder(),
  seed: 48,
});

const epochs = 60;
const draw = progressBar(epochs);
await network.fit(train.rows, train.labels, {
  epochs,
  batchSize: 32,
  onEpoch: ({ epoch, cost }) => draw(epoch + 1, `cost ${cost.toFixed(4)}`),
});

const measures = ["accuracy", "precision", "recall", "rocAuc"];
const { metrics } = network.evaluate(test.rows, test.labels, measures);
console.log(
  `Breast cancer: ${test.rows.length} held-out tumours, ${(100 * metrics.accuracy).toFixed(2)} % right`,
);
console.log(
  `Of those called ${network.classes[1]}, ${(100 * metrics.precision).toFixed(1)} % are; of those that are, ${(100 * metrics.recall).toFixed(1)} % were called so; area under the ROC curve ${metrics.rocAuc.toFixed(4)}`,
);

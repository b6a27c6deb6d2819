// `npm run bench:accuracy` prints how many held-out examples our networks and scikit-learn's MLPClassifier get right:
// the same data, split, scaling, layers, optimizer, rate, batch and epochs, over the same number of seeds. Where the
// example of examples/ has more than MLPClassifier can (dropout), a line of its own shows what that adds.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dropout, linear, Network, relu, sigmoid, softmax, tanh, trainTestSplit } from "../dist/index.js";
import { breastCancer } from "../examples/data/breast-cancer.mjs";
import { digits } from "../examples/data/digits.mjs";
import { iris } from "../examples/data/iris.mjs";
import { inWords, readOptions, refuseUnwritable, wholeNumber } from "./command-line.mjs";
import { outliveReader } from "./stops.mjs";

const HELP = `npm run bench:accuracy -- [options]
  --seeds N      networks of each kind, from seed 0 on (5)
  --python PATH  a Python that has scikit-learn (/usr/bin/python3; Debian: python3-sklearn)
  --json FILE    write every accuracy there`;

const options = inWords(() => {
  const given = readOptions(
    {
      seeds: { type: "string", default: "5" },
      python: { type: "string", default: "/usr/bin/python3" },
      json: { type: "string" },
    },
    HELP,
  );
  refuseUnwritable("json", given.json);
  return { ...given, seeds: wholeNumber("seeds", given.seeds) };
});
outliveReader(options.json);
const seeds = Array.from({ length: options.seeds }, (_, seed) => seed);

/** As in examples/*.mjs. */
const tasks = [
  {
    name: "iris",
    load: iris,
    hidden: 8,
    activation: "tanh",
    scaler: "standard",
    epochs: 100,
    batch: 16,
    rate: 0.01,
  },
  {
    name: "breast cancer",
    load: breastCancer,
    hidden: 16,
    activation: "relu",
    scaler: "standard",
    epochs: 60,
    batch: 32,
    rate: 0.002,
  },
  {
    name: "digits",
    load: digits,
    hidden: 256,
    activation: "relu",
    scaler: "minMax",
    epochs: 30,
    batch: 32,
    rate: 0.002,
    dropout: 0.5,
  },
].map(({ load, ...task }) => {
  const { features, labels } = load();
  const split = trainTestSplit(features, labels, { testShare: 0.2, stratify: true, seed: 48 });
  return { ...task, ...split, classes: new Set(labels).size };
});

/** The held-out accuracy of a network of each seed. */
function ours({ hidden, activation, scaler, epochs, batch, rate, classes, train, test }, dropped = 0) {
  return seeds.map((seed) => {
    const network = new Network(
      [
        linear(hidden),
        activation === "relu" ? relu() : tanh(),
        ...(dropped > 0 ? [dropout(dropped)] : []),
        ...(classes === 2 ? [linear(1), sigmoid()] : [linear(classes), softmax()]),
      ],
      { optimizer: "adam", learningRate: rate, preprocess: scaler, seed },
    );
    network.fitSync(train.rows, train.labels, { epochs, batchSize: batch });
    const guesses = network.classify(test.rows);
    network.dispose();
    return guesses.filter((guess, i) => guess === test.labels[i]).length / guesses.length;
  });
}

/** The same of MLPClassifier, undefined where there is none. */
function theirs() {
  const { stdout, stderr, status } = spawnSync(options.python, ["bench/contenders/sklearn_peer.py"], {
    cwd: new URL("..", import.meta.url),
    input: JSON.stringify({ seeds, tasks }),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return JSON.parse(stdout);
  console.log(
    `No scikit-learn to compare with: ${stderr?.trim().split("\n").at(-1) || `no ${options.python}`}\n`,
  );
  return undefined;
}

const percent = (share) => `${(100 * share).toFixed(2)} %`.padStart(9);
const mean = (shares) => shares.reduce((a, b) => a + b, 0) / shares.length;

const peer = theirs();
console.log(
  `Right of the held-out fifth (stratified, seed 48), over ${seeds.length} seeds${peer ? `; scikit-learn ${peer.version}` : ""}`,
);
console.log(`${"".padEnd(40)}     mean    worst     best`);
const results = [];
for (const [k, task] of tasks.entries()) {
  const { name, hidden, activation, test } = task;
  const shape = `${task.train.rows[0].length}-${hidden}-${task.classes === 2 ? 1 : task.classes} ${activation}`;
  console.log(`${name}, ${shape}, ${test.rows.length} held out`);
  const rows = { ours: ours(task) };
  if (peer) rows.MLPClassifier = peer.accuracies[k];
  if (task.dropout) rows[`ours with dropout(${task.dropout})`] = ours(task, task.dropout);
  for (const [who, accuracies] of Object.entries(rows)) {
    const figures = [mean(accuracies), Math.min(...accuracies), Math.max(...accuracies)].map(percent);
    console.log(`  ${who.padEnd(38)}${figures.join("")}`);
  }
  results.push({ name, shape, heldOut: test.rows.length, accuracies: rows });
}
if (options.json) {
  writeFileSync(options.json, JSON.stringify({ seeds, sklearn: peer?.version, results }, null, 1));
}

// Every picture that the library draws, of the networks that the article trains and of Iris.
//
// `npm start -- gallery` writes them to out/gallery, `npm start -- gallery docs/pictures` the README's. A second word
// chooses the theme: auto (it follows the reader's system, the default), light or dark.
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { confusionMatrix, LinearLayer, Matrix, StandardScaler, seed } from "nothing-but-wasm";
import { describeGraph } from "nothing-but-wasm/explain";
import {
  drawGraph,
  plotBoundaryDistances,
  plotConfusionMatrix,
  plotCostSurface,
  plotDecisionBoundaryShaded,
  plotLearningCurve,
  plotLearningRates,
  plotWeights,
} from "nothing-but-wasm/plot";
import { iris } from "./data/iris.mjs";
import { answers, costAt, descend, network, train } from "./gallery/training.mjs";

const [folder = "out/gallery", theme = "auto", ...more] = process.argv.slice(2);
const isFile = existsSync(folder) && !statSync(folder).isDirectory();
if (more.length > 0 || folder.startsWith("-") || isFile || !["auto", "light", "dark"].includes(theme)) {
  console.error("Usage: npm start -- gallery [folder] [auto|light|dark]");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

function save(name, svg) {
  const file = path.join(folder, `${name}.svg`);
  writeFileSync(file, svg);
  console.log(`Wrote ${file} (${(svg.length / 1000).toFixed(1)} kB)`);
}

const x1 = [0, 0, 1, 1];
const x2 = [0, 1, 0, 1];
const inputs = [x1, x2];
const OR = [[0, 1, 1, 1]];
const XOR = [[0, 1, 1, 0]];
const learningRate = 1;

/** The learning curve, the shaded boundary and the graph of one of the article's networks. */
function drawNetwork(name, words, layers, X, Y, { example = 1, names, featureCrosses } = {}) {
  const graph = describeGraph(layers, Matrix.from(X), Matrix.from(Y), { example });
  const started = drawGraph(
    { ...graph, input: { ...graph.input, names } },
    {
      title: `${words}: the first iteration, example ${example + 1}`,
      theme,
    },
  );
  save(`${name}-graph`, started);
  const costs = train(layers, X, Y, { epochs: 5000, learningRate }).filter((_, epoch) => epoch % 100 === 0);
  save(
    `${name}-learning-curve`,
    plotLearningCurve(costs, { title: `${words}: learning curve`, learningRate, epochsPerCost: 100, theme }),
  );
  save(
    `${name}-boundary-shaded`,
    plotDecisionBoundaryShaded(answers(layers), X, Y, {
      title: `${words}: decision boundary`,
      featureCrosses,
      theme,
    }),
  );
  return layers;
}

const orNeuron = network([2, 1]);
orNeuron[0].params.W.data.set([0.1, 0.6]);
drawNetwork("or", "OR, one neuron", orNeuron, inputs, OR, { example: 0 });
save(
  "or-distances",
  plotBoundaryDistances(answers(orNeuron), inputs, OR, { title: "OR: how far is each example?", theme }),
);

seed(48);
const crossed = [x1, x2, x1.map((x, i) => x * x2[i])];
drawNetwork("xor-feature-cross", "XOR, one neuron and x₁x₂", network([3, 1], "plain"), crossed, XOR, {
  example: 3,
  names: ["x₁", "x₂", "x₁x₂"],
  featureCrosses: [[0, 1]],
});

seed(48);
const [Z1] = drawNetwork("xor", "XOR, one hidden layer", network([2, 3, 1], "xavier"), inputs, XOR);
save(
  "xor-weights",
  plotWeights(Z1.params.W, {
    title: "XOR: the weights of the hidden layer",
    rowNames: ["neuron 1", "neuron 2", "neuron 3"],
    columnNames: ["x₁", "x₂"],
    theme,
  }),
);

seed(48);
drawNetwork("xor-3-layer", "XOR, two hidden layers", network([2, 5, 3, 1], "xavier"), inputs, XOR);

// The OR gate on a neuron without its sigmoid, whose cost over one weight is a parabola: with the sigmoid, a step that is
// too long ends on its flat shoulder and stays there instead of running away.
const bare = [new LinearLayer([2, 4], 1)];
bare[0].params.b.data.fill(0.25);
const along = (w) => {
  bare[0].params.W.data.set([w, 0.5]);
  return costAt(bare, inputs, OR);
};
save(
  "learning-rates",
  plotLearningRates({
    title: "OR: the steps of three learning rates",
    cost: (w) => along(w).cost,
    gradient: (w) => along(w).dW[0],
    rates: [
      { rate: 0.2, label: "too low" },
      { rate: 1.2, label: "right" },
      { rate: 4.1, label: "too high" },
    ],
    start: -1.5,
    xLabel: "w₁",
    theme,
  }),
);

// The two weights of the OR neuron, its bias held: the cost around the path that training takes.
const held = network([2, 1]);
held[0].params.b.data.fill(-2);
save(
  "or-cost-surface",
  plotCostSurface(descend.surface(inputs, OR, -2), {
    title: "OR: the cost over both weights, and the way down",
    path: descend.path(held, inputs, OR, { start: [-4, 3], epochs: 60, learningRate: 8 }),
    xRange: [-5, 7],
    yRange: [-5, 7],
    weightNames: ["w₁", "w₂"],
    theme,
  }),
);

// Three species of iris by their petals: one output neuron each, and the largest wins.
const { features, labels } = iris();
const species = [...new Set(labels)];
const petals = features.map(([, , length, width]) => [length, width]);
const scaler = new StandardScaler().fit(petals);
const columns = (rows) => rows[0].map((_, j) => rows.map((row) => row[j]));
const oneHot = species.map((name) => labels.map((label) => Number(label === name)));
seed(48);
const irisNet = network([2, 6, 3], "xavier");
const irisCosts = train(irisNet, columns(scaler.transform(petals)), oneHot, { epochs: 3000, learningRate });
save(
  "iris-learning-curve",
  plotLearningCurve(
    irisCosts.filter((_, epoch) => epoch % 50 === 0),
    { title: "Iris: learning curve", learningRate, epochsPerCost: 50, theme },
  ),
);
const scores = answers(irisNet);
const scaled = (points, n) => {
  const rows = Array.from({ length: n }, (_, i) => [points[2 * i], points[2 * i + 1]]);
  return scores(Float64Array.from(scaler.transform(rows).flat()), n);
};
save(
  "iris-boundary-shaded",
  plotDecisionBoundaryShaded(scaled, columns(petals), oneHot, {
    title: "Iris: three species by their petals",
    featureNames: ["petal length (cm)", "petal width (cm)"],
    classNames: species,
    theme,
  }),
);
const found = scaled(Float64Array.from(petals.flat()), petals.length);
const predicted = petals.map((_, i) => {
  const row = [0, 1, 2].map((k) => found[3 * i + k]);
  return row.indexOf(Math.max(...row));
});
const { counts } = confusionMatrix(
  labels.map((label) => species.indexOf(label)),
  predicted,
);
save(
  "iris-confusion",
  plotConfusionMatrix(counts, { title: "Iris: confusion matrix", classNames: species, theme }),
);

// Compiled with exactOptionalPropertyTypes: whoever passes on options of their own passes on what was left out of them too.
import * as n from "nothing-but-wasm";
import { describeGraph, explain } from "nothing-but-wasm/explain";
import * as plot from "nothing-but-wasm/plot";

const maybe: number | undefined = Math.random() > 2 ? 1 : undefined;
const X = n.Matrix.zeros(1, 1);
const network = new n.Network([n.linear(1, undefined)], {
  cost: undefined,
  optimizer: undefined,
  learningRate: maybe,
  dtype: undefined,
  seed: maybe,
  inputs: maybe,
  penalty: undefined,
  clipNorm: maybe,
  metrics: undefined,
  preprocess: undefined,
});
export const fitOptions: n.FitOptions = {
  epochs: maybe,
  batchSize: maybe,
  shuffle: undefined,
  validation: maybe,
  earlyStopping: { patience: maybe, minDelta: maybe },
  schedule: n.stepDecay({ every: 2, factor: maybe }),
  exampleWeights: undefined,
  classWeights: undefined,
  onEpoch: undefined,
  onWarning: undefined,
  signal: undefined,
};
export const layers = [
  new n.LinearLayer([1, 1], 1, undefined, { dtype: undefined, inputGrad: undefined, random: undefined }),
  new n.LeakyReluLayer([1, 1], { dtype: undefined, slope: maybe }),
  new n.DropoutLayer([1, 1], maybe, { dtype: undefined, random: undefined }),
];
export const optimizers = [
  new n.GradientDescent({ learningRate: maybe }),
  new n.Adam({ learningRate: maybe, beta1: maybe, beta2: maybe, epsilon: maybe }),
];
export const encoders = [
  new n.OneHotEncoder({ unknown: undefined }),
  new n.MinMaxScaler({ range: undefined }),
  new n.RecordEncoder({ columns: undefined, numbers: undefined, crosses: undefined, unknown: undefined }),
];
explain(network, X, X, { learningRate: maybe, decimals: maybe, cost: undefined, update: undefined });
describeGraph(network, X, X, { example: maybe, cost: undefined });
n.precision([0], [0], { average: undefined, positive: maybe });
n.trainTestSplit([[1]], [1], { testShare: maybe, stratify: undefined, seed: maybe, random: undefined });
const picture: plot.PictureOptions = {
  title: undefined,
  description: undefined,
  width: maybe,
  height: maybe,
  theme: undefined,
};
const plane: plot.FeaturePlaneOptions = {
  ...picture,
  xRange: undefined,
  yRange: undefined,
  threshold: maybe,
  featureCrosses: undefined,
  classes: maybe,
  classNames: undefined,
  featureNames: undefined,
};
const model: plot.Model = (points) => points;
plot.plotDecisionBoundary(model, X, X, plane);
plot.plotDecisionBoundaryShaded(model, X, X, { ...plane, shading: undefined, line: undefined });
plot.plotBoundaryDistances(model, X, X, { ...plane, values: undefined });
plot.plotLearningCurve([{ label: undefined, costs: [1], epochsPerCost: maybe }], {
  ...picture,
  epochsPerCost: maybe,
  scale: undefined,
  learningRate: maybe,
  xLabel: undefined,
});
plot.plotConfusionMatrix(X, { ...picture, classNames: undefined, normalize: undefined });
plot.plotWeights(X, picture);
plot.drawGraph({ input: { n: 1, A: undefined }, layers: [], cost: undefined }, picture);

import type { GraphDescription, LearningRun, Model, PictureOptions } from "../../src/plot.ts";
import {
  drawGraph,
  plotBoundaryDistances,
  plotConfusionMatrix,
  plotCostSurface,
  plotDecisionBoundary,
  plotDecisionBoundaryShaded,
  plotLearningCurve,
  plotLearningRates,
  plotWeights,
} from "../../src/plot.ts";

export const X = [
  [0, 0, 1, 1],
  [0, 1, 0, 1],
];
export const OR = [[0, 1, 1, 1]];
export const XOR = [[0, 1, 1, 0]];

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** x1 + x2 = 0.5 is its boundary. */
export const orModel: Model = (points, n) =>
  Float64Array.from({ length: n }, (_, i) => sigmoid(8 * (points[2 * i] + points[2 * i + 1] - 0.5)));

/** Two parallel boundaries: x1 + x2 = 0.5 and x1 + x2 = 1.5. */
export const xorModel: Model = (points, n) =>
  Float64Array.from({ length: n }, (_, i) => {
    const sum = points[2 * i] + points[2 * i + 1];
    return sigmoid(12 * (sigmoid(8 * (sum - 0.5)) - sigmoid(8 * (sum - 1.5)) - 0.5));
  });

/** Scores for three classes whose boundaries meet in one point. */
export const threeClasses: Model = (points, n) =>
  Float64Array.from({ length: 3 * n }, (_, k) => {
    const [x1, x2] = [points[2 * Math.floor(k / 3)], points[2 * Math.floor(k / 3) + 1]];
    return [-x1 - x2, x1 - 1, x2 - 1][k % 3];
  });

export const THREE_X = [
  [0, 0.2, 2, 2.2, 0.1, 0.3, -0.2, 1.9, 0.4],
  [0, 0.3, 0.1, -0.2, 2, 2.3, 0.1, 0.4, 1.8],
];
export const THREE_Y = [0, 0, 1, 1, 2, 2, 0, 1, 2];

export const RUNS: LearningRun[] = [0.2, 0.6, 1.4].map((speed) => ({
  label: `rate ${speed}`,
  costs: Array.from({ length: 60 }, (_, i) => 0.13 * Math.exp((-speed * i) / 20) + 0.0004),
}));

/** A network of the given sizes with made-up but definite numbers. */
export function network(sizes: readonly number[]): GraphDescription {
  const value = (seed: number) => Math.round(1000 * Math.sin(12.9898 * (seed + 1))) / 1000;
  let seed = 0;
  const column = (n: number) => Array.from({ length: n }, () => [value(seed++)]);
  const table = (n: number, m: number) =>
    Array.from({ length: n }, () => Array.from({ length: m }, () => value(seed++)));
  return {
    input: { n: sizes[0], A: column(sizes[0]) },
    layers: sizes.slice(1).map((n, i) => ({
      kind: "sigmoid",
      n,
      W: table(n, sizes[i]),
      dW: table(n, sizes[i]),
      b: column(n),
      db: column(n),
      Z: column(n),
      dZ: column(n),
      A: column(n),
      dA: column(n),
    })),
    cost: { name: "squared error", value: 0.125, Y: column(sizes[sizes.length - 1]) },
  };
}

const bowl = (w: Float64Array, n: number) =>
  Array.from({ length: n }, (_, i) => w[2 * i] ** 2 + 3 * w[2 * i + 1] ** 2);

/** One picture of each kind. */
export const SPECIMENS: Readonly<Record<string, (options: PictureOptions) => string>> = {
  plotLearningCurve: (options) => plotLearningCurve(RUNS, { epochsPerCost: 100, ...options }),
  plotDecisionBoundary: (options) => plotDecisionBoundary(xorModel, X, XOR, options),
  plotDecisionBoundaryShaded: (options) => plotDecisionBoundaryShaded(xorModel, X, XOR, options),
  plotBoundaryDistances: (options) => plotBoundaryDistances(orModel, X, OR, options),
  plotConfusionMatrix: (options) =>
    plotConfusionMatrix(
      [
        [50, 0, 0],
        [0, 47, 3],
        [0, 2, 48],
      ],
      { classNames: ["setosa", "versicolor", "virginica"], ...options },
    ),
  plotWeights: (options) =>
    plotWeights(
      [
        [0.5, -1.2, 0],
        [2.1, 0.3, -2.4],
      ],
      options,
    ),
  plotLearningRates: (options) => plotLearningRates(options),
  plotCostSurface: (options) => {
    const path = Array.from({ length: 12 }, (_, i) => [2 * 0.8 ** i, (-0.7) ** i]);
    return plotCostSurface(bowl, { path, ...options });
  },
  drawGraph: (options) => drawGraph(network([2, 3, 1]), options),
};

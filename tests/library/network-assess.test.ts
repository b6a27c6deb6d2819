import { expect, it } from "vitest";
import {
  computeCost,
  linear,
  type Matrix,
  matrixFromRows,
  Network,
  rowsFromMatrix,
  sigmoid,
} from "../../src/index.ts";
import { layoutVersion, tellings } from "../../src/kernels/layout.ts";
import { runtime } from "../../src/kernels/runtime.ts";

const many = Array.from({ length: 1100 }, (_, i) => [Math.sin(i), Math.cos(i)]);
const labels = many.map(([a]) => (a > 0 ? 1 : 0));
const layers = () => [linear(3), sigmoid(), linear(1), sigmoid()];

it("examples that are measured in parts are measured anew after each epoch", () => {
  for (let epochs = 1; epochs <= 3; epochs++) {
    const other = new Network(layers(), { seed: 1 });
    const validation = { X: many, Y: labels };
    const { validationCost } = other.fitSync(many.slice(0, 9), labels.slice(0, 9), { epochs, validation });
    expect(validationCost[epochs - 1]).toBe(other.evaluate(many, labels).cost);
    other.dispose();
  }
});

it("early stopping waits anew after each epoch that is better", () => {
  const held = [5, 6, 4, 6, 6, 6, 6];
  const cost = {
    computeCost(Y: Matrix, YHat: Matrix) {
      const result = computeCost(Y, YHat);
      return Y.cols === 1 ? { ...result, cost: held.shift() as number } : result;
    },
  };
  const network = new Network([linear(1)], { cost, seed: 1 });
  const validation = { X: [[1]], Y: [1] };
  const options = { epochs: 7, batchSize: "all", validation, earlyStopping: 1 } as const;
  const { validationCost, stoppedBy, bestEpoch } = network.fitSync([[1], [2]], [1, 2], options);
  expect([validationCost, stoppedBy, bestEpoch]).toEqual([[5, 6, 4, 6, 6], "earlyStopping", 2]);
});

it("what a network measures and predicts with is room again at once", () => {
  const { arena } = runtime();
  const network = new Network(layers(), { seed: 1, metrics: ["accuracy"] });
  const exampleWeights = many.map((_, i) => 1 + (i % 2));
  const use = () => {
    network.fitSync(many, labels, { epochs: 1, exampleWeights });
    network.evaluate(many, labels);
    network.predict(many);
  };
  use(); // what stays is made at first
  const before = arena.usedBytes;
  use();
  expect(arena.usedBytes).toBe(before);
});

it("a prediction of as many examples as the last one makes no matrix, and has no layer look at its operands anew", () => {
  const network = new Network(layers(), { inputs: 2, seed: 1 });
  const alone = many.map((example) => network.predict([example])[0]);
  const before = [layoutVersion, tellings, runtime().arena.usedBytes];
  expect(many.map((example) => network.predict([example])[0])).toEqual(alone);
  expect(network.classify([many[0]])).toEqual([alone[0][0] > 0.5 ? 1 : 0]);
  expect([layoutVersion, tellings, runtime().arena.usedBytes]).toEqual(before);
  // rows and matrices, of examples in one part, in parts, and in parts of which the last is shorter
  for (const count of [1, 511, 512, 513, many.length]) {
    const X = matrixFromRows(many.slice(0, count));
    expect(network.predict(many.slice(0, count))).toEqual(alone.slice(0, count));
    expect(rowsFromMatrix(network.predict(X))).toEqual(alone.slice(0, count));
  }
});

import { describe, expect, it } from "vitest";
import {
  type CostName,
  computeAbsoluteErrorCost,
  computeBceCost,
  computeCost,
  computeHuberCost,
  computeKerasLikeBceCost,
  computeSoftmaxCrossEntropyCost,
  computeStableBceCost,
  l1,
  l2,
  Matrix,
  ShapeError,
} from "../../src/index.ts";
import golden from "../golden/costs.json" with { type: "json" };

type Computed = { cost: number; gradient: Matrix };
const from = ({ cost, dYHat }: { cost: number; dYHat: Matrix }): Computed => ({ cost, gradient: dYHat });
const fromZ = ({ cost, dZ }: { cost: number; dZ: Matrix }): Computed => ({ cost, gradient: dZ });

const costs: Record<CostName, (Y: Matrix, YHat: Matrix, weights?: Matrix) => Computed> = {
  squaredError: (Y, YHat, w) => from(computeCost(Y, YHat, w)),
  absoluteError: (Y, YHat, w) => from(computeAbsoluteErrorCost(Y, YHat, w)),
  huber: (Y, YHat, exampleWeights) => from(computeHuberCost(Y, YHat, { delta: 0.8, exampleWeights })),
  bce: (Y, P, w) => from(computeBceCost(Y, P, w)),
  stableBce: (Y, Z, w) => fromZ(computeStableBceCost(Y, Z, w)),
  kerasLikeBce: (Y, P, w) => fromZ(computeKerasLikeBceCost(Y, P, w)),
  softmaxCrossEntropy: (Y, Z, w) => fromZ(computeSoftmaxCrossEntropyCost(Y, Z, w)),
};
const names = Object.keys(costs) as CostName[];

function agrees(computed: Computed, wanted: { cost: number; gradient: number[][] }) {
  expect(Math.abs(computed.cost / wanted.cost - 1)).toBeLessThan(1e-12);
  const gradient = computed.gradient.toArray();
  for (const [i, row] of wanted.gradient.entries()) {
    for (const [j, value] of row.entries()) {
      expect(Math.abs(gradient[i][j] - value), `gradient ${i}, ${j}`).toBeLessThan(
        1e-12 * Math.max(1, Math.abs(value)),
      );
    }
  }
}

describe("cost and gradient within 1e-12 of NumPy's and PyTorch's", () => {
  it.each(Object.entries(golden.costs))("%s", (name, wanted) => {
    agrees(costs[name as CostName](Matrix.from(wanted.Y), Matrix.from(wanted.YHat)), wanted);
  });

  it.each(Object.entries(golden.weighted))("%s with example weights", (name, wanted) => {
    const weights = Matrix.from(golden.weights);
    agrees(costs[name as CostName](Matrix.from(wanted.Y), Matrix.from(wanted.YHat), weights), wanted);
  });
});

describe("every cost", () => {
  const Y = Matrix.from([
    [1, 0, 1],
    [0, 1, 0],
  ]);
  const guess = [
    [0.9, 0.2, 0.4],
    [0.3, 0.6, 0.5],
  ];

  it.each(names)("%s counts an example of weight 2 as two examples", (name) => {
    const twice = [0, 1, 1, 2];
    const repeated = Matrix.from(Y.toArray().map((row) => twice.map((j) => row[j])));
    const guesses = Matrix.from(guess.map((row) => twice.map((j) => row[j])));
    const weighted = costs[name](Y, Matrix.from(guess), Matrix.from([[1, 2, 1]]));
    const plain = costs[name](repeated, guesses);
    // 4 examples where the weighted cost divides by 3
    expect(weighted.cost).toBeCloseTo((plain.cost * 4) / 3, 13);
  });

  it.each([
    "float64",
    "float32",
  ] as const)("bce counts nothing of an example of weight 0 whose cost is ∞, in %s", (dtype) => {
    const of = (...values: number[][]) => Matrix.from(values, dtype);
    const [Y, PHat] = [of([1, 0, 1], [0, 1, 0]), of([0, 0.5, 0.5], [1, 0.5, 0.25])];
    const { cost, dYHat } = computeBceCost(Y, PHat, of([0, 1, 2]));
    expect(cost).toBeCloseTo((2 * Math.log(2) + 2 * (Math.log(2) + Math.log(4 / 3))) / 3, 6);
    const expected = [[0, 2 / 3, -4 / 3], [0, -2 / 3, 8 / 9]]; // biome-ignore format: one line
    for (const [i, row] of dYHat.toArray().entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i][j], 6);
    expect(computeBceCost(Y, PHat, of([1, 1, 0])).cost).toBe(Number.POSITIVE_INFINITY);
    expect(computeBceCost(Y, of([0, Number.NaN, 0.5], [1, 0.5, 0.5]), of([0, 1, 1])).cost).toBeNaN();
  });

  it.each(names)("%s refuses unequal shapes, weights of another shape and its own gradient", (name) => {
    const YHat = Matrix.from(guess);
    expect(() => costs[name](Y, Matrix.zeros(2, 2))).toThrow(
      /Y is 2×3 and \w+ is 2×2; they must have one shape/,
    );
    expect(() => costs[name](Y, YHat, Matrix.zeros(3, 1))).toThrow(ShapeError);
    const { gradient } = costs[name](Y, YHat);
    expect(() => costs[name](gradient, YHat)).toThrow(/may not be the gradient/);
  });

  it.each(names)("%s in float32 is near float64", (name) => {
    const wide = costs[name](Y, Matrix.from(guess));
    const narrow = costs[name](Matrix.from(Y.toArray(), "float32"), Matrix.from(guess, "float32"));
    expect(Math.abs(narrow.cost / wide.cost - 1)).toBeLessThan(1e-6);
  });
});

describe("where plain formulas overflow", () => {
  it("BCE of a right 0 or 1 is 0 with gradient 0, of a wrong one ∞", () => {
    const right = computeBceCost(Matrix.from([[0, 1]]), Matrix.from([[0, 1]]));
    expect(right.cost).toBe(0);
    expect(right.dYHat.toArray()).toEqual([[0.5, -0.5]]);
    expect(computeBceCost(Matrix.from([[1]]), Matrix.from([[0]])).cost).toBe(Infinity);
  });

  it("stable BCE of ±1000 is 0 or 1000", () => {
    const { cost, dZ } = computeStableBceCost(Matrix.from([[1, 0]]), Matrix.from([[1000, 1000]]));
    expect(cost).toBe(500);
    expect(dZ.toArray()).toEqual([[0, 0.5]]);
  });

  it("Keras-like BCE holds a wrong certainty at −ln 1e-7", () => {
    const { cost, dZ } = computeKerasLikeBceCost(Matrix.from([[0]]), Matrix.from([[1]]));
    expect(cost).toBeCloseTo(16.11809565, 8);
    expect(dZ.toArray()[0][0]).toBeCloseTo(1, 6);
  });

  it("softmax cross-entropy of ±1000 is 0 or 2000", () => {
    const Z = Matrix.from([[1000], [-1000]]);
    expect(computeSoftmaxCrossEntropyCost(Matrix.from([[1], [0]]), Z).cost).toBe(0);
    expect(computeSoftmaxCrossEntropyCost(Matrix.from([[0], [1]]), Z).cost).toBe(2000);
  });

  it("the absolute error's gradient is 0 where Y = YHat", () => {
    const { dYHat } = computeAbsoluteErrorCost(Matrix.from([[1, 1, 1]]), Matrix.from([[0, 1, 2]]));
    expect(dYHat.toArray()).toEqual([[-1 / 3, 0, 1 / 3]]);
  });
});

describe("penalties", () => {
  it("l2 is strength/2 · Σ W², l1 strength · Σ |W|, each adding its gradient to dW", () => {
    const W = Matrix.from([[1, -2, 0]]);
    const dW = Matrix.from([[10, 10, 10]]);
    expect(l2(0.5).addTo(dW, W)).toBe(1.25);
    expect(dW.toArray()).toEqual([[10.5, 9, 10]]);
    expect(l1(0.5).addTo(dW, W)).toBe(1.5);
    expect(dW.toArray()).toEqual([[11, 8.5, 10]]);
    expect(() => l1(-1)).toThrow(/the strength of a penalty must be a number from 0 up, not -1/);
  });
});

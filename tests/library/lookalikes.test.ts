import { describe, expect, it } from "vitest";
import { explain } from "../../src/explain.ts";
import {
  Adam,
  ArgumentError,
  accuracy,
  clipGradients,
  computeBceCost,
  computeCost,
  dot,
  fingerprint,
  GradientDescent,
  gradientCheck,
  LinearLayer,
  l2,
  linear,
  Matrix,
  Network,
  predict,
  rocAuc,
  SigmoidLayer,
  StandardScaler,
  trainTestSplit,
} from "../../src/index.ts";

const victim = Matrix.from([[1, 2, 3, 4]]);

/** What a matrix of another copy of the library shows, whose address leads to other numbers here. */
const lookalike = (rows: number, cols: number) =>
  ({ pointer: victim.pointer, dtype: "float64", rows, cols, size: rows * cols }) as unknown as Matrix;

describe("what another copy of the library made is told from what this one makes", () => {
  const OtherMatrix = class Matrix {};
  const OtherRandom = class RandomState {};
  const OtherNetwork = class Network {};
  const OtherAdam = class Adam {};
  const OtherLayer = class LinearLayer {
    forward() {}
    backward() {}
  };
  it.each([
    ["dot: a must be a Matrix, not", () => dot(new OtherMatrix() as never, victim)],
    [
      "must be rows of numbers, records or a Matrix, not",
      () => new Network([linear(1)]).fitSync(new OtherMatrix() as never, [1]),
    ],
    [
      "StandardScaler.fit takes an array of examples such as [[1, 2], [3, 4]], not",
      () => new StandardScaler().fit(new OtherMatrix() as never),
    ],
    [
      "the option random must be a RandomState, not",
      () => new LinearLayer([2, 1], 1, "plain", { random: new OtherRandom() as never }),
    ],
    [
      "trainTestSplit: random must be a RandomState, not",
      () => trainTestSplit([1, 2], [1, 2], { random: new OtherRandom() as never }),
    ],
    [
      "or an object such as new Adam({ learningRate: 0.01 }), not",
      () => new Network([linear(1)], { optimizer: new OtherAdam() as never }),
    ],
    [
      "predict: Zs[0] must be a LinearLayer and As[0] an activation layer, not",
      () => predict(victim, victim, [new OtherLayer() as never], [new SigmoidLayer([1, 4])]),
    ],
    ["gradientCheck takes a Network, not", () => gradientCheck(new OtherNetwork() as never, [[1]], [1])],
    [
      "accuracy: predicted must be a list of classes or a Matrix, not",
      () => accuracy([1], new OtherMatrix() as never),
    ],
    [
      "rocAuc: scores must be a list of numbers or a Matrix, not",
      () => rocAuc([1], new OtherMatrix() as never),
    ],
    ["fingerprint: the argument[0] must be a Matrix, not", () => fingerprint([new OtherMatrix() as never])],
    [
      "explain: layer 1 of the list must be a layer such as new LinearLayer(…), not",
      () => explain([new OtherLayer()] as never, victim, victim),
    ],
  ])("%s", (said, call) => {
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(`${said} one of another copy of the library`);
  });
});

const layer = () => {
  const [W, dW] = [lookalike(1, 2), lookalike(1, 2)];
  const [b, db] = [lookalike(1, 1), lookalike(1, 1)];
  return { params: { W, b }, dW, db } as unknown as LinearLayer;
};

it("a layer's parameters are written into and not replaced: the kernels go by their addresses", () => {
  const layer = new LinearLayer([2, 1], 1);
  const { params } = layer;
  expect(() => Object.assign(layer, { params: new LinearLayer([1, 1], 1).params })).toThrow(TypeError);
  expect(() => Object.assign(layer.params, { W: Matrix.zeros(1, 1) })).toThrow(TypeError);
  expect(layer.params).toBe(params);
});

describe("what looks like a matrix but has another memory is refused, and nothing is written", () => {
  it.each([
    ["computeCost", () => computeCost(lookalike(1, 4), lookalike(1, 4))],
    ["computeBceCost", () => computeBceCost(Matrix.zeros(1, 4), lookalike(1, 4))],
    ["GradientDescent.step", () => new GradientDescent({ learningRate: 1 }).step([layer()])],
    ["Adam.step", () => new Adam().step([layer()])],
    ["clipGradients", () => clipGradients([layer()], 1)],
    ["a penalty", () => l2(1).addTo(lookalike(1, 2), lookalike(1, 2))],
  ])("%s", (_, call) => {
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(/must be a Matrix, not an object/);
    expect(victim.toArray()).toEqual([[1, 2, 3, 4]]);
  });
});

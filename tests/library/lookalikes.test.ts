import { describe, expect, it } from "vitest";
import {
  Adam,
  ArgumentError,
  clipGradients,
  computeBceCost,
  computeCost,
  dot,
  GradientDescent,
  LinearLayer,
  l2,
  Matrix,
} from "../../src/index.ts";

const victim = Matrix.from([[1, 2, 3, 4]]);

/** What a matrix of another copy of the library shows, whose address leads to other numbers here. */
const lookalike = (rows: number, cols: number) =>
  ({ pointer: victim.pointer, dtype: "float64", rows, cols, size: rows * cols }) as unknown as Matrix;

it("a matrix of another copy is told from one of this", () => {
  const Other = class Matrix {};
  expect(() => dot(new Other() as never, victim)).toThrow(
    new ArgumentError(
      "dot: a must be a Matrix, not one of another copy of the library; Matrix.from([[…]]) makes one",
    ),
  );
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

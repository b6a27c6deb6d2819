import { describe, expect, it } from "vitest";
import {
  Adam,
  ArgumentError,
  clipGradients,
  computeBceCost,
  computeCost,
  GradientDescent,
  LinearLayer,
  l2,
  Matrix,
} from "../../src/index.ts";

/** All that a matrix of another copy of the library shows: an address, which here means other numbers. */
const lookalike = (rows: number, cols: number) =>
  ({ pointer: 4096, dtype: "float64", rows, cols, size: rows * cols }) as unknown as Matrix;

describe("what looks like a matrix but has another memory is refused, and nothing is written", () => {
  const layer = () => ({
    params: { W: lookalike(1, 2), b: lookalike(1, 1) },
    dW: lookalike(1, 2),
    db: lookalike(1, 1),
  });

  it.each([
    ["computeCost", () => computeCost(lookalike(1, 4), lookalike(1, 4))],
    ["computeBceCost", () => computeBceCost(Matrix.zeros(1, 4), lookalike(1, 4))],
    [
      "GradientDescent.step",
      () => new GradientDescent({ learningRate: 1 }).step([layer() as unknown as LinearLayer]),
    ],
    ["Adam.step", () => new Adam().step([layer() as unknown as LinearLayer])],
    ["clipGradients", () => clipGradients([layer() as unknown as LinearLayer], 1)],
    ["a penalty", () => l2(1).addTo(lookalike(1, 2), lookalike(1, 2))],
  ])("%s", (_, call) => {
    const first = new LinearLayer([8, 1], 8, "xavier");
    const before = first.params.W.toArray();
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(/must be a Matrix, not an object/);
    expect(first.params.W.toArray()).toEqual(before);
  });
});

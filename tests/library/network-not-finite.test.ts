import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  type Cost,
  type Inputs,
  type LabelRange,
  type Labels,
  type LayerSpec,
  linear,
  Matrix,
  Network,
  sigmoid,
  tanh,
} from "../../src/index.ts";
import { weightsOf } from "../support/weights-of.ts";

const rows = [[1, 2], [3, 4], [5, 6]]; // biome-ignore format: one line
const labels = [0.1, 0.2, 0.3];

/** A network that is told where a number is missing, and what it said. */
function refusal(X: Inputs, Y: Labels, options = {}): string {
  const network = new Network([linear(2), tanh(), linear(1)], { inputs: 2, seed: 1, ...options });
  const before = weightsOf(network);
  let said = "";
  try {
    network.fitSync(X, Y, { batchSize: 1, shuffle: false });
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    said = (error as Error).message;
  }
  expect(weightsOf(network)).toEqual(before);
  expect(network.history.epochs).toEqual([]);
  return said;
}

const END = "of which nothing can be learned; fill it or leave the example out";

describe("what is not finite among what fit trains on is refused by its place, before any weight changes", () => {
  it.each([
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("%s", (odd, word) => {
    expect(refusal([[1, 2], [3, odd], [5, 6]], labels)).toBe(`fit: X: feature 1 of example 1 is ${word}, ${END}`); // biome-ignore format: one line
    expect(refusal(Matrix.from([[1, 2, odd], [3, 4, 5]]), labels)).toBe(`fit: X: feature 0 of example 2 is ${word}, ${END}`); // biome-ignore format: one line
    expect(refusal([{ a: 1, b: 2 }, { a: odd, b: 1 }], [1, 2])).toBe(`fit: X: column "a" of example 1 is ${word}, ${END}`); // biome-ignore format: one line
    expect(refusal(rows, [1, 2, odd])).toBe(`fit: Y: output 0 of example 2 is ${word}, ${END}`);
  });

  it("of a share that is held out too, by its place among all", () => {
    const many = Array.from({ length: 20 }, (_, i) => [i === 13 ? Number.NaN : i]);
    // whichever part it is drawn for
    for (let seed = 0; seed < 5; seed++) {
      const network = new Network([linear(1)], { seed });
      expect(() => network.fitSync(many, many.map((_, i) => i), { validation: 0.5 })).toThrow(/example 13 is NaN/); // biome-ignore format: one line
    }
  });

  it("what float32 cannot hold, which says so", () => {
    expect(refusal([[1, 2], [1e300, 4]], [1, 2], { dtype: "float32" })).toBe(`fit: X: feature 0 of example 1 is Infinity in float32, of which nothing can be learned; scale it, or take float64`); // biome-ignore format: one line
  });
});

describe("diagnose, which refuses nothing, says where it began", () => {
  const network = () => new Network([linear(2), tanh(), linear(1)], { inputs: 2, seed: 1 });
  const last = (X: number[][], Y: number[]) => network().diagnose(X, Y).pop()!;

  it("in the labels, and not in outputs that are no probabilities, which this cost does not take", () => {
    expect(last(rows, [1, 2, Number.NaN])).toEqual({
      kind: "costNotFinite",
      message:
        "The cost is not finite; it began in the labels, which hold NaN or an infinity. Mend them, or leave these examples out.",
    });
  });

  it("in the cost, and of exactly 0 or 1 only where the cost takes probabilities", () => {
    const said = (layers: LayerSpec[], labels: LabelRange, output: number) => {
      const cost: Cost = {
        labels,
        computeCost: (_, YHat) => ({ cost: Infinity, dYHat: Matrix.zeros(YHat.rows, YHat.cols) }),
      };
      const given = new Network(layers, { inputs: 1, cost });
      given.linears[0].params.b.data.set([output]);
      return given.diagnose([[0]], [0]).pop()?.message;
    };
    expect(said([linear(1)], "any", 1e200)).toBe(
      "The cost is not finite; it began in the cost, for which an output of layer 1 is too large (1.00e+200). Lower the learning rate, clip the gradients, or look at the data.",
    );
    expect(said([linear(1), sigmoid()], "unit", 800)).toBe(
      "The cost is not finite; it began in the cost, for which an output of layer 2 is too large (1.00), or a wrong one exactly 0 or 1. Lower the learning rate, clip the gradients, or look at the data.",
    );
  });

  it("of a squared error in the cost, with no word of 0 or 1", () => {
    const given = new Network([linear(1)], { inputs: 1, cost: "squaredError" });
    given.linears[0].params.b.data.set([1e200]);
    expect(given.diagnose([[0]], [0]).pop()?.message).toBe(
      "The cost is not finite; it began in the cost, for which an output of layer 1 is too large (1.00e+200). Lower the learning rate, clip the gradients, or look at the data.",
    );
  });

  it("in the inputs", () => {
    expect(last([[1, Number.NaN]], [1]).message).toMatch(/it began in the inputs, which hold NaN/);
  });
});

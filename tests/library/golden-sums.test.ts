import { describe, expect, it } from "vitest";
import { computeCost, type DType, LinearLayer, Matrix, RandomState } from "../../src/index.ts";
import { golden } from "../golden/read.ts";

interface SumGoldens {
  seed: number;
  lengths: number[];
  float64: number[][];
  float32: number[][];
  costShapes: [number, number][];
  costs_float64: number[];
  costs_float32: number[];
}

const goldens = golden<SumGoldens>("sums");
const magnitudes = [1, 2 ** 20, 2 ** -20];

describe.each<DType>(["float64", "float32"])("sums of %s", (dtype) => {
  it("of rows (db) equal np.sum(axis=1) to the bit, for 1 to 300 examples and some large numbers of them", () => {
    const random = new RandomState(goldens.seed);
    for (const [i, n] of goldens.lengths.entries()) {
      const upstream = Matrix.zeros(3, n, dtype);
      const { data } = upstream;
      for (let j = 0; j < data.length; j++) data[j] = (random.random() - 0.5) * magnitudes[Math.floor(j / n)];
      const layer = new LinearLayer([1, n], 3, "plain", { dtype });
      const X = Matrix.zeros(1, n, dtype);
      layer.forward(X);
      layer.backward(upstream);
      expect(Array.from(layer.db.data), `${n} examples`).toEqual(
        goldens[dtype][i].map(dtype === "float32" ? Math.fround : Number),
      );
      for (const matrix of [upstream, X, layer]) matrix.dispose();
    }
  });

  it("of squares (cost) run over all elements as one tree and equal np.sum(np.square(…)) to the bit", () => {
    const random = new RandomState(6);
    const draw = (shape: [number, number]) =>
      Matrix.fromFlat(
        Float64Array.from({ length: shape[0] * shape[1] }, () => random.random()),
        shape,
        dtype,
      );
    for (const [i, shape] of goldens.costShapes.entries()) {
      const Y = draw(shape);
      const YHat = draw(shape);
      expect(computeCost(Y, YHat).cost, shape.join("×")).toBe(goldens[`costs_${dtype}`][i]);
    }
  });
});

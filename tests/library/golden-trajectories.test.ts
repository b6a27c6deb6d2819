import { describe, expect, it } from "vitest";
import { computeCost, Matrix, predict, RandomState } from "../../src/index.ts";
import { golden, relativeError } from "../golden/read.ts";
import { columns, featureCross, gate, neuron, or, problem, TestNetwork, xor } from "../support/network.ts";

type Trajectories = Record<
  "xor_2_3_1" | "xor_2_5_3_1" | "or" | "featureCross" | "miniBatches_4_16_3",
  number[]
>;

const numpy = golden<Trajectories>("trajectories");

/** Holds the costs at every 100th epoch, and the last, to NumPy's. */
function expectCosts(costs: number[], expected: number[], tolerance: number): void {
  const kept = costs.filter((_, epoch) => epoch % 100 === 0);
  expect(kept.length).toBe(expected.length);
  for (const [i, cost] of kept.entries()) {
    expect(relativeError(cost, expected[i]), `epoch ${i * 100}`).toBeLessThanOrEqual(tolerance);
  }
}

describe("costs over 5,000 epochs are NumPy's within 1e-12", () => {
  it("XOR, 2-3-1, xavier, seed 48", () => {
    const network = new TestNetwork([2, 3, 1], 4, "xavier", { random: new RandomState(48) });
    expectCosts(network.train(gate(), xor(), 5000), numpy.xor_2_3_1, 1e-12);
  });

  it("OR, one neuron, W = (0.1, 0.6)", () => {
    const X = gate();
    expectCosts(neuron(X, [0.1, 0.6]).train(X, or(), 5000), numpy.or, 1e-12);
  });

  it("XOR by the feature cross, one neuron, W = (0.1, 0.6, 0.2)", () => {
    const X = featureCross();
    expectCosts(neuron(X, [0.1, 0.6, 0.2]).train(X, xor(), 5000), numpy.featureCross, 1e-12);
  });
});

it("XOR, 2-5-3-1, xavier, seed 48: costs are NumPy's within 1e-11 across its plateau, predictions all right", () => {
  const X = gate();
  const network = new TestNetwork([2, 5, 3, 1], 4, "xavier", { random: new RandomState(48) });
  expectCosts(network.train(X, xor(), 5000), numpy.xor_2_5_3_1, 1e-11);
  const { predictions, accuracy } = predict(X, xor(), network.Zs, network.As);
  expect(predictions.toArray()).toEqual([[0, 1, 1, 0]]);
  expect(accuracy).toBe(100);
});

it("4-16-3 on mini-batches of 32 of 150 examples, reshuffled by permutation: NumPy's costs within 1e-12", () => {
  const { X } = problem([4, 16, 3], 150, "float64", new RandomState(7));
  const [x0, x1, x2, x3] = X.toArray();
  const Y = Matrix.from([x0, x1, x2].map((row) => row.map((x, j) => (x + x3[j] > 0 ? 1 : 0))));
  const network = new TestNetwork([4, 16, 3], 32, "xavier", { random: new RandomState(48) });
  const order = new RandomState(1);
  for (const [epoch, expected] of numpy.miniBatches_4_16_3.entries()) {
    const shuffled = order.permutation(150);
    for (let start = 0; start < 150; start += 32) {
      const batch = shuffled.subarray(start, start + 32);
      network.iterate(columns(X, batch), columns(Y, batch));
      network.update(0.5);
    }
    const { cost } = computeCost(Y, network.forward(X));
    expect(relativeError(cost, expected), `epoch ${epoch}`).toBeLessThanOrEqual(1e-12);
  }
});

import { describe, expect, it } from "vitest";
import { predict } from "../../src/index.ts";
import { featureCross, neuron, xor } from "../support/network.ts";

/** What a pocket calculator finds, step by step, for W = (0.1, 0.6, 0.2), b = 0. */
const byHand = {
  Z: [0, 0.6, 0.1, 0.9],
  A: [0.5, 0.645656306226, 0.524979187479, 0.710949502625],
  // ((0 − 0.5)² + (1 − 0.645656…)² + (1 − 0.524979…)² + (0 − 0.710949…)²) / 8
  cost: 0.138331677616,
  // (ŷ − y) / 4
  dYHat: [0.125, -0.088585923444, -0.11875520313, 0.177737375656],
  // times ŷ (1 − ŷ) = 0.25, 0.228784240456, 0.249376040193, 0.205500307346
  dZ: [0.03125, -0.02026706321, -0.029614702309, 0.036525085324],
  // x₁ is 1 in the last two examples, x₂ in the second and fourth, x₁x₂ in the fourth
  dW: [0.006910383015, 0.016258022113, 0.036525085324],
  db: 0.017893319804,
};

describe("XOR by one neuron and the feature cross x₁x₂, W = (0.1, 0.6, 0.2)", () => {
  it("takes the first iteration that one works by hand", () => {
    const X = featureCross();
    const network = neuron(X, [0.1, 0.6, 0.2]);
    const [Z1, A1] = [network.Zs[0], network.As[0]];
    const { cost, dYHat } = network.iterate(X, xor());
    const near = (ours: ArrayLike<number>, hand: readonly number[]) => {
      expect(ours.length).toBe(hand.length);
      for (let i = 0; i < hand.length; i++) expect(ours[i]).toBeCloseTo(hand[i], 11);
    };
    near(Z1.Z.data, byHand.Z);
    near(A1.A.data, byHand.A);
    expect(cost).toBeCloseTo(byHand.cost, 11);
    near(dYHat.data, byHand.dYHat);
    near(A1.dZ.data, byHand.dZ);
    near(Z1.dW.data, byHand.dW);
    near(Z1.db.data, [byHand.db]);
    network.update(1);
    near(
      Z1.params.W.data,
      [0.1, 0.6, 0.2].map((w, i) => w - byHand.dW[i]),
    );
    near(Z1.params.b.data, [-byHand.db]);
  });

  it("costs 0.138, then falls to about 0.0016 in 5,000 epochs, and predicts every example", () => {
    const X = featureCross();
    const network = neuron(X, [0.1, 0.6, 0.2]);
    const costs = network.train(X, xor(), 5000);
    expect(costs[0]).toBeCloseTo(0.138, 3);
    expect(costs[1]).toBeLessThan(costs[0]);
    expect(costs[5000]).toBeCloseTo(0.0015665035, 10);
    const { predictions, accuracy } = predict(X, xor(), network.Zs, network.As);
    expect(predictions.toArray()).toEqual([[0, 1, 1, 0]]);
    expect(accuracy).toBe(100);
  });
});

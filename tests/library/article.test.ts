import { describe, expect, it } from "vitest";
import { computeCost, LinearLayer, Matrix, predict, SigmoidLayer, seed } from "../../src/index.ts";

const rounded = (values: ArrayLike<number>, digits = 3) =>
  Array.from(values, (v) => Number(v.toFixed(digits)) + 0);

/** The article's single neuron, its weights and bias set by hand. */
function neuron(X: Matrix, weights: number[]) {
  const Z1 = new LinearLayer(X.shape, 1);
  const A1 = new SigmoidLayer(Z1.Z.shape);
  Z1.params.W.data.set(weights);
  return { Z1, A1 };
}

describe("one neuron, one example x = (0, 0), y = 0", () => {
  it("takes the article's first step by hand", () => {
    const X = Matrix.from([[0], [0]]);
    const Y = Matrix.from([[0]]);
    const { Z1, A1 } = neuron(X, [0.1, 0.6]);
    const iteration = () => computeCost(Y, A1.forward(Z1.forward(X)));

    const { cost, dYHat } = iteration();
    expect(A1.A.toArray()).toEqual([[0.5]]);
    expect(cost).toBe(0.125);
    Z1.backward(A1.backward(dYHat));
    expect(Z1.dW.toArray()).toEqual([[0, 0]]);
    expect(Z1.db.toArray()).toEqual([[0.125]]);
    Z1.updateParams(1);
    expect(Z1.params.W.toArray()).toEqual([[0.1, 0.6]]);
    expect(Z1.params.b.toArray()).toEqual([[-0.125]]);
    expect(iteration().cost).toBeCloseTo(0.11, 3);
    expect(A1.A.data[0]).toBeCloseTo(0.469, 3);
  });
});

describe("the OR gate, four examples at once", () => {
  const X = Matrix.from([
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ]);
  const Y = Matrix.from([[0, 1, 1, 1]]);

  it("costs 0.089, then 0.084, with the article's second gradients, and about 0.0005 after 5,000 epochs", () => {
    const { Z1, A1 } = neuron(X, [0.1, 0.6]);
    const iteration = () => {
      const { cost, dYHat } = computeCost(Y, A1.forward(Z1.forward(X)));
      Z1.backward(A1.backward(dYHat));
      return cost;
    };
    expect(iteration()).toBeCloseTo(0.089, 3);
    Z1.updateParams(1);
    expect(iteration()).toBeCloseTo(0.084, 3);
    expect(rounded(Z1.dW.data)).toEqual([-0.044, -0.035]);
    expect(rounded(Z1.db.data)).toEqual([-0.031]);
    for (let epoch = 1; epoch < 5000; epoch++) {
      Z1.updateParams(1);
      iteration();
    }
    expect(iteration()).toBeCloseTo(0.0005, 4);
  });
});

describe("XOR by the hidden layer of 3, xavier, seed 48", () => {
  it("reaches the article's printed costs within 1e-12 and every prediction", () => {
    const X = Matrix.from([
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ]);
    const Y = Matrix.from([[0, 1, 1, 0]]);
    seed(48);
    const Z1 = new LinearLayer(X.shape, 3, "xavier");
    const A1 = new SigmoidLayer(Z1.Z.shape);
    const Z2 = new LinearLayer(A1.A.shape, 1, "xavier");
    const A2 = new SigmoidLayer(Z2.Z.shape);
    const costs = new Map<number, number>();
    for (let epoch = 0; epoch < 5000; epoch++) {
      Z1.forward(X);
      A1.forward(Z1.Z);
      Z2.forward(A1.A);
      A2.forward(Z2.Z);
      const { cost, dYHat } = computeCost(Y, A2.A);
      costs.set(epoch, cost);
      A2.backward(dYHat);
      Z2.backward(A2.dZ);
      A1.backward(Z2.dAPrev);
      Z1.backward(A1.dZ);
      Z2.updateParams(1);
      Z1.updateParams(1);
    }
    const printed: [number, number][] = [
      [0, 0.12926510193084198],
      [100, 0.12345825692804888],
      [4600, 0.001018305488651183],
      [4700, 0.000983783942124411],
      [4800, 0.0009514180100050973],
      [4900, 0.0009210166430616655],
    ];
    for (const [epoch, cost] of printed) {
      expect(Math.abs(costs.get(epoch)! / cost - 1), `epoch ${epoch}`).toBeLessThan(1e-12);
    }
    const { predictions, accuracy } = predict(X, Y, [Z1, Z2], [A1, A2]);
    expect(predictions.toArray()).toEqual([[0, 1, 1, 0]]);
    expect(accuracy).toBe(100);
  });
});

import { describe, expect, it } from "vitest";
import {
  computeCost,
  LinearLayer,
  linear,
  Matrix,
  Network,
  SigmoidLayer,
  seed,
  sigmoid,
} from "../../src/index.ts";
import { weightsOf } from "../support/weights-of.ts";

const rows = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const labels = [0, 1, 1, 0];
const specs = [linear(3, "xavier"), sigmoid(), linear(1, "xavier"), sigmoid()];
const options = { cost: "squaredError", optimizer: "gradientDescent", learningRate: 1, seed: 48 } as const;

/** The article's loop, written by hand: the parameters that it ends with and its first cost. */
function byHand(epochs: number) {
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
  const costs: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const { cost, dYHat } = computeCost(Y, A2.forward(Z2.forward(A1.forward(Z1.forward(X)))));
    costs.push(cost);
    Z2.backward(A2.backward(dYHat));
    Z1.backward(A1.backward(Z2.dAPrev));
    Z2.updateParams(1);
    Z1.updateParams(1);
  }
  return { parameters: weightsOf({ linears: [Z1, Z2] }), costs };
}

describe("XOR through a Network", () => {
  const EPOCHS = 500;
  const hand = byHand(EPOCHS);

  it("leaves the very parameters and costs of the loop written by hand", async () => {
    const network = new Network(specs, options);
    const history = await network.fit(rows, labels, { epochs: EPOCHS });
    expect(weightsOf(network)).toEqual(hand.parameters);
    expect(history.cost).toEqual(hand.costs);
    expect(history.stoppedBy).toBe("epochs");
  });

  it("does so from matrices, synchronously, epoch by epoch and in two runs", async () => {
    const X = Matrix.from([
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ]);
    const Y = Matrix.from([[0, 1, 1, 0]]);
    const sync = new Network(specs, options);
    sync.fitSync(X, Y, { epochs: EPOCHS, batchSize: "all" });
    expect(weightsOf(sync)).toEqual(hand.parameters);

    const looped = new Network(specs, options);
    const seen: number[] = [];
    for await (const { epoch, cost } of looped.epochs(rows, labels, { epochs: 2 * EPOCHS })) {
      seen.push(cost);
      if (epoch === EPOCHS - 1) break;
    }
    expect(seen).toEqual(hand.costs);
    expect(weightsOf(looped)).toEqual(hand.parameters);
    expect(looped.history.stoppedBy).toBe("abort");

    const twice = new Network(specs, options);
    twice.fitSync(rows, labels, { epochs: 200 });
    twice.fitSync(rows, labels, { epochs: EPOCHS - 200 });
    expect(weightsOf(twice)).toEqual(hand.parameters);
    expect(twice.history.epochs[EPOCHS - 1].epoch).toBe(EPOCHS - 1);
  });

  it("reaches the article's cost after 4,900 epochs and all four answers", () => {
    const network = new Network(specs, options);
    network.fitSync(rows, labels, { epochs: 5000 });
    expect(Math.abs(network.history.cost[4900] / 0.0009210166430616655 - 1)).toBeLessThan(1e-12);
    expect(network.predict(rows).map(([p]) => Math.round(p))).toEqual(labels);
    expect(network.predict(Matrix.from([[1], [0]])).shape).toEqual([1, 1]);
  });

  it("learns from the library's generator when it has no seed", () => {
    seed(48);
    const network = new Network(specs, { cost: "squaredError", learningRate: 1 });
    network.fitSync(rows, labels, { epochs: EPOCHS });
    expect(weightsOf(network)).toEqual(hand.parameters);
  });
});

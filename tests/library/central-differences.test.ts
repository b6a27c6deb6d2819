import { describe, expect, it } from "vitest";
import { computeCost, LinearLayer, type Matrix, RandomState, SigmoidLayer } from "../../src/index.ts";
import { relativeError } from "../golden/read.ts";
import { problem, TestNetwork } from "../support/network.ts";

const STEP = 2 ** -16;
const TOLERANCE = 1e-7;

/** Holds `gradient` to (f(x + h) − f(x − h)) / 2h for every element of `at`, relative to the largest of them. */
function expectGradient(name: string, f: () => number, at: Matrix, gradient: ArrayLike<number>): void {
  const { data } = at;
  expect(gradient.length).toBe(data.length);
  const largest = Math.max(...Array.from(gradient, Math.abs));
  expect(largest).toBeGreaterThan(0);
  for (let i = 0; i < data.length; i++) {
    const x = data[i];
    data[i] = x + STEP;
    const above = f();
    data[i] = x - STEP;
    const below = f();
    data[i] = x;
    const numeric = (above - below) / (2 * STEP);
    expect(relativeError(gradient[i], numeric, largest), `${name}[${i}]`).toBeLessThanOrEqual(TOLERANCE);
  }
}

/** Σ weights · values: a number that depends on every element of a layer's output. */
function weighted(weights: Matrix, values: Matrix): number {
  return Array.from(weights.data).reduce((total, w, i) => total + w * values.data[i], 0);
}

describe("gradients in float64 equal central differences within 1e-7", () => {
  it("of the linear layer: dW, db, dAPrev", () => {
    const random = new RandomState(31);
    const APrev = random.randn(3, 5);
    const upstream = random.randn(4, 5);
    const layer = new LinearLayer([3, 5], 4, "he", { random });
    layer.params.b.data.set([0.3, -0.2, 0.1, 0.7]);
    layer.forward(APrev);
    layer.backward(upstream);
    const f = () => weighted(upstream, layer.forward(APrev));
    expectGradient("dW", f, layer.params.W, [...layer.dW.data]);
    expectGradient("db", f, layer.params.b, [...layer.db.data]);
    expectGradient("dAPrev", f, APrev, [...layer.dAPrev.data]);
  });

  it("of the sigmoid layer: dZ, also far out on its shoulders", () => {
    const random = new RandomState(32);
    const Z = random.randn(3, 5);
    Z.data[0] = 6;
    Z.data[1] = -6;
    const upstream = random.randn(3, 5);
    const layer = new SigmoidLayer([3, 5]);
    layer.forward(Z);
    const dZ = [...layer.backward(upstream).data];
    expectGradient("dZ", () => weighted(upstream, layer.forward(Z)), Z, dZ);
  });

  it("of the squared-error cost: dYHat", () => {
    const random = new RandomState(33);
    const Y = random.randn(2, 7);
    const YHat = random.randn(2, 7);
    const dYHat = [...computeCost(Y, YHat).dYHat.data];
    expectGradient("dYHat", () => computeCost(Y, YHat).cost, YHat, dYHat);
  });

  it.each([
    [[2, 3, 1], 4],
    [[5, 8, 6, 2], 9],
    [[3, 2], 1],
  ])("of whole networks, %j on %i examples: every dW, db and the first dAPrev", (sizes, m) => {
    const { X, Y } = problem(sizes, m, "float64", new RandomState(34));
    const network = new TestNetwork(sizes, m, "xavier", { random: new RandomState(35) });
    network.iterate(X, Y);
    const f = () => computeCost(Y, network.forward(X)).cost;
    const kept = network.Zs.map(({ dW, db }) => ({ dW: [...dW.data], db: [...db.data] }));
    const dX = [...network.Zs[0].dAPrev.data];
    for (const [i, { dW, db }] of kept.entries()) {
      expectGradient(`dW${i + 1}`, f, network.Zs[i].params.W, dW);
      expectGradient(`db${i + 1}`, f, network.Zs[i].params.b, db);
    }
    expectGradient("dX", f, X, dX);
  });
});

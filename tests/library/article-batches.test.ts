import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/index.ts";
import { RandomState } from "../../src/index.ts";
import { relativeError } from "../golden/read.ts";
import { columns, problem, TestNetwork } from "../support/network.ts";

/** The gradients of every layer, in one list. */
function gradients(network: TestNetwork): number[] {
  return network.Zs.flatMap((Z) => [...Z.dW.data, ...Z.db.data]);
}

function expectNear(ours: number[], expected: number[]): void {
  expect(ours.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  for (let i = 0; i < ours.length; i++) {
    expect(relativeError(ours[i], expected[i], largest), `gradient ${i}`).toBeLessThanOrEqual(1e-12);
  }
}

/** The gradients of batches of `size`, one after another, weighted by how many examples each has. */
function byBatches(network: TestNetwork, X: Matrix, Y: Matrix, size: number): number[] {
  const m = X.cols;
  const order = new RandomState(4).permutation(m);
  let total: number[] = gradients(network).map(() => 0);
  for (let start = 0; start < m; start += size) {
    const batch = order.subarray(start, start + size);
    network.iterate(columns(X, batch), columns(Y, batch));
    total = gradients(network).map((g, i) => total[i] + (g * batch.length) / m);
  }
  return total;
}

const cases: [sizes: number[], m: number][] = [
  [[2, 1], 4],
  [[2, 3, 1], 4],
  [[4, 16, 3], 150],
  [[3, 7, 5, 2], 23],
];

describe.each(cases)("batch gradient descent, %j, %i examples", (sizes, m) => {
  const setUp = () => {
    const { X, Y } = problem(sizes, m, "float64", new RandomState(21));
    const network = new TestNetwork(sizes, m, "xavier", { random: new RandomState(22) });
    network.iterate(X, Y);
    return { X, Y, network, vectorised: gradients(network) };
  };

  it("the slow method, each example's deltas summed and then averaged, gives the vectorised gradients", () => {
    const { X, Y, network, vectorised } = setUp();
    const sums = vectorised.map(() => 0);
    for (let j = 0; j < m; j++) {
      network.iterate(columns(X, [j]), columns(Y, [j]));
      for (const [i, delta] of gradients(network).entries()) sums[i] += delta;
    }
    expectNear(
      sums.map((sum) => sum / m),
      vectorised,
    );
  });

  it("one example's gradients are those of a network that has seen no other", () => {
    const { X, Y, network } = setUp();
    const alone = new TestNetwork(sizes, 1, "xavier", { random: new RandomState(22) });
    network.iterate(columns(X, [m - 1]), columns(Y, [m - 1]));
    alone.iterate(columns(X, [m - 1]), columns(Y, [m - 1]));
    expect(gradients(network)).toEqual(gradients(alone));
  });

  it("mini-batches of any size average, each by its share, to the vectorised gradients", () => {
    const { X, Y, network, vectorised } = setUp();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: m }), (size) => {
        expectNear(byBatches(network, X, Y, size), vectorised);
      }),
      { seed: 48, numRuns: 12 },
    );
  });

  it("a step on the vectorised gradients lowers the cost", () => {
    const { X, Y, network } = setUp();
    const [first, second] = network.train(X, Y, 1, 0.1);
    expect(second).toBeLessThan(first);
  });
});

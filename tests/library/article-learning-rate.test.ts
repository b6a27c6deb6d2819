import { describe, expect, it } from "vitest";
import { RandomState } from "../../src/index.ts";
import { gate, TestNetwork, xor } from "../support/network.ts";

/** 5,000 epochs of XOR 2-3-1, xavier, seed 48. */
function costsAt(learningRate: number): number[] {
  const network = new TestNetwork([2, 3, 1], 4, "xavier", { random: new RandomState(48) });
  return network.train(gate(), xor(), 5000, learningRate);
}

describe("the learning rate", () => {
  it("of 1 learns: the cost falls below a hundredth of the first", () => {
    const costs = costsAt(1);
    expect(costs[5000]).toBeLessThan(costs[0] / 100);
  });

  it("far too high (1,000) diverges: two steps and the cost is stuck at 0.25, twice what it began with", () => {
    const costs = costsAt(1000);
    expect(costs[0]).toBeLessThan(0.13);
    for (const cost of costs.slice(1)) {
      expect(cost).toBeGreaterThan(0.2499);
      expect(cost).toBeLessThanOrEqual(0.25 + 1e-9);
    }
  });

  it("too high (100) leaps about: the cost rises again and again before it settles", () => {
    const costs = costsAt(100);
    const rises = costs.slice(1, 300).filter((cost, i) => cost > costs[i] * 1.05);
    expect(rises.length).toBeGreaterThan(10);
    expect(Math.max(...costs)).toBeGreaterThan(0.24);
  });

  it("far too low (0.0001) crawls: after 5,000 epochs the cost has fallen by less than 1 %, and never risen", () => {
    const costs = costsAt(0.0001);
    expect(costs[5000]).toBeGreaterThan(costs[0] * 0.99);
    for (let epoch = 1; epoch < costs.length; epoch++) expect(costs[epoch]).toBeLessThan(costs[epoch - 1]);
  });

  it("of 0 changes nothing, and a negative one climbs", () => {
    expect(new Set(costsAt(0).slice(0, 100)).size).toBe(1);
    const climbing = costsAt(-0.1);
    expect(climbing[5000]).toBeGreaterThan(climbing[0]);
  });
});

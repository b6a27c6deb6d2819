import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  cosineDecay,
  exponentialDecay,
  reduceOnPlateau,
  stepDecay,
  warmUp,
} from "../../src/index.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { worstShare } from "../support/worst-share.ts";

describe("schedules", () => {
  const rate = golden.rates;
  const costs = Array.from({ length: 20 }, (_, epoch) => 1 / (1 + Math.min(epoch, 4)));
  it.each([
    [stepDecay({ every: 3, factor: 0.5 }), rate.stepDecay],
    [exponentialDecay({ factor: 0.9 }), rate.exponentialDecay],
    [cosineDecay({ epochs: 20, lowest: 0.01 }), rate.cosineDecay],
    [reduceOnPlateau({ patience: 2, factor: 0.5 }), rate.reduceOnPlateau],
  ])("$name gives PyTorch's rates", (schedule, wanted) => {
    const next = schedule.start(0.3);
    const rates = wanted.map((_, epoch) => next(epoch, costs[epoch - 1]));
    expect(worstShare(rates, wanted)).toBeLessThan(1e-12);
  });

  it.each([
    cosineDecay({ epochs: 10, lowest: 5 }),
    reduceOnPlateau({ patience: 0, lowest: 5 }),
  ])("$name leaves a rate alone that is below the lowest", (schedule) => {
    const next = schedule.start(0.1);
    expect([0, 1, 2, 5, 20].map((epoch) => next(epoch, 1))).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]);
  });

  it("reduceOnPlateau takes a cost below 0 by its size", () => {
    const ratesAfter = (costs: number[]) => {
      const next = reduceOnPlateau({ patience: 1, threshold: 0.1 }).start(1);
      return costs.map((cost, epoch) => next(epoch, cost));
    };
    // it stays; it falls by a fifth each time; it rises
    expect(ratesAfter([-5, -5, -5])).toEqual([1, 1, 0.1]);
    expect(ratesAfter([1, -1, -1.2, -1.44])).toEqual([1, 1, 1, 1]);
    expect(ratesAfter([-5, -5.4, -5.6])).toEqual([1, 1, 1]);
    expect(ratesAfter([-5, -4.9, -4.8])).toEqual([1, 1, 0.1]);
    expect(() => reduceOnPlateau({ threshold: 1 })).toThrow(
      new ArgumentError("the threshold must be a number from 0 up to but not 1, not 1"),
    );
  });

  it("warmUp says at its start that what follows begins with no function", () => {
    const after = { name: "none", start: () => 0.5 as never };
    expect(() => warmUp({ epochs: 2, after }).start(1)).toThrow(
      new ArgumentError("the start of a schedule must give a function of the epoch, (epoch) => …, not 0.5"),
    );
  });

  it("reduceOnPlateau goes down to the lowest and no further", () => {
    const next = reduceOnPlateau({ patience: 0, factor: 0.5, lowest: 0.1 }).start(0.3);
    expect([0, 1, 2, 3].map((epoch) => next(epoch, 1))).toEqual([0.3, 0.15, 0.1, 0.1]);
  });

  it("stepDecay and reduceOnPlateau go down to a tenth unless told", () => {
    expect(stepDecay({ every: 1 }).start(1)(1, undefined)).toBe(0.1);
    const next = reduceOnPlateau({ patience: 0 }).start(1);
    expect([next(1, 1), next(2, 1)]).toEqual([1, 0.1]);
  });

  it("reduceOnPlateau waits for 10 epochs unless told", () => {
    const next = reduceOnPlateau().start(1);
    next(1, 1);
    const rates = Array.from({ length: 11 }, (_, i) => next(2 + i, 1));
    expect(rates).toEqual([...Array(10).fill(1), 0.1]);
  });

  it("reduceOnPlateau takes a fall by more than a ten-thousandth for one unless told", () => {
    const rateAfter = (fall: number) => {
      const next = reduceOnPlateau({ patience: 0 }).start(1);
      next(1, 1);
      return next(2, 1 - fall);
    };
    expect([rateAfter(1.1e-4), rateAfter(0.9e-4)]).toEqual([1, 0.1]);
  });

  it("reduceOnPlateau measures a fall by the lowest cost, not by itself", () => {
    for (const [from, to, rate] of [
      [100, 99.995, 0.1],
      [100, 99.98, 1],
      [1e-6, 9.998e-7, 1],
    ]) {
      const next = reduceOnPlateau({ patience: 0 }).start(1);
      next(1, from);
      expect(next(2, to)).toBe(rate);
    }
  });

  it("cosineDecay is half a cosine, to the last places", () => {
    const next = cosineDecay({ epochs: 64 }).start(1);
    for (let epoch = 0; epoch <= 64; epoch++) {
      const wanted = (1 + Math.cos((Math.PI * epoch) / 64)) / 2;
      expect(Math.abs(next(epoch, undefined) - wanted)).toBeLessThan(3e-16);
    }
  });

  it("cosineDecay stays at the lowest rate after its epochs", () => {
    const next = cosineDecay({ epochs: 10, lowest: 0.1 }).start(1);
    for (const epoch of [10, 11, 15, 20, 1000]) expect(next(epoch, undefined)).toBe(0.1);
  });

  it("warmUp rises in equal steps and hands over", () => {
    const next = warmUp({ epochs: 4, after: stepDecay({ every: 1, factor: 0.5 }) }).start(0.8);
    expect([0, 1, 2, 3, 4, 5].map((epoch) => next(epoch, undefined))).toEqual([
      0.2, 0.4, 0.6000000000000001, 0.8, 0.8, 0.4,
    ]);
  });
});

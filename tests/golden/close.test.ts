import { describe, expect, it } from "vitest";
import { expectClose, readGolden } from "./close.ts";
import { golden, relativeError } from "./read.ts";

// What the comparisons with NumPy rest on: numbers that are not near must be refused.

describe("lists of numbers are close", () => {
  it("within the tolerance, relative above 1 and absolute below", () => {
    expectClose([[1000, 0.001], [-3]], [[1000.9, 0.0019], [-3.0029]], 0.001);
    expectClose([], [], 0);
  });

  it.each([
    ["one number above 1", [[1001.1]], [[1000]]],
    ["one number below 1", [[0.0021]], [[0.001]]],
    ["one of the other sign", [[1, -2]], [[1, 2]]],
    ["one that is NaN", [[1, Number.NaN]], [[1, 2]]],
    ["one that is infinite", [[Number.POSITIVE_INFINITY]], [[2]]],
    ["a row too many", [[1], [2]], [[1]]],
    ["a row too few", [[1]], [[1], [2]]],
    ["a longer row", [[1, 2]], [[1]]],
  ])("and not with %s", (_, ours, theirs) => {
    expect(() => expectClose(ours, theirs, 0.001)).toThrow();
  });
});

describe("the relative error", () => {
  it("is the share of NumPy's number, or of the floor where that is larger", () => {
    expect(relativeError(1.5, 1)).toBe(0.5);
    expect(relativeError(-3, -2)).toBe(0.5);
    expect(relativeError(2, -2)).toBe(2);
    expect(relativeError(0.5, 0.25, 4)).toBe(1 / 16);
    expect([relativeError(0, 0), relativeError(-0, 0), relativeError(7, 7)]).toEqual([0, 0, 0]);
    expect(relativeError(1e-300, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it("of NaN is below no tolerance", () => {
    for (const [ours, numpy] of [
      [Number.NaN, 1],
      [1, Number.NaN],
      [Number.NaN, Number.NaN],
    ]) {
      expect(relativeError(ours, numpy)).toBeNaN();
      expect(() => expect(relativeError(ours, numpy)).toBeLessThanOrEqual(1)).toThrow();
    }
  });
});

it("both readers give what NumPy's scripts have written", () => {
  expect(golden<unknown[]>("gradients").length).toBeGreaterThan(3);
  expect(readGolden("gradients")).toEqual(golden("gradients"));
});

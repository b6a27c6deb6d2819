import { describe, expect, test } from "vitest";
import { drawableRange, makeAxis, niceRange } from "../../src/plot/axis.ts";
import { dataRange } from "../../src/plot/feature-plane.ts";

const MOST = Number.MAX_VALUE;

describe("the ticks of a logarithmic axis", () => {
  const ticks = (domain: [number, number], length = 500) =>
    makeAxis({ kind: "log", domain, pixels: [0, length], horizontal: true }).ticks;
  const values = (domain: [number, number], length?: number) =>
    ticks(domain, length).map(({ value }) => value);

  test("are the powers of ten of three decades and more, every so many of them where room is short", () => {
    expect(values([1, 100])).toEqual([1, 10, 100]);
    expect(values([0.5, 3000])).toEqual([1, 10, 100, 1000]);
    expect(values([1e-100, 1e100], 200)).toEqual([1e-100, 1e-50, 1, 1e50, 1e100]);
    expect(values([1e-7, 1e300], 500).slice(0, 3)).toEqual([1, 1e50, 1e100]);
    // one round power would be too few
    expect(values([1e31, 1e34], 50)).toEqual([1e31, 1e34]);
  });

  test("are 1, 2 and 5 of each power within two decades, of that below too", () => {
    expect(values([1, 50])).toEqual([1, 2, 5, 10, 20, 50]);
    expect(values([2, 60])).toEqual([2, 5, 10, 20, 50]);
    expect(values([0.02, 0.09])).toEqual([0.02, 0.05]);
  });

  test("are even where a range holds fewer than two of these", () => {
    expect(values([6, 9])).toEqual([6, 7, 8, 9]);
    expect(ticks([6, 9]).map(({ label }) => label)).toEqual(["6", "7", "8", "9"]);
    expect(values([0.3, 0.9]).length).toBeGreaterThan(2);
  });
});

describe("a range", () => {
  test("is opened around its middle where it is empty, and padded by a part of its length", () => {
    expect(drawableRange(0, 0)).toEqual([-1, 1]);
    expect(drawableRange(4, 4)).toEqual([2, 6]);
    expect(drawableRange(-4, -4)).toEqual([-6, -2]);
    expect(drawableRange(0, 10, 0.1)).toEqual([-1, 11]);
  });

  test("of data is padded by half its length for up to sixteen points, by less for more", () => {
    const evenly = (n: number) => Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    expect(dataRange(evenly(16))).toEqual([-0.5, 1.5]);
    expect(dataRange(evenly(17))).toEqual([-0.12, 1.12]);
  });

  test("stays within the doubles", () => {
    expect(drawableRange(MOST, MOST)).toEqual([MOST / 2, MOST]);
    expect(drawableRange(-MOST, MOST, 0.5)).toEqual([-MOST, MOST]);
    expect(drawableRange(-MOST, MOST)).toEqual([-MOST, MOST]);
    // two numbers that differ in their last places
    expect(drawableRange(1, 1 + 1e-12).map((value) => Math.round(value * 1e6))).toEqual([5e5, 15e5]);
    expect(drawableRange(-MOST, -MOST)).toEqual([-MOST, -MOST / 2]);
    expect(niceRange([-MOST, MOST])).toEqual([-MOST, MOST]);
    expect(niceRange([0.13, 9.7])).toEqual([0, 10]);
  });
});

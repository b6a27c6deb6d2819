import { describe, expect, test } from "vitest";
import { type AxisPlan, drawableRange, makeAxis, niceRange } from "../../src/plot/axis.ts";
import { dataRange } from "../../src/plot/feature-plane.ts";

const MOST = Number.MAX_VALUE;

describe("the ticks of a linear axis", () => {
  const labels = (domain: [number, number], pixels: [number, number], more: Partial<AxisPlan> = {}) =>
    makeAxis({ kind: "linear", domain, pixels, horizontal: true, ...more }).ticks.map(({ label }) => label);
  const upright = { horizontal: false };

  test("are as many round numbers as have room, side by side or one above the other", () => {
    expect(labels([0, 10], [100, 190])).toEqual(["0", "5", "10"]);
    expect(labels([-0.5, 1.5], [100, 190])).toEqual(["0", "1"]);
    expect(labels([0, 3], [350, 50], upright)).toEqual(["0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"]);
    // words are wider than they are high
    const millions = [0, 2, 4, 6, 8, 10].map((k) => (k === 0 ? "0" : `${(k / 10).toFixed(1)}×10⁶`));
    expect(labels([0, 1e6], [50, 550])).toEqual(millions);
    expect(labels([0, 1e6], [350, 50], upright)).toHaveLength(11);
  });

  test("are whole where only these mean something, and one where there is room for no two", () => {
    expect(labels([0, 4], [0, 500], { kind: "integer" })).toEqual(["0", "1", "2", "3", "4"]);
    expect(labels([0, 4], [200, 0], { kind: "integer", ...upright })).toEqual(["0", "1", "2", "3", "4"]);
    for (const length of [4, 10]) expect(labels([0, 10], [0, length])).toEqual(["0"]);
  });

  test("reach to the limits of the doubles", () => {
    expect(labels([0, 2e200], [100, 190])).toEqual(["0", "2×10²⁰⁰"]);
    expect(labels([-1e308, 1e308], [100, 190])).toEqual(["−10³⁰⁸", "0", "10³⁰⁸"]);
    const wide = makeAxis({ kind: "linear", domain: [-1e308, 1e308], pixels: [100, 200], horizontal: true });
    expect([wide.at(0), wide.at(1e308), wide.valueAt(150)]).toEqual([150, 200, 0]);
    expect(wide.valueAt(125) / 1e308).toBeCloseTo(-0.5, 12);
  });

  test("that are given are thinned evenly, and lie closer on their sides and one above the other", () => {
    const ticks = Array.from({ length: 12 }, (_, i) => ({ value: i, label: `word ${i}` }));
    const shown = (length: number, more: Partial<AxisPlan> = {}) =>
      labels([0, 11], [0, length], { ticks, ...more }).map((label) => Number(label.slice(5)));
    const every = (step: number) => Array.from({ length: Math.ceil(12 / step) }, (_, i) => i * step);
    expect([600, 300, 160, 135, 110].map((length) => shown(length))).toEqual([2, 3, 4, 5, 10].map(every));
    expect(shown(20)).toEqual([0]);
    expect(shown(150, { turned: true })).toEqual(every(1));
    expect(shown(150, upright)).toEqual(every(1));
    expect(shown(110, upright)).toEqual(every(2));
  });
});

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
    expect(values([1, 1e6], 100)).toEqual([1, 100, 1e4, 1e6]);
  });

  test("are 1, 2 and 5 of each power within two decades, of that below too", () => {
    expect(values([1, 50])).toEqual([1, 2, 5, 10, 20, 50]);
    expect(values([2, 60])).toEqual([2, 5, 10, 20, 50]);
    expect(values([0.02, 0.09])).toEqual([0.02, 0.05]);
    expect(values([1, 30])).toEqual([1, 2, 5, 10, 20]);
    expect(values([1, 50], 100)).toEqual([1, 5, 20]);
  });

  test("are written as powers of ten from 10⁴ and below 10⁻³ on", () => {
    const labels = (domain: [number, number]) => ticks(domain).map(({ label }) => label);
    expect(labels([1e-3, 1e3])).toEqual(["0.001", "0.01", "0.1", "1", "10", "100", "1000"]);
    expect(labels([1e-4, 1e-2])).toEqual(["10⁻⁴", "10⁻³", "10⁻²"]);
    expect(labels([1e2, 1e4])).toEqual(["10²", "10³", "10⁴"]);
  });

  test("are even where a range holds fewer than two of these", () => {
    expect(values([6, 9])).toEqual([6, 7, 8, 9]);
    expect(ticks([0.02, 0.09]).map(({ label }) => label)).toEqual(["0.02", "0.05"]);
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
    expect(niceRange([0, 1.7e308])).toEqual([0, 1.7e308]);
    expect(niceRange([1e250, 3.3e250])).toEqual([1e250, 3.4e250]);
    expect(niceRange([0.13, 9.7])).toEqual([0, 10]);
  });
});

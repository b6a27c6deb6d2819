import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { plotLearningCurve } from "../../src/plot.ts";
import { RUNS } from "./specimens.ts";
import { expectSoundPicture, marked, pathPoints, wordsOf } from "./svg-reading.ts";

describe("plotLearningCurve", { timeout: 60_000 }, () => {
  test("draws one point a cost, in epochs, with the article's title", () => {
    const costs = Array.from({ length: 50 }, (_, i) => 0.13 / (1 + i));
    const svg = plotLearningCurve(costs, { epochsPerCost: 100, learningRate: 1 });
    const elements = expectSoundPicture(svg);
    expect(pathPoints(marked(elements, "data-run")[0].attributes.d)).toHaveLength(50);
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining(["Learning rate = 1", "Epochs", "Cost", "0", "4000"]),
    );
  });

  test("lies lower where the cost is lower", () => {
    const elements = expectSoundPicture(plotLearningCurve(Float32Array.of(3, 2, 1)));
    const points = pathPoints(marked(elements, "data-run")[0].attributes.d);
    expect(points[0][1]).toBeLessThan(points[1][1]);
    expect(points[1][1]).toBeLessThan(points[2][1]);
    expect(points[1][0] - points[0][0]).toBeCloseTo(points[2][0] - points[1][0], 1);
  });

  test("lays several runs over one another with a legend", () => {
    const svg = plotLearningCurve(RUNS);
    expect(marked(expectSoundPicture(svg), "data-run")).toHaveLength(3);
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(["rate 0.2", "rate 0.6", "rate 1.4"]));
    const nameless = wordsOf(
      plotLearningCurve([{ costs: [2, 1] }, { label: "b", costs: [2, 1] }, { costs: [3, 1] }]),
    );
    expect(nameless).toEqual(expect.arrayContaining(["run 1", "b", "run 3"]));
  });

  test("counts the runs that find no room in the legend", () => {
    const runs = Array.from({ length: 40 }, (_, i) => ({ label: `run number ${i}`, costs: [1, i] }));
    expect(wordsOf(plotLearningCurve(runs, { width: 320, height: 240 })).join()).toMatch(/and \d+ more/);
  });

  test("on a logarithmic scale equal ratios are equal distances", () => {
    const elements = expectSoundPicture(plotLearningCurve([1, 0.1, 0.01, 0.001], { scale: "log" }));
    const ys = pathPoints(marked(elements, "data-run")[0].attributes.d).map(([, y]) => y);
    expect(ys[1] - ys[0]).toBeCloseTo(ys[2] - ys[1], 1);
    expect(ys[2] - ys[1]).toBeCloseTo(ys[3] - ys[2], 1);
  });

  test("a long run becomes a small file that keeps its peaks and its dips", () => {
    for (const [lone, side] of [
      [9, -1],
      [-7, 1],
    ]) {
      const costs = Array.from({ length: 100_000 }, (_, i) => (i === 54_321 ? lone : 1 + Math.sin(i) / 10));
      const svg = plotLearningCurve(costs);
      expect(svg.length).toBeLessThan(60_000);
      const ys = pathPoints(marked(expectSoundPicture(svg), "data-run")[0].attributes.d).map(
        ([, y]) => side * y,
      );
      const farthest = Math.max(...ys);
      expect(farthest - Math.min(...ys)).toBeGreaterThan(200);
      expect(ys.filter((y) => y > farthest - 20)).toHaveLength(1);
    }
  });

  test.each([
    [
      [],
      {},
      /wanted an array of costs such as history\.cost, or of \{ label, costs \}, with at least one item, got \[\]/,
    ],
    [[1, Number.NaN], {}, /costs must be finite numbers, got NaN at index 1/],
    [[{ label: "a", costs: [] }], {}, /costs of run 0 must hold at least 1 number, got 0/],
    [
      [{ lable: "a", costs: [1] }],
      {},
      /run 0 has no "lable". Did you mean "label"\? It may have label, costs,/,
    ],
    [[{ label: "a" }], {}, /run 0 must be \{ label, costs \}, got an object with label/],
    [[1, 0], { scale: "log" }, /logarithmic scale needs costs above 0, got 0 as cost 1/],
    [[1], { scale: "cubic" }, /scale must be one of "linear", "log", got "cubic"/],
    [[1], { epochsPerCost: 0 }, /epochsPerCost must be above 0, got 0/],
    [[1], { epochPerCost: 1 }, /Did you mean "epochsPerCost"/],
    [[1], null, /options must be an object, got null/],
  ])("refuses %o with %o", (runs, options, message) => {
    const draw = () => plotLearningCurve(runs as number[], options as object);
    expect(draw).toThrow(ArgumentError);
    expect(draw).toThrow(message);
  });

  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const sizes = { width: fc.integer({ min: 240, max: 1200 }), height: fc.integer({ min: 180, max: 900 }) };

  test("any finite costs give a sound picture", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 40 }), fc.record(sizes), (costs, size) => {
        expectSoundPicture(plotLearningCurve(costs, size));
      }),
      { numRuns: 300 },
    );
  });

  test("any positive costs give a sound logarithmic picture", () => {
    const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 40 }), fc.record(sizes), (costs, size) => {
        expectSoundPicture(plotLearningCurve(costs, { ...size, scale: "log" }));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["constant", [0.25, 0.25, 0.25]],
    ["all zero", [0, 0, 0]],
    ["one point", [0.7]],
    ["tiny differences", [1e9, 1e9 + 1, 1e9 + 3]],
    ["differences in the last bit", [1, 1 + Number.EPSILON]],
    ["the largest doubles", [Number.MAX_VALUE, -Number.MAX_VALUE, 0]],
    ["the smallest doubles", [Number.MIN_VALUE, 0]],
    ["any labels", [1e-12, 3e-12, 2e-12]],
  ])("draws %s", (_, costs) => {
    const elements = expectSoundPicture(plotLearningCurve(costs));
    const [run] = marked(elements, "data-run");
    for (const [x, y] of run ? pathPoints(run.attributes.d) : []) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(640);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(420);
    }
  });

  test("any labels give a sound picture", () => {
    const label = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 12 }),
        label,
        fc.record(sizes),
        (labels, title, size) => {
          const runs = labels.map((text, i) => ({ label: text, costs: [2, 1 + i] }));
          expectSoundPicture(plotLearningCurve(runs, { ...size, title, xLabel: title, yLabel: title }));
        },
      ),
      { numRuns: 200 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { linear, Network } from "../../src/index.ts";
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

  test.each(["linear", "log"] as const)("has a gap where a cost is not finite, on a %s scale", (scale) => {
    const whole = plotLearningCurve([8, 4, 6, 2, 3, 1, 5], { scale });
    const broken = plotLearningCurve([8, 4, NaN, 2, Infinity, 1, 5], { scale });
    const [all] = marked(expectSoundPicture(whole), "data-run");
    const points = all.attributes.d.split(/[ML]/).slice(1);
    const elements = expectSoundPicture(broken);
    expect(marked(elements, "data-run")[0].attributes.d).toBe(
      `M${points[0]}L${points[1]}M${points[5]}L${points[6]}`,
    );
    // the lone cost between two gaps is a dot, as all few costs are
    const dots = elements.flatMap(({ name, attributes: { cx, cy } }) =>
      name === "circle" ? [`${cx},${cy}`] : [],
    );
    expect(dots).toEqual([0, 1, 3, 5, 6].map((i) => points[i]));
    expect(wordsOf(broken)).toEqual(wordsOf(whole));
  });

  test("counts the epochs to the last, though training ran away before", () => {
    const words = wordsOf(plotLearningCurve([1, 10, 100, Infinity, NaN, NaN], { epochsPerCost: 10 }));
    expect(words).toEqual(expect.arrayContaining(["0", "50", "100"]));
    const lone = Array.from({ length: 60 }, (_, i) => (i === 50 || i < 40 ? 1 + i : NaN));
    const elements = expectSoundPicture(plotLearningCurve(lone));
    expect(elements.filter(({ name }) => name === "circle")).toHaveLength(1);
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

  test("tells eighteen runs apart by hue and dash, and by both where the colour-blind see two hues as one", () => {
    const runs = Array.from({ length: 19 }, (_, i) => ({ costs: [i + 2, 1] }));
    const looks = marked(expectSoundPicture(plotLearningCurve(runs)), "data-run").map(({ attributes }) => ({
      hue: attributes.class,
      dash: attributes["stroke-dasharray"],
    }));
    expect(new Set(looks.map(({ hue, dash }) => `${hue} ${dash}`)).size).toBe(18);
    expect(looks.slice(0, 3).map(({ dash }) => dash)).toEqual([undefined, undefined, undefined]);
    // blue and sky, vermillion and orange
    for (const [a, b] of [
      [0, 5],
      [1, 4],
    ]) {
      expect(looks[a].hue).not.toBe(looks[b].hue);
      expect(looks[a].dash).not.toBe(looks[b].dash);
    }
  });

  test("takes what fit gives, with the costs of validation where there are some", () => {
    const X = Array.from({ length: 10 }, (_, i) => [i / 10]);
    const Y = X.map(([x]) => 2 * x + 1);
    const network = new Network([linear(1)], { seed: 48, learningRate: 0.1 });
    const alone = network.fitSync(X, Y, { epochs: 3 });
    expect(alone.cost).toHaveLength(3);
    expect(plotLearningCurve(alone)).toBe(plotLearningCurve(alone.cost));
    const both = network.fitSync(X, Y, { epochs: 4, validation: 0.2 });
    const { cost, validationCost } = both;
    expect(validationCost.slice(0, 4).map(Number.isFinite)).toEqual([false, false, false, true]);
    expect(plotLearningCurve(both, { scale: "log" })).toBe(
      plotLearningCurve(
        [
          { label: "training", costs: cost },
          { label: "validation", costs: validationCost },
        ],
        { scale: "log" },
      ),
    );
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
      /wanted a history, or an array of costs such as history\.cost, or of \{ label, costs \}, with at least one item, got \[\]/,
    ],
    [{ cost: [] }, {}, /with at least one item, got \[\]/],
    [{ cost: 3 }, {}, /with at least one item, got an object with cost/],
    [{ cost: [1], validationCost: 3 }, {}, /costs of run 1 must be an array of numbers, got 3/],
    [[1, "2"], {}, /costs must be numbers, got "2" at index 1/],
    [[Number.NaN, Infinity], {}, /costs must hold a finite number, got \[NaN, Infinity\]/],
    [[1, -Infinity], { scale: "log" }, /logarithmic scale needs costs above 0, got -Infinity as cost 1/],
    [[{ label: "a", costs: [] }], {}, /costs of run 0 must hold at least 1 number, got 0/],
    [
      [{ lable: "a", costs: [1] }],
      {},
      /run 0 has no "lable". Did you mean "label"\? It may have label, costs,/,
    ],
    [[{ label: "a" }], {}, /run 0 must be \{ label, costs \}, got an object with label/],
    [Promise.resolve({ cost: [1] }), {}, /got a promise\. Await it: plotLearningCurve\(await …\)\.$/],
    [[Promise.resolve({ cost: [1] })], {}, /run 0 must be \{ label, costs \}, got a promise\.$/],
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

  test("any costs of which one is finite give a sound picture", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(finite, fc.double()), { minLength: 1, maxLength: 40 }),
        fc.record(sizes),
        (costs, size) => {
          expectSoundPicture(plotLearningCurve([...costs, 1], size));
        },
      ),
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

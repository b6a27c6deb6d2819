import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import type { Model } from "../../src/plot.ts";
import { plotDecisionBoundary, plotDecisionBoundaryShaded } from "../../src/plot.ts";
import { OR, orModel, THREE_X, THREE_Y, X, XOR, xorModel } from "./specimens.ts";
import { expectSoundPicture, marked, pathPoints, readSvg, toFeatures } from "./svg-reading.ts";

describe("plotDecisionBoundary", { timeout: 60_000 }, () => {
  test("draws the line where the model is undecided, within a hundredth of a unit", () => {
    const elements = expectSoundPicture(plotDecisionBoundary(orModel, X, OR));
    const back = toFeatures(elements, [-0.5, 1.5]);
    const points = pathPoints(marked(elements, "data-part", "boundary")[0].attributes.d).map(back);
    expect(points.length).toBeGreaterThanOrEqual(2);
    for (const [x1, x2] of points) expect(Math.abs(x1 + x2 - 0.5)).toBeLessThan(0.01);
  });

  test("a straight boundary takes two points, whatever the slope of the sigmoid", () => {
    for (const steep of [1, 30, 1000]) {
      const model: Model = (p, n) =>
        Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-steep * (p[2 * i] - 0.317))));
      const elements = expectSoundPicture(plotDecisionBoundary(model, X, OR));
      const points = pathPoints(marked(elements, "data-part", "boundary")[0].attributes.d);
      const [x1] = toFeatures(elements, [-0.5, 1.5])(points[0]);
      expect(points).toHaveLength(2);
      // A steep one saturates within a cell, and no interpolation can tell where.
      expect(Math.abs(x1 - 0.317)).toBeLessThan(steep > 100 ? 0.01 : 0.001);
    }
  });

  test("marks each data point of either class where it lies", () => {
    const elements = expectSoundPicture(plotDecisionBoundary(xorModel, X, XOR));
    const back = toFeatures(elements, [-0.5, 1.5]);
    const marks = marked(elements, "data-class");
    const at = marks.map(({ attributes }) => back([Number(attributes.x), Number(attributes.y)]));
    at.forEach(([x1, x2], i) => {
      expect(x1).toBeCloseTo(X[0][i], 2);
      expect(x2).toBeCloseTo(X[1][i], 2);
    });
    expect(marks.map(({ attributes }) => attributes["data-class"])).toEqual(["0", "1", "1", "0"]);
  });

  test("styles a mark where it is used, not where it is defined, which browsers would not see", () => {
    const svg = plotDecisionBoundary(xorModel, X, XOR);
    for (const [, definitions] of svg.matchAll(/<defs>(.*?)<\/defs>/g))
      expect(definitions).not.toContain("class=");
    const uses = readSvg(svg).filter(({ name }) => name === "use");
    expect(uses).toHaveLength(8);
    for (const { attributes } of uses) expect(attributes.class).toMatch(/^s-/);
  });

  test("each of twelve classes differs from the others by its hue or its mark, and the first seven by their marks", () => {
    const labels = Array.from({ length: 12 }, (_, c) => c);
    const model: Model = (_, n) => new Float64Array(n);
    const elements = expectSoundPicture(plotDecisionBoundary(model, [labels, labels], labels));
    const outlines = elements.filter(
      ({ name, attributes }) => name === "path" && attributes.id !== undefined,
    );
    const shapes = outlines.map(({ attributes }) => attributes.d);
    const hues = marked(elements, "data-class").map(({ attributes }) => attributes.class);
    expect(new Set(shapes.slice(0, 7)).size).toBe(7);
    expect(new Set(shapes.map((shape, c) => `${hues[c]} ${shape}`)).size).toBe(12);
  });

  test("asks the model for points with the feature crosses appended", () => {
    let each = 0;
    const model: Model = (points, n) => {
      each = points.length / n;
      for (let i = 0; i < n; i++) expect(points[3 * i + 2]).toBe(points[3 * i] * points[3 * i + 1]);
      return new Float64Array(n);
    };
    plotDecisionBoundary(model, X, XOR, { featureCrosses: [[0, 1]] });
    expect(each).toBe(3);
    const withCross = [...X, [0, 0, 0, 1]];
    const given = plotDecisionBoundary(model, withCross, XOR, { featureCrosses: [[0, 1]] });
    expect(given).toBe(plotDecisionBoundary(model, X, XOR, { featureCrosses: [[0, 1]] }));
  });

  test("reads X and Y in all their forms", () => {
    const flat = { rows: 2, cols: 4, data: Float32Array.of(0, 0, 1, 1, 0, 1, 0, 1) };
    const svg = plotDecisionBoundary(orModel, X, OR);
    expect(plotDecisionBoundary(orModel, flat, OR)).toBe(svg);
    expect(plotDecisionBoundary(orModel, X, [0, 1, 1, 1])).toBe(svg);
    const hot = [
      [1, 0, 0, 0],
      [0, 1, 1, 1],
    ];
    expect(plotDecisionBoundary(orModel, X, hot)).toBe(svg);
  });

  test("leaves out points beyond a range that was asked for", () => {
    const elements = expectSoundPicture(plotDecisionBoundary(orModel, X, OR, { xRange: [-1, 0.5] }));
    expect(marked(elements, "data-class")).toHaveLength(2);
  });

  test("draws the line at another probability, and at a score, where the threshold is that", () => {
    const chance: Model = (p, n) =>
      Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-4 * p[2 * i])));
    const score: Model = (p, n) => Float64Array.from({ length: n }, (_, i) => 8 * p[2 * i]);
    for (const [model, threshold, x] of [
      [chance, 0.9, Math.log(9) / 4],
      [score, 6, 0.75],
    ] as const) {
      const elements = expectSoundPicture(plotDecisionBoundary(model, X, OR, { threshold }));
      const points = pathPoints(marked(elements, "data-part", "boundary")[0].attributes.d);
      for (const point of points) expect(toFeatures(elements, [-0.5, 1.5])(point)[0]).toBeCloseTo(x, 2);
    }
  });

  test("takes up to twenty classes", () => {
    const none: Model = (_, n) => new Float64Array(n);
    const hot = (rows: number) => Array.from({ length: rows }, (_, c) => X[0].map(() => Number(c === 0)));
    for (const Y of [[0, 0, 0, 19], hot(20)]) expectSoundPicture(plotDecisionBoundary(none, X, Y));
    expect(() => plotDecisionBoundary(none, X, [0, 0, 0, 20])).toThrow(
      /class numbers 0 to 19, got 20 for example 3/,
    );
    expect(() => plotDecisionBoundary(none, X, hot(21))).toThrow(/at most 20 classes, got 21 rows/);
  });

  test("refuses a class that there is not", () => {
    for (const wrong of [3, -1, 0.5]) {
      const model: Model = (_, n) => Float64Array.from({ length: n }, (_, i) => (i === 7 ? wrong : 0));
      expect(() => plotDecisionBoundary(model, THREE_X, THREE_Y)).toThrow(
        `with 3 classes the model must answer with class numbers 0 to 2 or n × 3 scores, got ${wrong}.`,
      );
    }
  });

  test("draws no line where the model is of one mind", () => {
    const elements = expectSoundPicture(plotDecisionBoundary((_, n) => new Float64Array(n), X, OR));
    expect(marked(elements, "data-part", "boundary")).toEqual([]);
  });

  const one: Model = (_, n) => new Float64Array(n);
  test.each([
    [
      "X of three rows",
      () => plotDecisionBoundary(one, [[1], [2], [3]], [[0]]),
      /X must have 2 rows.*got 3 × 1/,
    ],
    [
      "X lying down",
      () =>
        plotDecisionBoundary(
          one,
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          [[0, 1, 0]],
        ),
      /X must be transposed/,
    ],
    [
      "ragged X",
      () => plotDecisionBoundary(one, [[1, 2], [3]], [[0, 1]]),
      /2 numbers in row 0 and 1 in row 1/,
    ],
    [
      "empty X",
      () => plotDecisionBoundary(one, [[], []], [[]]),
      /row 0 of X must hold at least 1 number, got 0/,
    ],
    [
      "NaN",
      () => plotDecisionBoundary(one, [[1], [Number.NaN]], [[0]]),
      /row 1 of X must be finite numbers, got NaN/,
    ],
    ["too few labels", () => plotDecisionBoundary(one, X, [[0, 1]]), /got 4 in X and 2 in Y/],
    [
      "half a class",
      () => plotDecisionBoundary(one, X, [0, 0.5, 1, 1]),
      /Y must hold class numbers.*got 0.5 for example 1/,
    ],
    ["no model", () => plotDecisionBoundary(3 as never, X, OR), /model must be a function.*got 3/],
    [
      "a short answer",
      () => plotDecisionBoundary(() => [1], X, OR),
      /must answer \d+ points with \d+ numbers.*got 1\.$/,
    ],
    [
      "scores of fewer classes than Y has",
      () => plotDecisionBoundary((_, n) => new Float64Array(2 * n), THREE_X, THREE_Y),
      /with \d+ × 3 scores, got \d+\.$/,
    ],
    [
      "scores of more classes than Y has",
      () => plotDecisionBoundary((_, n) => new Float64Array(3 * n), X, OR),
      /with \d+ × 2 scores, got \d+\. The option classes says how many classes there are/,
    ],
    [
      "an answer of NaN",
      () => plotDecisionBoundary((_, n) => new Float64Array(n).fill(NaN), X, OR),
      /answer must be finite/,
    ],
    [
      "a class for a model",
      () => plotDecisionBoundary(class {} as never, X, OR),
      /model must be a function \(points, n\) => probabilities, or a network, got a class/,
    ],
    [
      "what has no words in a table",
      () => plotDecisionBoundary(one, [Object.create(null), 1] as never, OR),
      /X must be a table of numbers .*, got \[an empty object, 1\]/,
    ],
    [
      "a strange cross",
      () => plotDecisionBoundary(one, X, OR, { featureCrosses: [[0, 2]] }),
      /featureCrosses\[0\]/,
    ],
    [
      "an empty range",
      () => plotDecisionBoundary(one, X, OR, { yRange: [1, 1] }),
      /yRange must be two finite numbers, the lower first/,
    ],
    [
      "a turned range",
      () => plotDecisionBoundary(one, X, OR, { xRange: [1, 0] }),
      /xRange must be two finite numbers/,
    ],
    [
      "one class name",
      () => plotDecisionBoundary(one, X, OR, { classNames: ["a"] }),
      /classNames must hold 2 names, got 1/,
    ],
  ])("refuses %s", (_, draw, message) => {
    expect(draw).toThrow(ArgumentError);
    expect(draw).toThrow(message);
  });

  test("any data gives a sound picture", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
    );
    const examples = fc.array(fc.tuple(value, value, fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 12,
    });
    const smooth: Model = (p, n) =>
      Float64Array.from({ length: n }, (_, i) => (Math.sin(p[2 * i]) > 0 ? 0.9 : 0.1));
    const classOf: Model = (p, n) => Float64Array.from({ length: n }, (_, i) => (p[2 * i] > 0 ? 1 : 0));
    fc.assert(
      fc.property(examples, (list) => {
        const data = [list.map(([a]) => a), list.map(([, b]) => b)];
        const labels = list.map(([, , c]) => c);
        const model = Math.max(...labels) > 1 ? classOf : smooth;
        expectSoundPicture(plotDecisionBoundary(model, data, labels, { width: 300, height: 260 }));
        expectSoundPicture(plotDecisionBoundaryShaded(model, data, labels, { width: 300, height: 260 }));
      }),
      { numRuns: 60 },
    );
  });

  test("more points than a call takes arguments are drawn", () => {
    const n = 70_000;
    const x1 = Float64Array.from({ length: n }, (_, i) => (i % 17) - 8);
    const x2 = Float64Array.from({ length: n }, (_, i) => (i % 13) - 6);
    const model: Model = (points, count) => Array.from({ length: count }, (_, i) => points[2 * i]);
    const labels = Array.from(x1, (x) => Number(x > 0));
    const svg = plotDecisionBoundary(model, [x1, x2], labels);
    expect(svg.split("data-class").length - 1).toBeGreaterThanOrEqual(n);
  });
});

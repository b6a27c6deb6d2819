import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import type { Model } from "../../src/plot.ts";
import { plotBoundaryDistances, plotDecisionBoundary, plotDecisionBoundaryShaded } from "../../src/plot.ts";
import { OR, orModel, THREE_X, THREE_Y, threeClasses, X, XOR, xorModel } from "./specimens.ts";
import {
  expectSoundPicture,
  marked,
  pathPoints,
  readSvg,
  type SvgElement,
  textBoxes,
} from "./svg-reading.ts";

test("more points than a call takes arguments are drawn", { timeout: 60_000 }, () => {
  const n = 70_000;
  const x1 = Float64Array.from({ length: n }, (_, i) => (i % 17) - 8);
  const x2 = Float64Array.from({ length: n }, (_, i) => (i % 13) - 6);
  const model: Model = (points, count) => Array.from({ length: count }, (_, i) => points[2 * i]);
  const labels = Array.from(x1, (x) => Number(x > 0));
  const svg = plotDecisionBoundary(model, [x1, x2], labels);
  expect(svg.split("data-class").length - 1).toBeGreaterThanOrEqual(n);
});

/** From pixels back to features, by the frame's clip rectangle and the ranges that were asked for. */
function toFeatures(elements: readonly SvgElement[], range: readonly [number, number]) {
  const clip = elements[elements.findIndex(({ name }) => name === "clipPath") + 1].attributes;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(clip[key]));
  const length = range[1] - range[0];
  return ([px, py]: readonly [number, number]): [number, number] => [
    range[0] + ((px - x) / width) * length,
    range[1] - ((py - y) / height) * length,
  ];
}

const words = (svg: string) => textBoxes(expectSoundPicture(svg)).map((box) => box.words);

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
      /must answer \d+ points with \d+ numbers.*got 1/,
    ],
    [
      "an answer of NaN",
      () => plotDecisionBoundary((_, n) => new Float64Array(n).fill(NaN), X, OR),
      /answer must be finite/,
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
});

describe("plotDecisionBoundaryShaded", { timeout: 60_000 }, () => {
  test("shades probabilities with a colour bar, or classes evenly", () => {
    const chance = plotDecisionBoundaryShaded(xorModel, X, XOR);
    expect(marked(expectSoundPicture(chance), "data-band").length).toBeGreaterThan(5);
    expect(words(chance)).toContain("probability of class 1");
    const even = expectSoundPicture(plotDecisionBoundaryShaded(xorModel, X, XOR, { shading: "classes" }));
    expect(marked(even, "data-band")).toEqual([]);
    expect(marked(even, "data-area")).toHaveLength(2);
  });

  test("shades each probability where it is, whatever the threshold", () => {
    const model: Model = (p, n) =>
      Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-4 * p[2 * i])));
    for (const threshold of [0.5, 0.9]) {
      const elements = expectSoundPicture(plotDecisionBoundaryShaded(model, X, OR, { threshold }));
      const [{ attributes }] = marked(elements, "data-band", "8");
      const x1s = pathPoints(attributes.d).map((point) => toFeatures(elements, [-0.5, 1.5])(point)[0]);
      expect(Math.min(...x1s)).toBeCloseTo(Math.log(0.8 / 0.2) / 4, 2);
    }
  });

  test("shades probabilities that reach 0 and 1 as such, and what is exactly at the threshold as class 1 alone", () => {
    const ramp: Model = (p, n) =>
      Float64Array.from({ length: n }, (_, i) => Math.max(0, Math.min(1, p[2 * i])));
    const chance = expectSoundPicture(plotDecisionBoundaryShaded(ramp, X, OR, { shading: "probability" }));
    expect(marked(chance, "data-band").length).toBeGreaterThan(5);
    const undecided: Model = (_, n) => new Float64Array(n).fill(0.5);
    const even = expectSoundPicture(plotDecisionBoundaryShaded(undecided, X, OR, { shading: "classes" }));
    expect(marked(even, "data-area").map(({ attributes }) => attributes["data-area"])).toEqual(["1"]);
  });

  test("shows every region of a model that answers with classes, however thin, where it is", () => {
    const stripe: Model = (p, n) =>
      Array.from({ length: n }, (_, i) => (Math.abs(p[2 * i] - 0.505) < 0.01 ? 1 : 0));
    const ranges = { xRange: [0, 1], yRange: [0, 1] } as const;
    const elements = expectSoundPicture(plotDecisionBoundaryShaded(stripe, [[0, 1], [0, 1]], [0, 1], ranges)); // biome-ignore format: one line
    const lines = marked(elements, "data-part", "boundary").flatMap(({ attributes }) =>
      pathPoints(attributes.d),
    );
    const at = lines.map(toFeatures(elements, [0, 1])).map(([x]) => x);
    expect(at.length).toBeGreaterThan(1);
    for (const x of at) expect(Math.min(Math.abs(x - 0.495), Math.abs(x - 0.515))).toBeLessThan(0.006);
    const tenths: Model = (p, n) =>
      Array.from({ length: n }, (_, i) => Math.max(0, Math.min(9, Math.floor(p[2 * i] * 10))));
    const svg = plotDecisionBoundaryShaded(tenths, X, XOR, { classes: 10, width: 240, height: 180 });
    const areas = marked(expectSoundPicture(svg), "data-area").map(
      ({ attributes }) => attributes["data-area"],
    );
    expect(new Set(areas).size).toBe(10);
  });

  test("draws no boundary where a threshold puts both classes on one side", () => {
    const half: Model = (p, n) => Array.from({ length: n }, (_, i) => (p[2 * i] > 0.5 ? 1 : 0));
    const has = (threshold: number) =>
      marked(expectSoundPicture(plotDecisionBoundary(half, X, XOR, { threshold })), "data-part", "boundary")
        .length > 0;
    expect([-1, 0, 0.5, 1, 1.5].map(has)).toEqual([false, false, true, true, false]);
  });

  test("shades more than two classes, by scores or by class numbers", () => {
    const byScore = plotDecisionBoundaryShaded(threeClasses, THREE_X, THREE_Y);
    expect(marked(expectSoundPicture(byScore), "data-area")).toHaveLength(3);
    const numbers: Model = (points, n) => {
      const scores = Array.from(threeClasses(points, n));
      return Array.from({ length: n }, (_, i) => {
        const own = scores.slice(3 * i, 3 * i + 3);
        return own.indexOf(Math.max(...own));
      });
    };
    const byNumber = plotDecisionBoundaryShaded(numbers, THREE_X, THREE_Y);
    expect(marked(expectSoundPicture(byNumber), "data-area")).toHaveLength(3);
  });

  test("leaves the line out when asked to", () => {
    const svg = plotDecisionBoundaryShaded(xorModel, X, XOR, { line: false });
    expect(marked(expectSoundPicture(svg), "data-part", "boundary")).toEqual([]);
    expect(words(svg)).not.toContain("decision boundary");
  });

  test("says why there is no probability to shade", () => {
    const scores: Model = (_, n) => new Float64Array(n).fill(7);
    const draw = () => plotDecisionBoundaryShaded(scores, X, XOR, { shading: "probability" });
    expect(draw).toThrow(
      /needs two classes and one probability a point; the model's answers are not one number/,
    );
    const three = () =>
      plotDecisionBoundaryShaded(threeClasses, THREE_X, THREE_Y, { shading: "probability" });
    expect(three).toThrow(/there are 3 classes/);
  });
});

describe("plotBoundaryDistances", { timeout: 60_000 }, () => {
  test("measures each point's shortest way to the boundary", () => {
    const svg = plotBoundaryDistances(orModel, X, OR);
    expect(marked(expectSoundPicture(svg), "data-part", "distance")).toHaveLength(4);
    // From (0, 0), (0, 1), (1, 0) and (1, 1) to x1 + x2 = 0.5.
    const shown = words(svg).filter((text) => /^[01]\.\d{3}$/.test(text));
    expect(shown).toEqual(["0.354", "0.354", "0.354", "1.061"]);
  });

  test("the ways meet a straight boundary at right angles", () => {
    const elements = expectSoundPicture(plotBoundaryDistances(orModel, X, OR));
    for (const { attributes } of marked(elements, "data-part", "distance")) {
      const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((key) => Number(attributes[key]));
      expect(Math.abs((y2 - y1) / (x2 - x1))).toBeCloseTo(1, 1);
    }
  });

  test("refuses a range without a boundary", () => {
    const draw = () => plotBoundaryDistances((_, n) => new Float64Array(n), X, OR);
    expect(draw).toThrow(ArgumentError);
    expect(draw).toThrow(/gives one class to all of x1 .*there is no boundary to measure to/);
  });
});

test("distances go to the nearest boundary, though it lies beyond the data's own ranges", () => {
  // x1 + x2 = 0, and data ten times as wide as high: from (±3, ±0.3) it is nearest above or below the data.
  const line: Model = (points, n) =>
    Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-points[2 * i] - points[2 * i + 1])));
  const wide = [
    [-3, -3, 3, 3],
    [0.3, -0.3, 0.3, -0.3],
  ];
  const shown = (options: object) =>
    textBoxes(expectSoundPicture(plotBoundaryDistances(line, wide, [0, 0, 1, 1], options))).map(
      ({ words }) => words,
    );
  expect(shown({})).toEqual(
    expect.arrayContaining([(3.3 / Math.SQRT2).toFixed(3), (2.7 / Math.SQRT2).toFixed(3)]),
  );
  expect(shown({ yRange: [-0.6, 0.6] })).not.toContain((3.3 / Math.SQRT2).toFixed(3));
});

test("and a range that was asked for stays, whichever of the two it is", () => {
  const line: Model = (points, n) =>
    Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-points[2 * i] - points[2 * i + 1])));
  const shown = (data: number[][], options: object) =>
    textBoxes(expectSoundPicture(plotBoundaryDistances(line, data, [0, 1, 1], options))).map(
      ({ words }) => words,
    );
  const far = (3.3 / Math.SQRT2).toFixed(3);
  // The nearest boundary lies beyond one edge alone: above, below, right of and left of the data.
  for (const sign of [1, -1]) {
    const [long, short] = [
      [-3 * sign, -2.8 * sign, 0.5 * sign],
      [-0.3 * sign, -0.2 * sign, -0.4 * sign],
    ];
    expect(shown([long, short], {})).toContain(far);
    expect(shown([short, long], {})).toContain(far);
    expect(shown([long, short], { yRange: [-0.6, 0.6] })).not.toContain(far);
    expect(shown([short, long], { xRange: [-0.6, 0.6] })).not.toContain(far);
    expect(shown([long, short], { xRange: [-6, 6] })).toContain(far);
    expect(shown([short, long], { yRange: [-6, 6] })).toContain(far);
  }
});

test("distances reach to the very ends of a boundary", () => {
  const upright: Model = (points, n) => Float64Array.from({ length: n }, (_, i) => points[2 * i]);
  const ranges = { xRange: [0, 1], yRange: [0, 1] } as const;
  const data = [
    [0.9, 0.9],
    [3, -2],
  ];
  const elements = expectSoundPicture(plotBoundaryDistances(upright, data, [0, 1], ranges));
  const back = toFeatures(elements, [0, 1]);
  const feet = marked(elements, "data-part", "distance").map(({ attributes }) =>
    back([Number(attributes.x2), Number(attributes.y2)]),
  );
  expect(feet.map(([x1, x2]) => [x1.toFixed(2), x2.toFixed(3)])).toEqual([
    ["0.50", "1.000"],
    ["0.50", "0.000"],
  ]);
});

test("distances are written beside up to twenty points, where they touch no other", () => {
  const shown = (n: number) => {
    const xs = Array.from({ length: n }, (_, i) => i / n);
    const labels = xs.map((x) => Number(x > 0.5));
    const svg = plotBoundaryDistances(orModel, [xs, xs.map((x) => 1 - x)], labels);
    return words(svg).filter((text) => text === "0.354").length;
  };
  expect(shown(20)).toBeGreaterThan(3);
  expect(shown(21)).toBe(0);
  const crowd = Array.from({ length: 12 }, (_, i) => 1 + i / 100);
  expectSoundPicture(
    plotBoundaryDistances(
      orModel,
      [
        [0, ...crowd],
        [0, ...crowd],
      ],
      [0, ...crowd.map(() => 1)],
    ),
  );
});

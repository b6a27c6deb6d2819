import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import type { Point } from "../../src/plot/paths.ts";
import { textWidth } from "../../src/plot/text.ts";
import type { Model } from "../../src/plot.ts";
import { plotBoundaryDistances } from "../../src/plot.ts";
import { OR, orModel, X } from "./specimens.ts";
import { expectSoundPicture, marked, toFeatures, wordsOf } from "./svg-reading.ts";

/** A model whose boundary is x1 + x2 = 0. */
const line: Model = (points, n) =>
  Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-points[2 * i] - points[2 * i + 1])));
/** Examples ten times as far apart across as upwards: the boundary is nearest above or below them. */
const wide = [
  [-3, -3, 3, 3],
  [0.3, -0.3, 0.3, -0.3],
];

describe("plotBoundaryDistances", { timeout: 60_000 }, () => {
  test("measures each point's shortest way to the boundary", () => {
    const svg = plotBoundaryDistances(orModel, X, OR);
    expect(marked(expectSoundPicture(svg), "data-part", "distance")).toHaveLength(4);
    // From (0, 0), (0, 1), (1, 0) and (1, 1) to x1 + x2 = 0.5.
    const shown = wordsOf(svg).filter((text) => /^[01]\.\d{3}$/.test(text));
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

  test("distances go to the nearest boundary, though it lies beyond the data's own ranges", () => {
    const shown = (options: object) => wordsOf(plotBoundaryDistances(line, wide, [0, 0, 1, 1], options));
    expect(shown({})).toEqual(
      expect.arrayContaining([(3.3 / Math.SQRT2).toFixed(3), (2.7 / Math.SQRT2).toFixed(3)]),
    );
    expect(shown({ yRange: [-0.6, 0.6] })).not.toContain((3.3 / Math.SQRT2).toFixed(3));
  });

  test("a range that was asked for stays, whichever of the two it is", () => {
    const line: Model = (points, n) =>
      Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-points[2 * i] - points[2 * i + 1])));
    const shown = (data: number[][], options: object) =>
      wordsOf(plotBoundaryDistances(line, data, [0, 1, 1], options));
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
      return wordsOf(svg).filter((text) => text === "0.354").length;
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

  test("says what is drawn, in a frame that stays as it is where no foot stands at its edge", () => {
    const svg = plotBoundaryDistances(orModel, X, OR);
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining(["class 0", "class 1", "decision boundary", "distance"]),
    );
    // of −0.5 to 1.5, 0 is a quarter
    const [first] = readWays(svg);
    expect((first.frame.bottom - first.from[1]) / (first.frame.bottom - first.frame.top)).toBeCloseTo(
      0.25,
      3,
    );
  });

  test("a frame grows as far as a way may reach, and no farther", () => {
    // ±0.6 grows to ±2.7 or so, which is less than ±6 leaves in the picture at one scale
    const ways = readWays(plotBoundaryDistances(line, wide, [0, 0, 1, 1]));
    const { left, right, top, bottom } = ways[0].frame;
    expect((ways[0].from[0] - left) / (right - left)).toBeCloseTo(0.25, 3);
    // by as much above as below
    expect((ways[0].from[1] + ways[1].from[1]) / 2).toBeCloseTo((top + bottom) / 2, 1);
  });
});

describe("a distance is written", () => {
  const upright: Model = (points, n) => Float64Array.from({ length: n }, (_, i) => points[2 * i]);
  const flat: Model = (points, n) => Float64Array.from({ length: n }, (_, i) => points[2 * i + 1]);
  const ranges = { xRange: [0, 1], yRange: [0, 1] } as const;
  /** How far the middle of a label is from its line: it is 11 high. */
  const across = (words: string, [dx, dy]: Point) => {
    const [sine, cosine] = [Math.abs(dy), Math.abs(dx)].map((side) => side / Math.hypot(dx, dy));
    return (sine * textWidth(words, 11)) / 2 + (cosine * 11) / 2 + 5;
  };

  test.each([
    ["a slanting", orModel, X, OR, {}],
    [
      "an upright",
      upright,
      [
        [0.9, 0.1],
        [0.7, 0.3],
      ],
      [0, 1],
      ranges,
    ],
    [
      "a level",
      flat,
      [
        [0.7, 0.3],
        [0.9, 0.1],
      ],
      [0, 1],
      ranges,
    ],
  ])("beside the middle of its line to %s boundary", (_, model, data, labels, options) => {
    for (const { from, to, words, label } of readWays(plotBoundaryDistances(model, data, labels, options))) {
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const [x, y] = [label[0] - (from[0] + to[0]) / 2, label[1] - (from[1] + to[1]) / 2];
      expect((x * dx + y * dy) / Math.hypot(dx, dy)).toBeCloseTo(0, 1);
      expect((x * -dy + y * dx) / Math.hypot(dx, dy)).toBeCloseTo(across(words, [dx, dy]), 1);
    }
  });

  test("on the line's other side where a mark stands, and nearer its point where two do", () => {
    // marks at the two places beside the middle of the first line
    const beside = (...heights: number[]) => [
      [0.9, ...heights.map(() => 0.7)],
      [0.5, ...heights.map((height) => 0.5 + height)],
    ];
    const first = (...heights: number[]) => {
      const labels = [1, ...heights.map(() => 1)];
      const [way] = readWays(plotBoundaryDistances(upright, beside(...heights), labels, ranges));
      const along = (way.label[0] - way.from[0]) / (way.to[0] - way.from[0]);
      return [Number(along.toFixed(2)), Math.round(2 * (way.label[1] - way.from[1])) / 2];
    };
    expect(first()).toEqual([0.5, -10.5]);
    expect(first(0.03)).toEqual([0.5, 10.5]);
    expect(first(0.03, -0.03)).toEqual([0.2, -10.5]);
  });

  test("within the frame", () => {
    const high = readWays(
      plotBoundaryDistances(
        upright,
        [
          [0.9, 0.1],
          [0.975, 0.025],
        ],
        [1, 0],
        ranges,
      ),
    );
    expect(high.map(({ from, label }) => Math.round(2 * (label[1] - from[1])) / 2)).toEqual([10.5, -10.5]);
    const narrow = { ...ranges, width: 460, height: 600 };
    const corners = [
      [0.95, 0.05],
      [0.1, 0.9],
    ];
    const broad = readWays(plotBoundaryDistances(flat, corners, [1, 0], narrow));
    const half = textWidth("0.400", 11) / 2;
    const [first, second] = broad.map(({ from, label }) => label[0] - from[0]);
    expect(first).toBeCloseTo(-half - 5, 1);
    expect(second).toBeCloseTo(half + 5, 1);
  });
});

/** Each way with its label, whose middle is given, and the frame, in pixels. */
function readWays(svg: string) {
  const elements = expectSoundPicture(svg);
  const [rect] = marked(elements, "class", "s-axis").map(({ attributes }) => attributes);
  const [left, top] = [Number(rect.x), Number(rect.y)];
  const frame = { left, top, right: left + Number(rect.width), bottom: top + Number(rect.height) };
  const labels = elements.filter(
    ({ name, attributes }) =>
      name === "text" && attributes["font-size"] === "11" && attributes["aria-hidden"] === undefined,
  );
  return marked(elements, "data-part", "distance").map(({ attributes }, i) => {
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((key) => Number(attributes[key]));
    const { text, attributes: place } = labels[i];
    const label: Point = [Number(place.x), Number(place.y) - 0.35 * 11];
    return { frame, from: [x1, y1] as Point, to: [x2, y2] as Point, words: text, label };
  });
}

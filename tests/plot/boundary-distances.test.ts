import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import type { Model } from "../../src/plot.ts";
import { plotBoundaryDistances } from "../../src/plot.ts";
import { OR, orModel, X } from "./specimens.ts";
import { expectSoundPicture, marked, toFeatures, wordsOf } from "./svg-reading.ts";

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
    // x1 + x2 = 0, and data ten times as wide as high: from (±3, ±0.3) it is nearest above or below the data.
    const line: Model = (points, n) =>
      Float64Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(-points[2 * i] - points[2 * i + 1])));
    const wide = [
      [-3, -3, 3, 3],
      [0.3, -0.3, 0.3, -0.3],
    ];
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
});

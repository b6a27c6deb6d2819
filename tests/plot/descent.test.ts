import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { type CostAt, plotCostSurface, plotLearningRates } from "../../src/plot.ts";
import { expectSoundPicture, marked, pathPoints, readSvg, wordsOf } from "./svg-reading.ts";

describe("plotLearningRates", { timeout: 60_000 }, () => {
  test("shows too low, right and too high side by side", () => {
    const shown = wordsOf(plotLearningRates());
    expect(shown).toEqual(
      expect.arrayContaining(["too low: α = 0.05", "right: α = 0.3", "too high: α = 1.05"]),
    );
  });

  test("takes another cost, and one to four rates", () => {
    const bowl = { cost: (w: number) => w ** 4, gradient: (w: number) => 4 * w ** 3 };
    for (const rates of [[0.1], [0.01, { rate: 0.1, label: "better" }], [0.01, 0.05, 0.1, 0.6]]) {
      expectSoundPicture(plotLearningRates({ ...bowl, rates, start: 1.5 }));
    }
  });

  test("a start that is already at the bottom, and a rate that leaves at once", () => {
    expectSoundPicture(plotLearningRates({ start: 2 }));
    expectSoundPicture(plotLearningRates({ rates: [1e6, 1e300], start: 40 }));
    expectSoundPicture(plotLearningRates({ rates: [1e308] }));
  });

  test("a rate that leaves far is seen to leave, and no number is larger than a picture asks for", () => {
    const { length } = expectSoundPicture(plotLearningRates({ rates: [0.3, 1.5] }));
    for (const rate of [1e3, 1e5, 1e6, 1e300]) {
      const elements = expectSoundPicture(plotLearningRates({ rates: [0.3, rate] }));
      expect(elements.length).toBeGreaterThan(length - 12);
      const steps = elements.filter(
        ({ name, attributes }) => name === "line" && /series2/.test(attributes.class),
      );
      expect(steps, String(rate)).toHaveLength(1);
      for (const { attributes } of elements) {
        for (const key of ["x1", "y1", "x2", "y2", "cx", "cy"]) {
          if (key in attributes) expect(Math.abs(Number(attributes[key]))).toBeLessThan(10_000);
        }
      }
    }
  });

  test.each([
    [
      [0.01, 0.02, 0.9],
      [9, 9, 9],
    ],
    [
      [0.05, 0.9],
      [9, 9],
    ],
    // 1.05 runs away, 0.9 goes to and fro, and ever less
    [
      [0.01, 0.9, 1.05],
      [9, 9, 6],
    ],
  ])("of the rates %j those that converge stay in the picture", (rates, dots) => {
    const elements = expectSoundPicture(plotLearningRates({ rates }));
    const shown = rates.map((_, i) => {
      const role = `series${[0, 2, 1][i]}`;
      return elements.filter(({ name, attributes }) => name === "circle" && attributes.class.includes(role));
    });
    expect(shown.map(({ length }) => length)).toEqual(dots);
  });

  test("a rate that leaves to where the cost overflows is no rate that converges, and no mistake", () => {
    const far = { cost: (w: number) => Math.cosh(w), gradient: (w: number) => Math.sinh(w), start: 2 };
    const elements = expectSoundPicture(plotLearningRates({ ...far, rates: [0.02, 0.3, 40] }));
    const dots = elements.filter(({ name }) => name === "circle");
    expect(dots).toHaveLength(9 + 9 + 1);
  });

  test("a rate that runs off where the cost falls without end does not set the range", () => {
    const slope = { cost: (w: number) => -w, gradient: () => -1 };
    const elements = expectSoundPicture(plotLearningRates({ ...slope, rates: [0.1, 1e7] }));
    const [first, second] = elements.filter(({ name }) => name === "circle");
    expect(Number(second.attributes.cx) - Number(first.attributes.cx)).toBeGreaterThan(10);
  });

  test("a walk to the left has as much room before and behind it as one to the right", () => {
    const start = (w: number) => {
      const elements = expectSoundPicture(plotLearningRates({ rates: [0.3], start: w }));
      const clip = elements[elements.findIndex(({ name }) => name === "clipPath") + 1].attributes;
      const [{ attributes }] = elements.filter(({ name }) => name === "circle");
      return (Number(attributes.cx) - Number(clip.x)) / Number(clip.width);
    };
    expect(start(-1)).toBeCloseTo(0.4 / 2.8, 2);
    expect(start(5)).toBeCloseTo(1 - 0.4 / 2.8, 2);
  });

  test("a picture that has no room for the data is refused, and says by how much", () => {
    expect(() => plotLearningRates({ width: 240, rates: [0.1, 0.2, 0.3, 0.4] })).toThrow(
      new ArgumentError(
        "plotLearningRates: beside its labels the picture has no width for the data; 60 pixels must be 19 more at least.",
      ),
    );
    expectSoundPicture(plotLearningRates({ width: 316, rates: [0.1, 0.2, 0.3, 0.4] }));
    let refused = 0;
    for (let width = 260; width < 330; width++) {
      try {
        const elements = readSvg(plotLearningRates({ width, rates: [0.1, 0.2, 0.3, 0.4] }));
        const clips = elements.filter((_, i) => elements[i - 1]?.name === "clipPath");
        for (const { attributes } of clips) expect(Number(attributes.width)).toBeGreaterThanOrEqual(8);
      } catch (error) {
        expect(error).toBeInstanceOf(ArgumentError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  test.each([
    [{ cost: (w: number) => w }, /cost and gradient belong together/],
    [{ cost: () => Number.NaN, gradient: () => 0 }, /cost must answer with finite numbers, got NaN/],
    [{ cost: null as never, gradient: null as never }, /cost must be a function, got null/],
    [{ cost: class {} as never, gradient: () => 0 }, /cost must be a function, got a class/],
    [{ rates: [] }, /rates must hold one to four learning rates, got \[\]/],
    [{ rates: [0.1, 0.2, 0.3, 0.4, 0.5] }, /rates must hold one to four learning rates/],
    [{ rates: [0] }, /rates\[0\] must be above 0, got 0/],
    [
      { rates: [{ learningRate: 0.1 } as never] },
      /rates\[0\] has no "learningRate"\. Did you mean "rate"\? It may have rate, label\./,
    ],
    [{ rates: [{ rate: 0.1, start: 2 } as never] }, /rates\[0\] has no "start"/],
    [{ rates: [null as never] }, /rates\[0\] must be finite numbers/],
    [{ rates: [-1] }, /rates\[0\] must be above 0, got -1/],
    [{ steps: 2.5 }, /steps must be an integer, got 2.5/],
  ])("refuses %o", (options, message) => {
    expect(() => plotLearningRates(options)).toThrow(ArgumentError);
    expect(() => plotLearningRates(options)).toThrow(message);
  });
});

describe("plotCostSurface", { timeout: 60_000 }, () => {
  const bowl: CostAt = (w, n) => Array.from({ length: n }, (_, i) => w[2 * i] ** 2 + 3 * w[2 * i + 1] ** 2);
  const path = Array.from({ length: 10 }, (_, i) => [2 * 0.8 ** i, (-0.7) ** i]);

  test("fills bands and draws the path through all its points", () => {
    const elements = expectSoundPicture(plotCostSurface(bowl, { path }));
    expect(marked(elements, "data-level").length).toBeGreaterThan(4);
    expect(pathPoints(marked(elements, "data-part", "path")[0].attributes.d)).toHaveLength(10);
  });

  test("bands lie where the cost is", () => {
    const options = { xRange: [-2, 2], yRange: [-2, 2] } as const;
    const round: CostAt = (w, n) => Array.from({ length: n }, (_, i) => w[2 * i] ** 2 + w[2 * i + 1] ** 2);
    const elements = expectSoundPicture(plotCostSurface(round, options));
    const clip = elements[elements.findIndex(({ name }) => name === "clipPath") + 1].attributes;
    const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(clip[key]));
    const [band] = marked(elements, "data-level", "1");
    const inside = pathPoints(band.attributes.d).filter(
      ([px, py]) => px > x + 1 && px < x + width - 1 && py > y + 1 && py < y + height - 1,
    );
    const levels = marked(elements, "data-level").map(({ attributes }) => Number(attributes["data-level"]));
    expect(levels).toEqual([...new Set(levels)].sort((a, b) => a - b));
    expect(levels[0]).toBeGreaterThan(0);
    expect(inside.length).toBeGreaterThan(10);
    for (const [px, py] of inside) {
      const w1 = -2 + ((px - x) / width) * 4;
      const w2 = 2 - ((py - y) / height) * 4;
      expect(w1 ** 2 + w2 ** 2).toBeCloseTo(1, 1);
    }
  });

  test("a logarithmic scale says so", () => {
    const above: CostAt = (w, n) => Array.from(bowl(w, n), (c) => c + 1e-4);
    expect(wordsOf(plotCostSurface(above, { path, scale: "log" }))).toContain("log₁₀ cost");
    expect(() => plotCostSurface((_, n) => new Float64Array(n), { path, scale: "log" })).toThrow(
      /needs costs above 0/,
    );
  });

  test("a flat cost and a path of one point", () => {
    const svg = plotCostSurface((_, n) => new Float64Array(n).fill(3), { path: [[1, 1]] });
    expect(marked(expectSoundPicture(svg), "data-part", "path")).toEqual([]);
  });

  test("any path gives a sound picture", () => {
    const value = fc.double({ min: -1e100, max: 1e100, noNaN: true });
    const few = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(few, (steps) => {
        expectSoundPicture(plotCostSurface(bowl, { path: steps, width: 320, height: 260 }));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    [{}, /without a path, xRange and yRange are both needed/],
    [{ path: [[1, 2, 3]] }, /path must be steps × 2 \(w1, w2\), got 1 × 3/],
    [{ path, levels: 1 }, /levels must be a number from 2 to 40, got 1/],
  ])("refuses %o", (options, message) => {
    expect(() => plotCostSurface(bowl, options)).toThrow(ArgumentError);
    expect(() => plotCostSurface(bowl, options)).toThrow(message);
  });

  test("refuses a class for a cost", () => {
    expect(() => plotCostSurface(class {} as never, { path })).toThrow(
      /cost must be a function \(weights, n\) => costs, got a class/,
    );
  });

  test("refuses an answer of the wrong length", () => {
    expect(() => plotCostSurface(() => [1], { path })).toThrow(
      /must answer \d+ pairs of weights with \d+ numbers, got 1/,
    );
  });
});

import { describe, expect, test } from "vitest";
import { linear, Network, sigmoid, softmax } from "../../src/index.ts";
import type { Model } from "../../src/plot.ts";
import { plotDecisionBoundary, plotDecisionBoundaryShaded } from "../../src/plot.ts";
import { OR, THREE_X, THREE_Y, threeClasses, X, XOR, xorModel } from "./specimens.ts";
import { expectSoundPicture, marked, pathPoints, toFeatures, wordsOf } from "./svg-reading.ts";

describe("plotDecisionBoundaryShaded", { timeout: 60_000 }, () => {
  test("shades probabilities with a colour bar, or classes evenly", () => {
    const chance = plotDecisionBoundaryShaded(xorModel, X, XOR);
    expect(marked(expectSoundPicture(chance), "data-band").length).toBeGreaterThan(5);
    expect(wordsOf(chance)).toContain("probability of class 1");
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

  test("shades probabilities that reach 0 and 1 as such, and what is exactly at the threshold as class 0 alone", () => {
    const ramp: Model = (p, n) =>
      Float64Array.from({ length: n }, (_, i) => Math.max(0, Math.min(1, p[2 * i])));
    const chance = expectSoundPicture(plotDecisionBoundaryShaded(ramp, X, OR, { shading: "probability" }));
    expect(marked(chance, "data-band").length).toBeGreaterThan(5);
    const undecided: Model = (_, n) => new Float64Array(n).fill(0.5);
    const even = expectSoundPicture(plotDecisionBoundaryShaded(undecided, X, OR, { shading: "classes" }));
    expect(marked(even, "data-area").map(({ attributes }) => attributes["data-area"])).toEqual(["0"]);
  });

  test("gives a tie to the class that classify gives it to", () => {
    const areas = (network: Network, labels: number[]) => {
      for (const { params } of network.linears) params.W.data.fill(0);
      const rows = X[0].map((x, i) => [x, X[1][i]]);
      const svg = plotDecisionBoundaryShaded(network, rows, labels, { shading: "classes" });
      const drawn = marked(expectSoundPicture(svg), "data-area");
      return [drawn.map(({ attributes }) => Number(attributes["data-area"])), network.classify([[0, 0]])];
    };
    expect(areas(new Network([linear(1), sigmoid()], { inputs: 2 }), [0, 1, 1, 0])).toEqual([[0], [0]]);
    expect(areas(new Network([linear(2), softmax()], { inputs: 2 }), [0, 1, 1, 0])).toEqual([[0], [0]]);
    const three = new Network([linear(3), softmax()], { inputs: 2 });
    three.linears[0].params.b.data.set([0, 1, 1]);
    expect(areas(three, [0, 1, 2, 0])).toEqual([[1], [1]]);
  });

  test("lists the boundary only where there is one in the picture", () => {
    const step: Model = (p, n) => Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(9 - 9 * p[2 * i])));
    for (const draw of [plotDecisionBoundary, plotDecisionBoundaryShaded]) {
      const lists = (options: object) => wordsOf(draw(step, X, OR, options)).includes("decision boundary");
      expect(lists({})).toBe(true);
      expect(lists({ xRange: [1, 2] })).toBe(true);
      // 2 pixels beyond the edge, where the model is asked too
      expect(lists({ xRange: [1.004, 2] })).toBe(false);
      expect(lists({ threshold: 2 })).toBe(false);
    }
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
    expect([-1, 0, 0.5, 1, 1.5].map(has)).toEqual([false, true, true, false, false]);
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
    expect(wordsOf(svg)).not.toContain("decision boundary");
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

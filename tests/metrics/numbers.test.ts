import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  Matrix,
  matrixFromRows,
  meanAbsoluteError,
  measure,
  rocAuc,
  rSquared,
  ShapeError,
} from "../../src/index.ts";
import { readGolden } from "../golden/close.ts";

interface Golden {
  areas: { name: string; truth: number[]; scores: number[]; area: number }[];
  several: { truth: number[]; scores: number[][]; area: number };
  numbers: {
    name: string;
    truth: number[];
    predicted: number[];
    rSquared: number;
    meanAbsoluteError: number;
  }[];
}
const golden = readGolden<Golden>("metrics");
const close = (ours: number, theirs: number) =>
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(theirs)));

describe("rocAuc", () => {
  it("takes rows of scores, one an example, as predict gives them", () => {
    const scores = [[0.1], [0.4], [0.35], [0.8]];
    expect(rocAuc([0, 0, 1, 1], scores)).toBe(rocAuc([0, 0, 1, 1], scores.flat()));
    const rows = [[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]; // biome-ignore format: one line
    const truth = [0, 1, 2, 1];
    expect(rocAuc(truth, rows)).toBe(rocAuc(truth, matrixFromRows(rows)));
    expect(rocAuc(truth, rows)).toBeLessThan(1);
    expect(() => rocAuc([0, 1], [[0.1], [Number.NaN]])).toThrow(/rocAuc: scores: row 1, column 0 is missing/);
  });

  it("refuses scores of other examples by their name", () => {
    expect(() => rocAuc([0, 1], [0.1, 0.2, 0.3])).toThrow(/truth has 2 examples and scores has 3/);
  });

  it.each(golden.areas)("is scikit-learn's within 1e-12: $name", ({ truth, scores, area }) => {
    close(rocAuc(truth, scores), area);
    close(rocAuc(Matrix.from([truth]), Matrix.from([scores])), area);
  });

  it("with a row of scores per class is scikit-learn's one against the rest, within 1e-12", () => {
    const { truth, scores, area } = golden.several;
    close(rocAuc(truth, matrixFromRows(scores)), area);
    const oneHot = matrixFromRows(truth.map((k) => [0, 1, 2, 3].map((j) => Number(j === k))));
    close(rocAuc(oneHot, matrixFromRows(scores)), area);
  });

  it("is the share of pairs that are in order, ties counting half", () => {
    const examples = fc
      .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 6 })), { minLength: 2, maxLength: 30 })
      .filter((list) => new Set(list.map(([positive]) => positive)).size === 2);
    fc.assert(
      fc.property(examples, (list) => {
        let pairs = 0;
        let wins = 0;
        for (const [positive, score] of list) {
          for (const [other, otherScore] of list) {
            if (!positive || other) continue;
            pairs++;
            wins += score > otherScore ? 1 : score === otherScore ? 0.5 : 0;
          }
        }
        const truth = list.map(([positive]) => positive);
        const scores = list.map(([, score]) => score);
        expect(rocAuc(truth, scores)).toBe(wins / pairs);
        close(
          rocAuc(
            truth,
            scores.map((score) => -score),
          ),
          1 - wins / pairs,
        );
      }),
    );
  });

  it("knows the positive class, and infinite scores", () => {
    expect(rocAuc(["ill", "well"], [2, 1], { positive: "ill" })).toBe(1);
    expect(rocAuc([0, 1, 1], [-Infinity, Infinity, Infinity])).toBe(1);
  });

  it("refuses one class, too many, scores that are no numbers, and unknown options", () => {
    expect(() => rocAuc([1, 1], [0.1, 0.2])).toThrow(
      new ArgumentError("rocAuc: every example is of class 1; it takes both a class and the others"),
    );
    expect(() => rocAuc([0, 1, 2], [0.1, 0.2, 0.3])).toThrow(
      new ArgumentError(
        "rocAuc: there are 3 classes (0, 1, 2), and the binary figure takes 2; give a row of scores per class",
      ),
    );
    expect(() =>
      rocAuc(
        [0, 2],
        Matrix.from([
          [0.1, 0.2],
          [0.9, 0.8],
        ]),
      ),
    ).toThrow(
      new ArgumentError(
        "rocAuc: with 2 rows of scores the truth must hold each of the classes 0 to 1, not 0, 2",
      ),
    );
    expect(() => rocAuc([0, 1], Matrix.zeros(3, 2))).toThrow(
      new ArgumentError(
        "rocAuc: with 3 rows of scores the truth must hold each of the classes 0 to 2, not 0, 1",
      ),
    );
    expect(() => rocAuc([0, 1], [0.1, Number.NaN])).toThrow(
      new ArgumentError("rocAuc: scores, example 1 must be a number, not NaN"),
    );
    expect(() => rocAuc([0, 1], [0.1])).toThrow(ShapeError);
    expect(() => rocAuc([0, 1], [])).toThrow(ShapeError);
    expect(() => rocAuc([0, 1], 5 as never)).toThrow(ArgumentError);
    expect(() => rocAuc([0, 1], [0, 1], { positve: 1 } as never)).toThrow(/did you mean "positive"/);
  });
});

describe.each(golden.numbers)("scikit-learn on $name, within 1e-12", (given) => {
  it("rSquared and meanAbsoluteError", () => {
    close(rSquared(given.truth, given.predicted), given.rSquared);
    close(meanAbsoluteError(given.truth, given.predicted), given.meanAbsoluteError);
    const [Y, YHat] = [given.truth, given.predicted].map((rows) => matrixFromRows(rows));
    close(rSquared(Y, YHat), given.rSquared);
    close(meanAbsoluteError(Y, YHat), given.meanAbsoluteError);
  });
});

describe("rSquared and meanAbsoluteError", () => {
  it("rSquared is exact where no number is the mean: of 0, 1, 2, 3 and 5 so far up that numbers lie 1 apart", () => {
    const truth = [0, 1, 2, 3, 5].map((value) => 2 ** 52 + value);
    const predicted = truth.map((value, i) => (i === 1 ? value + 1 : value));
    close(rSquared(truth, predicted), 1 - 1 / 14.8);
  });

  it("of 0.1 three times, whose mean rounds, are those of a constant", () => {
    expect(rSquared([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(1);
    expect(rSquared([0.7, 0.7, 0.7], [0.7, 0.7, 0.8])).toBe(0);
    // as scikit-learn has it where the squares are 0
    expect(rSquared([0, 1e-200], [0, 1e-200])).toBe(1);
  });

  it("refuse other shapes and what is not finite", () => {
    expect(() => meanAbsoluteError([1, 2], [1])).toThrow(
      new ShapeError(
        "meanAbsoluteError: truth has 2 examples of 1 outputs and predicted has 1 of 1; they must be of one shape",
      ),
    );
    expect(() => meanAbsoluteError([[1, 2]], [1])).toThrow(ShapeError);
    expect(() => meanAbsoluteError([1, 2], [1, Number.NaN])).toThrow(
      /predicted, example 1 is missing \(NaN\)/,
    );
    expect(() => rSquared([1, 2], Matrix.from([[1, Infinity]]))).toThrow(
      /predicted, output 0 of example 1 must be a finite number, not Infinity/,
    );
    expect(() => rSquared([1], [1])).toThrow(ShapeError);
    expect(() => rSquared([], [])).toThrow(ShapeError);
  });
});

describe("measure", () => {
  const Y = Matrix.from([[0, 1, 1, 0, 1]]);
  const YHat = Matrix.from([[0.1, 0.8, 0.4, 0.6, 0.9]]);

  it.each([
    ["accuracy", 0.6],
    ["precision", 2 / 3],
    ["recall", 2 / 3],
    ["f1", 2 / 3],
    ["rocAuc", 5 / 6],
    ["meanAbsoluteError", 0.32],
    ["rSquared", 0.35],
  ] as const)("%s of one row of probabilities is %d", (name, expected) => {
    close(measure(name, Y, YHat), expected);
  });

  it.each([
    ["accuracy", 2 / 3],
    ["precision", 0.5],
    ["recall", 2 / 3],
    ["f1", 5 / 9],
    ["rocAuc", 0.75],
  ] as const)("%s of a row per class is %d", (name, expected) => {
    const oneHot = Matrix.from([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const outputs = Matrix.from([
      [0.6, 0.1, 0.2],
      [0.3, 0.5, 0.5],
      [0.1, 0.4, 0.3],
    ]);
    close(measure(name, oneHot, outputs), expected);
  });

  it("takes the mean over the classes of two rows of outputs too", () => {
    const oneHot = Matrix.from([
      [1, 1, 1, 0],
      [0, 0, 0, 1],
    ]);
    const outputs = Matrix.from([
      [0.9, 0.8, 0.2, 0.1],
      [0.1, 0.2, 0.8, 0.9],
    ]);
    // of class 0 and of class 1: precision 1 and 1/2, recall 2/3 and 1
    close(measure("precision", oneHot, outputs), 0.75);
    close(measure("recall", oneHot, outputs), 5 / 6);
  });

  it("names the nearest metric, and refuses two shapes", () => {
    expect(() => measure("acuracy" as never, Y, YHat)).toThrow(
      new ArgumentError(
        'measure: the metric "acuracy" is unknown; did you mean "accuracy"? Known are "accuracy", "precision", "recall", "f1", "rocAuc", "rSquared", "meanAbsoluteError"',
      ),
    );
    expect(() => measure("f1", Y, Matrix.from([[1]]))).toThrow(ShapeError);
    expect(() => measure("f1", [0] as never, YHat)).toThrow(ArgumentError);
  });
});

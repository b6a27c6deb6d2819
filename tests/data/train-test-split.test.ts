import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  permutation,
  RandomState,
  ShapeError,
  seed,
  trainTestSplit,
} from "../../src/index.ts";
import { readGolden } from "../golden/close.ts";

interface Golden {
  splits: {
    seed: number;
    testShare: number;
    stratify: boolean;
    labels: number[];
    train: number[];
    test: number[];
  }[];
}
const { splits } = readGolden<Golden>("preprocessing");

describe.each(
  splits,
)("scikit-learn's train_test_split: seed $seed, share $testShare, stratify $stratify", (golden) => {
  it("gives the same examples in the same order", () => {
    const { labels, train, test, ...options } = golden;
    const rows = labels.map((_, i) => [i]);
    const split = trainTestSplit(rows, labels, options);
    expect(Array.from(split.train.indices)).toEqual(train);
    expect(Array.from(split.test.indices)).toEqual(test);
    expect(split.train.rows).toEqual(train.map((i) => [i]));
    expect(split.test.labels).toEqual(test.map((i) => labels[i]));
  });
});

describe("trainTestSplit", () => {
  it("leaves every example in exactly one part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        fc.integer({ min: 0, max: 1e6 }),
        (n, testShare, seed) => {
          const rows = Array.from({ length: n }, (_, i) => i);
          const { train, test } = trainTestSplit(rows, rows, { testShare, seed });
          expect([...train.rows, ...test.rows].sort((a, b) => a - b)).toEqual(rows);
          expect(test.rows.length).toBe(Math.ceil(testShare * n));
        },
      ),
    );
  });

  it("stratified, holds out each class in its share to within one example", () => {
    const labels = Array.from({ length: 90 }, (_, i) => (i % 9 < 6 ? "common" : "rare"));
    const { train, test } = trainTestSplit(labels, labels, { testShare: 1 / 3, stratify: true, seed: 3 });
    expect(test.labels.filter((label) => label === "rare")).toHaveLength(10);
    expect(train.labels.filter((label) => label === "rare")).toHaveLength(20);
  });

  it("draws from the library's generator unless given a seed or one", () => {
    const rows = [[1], [2], [3], [4], [5]];
    seed(9);
    const fromShared = trainTestSplit(rows, rows).train.indices;
    expect(trainTestSplit(rows, rows, { seed: 9 }).train.indices).toEqual(fromShared);
    const random = new RandomState(9);
    expect(trainTestSplit(rows, rows, { random }).train.indices).toEqual(fromShared);
    expect(trainTestSplit(rows, rows, { random }).train.indices).not.toEqual(fromShared);
    seed(9);
    expect(permutation(5).slice(2)).toEqual(fromShared);
  });

  it.each([
    [{ testShare: 0 }, "testShare must be a number between 0 and 1, not 0"],
    [{ testShare: 1 }, "testShare must be a number between 0 and 1, not 1"],
    [{ testShare: "0.2" }, 'testShare must be a number between 0 and 1, not the string "0.2"'],
    [{ testSize: 0.2 }, 'did you mean "testShare"?'],
    [{ seed: -1 }, "a seed must be a whole number"],
    [{ seed: 1, random: new RandomState(1) }, "give seed or random, not both"],
    [{ random: Math.random }, "random must be a RandomState, not a function"],
  ])("refuses the options %j", (options, message) => {
    const split = () => trainTestSplit([[1], [2]], [0, 1], options as never);
    expect(split).toThrow(ArgumentError);
    expect(split).toThrow(message);
  });

  it("refuses parts that would be empty and numbers that differ", () => {
    expect(() => trainTestSplit([[1]], [1])).toThrow(
      new ShapeError(
        "trainTestSplit: a testShare of 0.25 holds out all 1 examples and leaves none to learn from",
      ),
    );
    expect(() => trainTestSplit([[1], [2]], [1])).toThrow(
      new ShapeError("trainTestSplit: there are 2 rows and 1 label; each row needs one"),
    );
    expect(() => trainTestSplit([], [])).toThrow(ShapeError);
    expect(() => trainTestSplit([[1], [2], [3]], ["a", "a", "b"], { stratify: true })).toThrow(
      new ShapeError('trainTestSplit: to stratify, every class needs at least 2 examples, but "b" has 1'),
    );
    expect(() =>
      trainTestSplit([1, 2, 3, 4], ["a", "a", "b", "b"], { stratify: true, testShare: 0.2 }),
    ).toThrow(/both parts need an example of each of the 2 classes, but they have 3 and 1 examples/);
    expect(() =>
      trainTestSplit([1, 2, 3, 4], ["a", "a", "b", "b"], { stratify: true, testShare: 0.7 }),
    ).toThrow(/both parts need an example of each of the 2 classes, but they have 1 and 3 examples/);
    expect(() => trainTestSplit([1, 2, 3, 4], [[1], [0], [1], [0]], { stratify: true })).toThrow(
      ArgumentError,
    );
  });
});

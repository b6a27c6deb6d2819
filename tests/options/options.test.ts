import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { checkOptions, nearest } from "../../src/options.ts";

describe("checkOptions", () => {
  const known = ["epochs", "batchSize", "shuffle"];

  it("lets known names, no options and empty options pass", () => {
    expect(checkOptions({ epochs: 1, shuffle: undefined }, known, "fit")).toBeUndefined();
    expect(checkOptions(undefined, known, "fit")).toBeUndefined();
    expect(checkOptions({}, known, "fit")).toBeUndefined();
  });

  it("names the unknown option, the nearest known one and all of them", () => {
    expect(() => checkOptions({ epochs: 1, batch_size: 4 }, known, "fit")).toThrow(
      new ArgumentError(
        'fit: there is no option "batch_size"; did you mean "batchSize"? (known: epochs, batchSize, shuffle)',
      ),
    );
  });

  it.each([
    [null, "null or an array"],
    [[1], "null or an array"],
    ["epochs", "a string"],
    [5, "a number"],
  ])("refuses %j", (options, words) => {
    expect(() => checkOptions(options, known, "fit")).toThrow(
      new ArgumentError(`fit: the options must be an object such as { epochs: … }, not ${words}`),
    );
  });
});

describe("nearest", () => {
  it.each([
    ["epoch", ["batchSize", "epochs"], "epochs"],
    ["EPOCHS", ["batches", "epochs"], "epochs"],
    ["shufle", ["scale", "shuffle"], "shuffle"],
    ["", ["abc", "ab"], "ab"],
    ["x", ["a", "b"], "a"],
    ["bxg", ["bxgyz", "big"], "big"],
  ])("of %j among %j is %j", (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});

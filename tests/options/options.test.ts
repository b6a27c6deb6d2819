import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { checkName, checkNumber, checkOptions, nearest } from "../../src/options.ts";

describe("checkOptions", () => {
  const known = ["epochs", "batchSize", "shuffle"];

  it("lets known names and empty options pass", () => {
    expect(checkOptions({ epochs: 1, shuffle: undefined }, known, "fit")).toBeUndefined();
    expect(checkOptions({}, known, "fit")).toBeUndefined();
  });

  it("names the unknown option, the nearest known one and all of them", () => {
    expect(() => checkOptions({ epochs: 1, batch_size: 4 }, known, "fit")).toThrow(
      new ArgumentError(
        'fit has no option "batch_size"; did you mean "batchSize"? It knows epochs, batchSize, shuffle',
      ),
    );
  });

  it("names an option that is a whole text by its beginning, at once", () => {
    expect(() => checkOptions({ ["k".repeat(2e6)]: 1 }, known, "fit")).toThrow(
      new ArgumentError(
        `fit has no option "${"k".repeat(60)}…"; did you mean "epochs"? It knows epochs, batchSize, shuffle`,
      ),
    );
  });

  it.each([
    [null, "null"],
    [[1], "an array of length 1"],
    ["epochs", 'the string "epochs"'],
    ["e".repeat(60), `the string "${"e".repeat(60)}"`],
    ["e".repeat(61), `the string "${"e".repeat(60)}…"`],
    [5, "5"],
    [new Int8Array(1), "an Int8Array"],
    [new Uint8Array(1), "a Uint8Array"],
    [undefined, "undefined"],
  ])("refuses %j", (options, words) => {
    expect(() => checkOptions(options, known, "fit")).toThrow(
      new ArgumentError(`fit takes its options as an object such as { epochs: … }, not ${words}`),
    );
  });
});

describe("checkName", () => {
  it("gives a known name back, and names the nearest to any other", () => {
    expect(checkName("b", ["a", "b"], "the letter")).toBe("b");
    expect(() => checkName("bb", ["a", "b"], "the letter")).toThrow(
      new ArgumentError('the letter "bb" is unknown; did you mean "b"? Known are "a", "b"'),
    );
    expect(() => checkName("ignroe", ["error", "ignore"], "the way")).toThrow(
      /did you mean "ignore"\? Known/,
    );
    expect(() => checkName("sgd", ["sigmoidGradientDescent", "adam"], "it")).toThrow(/did you mean "sig/);
    // half of it wrong
    expect(() => checkName("mse", ["bce", "huber"], "the cost")).toThrow(
      new ArgumentError('the cost "mse" is unknown; known are "bce", "huber"'),
    );
    // what others call it
    for (const [theirs, ours] of [
      ["sgd", "gradientDescent"],
      ["MSE", "squaredError"],
      ["mean_squared_error", "squaredError"],
      ["r2", "rSquared"],
      ["constructor", undefined],
    ]) {
      const known = ["gradientDescent", "squaredError", "rSquared", "huber"];
      expect(() => checkName(theirs, known, "it")).toThrow(ours === undefined ? /; known/ : new RegExp(`mean "${ours}"`)); // biome-ignore format: one line
    }
    expect(() => checkName("mae5", ["mean", "huber"], "the cost")).toThrow(/did you mean "mean"/);
    expect(() => checkName(5, ["a", "b"], "the letter")).toThrow(
      new ArgumentError('the letter must be one of "a", "b", not 5'),
    );
  });
});

describe("checkNumber", () => {
  const share = (value: unknown) => checkNumber(value, "the share", "from 0 to 1", (x) => x >= 0 && x <= 1);

  it("gives a number in range back, and says what it wants instead of any other value", () => {
    expect(share(0.5)).toBe(0.5);
    expect(() => share(2)).toThrow(new ArgumentError("the share must be a number from 0 to 1, not 2"));
    expect(() => share("1")).toThrow(
      new ArgumentError('the share must be a number from 0 to 1, not the string "1"'),
    );
    expect(() => share(Number.NaN)).toThrow(ArgumentError);
  });
});

describe("nearest", () => {
  it.each([
    ["epoch", ["batchSize", "epochs"], "epochs"],
    ["EPOCHS", ["batches", "epochs"], "epochs"],
    ["shufle", ["scale", "shuffle"], "shuffle"],
    ["", ["abc", "ab"], "ab"],
    ["x", ["a", "b"], "a"],
    ["mcaro", ["carol", "macro"], "macro"],
    ["mu", ["max", "um"], "um"],
    ["ra", ["be", "rate"], "rate"],
    ["bxg", ["bxgyz", "big"], "big"],
    ["lr", ["cost", "clipNorm", "learningRate"], "learningRate"],
    ["BS", ["epochs", "batchSize", "shuffle"], "batchSize"],
    ["rl", ["cost", "learningRate"], "cost"],
    ["am", ["adversary mean", "at most"], "at most"],
  ])("of %j among %j is %j", (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});

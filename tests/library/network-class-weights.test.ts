import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  type FitOptions,
  type Labels,
  linear,
  Network,
  RandomState,
  ShapeError,
  sigmoid,
  softmax,
} from "../../src/index.ts";
import { weightsOf } from "../support/weights-of.ts";

const rows = [[1], [2], [3], [4], [5], [7]];
const pets = ["dog", "cat", "dog", "dog", "cat", "dog"];
const numbers = pets.map((pet) => (pet === "dog" ? 1 : 0));
/** As many examples of three classes. */
const kinds = ["b", "a", "c", "b", "b", "a"];

/** The parameters that a fit comes to. */
function trained(Y: Labels, options: FitOptions, outputs = 1): number[] {
  const network = new Network(outputs === 1 ? [linear(1), sigmoid()] : [linear(outputs), softmax()], {
    seed: 3,
    learningRate: 0.1,
  });
  network.fitSync(rows, Y, { epochs: 4, ...options });
  return weightsOf(network).flat();
}

describe("class weights", () => {
  const wanted = trained(numbers, { exampleWeights: pets.map((pet) => (pet === "cat" ? 2 : 1)) });

  it.each<[string, Labels, FitOptions["classWeights"]]>([
    ["by label of text", pets, { cat: 2, dog: 1 }],
    ["by label, 1 where left out", pets, { cat: 2 }],
    ["by the order of text labels", pets, [2, 1]],
    ["by class number", numbers, { 0: 2, 1: 1 }],
    ["by a list", numbers, [2, 1]],
    ["by label of booleans", pets.map((pet) => pet === "dog"), { false: 2, true: 1 }],
  ])("%s weigh each example of the class", (_, Y, classWeights) => {
    expect(trained(Y, { classWeights })).toEqual(wanted);
  });

  it("of several outputs go by label, by class number, and by the place of the 1", () => {
    const exampleWeights = kinds.map((kind) => ({ a: 1, b: 0.5, c: 3 })[kind]!);
    const places = kinds.map((kind) => "abc".indexOf(kind));
    const oneHot = places.map((place) => [0, 1, 2].map((i) => (i === place ? 1 : 0)));
    const by = trained(kinds, { exampleWeights }, 3);
    expect(trained(kinds, { classWeights: { b: 0.5, c: 3 } }, 3)).toEqual(by);
    expect(trained(places, { classWeights: { 1: 0.5, 2: 3 } }, 3)).toEqual(by);
    expect(trained(oneHot, { classWeights: { 1: 0.5, 2: 3 } }, 3)).toEqual(by);
    expect(trained(oneHot, { classWeights: [1, 0.5, 3] }, 3)).toEqual(by);
  });

  it("balanced come out as m / (classes · examples of the class), labels of text or not", () => {
    expect(trained(pets, { classWeights: "balanced" })).toEqual(
      trained(pets, { classWeights: { cat: 6 / (2 * 2), dog: 6 / (2 * 4) } }),
    );
    expect(trained(kinds, { classWeights: "balanced" }, 3)).toEqual(
      trained(kinds, { classWeights: { a: 6 / (3 * 2), b: 6 / (3 * 3), c: 6 / (3 * 1) } }, 3),
    );
  });

  it("go together with example weights by their product", () => {
    const nothing = new ArgumentError(
      "exampleWeights, or classWeights, or both together, are 0 for every example to train on, so there is nothing to learn",
    );
    expect(() => trained(pets, { exampleWeights: [0, 0, 0, 0, 0, 0] })).toThrow(nothing);
    expect(() => trained(pets, { classWeights: { cat: 0, dog: 0 } })).toThrow(nothing);
    expect(() => trained(pets, { exampleWeights: [0, 1, 0, 0, 1, 0], classWeights: { cat: 0 } })).toThrow(
      nothing,
    );
    const exampleWeights = [1, 2, 3, 1, 1, 0];
    expect(trained(pets, { exampleWeights, classWeights: { cat: 2 } })).toEqual(
      trained(pets, { exampleWeights: exampleWeights.map((w, i) => w * (pets[i] === "cat" ? 2 : 1)) }),
    );
  });

  it.each<[string, Labels, unknown, RegExp]>([
    [
      "a misspelt label",
      pets,
      { cta: 2 },
      /no class "cta"; did you mean "cat"\? The labels are of "cat", "dog"/,
    ],
    ["a Map", pets, new Map([["cat", 2]]), /a weight per class such as \{ yes: 2 \}.*, not a Map/],
    ["an unknown number", numbers, { 2: 2 }, /no class "2".*The labels are of "0", "1"/],
    ["a number that is like none", numbers, { 2: 2 }, /^classWeights has no class "2"\. The labels/],
    ["a label that is like none", pets, { horse: 2 }, /^classWeights has no class "horse"\. The labels/],
    ["a number among larger ones", [11, 2, 10, 1, 2, 1], { 0: 2 }, /The labels are of "1", "2", "10", "11"$/],
    ["a weight below 0", pets, { cat: -1 }, /the weight of class cat must be a number from 0 up, not -1/],
    [
      "a weight of text",
      pets,
      { dog: "2" },
      /the weight of class dog must be a number from 0 up, not the string "2"/,
    ],
    ["no weights at all", pets, 2, /must be "balanced", a weight per class such as \{ yes: 2 \}.*not 2/],
    ["a misspelt balanced", pets, "balance", /must be "balanced".*not the string "balance"/],
    ["balance of no classes", numbers.map((x) => x / 2), "balanced", /label 0 is 0.5/],
  ])("refuse %s", (_, Y, classWeights, message) => {
    expect(() => trained(Y, { classWeights: classWeights as never })).toThrow(ArgumentError);
    expect(() => trained(Y, { classWeights: classWeights as never })).toThrow(message);
  });

  it("refuse a list of another length than the classes", () => {
    expect(() => trained(pets, { classWeights: [1, 2, 3] })).toThrow(ShapeError);
    expect(() => trained(kinds, { classWeights: [1, 2] }, 3)).toThrow(/2 classWeights do not fit 3 classes/);
    expect(() => trained(numbers, { classWeights: [1, 2, 3] })).toThrow(
      /3 classWeights do not fit 2 classes/,
    );
    expect(() => trained([0, 0, 0, 0, 0, 0], { classWeights: [1] })).toThrow(/1 classWeights do not fit 2/);
  });

  it("may name a class whose examples are all held out", () => {
    const [held] = new RandomState(3).permutation(6);
    const Y = rows.map((_, i) => (i === held ? 1 : 0));
    const options = { epochs: 2, validation: 1 / 6 };
    expect(trained(Y, { ...options, classWeights: { 0: 1, 1: 5 } })).toEqual(trained(Y, options));
    expect(() => trained(Y, { ...options, classWeights: { 2: 5 } })).toThrow(/no class "2"/);
  });
});

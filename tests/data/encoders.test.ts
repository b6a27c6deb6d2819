import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  LabelEncoder,
  NothingButWasmError,
  OneHotEncoder,
  OrderError,
  ShapeError,
  UnknownCategoryError,
} from "../../src/index.ts";

const lists = fc.oneof(
  fc.array(
    fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
    { minLength: 1 },
  ),
  fc.array(fc.integer(), { minLength: 1 }),
  fc.array(fc.boolean(), { minLength: 1 }),
);

describe("LabelEncoder", () => {
  it.each([
    [
      ["b", "a", "C", "a"],
      ["C", "a", "b"],
      [2, 1, 0, 1],
    ],
    [
      [100, -3, 20, 100],
      [-3, 20, 100],
      [2, 0, 1, 2],
    ],
    [
      [true, false, true],
      [false, true],
      [1, 0, 1],
    ],
  ])("numbers %j by %j", (labels, classes, numbers) => {
    const encoder = new LabelEncoder<string | number | boolean>();
    expect(encoder.fitTransform(labels)).toEqual(numbers);
    expect(encoder.classes).toEqual(classes);
    expect(encoder.inverse(numbers)).toEqual(labels);
  });

  it("inverse undoes transform, also after JSON", () => {
    fc.assert(
      fc.property(lists, (labels: (string | number | boolean)[]) => {
        const encoder = new LabelEncoder<string | number | boolean>().fit(labels);
        const back = LabelEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
        expect(back.inverse(encoder.transform(labels))).toEqual(labels);
      }),
    );
  });

  it("names an unknown label, the nearest known one and the known ones", () => {
    const encoder = new LabelEncoder<string>().fit(["setosa", "versicolor"]);
    expect(() => encoder.transform(["setosa", "setoza"])).toThrow(
      new UnknownCategoryError(
        'LabelEncoder.transform: example 1 is "setoza", a category that fit did not see; the nearest known one is "setosa" (known: "setosa", "versicolor")',
      ),
    );
    expect(new UnknownCategoryError("")).toBeInstanceOf(ArgumentError);
    expect(new UnknownCategoryError("")).toBeInstanceOf(NothingButWasmError);
  });

  it("shows ten of many known labels", () => {
    const encoder = new LabelEncoder<number>().fit(Array.from({ length: 12 }, (_, i) => i));
    expect(() => encoder.transform([12])).toThrow(/known: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … \(12 in all\)/);
    const ten = new LabelEncoder<number>().fit(Array.from({ length: 10 }, (_, i) => i));
    expect(() => ten.transform([12])).toThrow(/known: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\)$/);
  });

  it("refuses missing labels, mixed types, objects and numbers beyond the classes", () => {
    const encoder = new LabelEncoder();
    expect(() => encoder.transform(["a"])).toThrow(new OrderError("LabelEncoder.transform: call fit first"));
    expect(() => encoder.fit(["a", ""])).toThrow(
      new ArgumentError(
        'LabelEncoder.fit: example 1 is missing (the string ""); fill it or leave the row out',
      ),
    );
    expect(() => encoder.fit(["a", 1])).toThrow(
      new ArgumentError(
        'LabelEncoder.fit: example 0 is the string "a" and example 1 is 1; categories must be of one type',
      ),
    );
    expect(() => encoder.fit([[1]] as never)).toThrow(ArgumentError);
    expect(() => encoder.fit([])).toThrow(ShapeError);
    expect(() => encoder.fit("ab" as never)).toThrow(ArgumentError);
    encoder.fit(["a", "b"]);
    for (const wrong of [2, -1, 0.5, Number.NaN, "0", "length"]) {
      expect(() => encoder.inverse([0, wrong as number])).toThrow(
        /example 1 must be a whole number from 0 to 1/,
      );
    }
  });

  it.each([
    [{ classes: [] }],
    [{ classes: ["b", "a"] }],
    [{ classes: ["a", "a"] }],
    [{ classes: ["a", 1] }],
    [{}],
  ])("fromJSON refuses %j", (fields) => {
    expect(() => LabelEncoder.fromJSON({ kind: "LabelEncoder", ...fields })).toThrow(ArgumentError);
  });
});

describe("OneHotEncoder", () => {
  it("puts a 1 at the category's place", () => {
    const encoder = new OneHotEncoder<string>();
    expect(encoder.fitTransform(["red", "green", "blue", "red"])).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(encoder.categories).toEqual(["blue", "green", "red"]);
  });

  it("every row sums to 1, and inverse undoes transform, also after JSON", () => {
    fc.assert(
      fc.property(lists, (values: (string | number | boolean)[]) => {
        const encoder = new OneHotEncoder<string | number | boolean>();
        const rows = encoder.fitTransform(values);
        for (const row of rows) expect(row.reduce((a, b) => a + b)).toBe(1);
        const back = OneHotEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
        expect(back.transform(values)).toEqual(rows);
        expect(back.inverse(rows)).toEqual(values);
      }),
    );
  });

  it("inverse reads probabilities, the first of equals", () => {
    const encoder = new OneHotEncoder<string>().fit(["a", "b", "c"]);
    expect(
      encoder.inverse([
        [0.2, 0.5, 0.3],
        [0.4, 0.4, 0.2],
      ]),
    ).toEqual(["b", "a"]);
  });

  it("throws for an unknown category, or writes zeros when told to ignore it", () => {
    expect(() => new OneHotEncoder().fit([1, 2]).transform([1, 3])).toThrow(
      new UnknownCategoryError(
        "OneHotEncoder.transform: example 1 is 3, a category that fit did not see (known: 1, 2)",
      ),
    );
    const ignoring = new OneHotEncoder({ unknown: "ignore" }).fit([1, 2]);
    expect(ignoring.transform([2, 3])).toEqual([
      [0, 1],
      [0, 0],
    ]);
    const back = OneHotEncoder.fromJSON(ignoring.toJSON());
    expect(back.transform([3])).toEqual([[0, 0]]);
    expect(back.inverse([[-2, -1], [0, -1]])).toEqual([2, 1]); // biome-ignore format: one line
    expect(() => back.inverse([[0, 0]])).toThrow(
      new ArgumentError("OneHotEncoder.inverse: row 0 is all zeros, so it names no category"),
    );
  });

  it("refuses unknown options, other values of unknown, and rows of another width", () => {
    expect(() => new OneHotEncoder({ unkown: "ignore" } as never)).toThrow(/did you mean "unknown"/);
    expect(() => new OneHotEncoder({ unknown: "zeros" as never })).toThrow(
      new ArgumentError('OneHotEncoder: unknown "zeros" is unknown; known are "error", "ignore"'),
    );
    expect(() => new OneHotEncoder().fit([1, 2]).inverse([[1]])).toThrow(ShapeError);
    expect(() => new OneHotEncoder().transform([1])).toThrow(OrderError);
  });

  it.each([Infinity, -Infinity])("refuses %d, which JSON cannot hold", (category) => {
    const encoder = new OneHotEncoder<number>().fit([1, 2]);
    for (const work of [() => encoder.transform([category]), () => encoder.fit([1, category])]) {
      expect(work).toThrow(ArgumentError);
      expect(work).toThrow(`is ${category}, which is no category`);
    }
  });

  it("names an unknown category that is a whole text by its beginning, at once", () => {
    const encoder = new OneHotEncoder<string>().fit(["x".repeat(1e6), "a"]);
    const said = `example 0 is "${"y".repeat(60)}…", a category that fit did not see; the nearest known one is "a"`;
    expect(() => encoder.transform(["y".repeat(1e6)])).toThrow(said);
  });

  it("is missing a value even when unknown ones are ignored", () => {
    const encoder = new OneHotEncoder<string>({ unknown: "ignore" }).fit(["a"]);
    expect(() => encoder.transform([""])).toThrow(/example 0 is missing/);
  });
});

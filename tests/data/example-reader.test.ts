import { describe, expect, it } from "vitest";
import { ExampleReader } from "../../src/data/example-reader.ts";
import {
  ArgumentError,
  FeatureCrosses,
  Matrix,
  OrderError,
  RecordEncoder,
  ShapeError,
  StandardScaler,
  UnknownCategoryError,
} from "../../src/index.ts";

const Y = Matrix.from([[0, 1]]);

describe("inputs", () => {
  it("are the very Matrix when nothing is to be done, and rows as columns", () => {
    const reader = new ExampleReader();
    const X = Matrix.from([[1, 2]]);
    const read = reader.learn(X, Y, 1, "float64");
    expect(read.X).toBe(X);
    expect(read.Y).toBe(Y);
    expect(reader.inputs(X, "float64")).toBe(X);
    expect(
      reader
        .inputs(
          [
            [1, 2],
            [3, 4],
          ],
          "float32",
        )
        .toArray(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(reader.inputs([[1, 2]], "float32").dtype).toBe("float32");
  });

  it.each([
    ["standard" as const],
    [new StandardScaler()],
    [["standard" as const]],
  ])("go through %o, a Matrix's too, as first learned", (preprocess) => {
    const reader = new ExampleReader(preprocess);
    expect(() => reader.inputs([[1]], "float64")).toThrow(OrderError);
    expect(reader.learn([[1], [3]], [0, 1], 1, "float64").X.toArray()).toEqual([[-1, 1]]);
    expect(reader.learn([[5], [9]], [0, 1], 1, "float64").X.toArray()).toEqual([[3, 7]]);
    expect(reader.inputs(Matrix.from([[1, 5]]), "float64").toArray()).toEqual([[-1, 3]]);
  });

  it("go through several steps in order", () => {
    const reader = new ExampleReader([new FeatureCrosses([[0, 1]]), "minMax"]);
    expect(
      reader
        .learn(
          [
            [0, 1],
            [1, 2],
          ],
          [0, 1],
          1,
          "float64",
        )
        .X.toArray(),
    ).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it("of records become numbers by a RecordEncoder unless told otherwise", () => {
    const records = [
      { a: "1", b: "x" },
      { a: "3", b: "y" },
    ];
    const reader = new ExampleReader();
    expect(() => reader.inputs(records, "float64")).toThrow(
      new OrderError("records become numbers by what fit learns: call fit first"),
    );
    expect(reader.learn(records, [0, 1], 1, "float64").X.toArray()).toEqual([
      [-1, 1],
      [1, 0],
      [0, 1],
    ]);
    const told = new ExampleReader(new RecordEncoder({ columns: { b: "leaveOut" }, numbers: "asIs" }));
    expect(told.learn(records, [0, 1], 1, "float64").X.toArray()).toEqual([[1, 3]]);
  });

  it.each([
    ["standart", 'not the string "standart"; did you mean "standard"?'],
    [5, "not 5"],
    [[{}], "not a Object"],
    [null, "not null"],
  ])("refuse the preprocess %j", (preprocess, message) => {
    expect(() => new ExampleReader(preprocess as never)).toThrow(ArgumentError);
    expect(() => new ExampleReader(preprocess as never)).toThrow(message);
  });
});

describe("targets", () => {
  const X = [[1], [2], [3]];
  const read = (targets: never[] | unknown[], outputs: number) => {
    const reader = new ExampleReader();
    return { reader, rows: reader.learn(X, targets as never, outputs, "float64").Y.toArray() };
  };

  it.each([
    [["no", "yes", "no"], 1, [[0, 1, 0]], ["no", "yes"]],
    [[true, false, true], 1, [[1, 0, 1]], [false, true]],
    [
      ["no", "yes", "no"],
      2,
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
      ["no", "yes"],
    ],
    [
      [7, 5, 7],
      2,
      [
        [0, 1, 0],
        [1, 0, 1],
      ],
      [5, 7],
    ],
    [
      [0, 2, 0],
      3,
      [
        [1, 0, 1],
        [0, 0, 0],
        [0, 1, 0],
      ],
      [0, 1, 2],
    ],
    [[0.5, 7, 1], 1, [[0.5, 7, 1]], undefined],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      2,
      [
        [1, 3, 5],
        [2, 4, 6],
      ],
      undefined,
    ],
  ])("%j of %i outputs are %j", (targets, outputs, expected, classes) => {
    const { reader, rows } = read(targets, outputs);
    expect(rows).toEqual(expected);
    expect(reader.classes).toEqual(classes);
  });

  it("are read as first learned, and labels come back", () => {
    const { reader } = read(["b", "a", "c"], 3);
    expect(reader.targets(["c"], "float64").toArray()).toEqual([[0], [0], [1]]);
    expect(reader.targets([[1, 0, 0]], "float64").toArray()).toEqual([[1], [0], [0]]);
    expect(reader.labels([2, 0])).toEqual(["c", "a"]);
    expect(new ExampleReader().labels([2, 0])).toEqual([2, 0]);
    expect(() => reader.targets(["d"], "float64")).toThrow(UnknownCategoryError);
  });

  it.each([
    [
      ["a", "b", "c"],
      1,
      "the targets hold 3 classes, which takes a network of 3 outputs, but the last layer has 1",
    ],
    [
      ["a", "b", "a"],
      3,
      "the targets hold 2 classes, which takes a network of 1 or 2 outputs, but the last layer has 3",
    ],
    [[0, 1, 3], 2, "the targets hold 3 classes, which takes a network of 3 outputs"],
  ])("%j do not go with %i outputs", (targets, outputs, message) => {
    expect(() => read(targets, outputs)).toThrow(ArgumentError);
    expect(() => read(targets, outputs)).toThrow(message);
  });

  it("that do not fit leave nothing learned of the inputs", () => {
    const reader = new ExampleReader("standard");
    expect(() => reader.learn([[1], [3]], [], 1, "float64")).toThrow(ShapeError);
    expect(() => reader.learn([[1], [3]], ["a", "b"], 3, "float64")).toThrow(ArgumentError);
    expect(reader.classes).toBeUndefined();
    expect(reader.learn([[0], [10]], ["a", "b"], 1, "float64").X.toArray()).toEqual([[-1, 1]]);
  });
});

describe("JSON", () => {
  it("brings the preprocessing and the classes back", () => {
    const reader = new ExampleReader(["minMax"]);
    reader.learn([[0], [4]], ["x", "y"], 2, "float64");
    const back = ExampleReader.fromJSON(JSON.parse(JSON.stringify(reader)));
    expect(back.inputs([[1]], "float64").toArray()).toEqual([[0.25]]);
    expect(back.learn([[8]], ["y"], 2, "float64").X.toArray()).toEqual([[2]]);
    expect(back.labels([1])).toEqual(["y"]);
    const plain = new ExampleReader();
    expect(plain.toJSON()).toEqual({ inputs: null, classes: null });
    expect(
      ExampleReader.fromJSON(plain.toJSON())
        .inputs([[1]], "float64")
        .toArray(),
    ).toEqual([[1]]);
  });

  it.each([[null], [{}], [{ inputs: null }], [{ inputs: {}, classes: null }]])("refuses %j", (saved) => {
    expect(() => ExampleReader.fromJSON(saved)).toThrow(ArgumentError);
  });

  it("refuses classes of another kind", () => {
    const classes = new StandardScaler().fit([[1]]).toJSON();
    expect(() => ExampleReader.fromJSON({ inputs: null, classes })).toThrow(/LabelEncoder or OneHotEncoder/);
  });
});

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

describe("inputs", () => {
  it("are the very ones given when there is no preprocessing", () => {
    const reader = new ExampleReader();
    const [X, Y] = [Matrix.from([[1, 2]]), Matrix.from([[0, 1]])];
    const read = reader.learn(X, Y, 1);
    expect(read.X).toBe(X);
    expect(read.Y).toBe(Y);
    expect(reader.inputs(X)).toBe(X);
    const rows = [[1, 2]];
    expect(reader.inputs(rows)).toBe(rows);
  });

  it.each([
    ["standard" as const],
    [new StandardScaler()],
    [["standard" as const]],
  ])("go through %o, a Matrix's too, as first learned", (preprocess) => {
    const reader = new ExampleReader(preprocess);
    expect(() => reader.inputs([[1]])).toThrow(OrderError);
    expect(reader.learn([[1], [3]], [0, 1], 1).X).toEqual([[-1], [1]]);
    expect(reader.learn([[5], [9]], [0, 1], 1).X).toEqual([[3], [7]]);
    expect(reader.inputs(Matrix.from([[1, 5]]))).toEqual([[-1], [3]]);
  });

  it("go through several steps in order", () => {
    const steps = new ExampleReader([new FeatureCrosses([[0, 1]]), "minMax"]);
    expect(
      steps.learn(
        [
          [0, 1],
          [1, 2],
        ],
        [0, 1],
        1,
      ).X,
    ).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    const records = new ExampleReader([new RecordEncoder({ numbers: "asIs" }), "standard"]);
    expect(records.learn([{ a: "1" }, { a: "3" }], [0, 1], 1).X).toEqual([[-1], [1]]);
  });

  it.each([
    ["standart", 'not the string "standart"; did you mean "standard"?'],
    [5, "not 5"],
    [[{}], "not a Object"],
    [[], "Pipeline takes a list of at least one preprocessor"],
    [null, "not null"],
  ])("refuse the preprocess %j", (preprocess, message) => {
    expect(() => new ExampleReader(preprocess as never)).toThrow(ArgumentError);
    expect(() => new ExampleReader(preprocess as never)).toThrow(message);
  });
});

describe("targets", () => {
  const X = [[1], [2], [3]];

  it.each([
    [["no", "yes", "no"], 1, [0, 1, 0], ["no", "yes"]],
    [[true, false, true], 1, [1, 0, 1], [false, true]],
    [
      ["no", "yes", "no"],
      2,
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
      ["no", "yes"],
    ],
    [
      ["c", "a", "b"],
      3,
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
      ["a", "b", "c"],
    ],
    [[0.5, 7, 1], 1, [0.5, 7, 1], undefined],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      2,
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      undefined,
    ],
  ])("%j of %i outputs are %j", (targets, outputs, expected, classes) => {
    const reader = new ExampleReader();
    expect(reader.learn(X, targets, outputs).Y).toEqual(expected);
    expect(reader.classes).toEqual(classes);
  });

  it("are read as first learned, and labels come back", () => {
    const reader = new ExampleReader();
    reader.learn(X, ["b", "a", "c"], 3);
    expect(reader.targets(["c"])).toEqual([[0, 0, 1]]);
    expect(reader.targets([[1, 0, 0]])).toEqual([[1, 0, 0]]);
    expect(reader.labels([2, 0])).toEqual(["c", "a"]);
    expect(new ExampleReader().labels([2, 0])).toEqual([2, 0]);
    expect(() => reader.targets(["d"])).toThrow(UnknownCategoryError);
    expect(() => reader.learn(X, ["a", "d", "b"], 3)).toThrow(UnknownCategoryError);
    expect(() => new ExampleReader().targets(["a"])).toThrow(
      new ArgumentError('the network was trained on numbers, so it has no class the string "a"'),
    );
  });

  it.each([
    [["a", "b", "c"], 1, "the labels are of 3 classes, so the last layer must have 3 neurons, not 1"],
    [["a", "b", "a"], 3, "the labels are of 2 classes, so the last layer must have 1 or 2 neurons, not 3"],
  ])("%j do not go with %i outputs", (targets, outputs, message) => {
    expect(() => new ExampleReader().learn(X, targets, outputs)).toThrow(new ArgumentError(message));
  });

  it("and inputs that do not fit leave nothing learned", () => {
    const reader = new ExampleReader("standard");
    expect(() => reader.learn([[1], [3]], ["a", "b"], 3)).toThrow(ArgumentError);
    expect(() => reader.learn([[1], []], ["c", "d"], 1)).toThrow(ShapeError);
    expect(reader.classes).toBeUndefined();
    expect(reader.learn([[0], [10]], ["a", "b"], 1).X).toEqual([[-1], [1]]);
  });
});

describe("JSON", () => {
  it("brings the preprocessing and the classes back", () => {
    const reader = new ExampleReader(["minMax"]);
    expect(() => reader.toJSON()).toThrow(OrderError);
    reader.learn([[0], [4]], ["x", "y"], 2);
    const back = ExampleReader.fromJSON(JSON.parse(JSON.stringify(reader)));
    expect(back.inputs([[1]])).toEqual([[0.25]]);
    expect(back.learn([[8]], ["y"], 2).X).toEqual([[2]]);
    expect(back.labels([1])).toEqual(["y"]);
    const plain = new ExampleReader();
    expect(plain.toJSON()).toEqual({ inputs: null, classes: null });
    expect(ExampleReader.fromJSON(plain.toJSON()).inputs([[1]])).toEqual([[1]]);
  });

  it.each([[null], [{}], [{ inputs: null }], [{ inputs: {}, classes: null }]])("refuses %j", (saved) => {
    expect(() => ExampleReader.fromJSON(saved)).toThrow(ArgumentError);
  });

  it("refuses classes of another kind", () => {
    const classes = new StandardScaler().fit([[1]]).toJSON();
    expect(() => ExampleReader.fromJSON({ inputs: null, classes })).toThrow(/LabelEncoder or OneHotEncoder/);
  });
});

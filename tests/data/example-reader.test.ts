import { describe, expect, it } from "vitest";
import { ExampleReader } from "../../src/data/example-reader.ts";
import {
  ArgumentError,
  FeatureCrosses,
  Matrix,
  MinMaxScaler,
  OrderError,
  Pipeline,
  RecordEncoder,
  StandardScaler,
  UnknownCategoryError,
} from "../../src/index.ts";

describe("inputs", () => {
  it("are the very ones given when there is no preprocessing", () => {
    const reader = new ExampleReader();
    const X = Matrix.from([[1, 2]]);
    expect(reader.learnInputs(X)).toBe(X);
    expect(reader.inputs(X)).toBe(X);
    const rows = [[1, 2]];
    expect(reader.inputs(rows)).toBe(rows);
  });

  it.each([
    ["standard" as const],
    [new StandardScaler()],
    [["standard" as const]],
  ])("go through %o, a Matrix's too, as learned last before they are settled", (preprocess) => {
    const reader = new ExampleReader(preprocess);
    expect(() => reader.inputs([[1]])).toThrow(OrderError);
    expect(reader.learnInputs([[10], [30]])).toEqual([[-1], [1]]);
    expect(reader.learnInputs([[1], [3]])).toEqual([[-1], [1]]);
    reader.settle();
    expect(reader.learnInputs([[5], [9]])).toEqual([[3], [7]]);
    expect(reader.inputs(Matrix.from([[1, 5]]))).toEqual([[-1], [3]]);
  });

  it("go through several steps in order", () => {
    const steps = new ExampleReader([new FeatureCrosses([[0, 1]]), "minMax"]);
    expect(
      steps.learnInputs([
        [0, 1],
        [1, 2],
      ]),
    ).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    const records = new ExampleReader([new RecordEncoder({ numbers: "asIs" }), "standard"]);
    expect(records.learnInputs([{ a: "1" }, { a: "3" }])).toEqual([[-1], [1]]);
  });

  it("that are wrong are named by their place among all, though some alone are learned from", () => {
    const reader = new ExampleReader("standard");
    const rows = [[1], [2], [Number.NaN], [4]];
    expect(() => reader.learnInputs(rows, Int32Array.of(3, 2))).toThrow(/row 2, column 0 is missing/);
    expect(reader.learnInputs([[1], [3], [7]], Int32Array.of(1, 0))).toEqual([[-1], [1], [5]]);
  });

  it("that a step of the user's own refuses are refused in its words, though some alone are learned from", () => {
    const refusal = new RangeError("not these");
    const refuse = () => {
      throw refusal;
    };
    const thrown = (step: object) => {
      try {
        return new ExampleReader(step as never).learnInputs([[1], [2]], Int32Array.of(1));
      } catch (error) {
        return error;
      }
    };
    expect(thrown({ fit: () => {}, transform: refuse })).toBe(refusal);
    // of all it could learn
    expect(
      thrown({ fit: (rows: unknown[]) => rows.length < 2 && refuse(), transform: (rows: unknown) => rows }),
    ).toBe(refusal);
  });

  it("that are held out and unknown are said to be so", () => {
    const reader = new ExampleReader(new RecordEncoder() as never);
    const learn = () => reader.learnInputs([{ a: "x" }, { a: "y" }, { a: "z" }], Int32Array.of(0, 1));
    expect(learn).toThrow(UnknownCategoryError);
    expect(learn).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(
          "The example is held out for validation, and nothing is learned from such;",
        ),
        cause: expect.any(UnknownCategoryError),
      }),
    );
  });

  it("go through a step of the user's own", () => {
    const doubling = { fit: () => {}, transform: (rows: number[][]) => rows.map(([x]) => [2 * x]) };
    expect(new ExampleReader(doubling).learnInputs([[1], [2]])).toEqual([[2], [4]]);
  });

  it("go through a step of the user's own inside of pipelines, once settled too", () => {
    const doubling = {
      fit: () => {},
      transform: (rows: number[][]) => rows.map(([x]) => [2 * x]),
      fitTransform: (rows: number[][]) => rows.map(([x]) => [2 * x]),
      toJSON: () => ({ kind: "doubling" }),
    };
    const pipeline = new Pipeline([new Pipeline([doubling as never]), new MinMaxScaler()]);
    const reader = new ExampleReader(pipeline as never);
    expect(reader.learnInputs([[1], [3]])).toEqual([[0], [1]]);
    reader.settle();
    expect(reader.inputs([[2]])).toEqual([[0.5]]);
  });

  it.each([
    ["standart", 'not the string "standart"; did you mean "standard"?'],
    ["pca", /not the string "pca"$/],
    ["minmax", 'not the string "minmax"; did you mean "minMax"?'],
    ["toString", 'not the string "toString"'],
    [5, "not 5"],
    [new Array(1), "not undefined"],
    [[{}], "not an object"],
    [[new Error()], "not an Error"],
    [[new Map()], "not a Map"],
    [null, "not null"],
  ])("refuse the preprocess %j", (preprocess, message) => {
    expect(() => new ExampleReader(preprocess as never)).toThrow(ArgumentError);
    expect(() => new ExampleReader(preprocess as never)).toThrow(message);
  });
});

describe("targets", () => {
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
    expect(reader.learnTargets(targets, outputs)).toEqual(expected);
    expect(reader.classes).toEqual(classes);
  });

  it("are read as learned last before they are settled, and labels come back", () => {
    const reader = new ExampleReader();
    reader.learnTargets(["x", "y"], 2);
    reader.learnTargets(["b", "a", "c"], 3);
    reader.settle();
    expect(reader.targets(["c"])).toEqual([[0, 0, 1]]);
    expect(reader.learnTargets(["a"], 3)).toEqual([[1, 0, 0]]);
    expect(reader.targets([[1, 0, 0]])).toEqual([[1, 0, 0]]);
    expect(reader.labels([2, 0])).toEqual(["c", "a"]);
    expect(new ExampleReader().labels([2, 0])).toEqual([2, 0]);
    expect(() => reader.targets(["d"])).toThrow(UnknownCategoryError);
    expect(() => reader.learnTargets(["a", "d", "b"], 3)).toThrow(UnknownCategoryError);
  });

  it("that were numbers stay numbers once settled", () => {
    const reader = new ExampleReader();
    reader.learnTargets([0, 1], 1);
    reader.settle();
    const message = 'the network was trained on numbers, so it has no class the string "a"';
    expect(() => reader.learnTargets(["a"], 1)).toThrow(new ArgumentError(message));
  });

  it.each([
    [["a", "b", "c"], 1, "the labels are of 3 classes, so the last layer must have 3 neurons, not 1"],
    [["a", "b", "a"], 3, "the labels are of 2 classes, so the last layer must have 1 or 2 neurons, not 3"],
  ])("%j do not go with %i outputs", (targets, outputs, message) => {
    expect(() => new ExampleReader().learnTargets(targets, outputs)).toThrow(new ArgumentError(message));
  });
});

describe("JSON", () => {
  const custom = { fit: () => {}, transform: (rows: number[][]) => rows.map(([x]) => [2 * x]) };

  it("brings the preprocessing and the classes back, settled", () => {
    const reader = new ExampleReader([new FeatureCrosses([[0, 0]]), "minMax"]);
    expect(() => reader.toJSON()).toThrow(OrderError);
    reader.learnInputs([[0], [4]]);
    reader.learnTargets(["x", "y"], 2);
    const back = ExampleReader.fromJSON(JSON.parse(JSON.stringify(reader)));
    expect(back.inputs([[2]])).toEqual([[0.5, 0.25]]);
    expect(back.learnInputs([[8]])).toEqual([[2, 4]]);
    expect(back.labels([1])).toEqual(["y"]);
  });

  it("says nothing of what there is not", () => {
    expect(new ExampleReader().toJSON()).toEqual({});
    expect(ExampleReader.fromJSON({}).inputs([[1]])).toEqual([[1]]);
  });

  it("asks for a step of the user's own", () => {
    const reader = new ExampleReader([custom]);
    expect(reader.toJSON()).toEqual({ preprocess: [{ kind: "custom" }] });
    expect(() => ExampleReader.fromJSON(reader.toJSON())).toThrow(
      new ArgumentError(
        "the network was saved with a preprocessing step of your own; give it as the option preprocess, as it was after fit",
      ),
    );
    expect(ExampleReader.fromJSON(reader.toJSON(), custom).inputs([[3]])).toEqual([[6]]);
  });

  it("takes a step of the user's own among the library's, which come back as they were saved", () => {
    const saved = (steps: object[]) => {
      const reader = new ExampleReader(steps as never);
      reader.learnInputs([[1], [3]]);
      return { wanted: reader.inputs([[2.5]]), saved: JSON.parse(JSON.stringify(reader)) };
    };
    const { wanted, saved: both } = saved([custom, new StandardScaler()]);
    for (const anew of ["standard", new StandardScaler(), StandardScaler.fromJSON(both.preprocess[1])]) {
      expect(ExampleReader.fromJSON(both, [custom, anew as never]).inputs([[2.5]])).toEqual(wanted);
    }
    // one that learned something else stays as it was given
    const other = new StandardScaler().fit([[0], [8]]);
    expect(ExampleReader.fromJSON(both, [custom, other]).inputs([[2.5]])).toEqual([[0.25]]);
    const places = /It takes a list of all steps, in order; in the place of each of the library's/;
    expect(() => ExampleReader.fromJSON(both, [custom, "minMax"])).toThrow(
      /must be as it was after fit\. It takes/,
    );
    expect(() => ExampleReader.fromJSON(both)).toThrow(places);
    expect(() => ExampleReader.fromJSON(both, custom)).toThrow(
      /was saved with 2 preprocessing steps, but the option preprocess has 1\. It takes a list/,
    );
    // with a kind of its own, too
    const kind = { ...custom, toJSON: () => ({ kind: "Doubled" }) };
    const mixed = saved([new StandardScaler(), kind]);
    expect(() => ExampleReader.fromJSON(mixed.saved)).toThrow(/a preprocessing step of your own; give it/);
    expect(ExampleReader.fromJSON(mixed.saved, ["standard", kind]).inputs([[2.5]])).toEqual(mixed.wanted);
    // in a pipeline as well, which is given as it was then
    const inPipeline = new Pipeline([
      { ...kind, fitTransform: custom.transform } as never,
      new StandardScaler() as never,
    ]);
    const deep = saved([new StandardScaler(), inPipeline]);
    expect(() => ExampleReader.fromJSON(deep.saved)).toThrow(/a preprocessing step of your own; give it/);
    expect(ExampleReader.fromJSON(deep.saved, ["standard", inPipeline as never]).inputs([[2.5]])).toEqual(deep.wanted); // biome-ignore format: one line
  });

  it("refuses a step that has learned nothing, and says by its cause which", () => {
    const saved = { preprocess: [new StandardScaler().fit([[1]]).toJSON()] };
    expect(() => ExampleReader.fromJSON(saved, new StandardScaler())).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("the option preprocess must be as it was after fit"),
        cause: expect.any(OrderError),
      }),
    );
  });

  it.each([
    [{ preprocess: {} }],
    [{ preprocess: [{}] }],
    [{ preprocess: new Array(1) }],
    [{ preprocess: [{ kind: "Scaler" }] }],
    [{ classes: {} }],
    [{ classes: new StandardScaler().fit([[1]]).toJSON() }],
  ])("refuses %j", (saved) => {
    expect(() => ExampleReader.fromJSON(saved as never)).toThrow(ArgumentError);
  });
});

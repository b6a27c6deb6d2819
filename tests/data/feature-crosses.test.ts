import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  type DataRecord,
  FeatureCrosses,
  LabelEncoder,
  MinMaxScaler,
  OneHotEncoder,
  OrderError,
  Pipeline,
  preprocessorFromJSON,
  RecordEncoder,
  ShapeError,
  StandardScaler,
} from "../../src/index.ts";
import { wreck } from "../support/wreck.ts";

describe("FeatureCrosses", () => {
  const xor = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];

  it("adds the article's product of features, by index and by name", () => {
    const withProduct = xor.map(([x1, x2]) => [x1, x2, x1 * x2]);
    expect(new FeatureCrosses([[0, 1]]).fitTransform(xor)).toEqual(withProduct);
    const byName = new FeatureCrosses([["x1", "x2"]], { names: ["x1", "x2"] });
    expect(byName.fitTransform(xor)).toEqual(withProduct);
    expect(byName.inverse(withProduct)).toEqual(xor);
  });

  it("multiplies several columns, and one with itself", () => {
    expect(
      new FeatureCrosses([
        [0, 0],
        [0, 1, 2],
      ]).fitTransform([[2, 3, 5]]),
    ).toEqual([[2, 3, 5, 4, 30]]);
  });

  it("comes back from JSON", () => {
    const crosses = new FeatureCrosses([["b", "a"]], { names: ["a", "b"] }).fit([[1, 2]]);
    const back = FeatureCrosses.fromJSON(JSON.parse(JSON.stringify(crosses)));
    expect(back.transform([[3, 4]])).toEqual([[3, 4, 12]]);
    expect(back.crosses).toEqual([[1, 0]]);
  });

  it.each([
    [[], undefined, "crosses must be a list of crosses"],
    ["x1*x2", undefined, "crosses must be a list of crosses"],
    [[[0]], undefined, "a cross must be a list of at least two columns"],
    [["x1"], undefined, "a cross must be a list of at least two columns"],
    [[["x1", "x2"]], undefined, 'a cross names the column "x1", but the option names is not given'],
    [[["x1", "x3"]], { names: ["x1", "x2"] }, 'there is no column "x3"; did you mean "x1"? (known: x1, x2)'],
    [[["x1", "age"]], { names: ["x1", "x2"] }, 'there is no column "age" (known: x1, x2)'],
    [[[0, -1]], undefined, "a column must be a name or an index from 0, not -1"],
    [[[0, 0.5]], undefined, "a column must be a name or an index from 0, not 0.5"],
    [[[0, 1]], { names: "x1" }, "names must be a list of at least one string"],
    [[[0, 1]], { names: [] }, "names must be a list of at least one string"],
    [[[0, 1]], { name: ["x1"] }, 'did you mean "names"?'],
  ])("refuses %j with %j", (crosses, options, message) => {
    const make = () => new FeatureCrosses(crosses as never, options as never);
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });

  it("refuses numbers whose product is too large, as RecordEncoder does", () => {
    const crosses = new FeatureCrosses([[0, 0]]).fit([[1]]);
    expect(() => crosses.transform([[2], [1e200]])).toThrow(
      new ArgumentError(
        "FeatureCrosses.transform: the product of columns 0 and 0 in row 1 is Infinity; scale the columns first",
      ),
    );
  });

  it("refuses rows that are too narrow, or of another width than learned", () => {
    expect(() => new FeatureCrosses([[0, 2]]).fit([[1, 2]])).toThrow(
      new ArgumentError("FeatureCrosses.fit: a cross asks for column 2, but the columns go from 0 to 1"),
    );
    expect(() => new FeatureCrosses([[0, 1]], { names: ["a", "b", "c"] }).fit([[1, 2]])).toThrow(
      new ShapeError("FeatureCrosses.fit: the rows have 2 columns, but the option names has 3"),
    );
    expect(() => new FeatureCrosses([[0, 1]]).transform([[1, 2]])).toThrow(OrderError);
    expect(() => new FeatureCrosses([[0, 1]]).fit([[1, 2]]).transform([[1, 2, 3]])).toThrow(ShapeError);
    expect(() => new FeatureCrosses([[0, 1]]).fit([[1, 2]]).inverse([[1, 2]])).toThrow(
      new ShapeError("FeatureCrosses.inverse: row 0 has 2 columns, but what was learned has 3"),
    );
    const saved = { kind: "FeatureCrosses", crosses: [[0, 2]], columns: 2 };
    expect(() => FeatureCrosses.fromJSON(saved)).toThrow(
      new ArgumentError("FeatureCrosses.fromJSON: columns must be a whole number above 2, not 2"),
    );
  });
});

describe("Pipeline", () => {
  it("lets each step learn from what the one before gives", () => {
    const pipeline = new Pipeline([new FeatureCrosses([[0, 1]]), new StandardScaler()]);
    expect(
      pipeline.fitTransform([
        [1, 1],
        [3, 1],
      ]),
    ).toEqual([
      [-1, 0, -1],
      [1, 0, 1],
    ]);
    expect(pipeline.transform([[5, 2]])).toEqual([[3, 1, 8]]);
  });

  it("takes records when its first step does, and comes back from JSON", () => {
    const records = [
      { x: "1", y: "2" },
      { x: "3", y: "4" },
    ];
    const pipeline = new Pipeline<DataRecord>([new RecordEncoder({ numbers: "asIs" }), new MinMaxScaler()]);
    expect(pipeline.fit(records).transform([{ x: 2, y: 2 }])).toEqual([[0.5, 0]]);
    const back = preprocessorFromJSON(JSON.parse(JSON.stringify(pipeline)));
    expect(back).toBeInstanceOf(Pipeline);
    expect(back.transform([{ x: 2, y: 2 }])).toEqual([[0.5, 0]]);
  });

  it("has steps of its own: the list may change behind its back", () => {
    const steps = [new StandardScaler()];
    const pipeline = new Pipeline(steps);
    steps.push(new StandardScaler());
    expect(pipeline.steps).toEqual([steps[0]]);
  });

  it("asks for fit first, and again after a fit that failed half-way", () => {
    const pipeline = new Pipeline([new StandardScaler(), new FeatureCrosses([[0, 2]])]);
    expect(() => pipeline.transform([[1]])).toThrow(new OrderError("Pipeline.transform: call fit first"));
    expect(() => pipeline.toJSON()).toThrow(OrderError);
    pipeline.fit([[1, 2, 3]]);
    expect(() => pipeline.fit([[1, 2]])).toThrow(ArgumentError);
    expect(() => pipeline.transform([[1, 2, 3]])).toThrow(OrderError);
  });

  it.each([
    [[]],
    [undefined],
    [[null]],
    [["standard"]],
    [new Array(1)],
    [[new StandardScaler(), {}]],
  ])("refuses %o", (steps) => {
    expect(() => new Pipeline(steps as never)).toThrow(ArgumentError);
  });
});

describe("preprocessorFromJSON", () => {
  const ofEachKind = [
    new StandardScaler().fit([[1], [2]]),
    new MinMaxScaler().fit([[1], [2]]),
    new LabelEncoder().fit([1, 2]),
    new OneHotEncoder().fit(["a", "b"]),
    new FeatureCrosses([[0, 0]]).fit([[1]]),
    new RecordEncoder({ columns: { b: "oneHot" }, crosses: [["a", "a"]] }).fit([{ a: 1, b: 1 }, { a: 2, b: 2 }]), // biome-ignore format: one line
    new Pipeline([new StandardScaler(), new FeatureCrosses([[0, 0]])]).fit([[1], [2]]),
  ];

  it("brings each kind back", () => {
    for (const fitted of ofEachKind) {
      const back = preprocessorFromJSON(JSON.parse(JSON.stringify(fitted)));
      expect(back.constructor).toBe(fitted.constructor);
      expect(back.toJSON()).toEqual(fitted.toJSON());
    }
  });

  it("shares nothing with what it was given, nor does what toJSON gave with the preprocessor", () => {
    for (const fitted of ofEachKind) {
      const text = JSON.stringify(fitted);
      const saved = fitted.toJSON();
      const back = preprocessorFromJSON(saved);
      wreck(saved);
      expect(JSON.stringify(saved)).not.toBe(text);
      expect(JSON.stringify(fitted)).toBe(text);
      expect(JSON.stringify(back)).toBe(text);
    }
  });

  it.each([
    [null],
    [undefined],
    [{}],
    [{ kind: "toString" }],
    [{ kind: 5 }],
    ["StandardScaler"],
  ])("refuses %j", (saved) => {
    expect(() => preprocessorFromJSON(saved)).toThrow(ArgumentError);
  });
});

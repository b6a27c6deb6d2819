import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { ArgumentError, DisposedError, DTypeError, OrderError, ShapeError, UnknownCategoryError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const any = library as any;

const rows = [
  [0, 1],
  [1, 3],
];
const people = [
  { age: "30", city: "Oslo" },
  { age: "50", city: "Rome" },
];

/** The misuses that every class with fit and transform has. */
function learner(
  name: string,
  examples: readonly unknown[],
  make = () => new any[name](),
): Record<string, Misuse[]> {
  const fitted = () => make().fit(examples);
  const methods = "inverse" in make() ? ["transform", "inverse"] : ["transform"];
  return {
    [`${name}.fitTransform`]: [
      misuse("no examples", () => make().fitTransform([]), ShapeError, "at least one example"),
      misuse("a matrix", (w) => make().fitTransform(w.X), ArgumentError, "not a Matrix", "rowsFromMatrix"),
      misuse("a string", () => make().fitTransform("ab"), ArgumentError, "array of examples", '"ab"'),
    ],
    ...Object.fromEntries(
      methods.map((method) => [
        `${name}.${method}`,
        [
          misuse("no fit before", () => make()[method](examples), OrderError, "call fit first"),
          misuse("nothing", () => fitted()[method](), ArgumentError, "array of examples", "undefined"),
        ],
      ]),
    ),
    [`${name}.toJSON`]: [misuse("no fit before", () => make().toJSON(), OrderError, "call fit first")],
    [`${name}.fromJSON`]: [
      misuse("nothing", () => any[name].fromJSON(), ArgumentError, "toJSON", "undefined"),
      misuse("another kind", () => any[name].fromJSON({ kind: "Scaler" }), ArgumentError, name, '"Scaler"'),
    ],
  };
}

/** What is known only after fit. */
function afterFit(door: string): Record<string, Misuse[]> {
  const [name, member] = door.split(".");
  return { [door]: [misuse("no fit before", () => new any[name]()[member], OrderError, "call fit first")] };
}

const pipeline = () => new any.Pipeline([new any.StandardScaler()]);
const crosses = () => new any.FeatureCrosses([[0, 1]]);

const preprocessors: Record<string, Misuse[]> = {
  StandardScaler: [],
  ...learner("StandardScaler", rows),
  ...afterFit("StandardScaler.mean"),
  ...afterFit("StandardScaler.scale"),
  MinMaxScaler: [
    misuse("a range upside down", () => new any.MinMaxScaler({ range: [1, 0] }), ArgumentError, "[1, 0]"),
    misuse("an unknown option", () => new any.MinMaxScaler({ rang: [0, 1] }), ArgumentError, '"range"'),
    misuse("options null", () => new any.MinMaxScaler(null), ArgumentError, "options"),
  ],
  ...learner("MinMaxScaler", rows),
  LabelEncoder: [],
  ...learner("LabelEncoder", ["a", "b"]),
  ...afterFit("LabelEncoder.classes"),
  OneHotEncoder: [
    misuse("an unknown value", () => new any.OneHotEncoder({ unknown: "skip" }), ArgumentError, '"skip"'),
  ],
  ...learner("OneHotEncoder", ["a", "b"]),
  ...afterFit("OneHotEncoder.categories"),
  FeatureCrosses: [
    misuse("no crosses", () => new any.FeatureCrosses(), ArgumentError, "undefined", '[["x1", "x2"]]'),
    misuse("one column", () => new any.FeatureCrosses([[0]]), ArgumentError, "at least two columns"),
    misuse("names not given", () => new any.FeatureCrosses([["a", "b"]]), ArgumentError, '"a"', "names"),
  ],
  ...learner("FeatureCrosses", rows, crosses),
  RecordEncoder: [
    misuse(
      "an unknown use",
      () => new any.RecordEncoder({ columns: { a: "hot" } }),
      ArgumentError,
      '"oneHot"',
    ),
    misuse("an unknown option", () => new any.RecordEncoder({ cross: [] }), ArgumentError, '"crosses"'),
  ],
  ...learner("RecordEncoder", people),
  ...afterFit("RecordEncoder.names"),
  Pipeline: [
    misuse("no steps", () => new any.Pipeline([]), ArgumentError, "at least one preprocessor"),
    misuse("a name", () => new any.Pipeline(["standard"]), ArgumentError, "step 0", '"standard"'),
  ],
  ...learner("Pipeline", rows, pipeline),
  preprocessorFromJSON: [
    misuse("nothing", () => any.preprocessorFromJSON(), ArgumentError, "preprocessorFromJSON takes the object that toJSON gave, not undefined"), // biome-ignore format: one line
    misuse("null", () => any.preprocessorFromJSON(null), ArgumentError, "takes the object that toJSON gave, not null"), // biome-ignore format: one line
    misuse("text", () => any.preprocessorFromJSON("{}"), ArgumentError, 'not the string "{}"; JSON.parse(text) makes it of text'), // biome-ignore format: one line
    misuse("no kind", () => any.preprocessorFromJSON({}), ArgumentError, "StandardScaler", "not undefined"),
  ],
};
preprocessors["OneHotEncoder.transform"].push(
  misuse(
    "an unknown category",
    () => new any.OneHotEncoder().fit(["red", "green"]).transform(["gren"]),
    UnknownCategoryError,
    "example 0",
    '"gren"',
    'nearest known one is "green"',
  ),
);

/** The misuses of what takes the truth and a prediction. */
function compared(name: string): Misuse[] {
  const metric = any[name];
  return [
    misuse("different numbers", () => metric([0, 1], [0]), ShapeError, name, "2", "1"),
    misuse("no examples", () => metric([], []), ShapeError, name),
    misuse("a missing value", () => metric([0, 1], [0, Number.NaN]), ArgumentError, "example 1", "NaN"),
    misuse("a string", () => metric("01", [0, 1]), ArgumentError, name, '"01"'),
    misuse("a disposed matrix", (w) => metric(w.disposed, w.Y), DisposedError, "disposed"),
  ];
}

function averaged(name: string): Misuse[] {
  const metric = any[name];
  return [
    ...compared(name),
    misuse("three classes", () => metric([0, 1, 2], [0, 1, 2]), ArgumentError, "3 classes", '"macro"'),
    misuse("an unknown average", () => metric([0], [0], { average: "makro" }), ArgumentError, '"macro"'),
  ];
}

const metrics: Record<string, Misuse[]> = {
  accuracy: compared("accuracy"),
  confusionMatrix: compared("confusionMatrix"),
  precision: averaged("precision"),
  recall: averaged("recall"),
  f1: averaged("f1"),
  perClass: compared("perClass"),
  rocAuc: [
    ...compared("rocAuc"),
    misuse("one class", () => any.rocAuc([1, 1], [0.1, 0.2]), ArgumentError, "every example is of class 1"),
  ],
  rSquared: compared("rSquared"),
  meanAbsoluteError: compared("meanAbsoluteError"),
  predictedClasses: [
    misuse("no matrix", () => any.predictedClasses([1]), ArgumentError, "must be a Matrix"),
    misuse("no threshold", (w) => any.predictedClasses(w.Y, "0.5"), ArgumentError, '"0.5"'),
  ],
  measure: [
    misuse("an unknown name", (w) => any.measure("acuracy", w.Y, w.Y), ArgumentError, '"accuracy"'),
    misuse("two shapes", (w) => any.measure("f1", w.Y, w.X), ShapeError, "1×4", "2×4"),
  ],
};

/** The misuses of preprocessing, of metrics, and of what networks do with both. */
export const misusesOfPreprocessing: Record<string, Misuse[]> = {
  ...preprocessors,
  ...metrics,
  matrixFromRows: [
    misuse(
      "a hole",
      () => any.matrixFromRows([[1, 2], [3]]),
      ShapeError,
      "row 1 has 1 column,",
      "row 0 has 2",
    ),
    misuse("text", () => any.matrixFromRows([[1, "2"]]), ArgumentError, "row 0, column 1", '"2"'),
    misuse("NaN", () => any.matrixFromRows([[1], [Number.NaN]]), ArgumentError, "row 1, column 0", "missing"),
    misuse("an unknown dtype", () => any.matrixFromRows([[1]], "int8"), DTypeError, '"int8"'),
  ],
  rowsFromMatrix: [
    misuse("rows", () => any.rowsFromMatrix(rows), ArgumentError, "must be a Matrix"),
    misuse("a disposed matrix", (w) => any.rowsFromMatrix(w.disposed), DisposedError, "disposed"),
  ],
  trainTestSplit: [
    misuse("no labels", () => any.trainTestSplit(rows), ArgumentError, "labels", "undefined"),
    misuse("stratify in words", () => any.trainTestSplit(rows, rows, { stratify: "false" }), ArgumentError, "stratify must be true or false", '"false"'), // biome-ignore format: one line
    misuse("too few labels", () => any.trainTestSplit(rows, [1]), ShapeError, "2 rows", "1 label;"),
    misuse(
      "all held out",
      () => any.trainTestSplit(rows, rows, { testShare: 0.9 }),
      ShapeError,
      "leaves none",
    ),
    misuse(
      "a share of 2",
      () => any.trainTestSplit(rows, rows, { testShare: 2 }),
      ArgumentError,
      "between 0 and 1",
    ),
    misuse("two sources", (w) => any.trainTestSplit(rows, rows, { seed: 1, random: w.random }), ArgumentError, "not both"), // biome-ignore format: one line
  ],
  "Network.classify": [
    misuse(
      "no fit before",
      () => new any.Network([any.linear(1)]).classify(rows),
      OrderError,
      "call fit first",
    ),
  ],
  "Network.classes": [],
  "Network.threshold": [],
};

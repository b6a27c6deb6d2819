import * as library from "../../src/index.ts";
import type { World } from "./misuse.ts";

const { FeatureCrosses, LabelEncoder, MinMaxScaler, OneHotEncoder, Pipeline, RecordEncoder, StandardScaler } =
  library;

const rows = [
  [0, 1],
  [1, 3],
];
const people = [
  { age: "30", city: "Oslo" },
  { age: "50", city: "Rome" },
];
const colours = ["red", "green"];

/** An object of each of these classes, ready for any of its methods. */
export const objectsOfPreprocessing: Record<string, (w: World) => library.Preprocessor<never, unknown>> = {
  StandardScaler: () => new StandardScaler().fit(rows),
  MinMaxScaler: () => new MinMaxScaler().fit(rows),
  LabelEncoder: () => new LabelEncoder().fit(colours),
  OneHotEncoder: () => new OneHotEncoder().fit(colours),
  FeatureCrosses: () => new FeatureCrosses([[0, 1]]).fit(rows),
  RecordEncoder: () => new RecordEncoder().fit(people),
  Pipeline: () => new Pipeline([new StandardScaler()]).fit(rows),
};

const examplesOf = (name: string) =>
  name === "RecordEncoder" ? people : /^(Label|OneHot)Encoder$/.test(name) ? colours : rows;

const inverted: Record<string, readonly unknown[]> = {
  StandardScaler: rows,
  MinMaxScaler: rows,
  LabelEncoder: [0, 1],
  OneHotEncoder: rows,
  FeatureCrosses: [[1, 2, 2]],
};

/** Arguments that work, for preprocessing, metrics and what networks do with both. */
export function goodArgumentsOfPreprocessing(w: World): Record<string, readonly unknown[]> {
  const list: Record<string, readonly unknown[]> = {
    "new MinMaxScaler": [{ range: [0, 1] }],
    "new OneHotEncoder": [{ unknown: "ignore" }],
    "new FeatureCrosses": [[["a", "b"]], { names: ["a", "b"] }],
    "new RecordEncoder": [{ columns: { age: "minMax" }, numbers: "asIs", crosses: [["age", "age"]] }],
    "new Pipeline": [[new StandardScaler()]],
    preprocessorFromJSON: [objectsOfPreprocessing.RecordEncoder(w).toJSON()],
    matrixFromRows: [rows, "float64"],
    rowsFromMatrix: [w.X],
    trainTestSplit: [rows, [0, 1], { testShare: 0.5, random: w.random }],
    accuracy: [[0, 1], w.square.data.subarray(0, 2)],
    confusionMatrix: [colours, colours],
    precision: [[0, 1], [1, 1], { average: "macro" }], // biome-ignore format: one line
    recall: [w.Y, w.Y, { positive: 1 }],
    f1: [w.Y, w.Y, { average: "binary" }],
    perClass: [w.Y, w.Y],
    rocAuc: [w.Y, [1, 2, 3, 4], { positive: 1 }],
    rSquared: [w.Y, w.Y],
    meanAbsoluteError: [rows, rows],
    predictedClasses: [w.Y, 0.5],
    measure: ["f1", w.Y, w.Y, 0.5],
    "Network#classify": [rows],
  };
  for (const [name, make] of Object.entries(objectsOfPreprocessing)) {
    const examples = [examplesOf(name)];
    for (const method of ["transform", "fitTransform"]) list[`${name}#${method}`] = examples;
    list[`${name}.fromJSON`] = [make(w).toJSON()];
    if (name in inverted) list[`${name}#inverse`] = [inverted[name]];
  }
  return list;
}

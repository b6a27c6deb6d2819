// A network as the pictures ask it, and its examples as they read them.
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { describe, type Grid, isCallable, type Numbers, readTable, type Table } from "./input.ts";
import type { Model } from "./model-survey.ts";
import { readRecords, recordColumns, recordsOf } from "./records.ts";

/** What pictures of the plane of two features ask of a network: all of it that they need of this library's `Network`. */
export interface Predictor {
  /** The outputs of some examples, a row each. Where the picture was given records, it asks with records. */
  predict(rows: number[][]): ArrayLike<ArrayLike<number>>;
  /** Above it, one output predicts class 1: 0.5 unless given. */
  readonly threshold?: number | undefined;
  /** The classes that stand in Y, in the order of the outputs, where they are no numbers from 0 on. */
  readonly classes?: readonly (string | number | boolean)[] | undefined;
}

/** Whether a model is a network rather than a function. */
export function isPredictor(model: unknown): model is Predictor {
  return typeof model === "object" && model !== null && "predict" in model && isCallable(model.predict);
}

/**
 * A network as a function of points.
 * @param columns the names of the features, where the network is asked with records
 */
export function asModel(caller: string, network: Predictor, columns?: readonly string[]): Model {
  return (points, n) => {
    const each = points.length / n;
    const rows = Array.from({ length: n }, (_, i) => Array.from(points.subarray(i * each, (i + 1) * each)));
    const asked = columns ? (recordsOf(rows, columns) as never) : rows;
    return readTable(caller, "what the network predicts", network.predict(asked)).data;
  };
}

/**
 * The examples of a network as columns. As in `fit`, a nested array holds a row for each, a matrix a column.
 * @param crosses how many feature crosses there are
 */
export function exampleColumns(caller: string, X: unknown, crosses: number): Table {
  const names = recordColumns(X);
  const given = names ? readRecords(caller, "X", X, names) : readTable(caller, "X", X);
  if (!isList(X)) return given;
  // Records have to name the products too, or the network could not be asked for them.
  if (given.cols === 2 + crosses || (given.cols === 2 && !names)) return transposed(given);
  const got = names ? `records of ${names.length} (${names.join(", ")})` : `rows of ${given.cols}`;
  const wanted = `two features here${crosses > 0 ? `, and ${crosses} for featureCrosses` : ""}`;
  const hint =
    given.rows === 2 && !names
      ? "Give a row for each example, as to fit, or a Matrix."
      : "A function (points, n) => probabilities may ask a network of more features, with the others held.";
  throw new ArgumentError(`${caller}: the examples of a network must have ${wanted}, got ${got}. ${hint}`);
}

/** The labels of a network's examples as class numbers, or with a row for each class. */
export function labelColumns(caller: string, { classes }: Predictor, Y: unknown): Table | Numbers {
  if (!isList(Y)) return Y as Table;
  const names = recordColumns(Y);
  if (names) return transposed(readRecords(caller, "Y", Y, names));
  if (isList(Y[0])) return transposed(readTable(caller, "Y", Y));
  if (classes === undefined) return Y as Numbers;
  return Array.from(Y, (label, i) => {
    const place = classes.indexOf(label as string);
    if (place >= 0) return place;
    throw new ArgumentError(
      `${caller}: Y must hold the network's classes, ${classes.map(describe).join(", ")}, got ${describe(label)} for example ${i}.`,
    );
  });
}

function transposed({ rows, cols, data }: Grid): Grid {
  return {
    rows: cols,
    cols: rows,
    data: Float64Array.from(data, (_, k) => data[(k % rows) * cols + Math.floor(k / rows)]),
  };
}

import { Categories, type Category } from "../data/categories.ts";
import type { NumberRows } from "../data/rows.ts";
import { describe, describeOther, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { isList } from "../list.ts";
import { checkMatrix, Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { type Classes, checkSameCount, positiveIndex, truthOf } from "./classes.ts";
import { listsOfRows } from "./outputs.ts";

/** Options of `rocAuc`. */
export interface RocAucOptions {
  /** The positive class of two; 1, or true among booleans, unless given. */
  positive?: Category | undefined;
}

/**
 * Area under the ROC curve: the chance that a positive example scores above a negative one, ties counting half. With
 * a row of scores per class, the mean over the classes of each against the rest.
 *
 * @param truth the classes (m examples); the whole numbers from 0 when there is a row of scores per class
 * @param scores a list, or (1 × m), the higher the more positive; or (classes × m); or rows, one an example, as `Network.predict`
 *   gives them
 * @throws ShapeError or ArgumentError when the two do not fit, and when a class has no example or has them all; DisposedError for a
 *   disposed matrix
 * @example
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);   // 0.75
 * rocAuc([0, 1], [0.5, 0.5]);                    // 0.5
 */
export function rocAuc(
  truth: Classes,
  scores: ArrayLike<number> | NumberRows | Matrix,
  options: RocAucOptions = {},
): number {
  checkOptions(options, ["positive"], "rocAuc");
  const classes = truthOf(truth, "rocAuc");
  const rows = scoreRows(scores);
  checkSameCount(classes.length, rows[0].length, "rocAuc", "scores");
  const known = Categories.of(classes, "rocAuc: truth");
  if (known.size === 1) {
    throw new ArgumentError(
      `rocAuc: every example is of class ${quoted(known.list[0])}; it takes both a class and the others`,
    );
  }
  if (rows.length === 1) {
    const positive =
      known.list[positiveIndex(known.list, options.positive, "rocAuc", "give a row of scores per class")];
    return areaOf(rows[0], (i) => classes[i] === positive);
  }
  if (known.size !== rows.length || known.list.some((value, k) => value !== k)) {
    throw new ArgumentError(
      `rocAuc: with ${rows.length} rows of scores the truth must hold each of the classes 0 to ${rows.length - 1}, not ${known.list.map((value) => quoted(value)).join(", ")}`,
    );
  }
  return rows.reduce((sum, row, k) => sum + areaOf(row, (i) => classes[i] === k), 0) / rows.length;
}

function scoreRows(scores: ArrayLike<number> | NumberRows | Matrix): ArrayLike<number>[] {
  let rows: ArrayLike<number>[];
  if (scores instanceof Matrix) {
    checkMatrix(scores, "rocAuc: scores");
    const { data, cols } = scores;
    rows = Array.from({ length: scores.rows }, (_, k) => data.subarray(k * cols, (k + 1) * cols));
  } else if (isList(scores)) {
    if (scores.length === 0) throw new ShapeError("rocAuc: scores is empty; there is nothing to measure");
    rows = isList(scores[0])
      ? listsOfRows(scores as NumberRows, "rocAuc: scores")
      : [scores as ArrayLike<number>];
  } else {
    throw new ArgumentError(
      `rocAuc: scores must be a list of numbers or a Matrix, not ${describeOther("Matrix", scores)}`,
    );
  }
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      if (typeof row[i] === "number" && !Number.isNaN(row[i])) continue;
      throw new ArgumentError(`rocAuc: scores, example ${i} must be a number, not ${describe(row[i])}`);
    }
  }
  return rows;
}

/** Counts, for each positive, the negatives below it and half of those level with it: whole numbers, so no rounding. */
function areaOf(scores: ArrayLike<number>, isPositive: (i: number) => boolean): number {
  const order = Array.from(scores, (_, i) => i).sort((a, b) =>
    scores[a] < scores[b] ? -1 : Number(scores[a] > scores[b]),
  );
  let positives = 0;
  let negatives = 0;
  let twiceWins = 0;
  for (let start = 0; start < order.length; ) {
    let level = 0;
    let end = start;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) {
      if (isPositive(order[end])) level++;
    }
    const levelNegatives = end - start - level;
    twiceWins += level * (2 * negatives + levelNegatives);
    positives += level;
    negatives += levelNegatives;
    start = end;
  }
  return twiceWins / (2 * positives * negatives);
}

import type { Category } from "../data/categories.ts";
import type { ListOf } from "../list.ts";
import { type Classes, compareClasses } from "./classes.ts";

/** How often each class was taken for each. */
export interface Confusion<C extends Category = Category> {
  /** The classes in order: numbers ascending, strings by code unit, false before true. */
  classes: readonly C[];
  /** counts[i][j] examples of class i were predicted to be of class j. */
  counts: number[][];
}

/**
 * Counts how often each class was taken for each. Every class that is in the truth or predicted is there.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, DisposedError for a disposed matrix
 * @example
 * confusionMatrix([0, 0, 1], [0, 1, 1]);   // { classes: [0, 1], counts: [[1, 1], [0, 1]] }
 */
export function confusionMatrix<C extends Category>(truth: ListOf<C>, predicted: ListOf<C>): Confusion<C>;
export function confusionMatrix(truth: Classes, predicted: Classes): Confusion;
export function confusionMatrix(truth: Classes, predicted: Classes): Confusion {
  return confusionOf(truth, predicted, "confusionMatrix");
}

/** @internal The same, for metrics that count. */
export function confusionOf(truth: Classes, predicted: Classes, where: string): Confusion {
  const compared = compareClasses(truth, predicted, where);
  const { classes } = compared;
  const place = () => where;
  const counts = classes.list.map(() => new Array<number>(classes.size).fill(0));
  for (let i = 0; i < compared.truth.length; i++) {
    const row = counts[classes.indexOf(compared.truth[i], place)];
    row[classes.indexOf(compared.predicted[i], place)]++;
  }
  return { classes: classes.list, counts };
}

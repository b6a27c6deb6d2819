import { type Classes, compareClasses } from "./classes.ts";

/**
 * Share of examples whose class was predicted, from 0 to 1.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, DisposedError for a disposed matrix
 * @example
 * accuracy(["cat", "dog", "dog"], ["cat", "dog", "cat"]);   // 0.6666666666666666
 * accuracy(Matrix.from([[0, 1]]), [0, 1]);                  // 1
 */
export function accuracy(truth: Classes, predicted: Classes): number {
  const compared = compareClasses(truth, predicted, "accuracy");
  const m = compared.truth.length;
  let right = 0;
  for (let i = 0; i < m; i++) if (compared.truth[i] === compared.predicted[i]) right++;
  return right / m;
}

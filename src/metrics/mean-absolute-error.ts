import { compareOutputs, type Outputs } from "./outputs.ts";

/**
 * The mean of |truth − predicted| over the examples, and over the outputs when there are several.
 *
 * @param truth a list, rows, or (outputs × m)
 * @param predicted of the same shape
 * @throws ShapeError or ArgumentError when the two do not fit, DisposedError for a disposed matrix
 * @example
 * meanAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]);   // 0.5
 */
export function meanAbsoluteError(truth: Outputs, predicted: Outputs): number {
  const outputs = compareOutputs(truth, predicted, "meanAbsoluteError");
  let sum = 0;
  for (const output of outputs) {
    for (let i = 0; i < output.truth.length; i++) sum += Math.abs(output.truth[i] - output.predicted[i]);
  }
  return sum / (outputs.length * outputs[0].truth.length);
}

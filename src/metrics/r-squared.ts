import { ShapeError } from "../errors.ts";
import { type ComparedOutput, compareOutputs, type Outputs } from "./outputs.ts";

/**
 * R², the share of the truth's variance that the prediction explains: 1 at best, 0 for the constant mean, below 0 for
 * worse than that. With several outputs, the mean of theirs. For a constant truth it is 1 when predicted without
 * error, else 0.
 *
 * @param truth a list, rows, or (outputs × m), of at least two examples
 * @param predicted of the same shape
 * @throws ShapeError or ArgumentError when the two do not fit, DisposedError for a disposed matrix
 * @example
 * rSquared([3, -0.5, 2, 7], [2.5, 0, 2, 8]);   // 0.9486081370449679
 */
export function rSquared(truth: Outputs, predicted: Outputs): number {
  const outputs = compareOutputs(truth, predicted, "rSquared");
  if (outputs[0].truth.length < 2) {
    throw new ShapeError("rSquared needs at least 2 examples, since one has no variance to explain");
  }
  return outputs.reduce((sum, output) => sum + ofOutput(output), 0) / outputs.length;
}

function ofOutput({ truth, predicted }: ComparedOutput): number {
  const m = truth.length;
  let sum = 0;
  for (let i = 0; i < m; i++) sum += truth[i];
  const mean = sum / m;
  let residual = 0;
  let total = 0;
  let correction = 0;
  let constant = true;
  for (let i = 0; i < m; i++) {
    const error = truth[i] - predicted[i];
    const deviation = truth[i] - mean;
    residual += error * error;
    total += deviation * deviation;
    correction += deviation;
    constant &&= truth[i] === truth[0];
  }
  // The sum of the deviations would be 0 but for the rounding of the mean, which weighs where that is far from 0.
  total -= (correction * correction) / m;
  if (constant || total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

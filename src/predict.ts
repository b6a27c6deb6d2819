import { ArgumentError, ShapeError } from "./errors.ts";
import type { ActivationLayer } from "./layers/activation-layer.ts";
import type { LinearLayer } from "./layers/linear-layer.ts";
import { checkMatrix, describe, Matrix } from "./matrix.ts";

/** What `predict` found. */
export interface Prediction {
  /** 1 where the probability is above the threshold, else 0 (n × m). */
  predictions: Matrix;
  /** The last activation (n × m), copied. */
  probabilities: Matrix;
  /** Share of predictions that equal Y, in percent. */
  accuracy: number;
}

/**
 * Runs X through the layers, Zs[0], As[0], Zs[1], As[1] and so on, and compares the outcome with Y.
 *
 * @param X (features × m)
 * @param Y labels 0 and 1 (n × m)
 * @param Zs the linear layers in order
 * @param As the activation layers in order, as many
 * @param threshold a probability above it is predicted as 1
 * @throws ArgumentError for no layers or unequal lists; ShapeError when Y does not fit the last activation
 * @example
 * const { predictions, accuracy } = predict(X, Y, [Z1, Z2], [A1, A2]);
 */
export function predict(
  X: Matrix,
  Y: Matrix,
  Zs: readonly LinearLayer[],
  As: readonly ActivationLayer[],
  threshold = 0.5,
): Prediction {
  checkMatrix(X, "predict: X");
  checkMatrix(Y, "predict: Y");
  if (!Array.isArray(Zs) || !Array.isArray(As) || Zs.length === 0 || Zs.length !== As.length) {
    throw new ArgumentError(
      `predict takes as many activation layers as linear ones, at least one each, not ${describe(Zs)} and ${describe(As)}`,
    );
  }
  if (typeof threshold !== "number" || Number.isNaN(threshold)) {
    throw new ArgumentError(`predict: the threshold must be a number, not ${describe(threshold)}`);
  }
  let A = X;
  for (let i = 0; i < Zs.length; i++) A = As[i].forward(Zs[i].forward(A));
  if (A.rows !== Y.rows || A.cols !== Y.cols) {
    throw new ShapeError(`predict: Y is ${Y.rows}×${Y.cols}, but the network gives ${A.rows}×${A.cols}`);
  }
  const probabilities = Matrix.fromFlat(A.data, A.shape, A.dtype);
  const predictions = Matrix.zeros(A.rows, A.cols, A.dtype);
  const { data } = predictions;
  const labels = Y.data;
  let right = 0;
  for (let i = 0; i < data.length; i++) {
    if (probabilities.data[i] > threshold) data[i] = 1;
    if (data[i] === labels[i]) right++;
  }
  return { predictions, probabilities, accuracy: (right / data.length) * 100 };
}

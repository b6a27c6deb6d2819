import { describe, describeOther } from "./describe.ts";
import { ArgumentError, ShapeError } from "./errors.ts";
import { ActivationLayer } from "./layers/activation-layer.ts";
import { LinearLayer } from "./layers/linear-layer.ts";
import { withoutDropout } from "./layers/without-dropout.ts";
import { checkMatrix, Matrix } from "./matrix.ts";

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
 * Runs X through the layers, Zs[0], As[0], Zs[1], As[1] and so on, dropout left out, and compares the outcome with Y.
 *
 * @param X (features × m)
 * @param Y labels 0 and 1 (n × m)
 * @param Zs the linear layers in order
 * @param As the activation layers in order, as many
 * @param threshold a probability above it is predicted as 1
 * @throws ArgumentError for no layers or unequal lists, and unless the threshold is a number; ShapeError, DTypeError or DisposedError
 *   when X, the layers and Y do not fit each other
 * @example
 * const [X, Y] = [Matrix.from([[0, 1]]), Matrix.from([[0, 1]])];
 * const [Z, A] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 2])];
 * Z.params.W.data[0] = 5;
 * Z.params.b.data[0] = -2;
 * const { predictions, accuracy } = predict(X, Y, [Z], [A]);
 * accuracy;   // 100
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
  const outputs = checkChain(X, Zs, As);
  if (outputs !== Y.rows || X.cols !== Y.cols) {
    throw new ShapeError(`predict: Y is ${Y.rows}×${Y.cols}, but the network gives ${outputs}×${X.cols}`);
  }
  const A = withoutDropout(As, () => Zs.reduce((input, Z, i) => As[i].forward(Z.forward(input)), X));
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

/** Checks, before any layer runs, that each takes what the one before it gives; returns the rows of the last. */
function checkChain(X: Matrix, Zs: readonly LinearLayer[], As: readonly ActivationLayer[]): number {
  let { rows } = X;
  for (let i = 0; i < Zs.length; i++) {
    const Z = Zs[i];
    const A = As[i];
    if (!(Z instanceof LinearLayer) || !(A instanceof ActivationLayer)) {
      throw new ArgumentError(
        `predict: Zs[${i}] must be a LinearLayer and As[${i}] an activation layer, not ${describeOther("LinearLayer", Z)} and ${describe(A)}`,
      );
    }
    checkMatrix(Z.Z, `predict: the output of Zs[${i}]`, X.dtype);
    checkMatrix(A.A, `predict: the output of As[${i}]`, X.dtype);
    if (Z.nIn !== rows) {
      throw new ShapeError(`predict: Zs[${i}] takes ${Z.nIn} features, but is given ${rows}`);
    }
    if (A.A.rows !== Z.nOut) {
      throw new ShapeError(`predict: As[${i}] takes ${A.A.rows} rows, but Zs[${i}] gives ${Z.nOut}`);
    }
    rows = Z.nOut;
  }
  return rows;
}

import { ArgumentError, ShapeError } from "../errors.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkName } from "../options.ts";
import { accuracy } from "./accuracy.ts";
import { predictedClasses } from "./classes.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { type AverageOptions, f1, precision, recall } from "./precision-recall.ts";
import { rSquared } from "./r-squared.ts";
import { rocAuc } from "./roc-auc.ts";

/** The metrics that `Network.evaluate` knows by name. */
export type MetricName =
  | "accuracy"
  | "precision"
  | "recall"
  | "f1"
  | "rocAuc"
  | "rSquared"
  | "meanAbsoluteError";

type Metric = (Y: Matrix, YHat: Matrix, threshold: number) => number;

/** @throws ArgumentError for labels beside 0 and 1 of one output, which predicts no others */
function checkBinary(name: MetricName, { data, rows }: Matrix): void {
  if (rows > 1) return;
  for (let i = 0; i < data.length; i++) {
    // what is no class at all the metric refuses, each in its words
    if (data[i] === 0 || data[i] === 1 || !Number.isInteger(data[i])) continue;
    throw new ArgumentError(
      `${name}: label ${i} is ${data[i]}, but one output predicts the classes 0 and 1; give labels of these or as text, or a metric of your own, a function of Y and YHat`,
    );
  }
}

/** Measures by a metric of classes, of which one output predicts two. */
function byClasses(
  name: MetricName,
  metric: (Y: Matrix, predicted: number[], options: AverageOptions) => number,
  [Y, YHat, threshold]: Parameters<Metric>,
): number {
  checkBinary(name, Y);
  return metric(Y, predictedClasses(YHat, threshold), { average: YHat.rows === 1 ? "binary" : "macro" });
}

const metrics: Readonly<Record<MetricName, Metric>> = {
  accuracy: (...given) => byClasses("accuracy", (Y, predicted) => accuracy(Y, predicted), given),
  precision: (...given) => byClasses("precision", precision, given),
  recall: (...given) => byClasses("recall", recall, given),
  f1: (...given) => byClasses("f1", f1, given),
  rocAuc: (Y, YHat) => rocAuc(Y, YHat),
  rSquared: (Y, YHat) => rSquared(Y, YHat),
  meanAbsoluteError: (Y, YHat) => meanAbsoluteError(Y, YHat),
};

/** The name of every metric that `measure` and `Network.evaluate` know. */
export const metricNames = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(metrics),
) as readonly MetricName[];

/**
 * A metric of a network's outputs. Those of classes read one row of outputs as class 1 above the threshold and else 0,
 * and a row per class as the class of the largest; precision, recall and F1 are then means over the classes.
 *
 * @param name one of the metrics; see `MetricName`
 * @param Y the truth (n × m): 0 and 1, one-hot columns, or any numbers for rSquared and meanAbsoluteError
 * @param YHat the outputs (n × m)
 * @param threshold for one row; 0.5 unless given, which is right for probabilities. Logits take 0
 * @throws ArgumentError for an unknown name, naming the nearest known one, where an output is NaN, and for classes beside 0 and 1 of
 *   one output; ShapeError when the two differ in shape or are too few examples; DisposedError for a disposed matrix
 * @example
 * measure("accuracy", Matrix.from([[0, 1, 1]]), Matrix.from([[0.1, 0.8, 0.4]]));   // 0.6666666666666666
 */
export function measure(name: MetricName, Y: Matrix, YHat: Matrix, threshold = 0.5): number {
  checkName(name, metricNames, "measure: the metric");
  checkMatrix(Y, "measure: Y");
  checkMatrix(YHat, "measure: YHat");
  if (Y.rows !== YHat.rows || Y.cols !== YHat.cols) {
    throw new ShapeError(
      `measure: Y is ${Y.rows}×${Y.cols} and YHat is ${YHat.rows}×${YHat.cols}; they must have one shape`,
    );
  }
  return metrics[name](Y, YHat, threshold);
}

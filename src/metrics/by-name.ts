import { ArgumentError, ShapeError } from "../errors.ts";
import { checkMatrix, describe, type Matrix } from "../matrix.ts";
import { nearest } from "../options.ts";
import { accuracy } from "./accuracy.ts";
import { predictedClasses } from "./classes.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { f1, precision, recall } from "./precision-recall.ts";
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

type Metric = (Y: Matrix, YHat: Matrix) => number;

const metrics: Readonly<Record<MetricName, Metric>> = {
  accuracy: (Y, YHat) => accuracy(Y, predictedClasses(YHat)),
  precision: (Y, YHat) => precision(Y, predictedClasses(YHat), averageOf(YHat)),
  recall: (Y, YHat) => recall(Y, predictedClasses(YHat), averageOf(YHat)),
  f1: (Y, YHat) => f1(Y, predictedClasses(YHat), averageOf(YHat)),
  rocAuc: (Y, YHat) => rocAuc(Y, YHat),
  rSquared,
  meanAbsoluteError,
};

/**
 * A metric of a network's outputs. Those of classes read one row of outputs as the probability of class 1, predicted
 * above 0.5, and a row per class as the probabilities of each; precision, recall and F1 are then means over classes.
 *
 * @param name one of the metrics; see `MetricName`
 * @param Y the truth (n × m): 0 and 1, one-hot columns, or any numbers for rSquared and meanAbsoluteError
 * @param YHat the outputs (n × m)
 * @throws ArgumentError for an unknown name, naming the nearest known one; ShapeError when the two differ in shape
 * @example
 * measure("accuracy", Matrix.from([[0, 1, 1]]), Matrix.from([[0.1, 0.8, 0.4]]));   // 0.6666666666666666
 */
export function measure(name: MetricName, Y: Matrix, YHat: Matrix): number {
  checkMetricName(name, "measure");
  checkMatrix(Y, "measure: Y");
  checkMatrix(YHat, "measure: YHat");
  if (Y.rows !== YHat.rows || Y.cols !== YHat.cols) {
    throw new ShapeError(
      `measure: Y is ${Y.rows}×${Y.cols} and YHat is ${YHat.rows}×${YHat.cols}; they must have one shape`,
    );
  }
  return metrics[name](Y, YHat);
}

/**
 * @internal
 * @throws ArgumentError unless `name` is a metric's
 */
export function checkMetricName(name: unknown, where: string): MetricName {
  if (typeof name === "string" && Object.hasOwn(metrics, name)) return name as MetricName;
  const known = Object.keys(metrics);
  const hint = typeof name === "string" ? `; did you mean "${nearest(name, known)}"?` : "";
  throw new ArgumentError(
    `${where}: a metric must be one of ${known.join(", ")}, not ${describe(name)}${hint}`,
  );
}

function averageOf(YHat: Matrix): { average: "binary" | "macro" } {
  return { average: YHat.rows === 1 ? "binary" : "macro" };
}

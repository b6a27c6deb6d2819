import { ShapeError } from "../errors.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkName } from "../options.ts";
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

type Metric = (Y: Matrix, YHat: Matrix, threshold: number) => number;

const metrics: Readonly<Record<MetricName, Metric>> = {
  accuracy: (Y, YHat, threshold) => accuracy(Y, predictedClasses(YHat, threshold)),
  precision: (Y, YHat, threshold) => precision(Y, predictedClasses(YHat, threshold), averageOf(YHat)),
  recall: (Y, YHat, threshold) => recall(Y, predictedClasses(YHat, threshold), averageOf(YHat)),
  f1: (Y, YHat, threshold) => f1(Y, predictedClasses(YHat, threshold), averageOf(YHat)),
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
 * @throws ArgumentError for an unknown name, naming the nearest known one, and where an output is NaN; ShapeError when the two differ
 *   in shape or are too few examples; DisposedError for a disposed matrix
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

function averageOf(YHat: Matrix): { average: "binary" | "macro" } {
  return { average: YHat.rows === 1 ? "binary" : "macro" };
}

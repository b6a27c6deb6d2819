import type { Matrix } from "../matrix.ts";
import { type Cost, type CostAndLogitGradient, sumOfTerms, type TermsKernel } from "./cost.ts";

/** Probabilities are held to [EPSILON, 1 − EPSILON]. */
const EPSILON = 1e-7;

/**
 * Binary cross-entropy as Keras computes it, as an object, for a network whose last layer is a sigmoid.
 * @example
 * new Network([linear(1), sigmoid()], { cost: new KerasLikeBceCost() }).cost.name;   // "kerasLikeBce"
 */
export class KerasLikeBceCost implements Cost {
  readonly name = "kerasLikeBce";
  readonly labels = "unit";
  readonly joins = "sigmoid";

  /** See `computeKerasLikeBceCost`. */
  computeJoined(Y: Matrix, _Z: Matrix, A: Matrix, exampleWeights?: Matrix): CostAndLogitGradient {
    return computeKerasLikeBceCost(Y, A, exampleWeights);
  }
}

const kernel: TermsKernel = (kernels, { terms, gradient }, { Y, YHat }, scale, spare) => {
  const n = Y.rows * Y.cols;
  const logits = spare();
  kernels.logit(logits.pointer, YHat.pointer, n, EPSILON, 1 - EPSILON);
  kernels.stableBceTerms(terms, gradient, Y.pointer, logits.pointer, n, scale);
};

/**
 * Binary cross-entropy as Keras computes it, and as the article's `compute_keras_like_bce_cost`: probabilities are
 * held to [1e-7, 1 − 1e-7], turned back to logits ln(p / (1 − p)), and given to the stable cost. The gradient is the
 * article's, that of the logits: where a probability is held the cost is flat, and Keras's is 0, but not this one.
 *
 * @param Y labels from 0 to 1 (n × m)
 * @param PHat probabilities, the output of a sigmoid (n × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dZ, the gradient with respect to the sigmoid's input
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * const { cost, dZ } = computeKerasLikeBceCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]]));
 * cost;           // 0.6931471805599453
 * dZ.toArray();   // [[0.25, -0.25]]
 */
export function computeKerasLikeBceCost(
  Y: Matrix,
  PHat: Matrix,
  exampleWeights?: Matrix,
): CostAndLogitGradient {
  const operands = { Y, YHat: PHat, weights: exampleWeights, called: "PHat" };
  const { sum, gradient, m } = sumOfTerms("computeKerasLikeBceCost", operands, kernel);
  return { cost: (1 / m) * sum, dZ: gradient };
}

import type { Matrix } from "../matrix.ts";
import {
  type Cost,
  type CostAndGradient,
  type CostAndLogitGradient,
  sumOfTerms,
  type TermsKernel,
} from "./cost.ts";

/**
 * Binary cross-entropy from logits as an object, for a network whose last layer is linear, and which therefore
 * predicts logits. After a sigmoid layer it does the same as "bce".
 * @example
 * new StableBceCost().computeCost(Matrix.from([[0, 1]]), Matrix.zeros(1, 2)).cost;   // 0.6931471805599453
 */
export class StableBceCost implements Cost {
  readonly name = "stableBce";
  readonly labels = "unit";
  readonly joins = "sigmoid";

  /** See `computeStableBceCost`. */
  computeCost(Y: Matrix, Z: Matrix, exampleWeights?: Matrix): CostAndGradient {
    const { cost, dZ } = computeStableBceCost(Y, Z, exampleWeights);
    return { cost, dYHat: dZ };
  }

  /** See `computeStableBceCost`. */
  computeJoined(Y: Matrix, Z: Matrix, _A: Matrix, exampleWeights?: Matrix): CostAndLogitGradient {
    return computeStableBceCost(Y, Z, exampleWeights);
  }
}

const kernel: TermsKernel = (kernels, { terms, gradient }, { Y, YHat }, scale) =>
  kernels.stableBceTerms(terms, gradient, Y.pointer, YHat.pointer, Y.rows * Y.cols, scale);

/**
 * Binary cross-entropy from logits, (1/m) · Σ (max(Z, 0) − Z·Y + ln(1 + e^−|Z|)) over m examples and its gradient, as
 * the article's `compute_stable_bce_cost`: finite for every finite Z whose sum is, with a gradient that does not vanish where
 * the sigmoid is flat.
 *
 * @param Y labels from 0 to 1 (n × m)
 * @param Z logits, the input of the sigmoid (n × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dZ = (1/m) · (σ(Z) − Y), which goes to the layer that made Z
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * const { cost, dZ } = computeStableBceCost(Matrix.from([[0, 1]]), Matrix.from([[0, 1000]]));
 * cost;           // 0.34657359027997264
 * dZ.toArray();   // [[0.25, 0]]
 */
export function computeStableBceCost(Y: Matrix, Z: Matrix, exampleWeights?: Matrix): CostAndLogitGradient {
  const operands = { Y, YHat: Z, weights: exampleWeights, called: "Z" };
  const { sum, gradient, m } = sumOfTerms("computeStableBceCost", operands, kernel);
  return { cost: (1 / m) * sum, dZ: gradient };
}

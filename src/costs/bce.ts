import { runtime } from "../kernels/runtime.ts";
import type { Matrix } from "../matrix.ts";
import {
  type Cost,
  type CostAndGradient,
  type CostAndLogitGradient,
  sumOfTerms,
  type TermsKernel,
} from "./cost.ts";
import { computeStableBceCost } from "./stable-bce.ts";

/**
 * Binary cross-entropy as an object, for whatever takes a cost. After a sigmoid layer a network computes it by
 * `computeStableBceCost` from the sigmoid's input.
 * @example
 * new BceCost().computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]])).cost;   // 0.6931471805599453
 */
export class BceCost implements Cost {
  readonly name = "bce";
  readonly labels = "unit";
  readonly joins = "sigmoid";

  /** See `computeBceCost`. */
  computeCost(Y: Matrix, PHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
    return computeBceCost(Y, PHat, exampleWeights);
  }

  /** See `computeStableBceCost`. */
  computeJoined(Y: Matrix, Z: Matrix, _A: Matrix, exampleWeights?: Matrix): CostAndLogitGradient {
    return computeStableBceCost(Y, Z, exampleWeights);
  }
}

const kernel: TermsKernel = (kernels, { terms, gradient }, { Y, YHat }, scale) =>
  kernels.bceTerms(terms, gradient, Y.pointer, YHat.pointer, Y.rows * Y.cols, scale);

/**
 * Binary cross-entropy (1/m) · Σ (−Y·ln PHat − (1 − Y)·ln(1 − PHat)) over m examples and its gradient, as the
 * article's `compute_bce_cost`; 0 · ln 0 and 0/0 count as 0. A wrong PHat of exactly 0 or 1 costs ∞, unless its weight is 0: from
 * logits, `computeStableBceCost` costs what it should.
 *
 * @param Y labels from 0 to 1 (n × m)
 * @param PHat probabilities (n × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dYHat = (1/m) · (−Y/PHat + (1 − Y)/(1 − PHat))
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * computeBceCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]])).cost;   // 0.6931471805599453
 */
export function computeBceCost(Y: Matrix, PHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
  const operands = { Y, YHat: PHat, weights: exampleWeights, called: "PHat" };
  const { sum, gradient, m } = sumOfTerms("computeBceCost", operands, kernel);
  const isUnsure = exampleWeights !== undefined && Number.isNaN(sum);
  return { cost: (1 / m) * (isUnsure ? sumOfCounted(gradient, exampleWeights) : sum), dYHat: gradient };
}

/** The sum of the terms, which the gradient keeps, where 0 · ∞ was none: an example that counts nothing has no cost and no gradient. */
function sumOfCounted(gradient: Matrix, weights: Matrix): number {
  const terms = gradient.gradient();
  for (const { data, cols } of [terms, gradient]) {
    for (let i = 0; i < data.length; i++) if (weights.data[i % cols] === 0) data[i] = 0;
  }
  return runtime().kernels[terms.dtype].sum(terms.pointer, terms.size);
}

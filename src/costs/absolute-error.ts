import type { Matrix } from "../matrix.ts";
import { type Cost, type CostAndGradient, sumOfTerms, type TermsKernel } from "./cost.ts";

/**
 * The absolute-error cost (1/m) · Σ |Y − YHat| as an object, for whatever takes a cost.
 * @example
 * new AbsoluteErrorCost().computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]])).cost;   // 0.5
 */
export class AbsoluteErrorCost implements Cost {
  readonly name = "absoluteError";
  readonly labels = "any";

  /** See `computeAbsoluteErrorCost`. */
  computeCost(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
    return computeAbsoluteErrorCost(Y, YHat, exampleWeights);
  }
}

const kernel: TermsKernel = (kernels, { terms, gradient }, { Y, YHat }, scale) =>
  kernels.absoluteErrorTerms(terms, gradient, Y.pointer, YHat.pointer, Y.rows * Y.cols, scale);

/**
 * The absolute-error cost (1/m) · Σ |Y − YHat| over m examples and its gradient, which is 0 where the two are equal.
 *
 * @param Y labels (n × m)
 * @param YHat predictions (n × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dYHat = (1/m) · sign(YHat − Y)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * computeAbsoluteErrorCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.25]])).cost;   // 0.625
 */
export function computeAbsoluteErrorCost(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
  const operands = { Y, YHat, weights: exampleWeights };
  const { sum, gradient, m } = sumOfTerms("computeAbsoluteErrorCost", operands, kernel);
  return { cost: (1 / m) * sum, dYHat: gradient };
}

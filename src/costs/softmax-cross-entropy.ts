import type { Matrix } from "../matrix.ts";
import {
  type Cost,
  type CostAndGradient,
  type CostAndLogitGradient,
  sumOfTerms,
  type TermsKernel,
} from "./cost.ts";

/**
 * Cross-entropy of classes as an object, for a network whose last layer is a softmax, whose input it is computed
 * from, or linear, which then predicts logits.
 * @example
 * const logits = Matrix.zeros(2, 2);
 * new SoftmaxCrossEntropyCost().computeCost(Matrix.from([[0, 1], [1, 0]]), logits).cost;   // 0.6931471805599453
 */
export class SoftmaxCrossEntropyCost implements Cost {
  readonly name = "softmaxCrossEntropy";
  readonly labels = "distribution";
  readonly joins = "softmax";

  /** See `computeSoftmaxCrossEntropyCost`. */
  computeCost(Y: Matrix, Z: Matrix, exampleWeights?: Matrix): CostAndGradient {
    const { cost, dZ } = computeSoftmaxCrossEntropyCost(Y, Z, exampleWeights);
    return { cost, dYHat: dZ };
  }

  /** See `computeSoftmaxCrossEntropyCost`. */
  computeJoined(Y: Matrix, Z: Matrix, _A: Matrix, exampleWeights?: Matrix): CostAndLogitGradient {
    return computeSoftmaxCrossEntropyCost(Y, Z, exampleWeights);
  }
}

const kernel: TermsKernel = (kernels, { terms, gradient }, { Y, YHat }, scale) =>
  kernels.softmaxCrossEntropyTerms(terms, gradient, Y.pointer, YHat.pointer, Y.rows, Y.cols, scale);

/**
 * Cross-entropy of classes from logits, −(1/m) · Σ Y · ln softmax(Z) over m examples, and its gradient; finite for
 * every Z whose differences within an example are, and their sum over the examples.
 *
 * @param Y a column per example: 1 at its class and 0 elsewhere, or shares that sum to 1 (classes × m)
 * @param Z logits, the input of the softmax (classes × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dZ = (1/m) · (softmax(Z) · Σ Y − Y), which goes to the layer that made Z
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * computeSoftmaxCrossEntropyCost(Matrix.from([[1], [0]]), Matrix.from([[5], [5]])).cost;   // 0.6931471805599453
 */
export function computeSoftmaxCrossEntropyCost(
  Y: Matrix,
  Z: Matrix,
  exampleWeights?: Matrix,
): CostAndLogitGradient {
  const operands = { Y, YHat: Z, weights: exampleWeights, called: "Z" };
  const { sum, gradient, m } = sumOfTerms("computeSoftmaxCrossEntropyCost", operands, kernel);
  return { cost: (1 / m) * sum, dZ: gradient };
}

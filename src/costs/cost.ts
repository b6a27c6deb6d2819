import type { Compared } from "../compared.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { bytesOf } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { runtime } from "../kernels/runtime.ts";
import { areLive, checkMatrix, type Matrix } from "../matrix.ts";

/** A cost and its gradient with respect to the prediction. */
export interface CostAndGradient {
  /** The cost, a mean over the examples. */
  cost: number;
  /** ∂cost/∂YHat, of YHat's shape. It belongs to YHat: the next cost of the same YHat overwrites it. */
  dYHat: Matrix;
}

/** A cost and its gradient with respect to Z, the input of the network's last activation. */
export interface CostAndLogitGradient {
  /** The cost, a mean over the examples. */
  cost: number;
  /** ∂cost/∂Z, of Z's shape. It belongs to the matrix that the cost was computed from. */
  dZ: Matrix;
}

/** What the labels of a cost must be: any numbers, each from 0 to 1, or from 0 to 1 and 1 in sum for each example. */
export type LabelRange = "any" | "unit" | "distribution";

/**
 * A cost, for whatever takes one. Y and YHat are (n × m), columns are examples. A cost of your own needs
 * `computeCost` only.
 */
export interface Cost {
  /** What it is called where it is told of; `explain` finds a formula by it. */
  readonly name?: string;
  /** What labels it takes, which training checks; any unless given. */
  readonly labels?: LabelRange;
  /** The cost of the network's output and the gradient with respect to it. */
  computeCost?(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient;
  /**
   * The activation that this cost is joined with when it is the network's last layer: the cost is then computed by
   * `computeJoined`, whose gradient goes past that layer. It is more accurate, and no saturation stops it.
   */
  readonly joins?: "sigmoid" | "softmax";
  /** The cost by way of Z, the joined activation's input, or A, its output. */
  computeJoined?(Y: Matrix, Z: Matrix, A: Matrix, exampleWeights?: Matrix): CostAndLogitGradient;
}

/** @internal What runs the kernel of a cost: terms and gradient are outputs of Y's shape, scale is 1/m. */
export type TermsKernel = (
  kernels: Kernels,
  outputs: { terms: number; gradient: number },
  inputs: { Y: Matrix; YHat: Matrix },
  scale: number,
  /** A matrix of Y's shape for what the kernel has to keep in between. */
  spare: () => Matrix,
) => void;

/**
 * @internal The sum of a cost's terms, each example's times its weight if there are weights, and the gradient, which
 * is kept by YHat and weighed likewise. The terms are kept by the gradient, so that a training loop allocates nothing.
 *
 * @param role the function that the caller called, for messages
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 */
export function sumOfTerms(
  role: string,
  operands: { Y: Matrix; YHat: Matrix; weights: Matrix | undefined; called?: string },
  kernel: TermsKernel,
): { sum: number; gradient: Matrix; m: number } {
  const { Y, YHat, weights, called = "YHat" } = operands;
  const { gradient, kernels } = comparedOf(role, Y, YHat, called, weights);
  const { cols: m, size: n } = Y;
  const keep = (kept: Matrix) => apart(role, kept, Y, weights, called);
  const terms = keep(gradient.gradient());
  const outputs = { terms: terms.pointer, gradient: gradient.pointer };
  kernel(kernels, outputs, { Y, YHat }, 1 / m, () => keep(terms.gradient()));
  if (weights !== undefined) {
    scaleColumns(kernels, terms, weights);
    scaleColumns(kernels, gradient, weights);
  }
  return { sum: kernels.sum(terms.pointer, n), gradient, m };
}

/** @internal What YHat's latest cost has found of these labels, or else what is found now that the operands are checked. */
export function comparedOf(
  role: string,
  Y: Matrix,
  YHat: Matrix,
  called = "YHat",
  weights?: Matrix,
): Compared {
  const known = YHat?.compared;
  if (weights === undefined && known !== undefined && known.labels === Y) return known;
  if (!(areLive(Y, YHat) && Y.rows === YHat.rows && Y.cols === YHat.cols)) {
    refuseOperands(role, Y, YHat, called);
  }
  if (weights !== undefined) checkWeights(role, weights, Y);
  const gradient = apart(role, YHat.gradient(), Y, weights, called);
  return YHat.compare(Y, gradient, runtime().kernels[Y.dtype]);
}

/** `written`, a matrix that the cost writes, unless it is one of those that the cost still has to read. */
function apart(
  role: string,
  written: Matrix,
  Y: Matrix,
  weights: Matrix | undefined,
  called: string,
): Matrix {
  if (written !== Y && written !== weights) return written;
  const shared = written === Y ? "Y" : "exampleWeights";
  throw new ArgumentError(`${role}: ${shared} may not be the gradient of ${called}, or be kept by it`);
}

/** Says why the two do not fit together. */
function refuseOperands(role: string, Y: Matrix, YHat: Matrix, called: string): never {
  checkMatrix(Y, `${role}: Y`);
  checkMatrix(YHat, `${role}: ${called}`, Y.dtype);
  throw new ShapeError(
    `${role}: Y is ${Y.rows}×${Y.cols} and ${called} is ${YHat.rows}×${YHat.cols}; they must have one shape`,
  );
}

function checkWeights(role: string, weights: Matrix, Y: Matrix): void {
  checkMatrix(weights, `${role}: exampleWeights`, Y.dtype);
  if (weights.rows !== 1 || weights.cols !== Y.cols) {
    throw new ShapeError(
      `${role}: exampleWeights is ${weights.rows}×${weights.cols}, but ${Y.cols} examples take 1×${Y.cols}`,
    );
  }
}

/** x(rows × m) ·= weights(1 × m), row by row. */
function scaleColumns(kernels: Kernels, x: Matrix, weights: Matrix): void {
  const rowBytes = bytesOf(x.dtype) * x.cols;
  for (let i = 0; i < x.rows; i++) {
    const row = x.pointer + i * rowBytes;
    kernels.multiply(row, row, weights.pointer, x.cols);
  }
}

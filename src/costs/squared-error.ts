import { ArgumentError, ShapeError } from "../errors.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";

/** A cost and its gradient with respect to the prediction. */
export interface CostAndGradient {
  /** The cost, a mean over the examples. */
  cost: number;
  /** ∂cost/∂YHat, of YHat's shape. It belongs to YHat: the next cost of the same YHat overwrites it. */
  dYHat: Matrix;
}

/** The squared-error cost (1/2m) · Σ (Y − YHat)² as an object, for whatever takes a cost. */
export class SquaredErrorCost {
  /** See `computeCost`. */
  computeCost(Y: Matrix, YHat: Matrix): CostAndGradient {
    return computeCost(Y, YHat);
  }
}

/**
 * The squared-error cost (1/2m) · Σ (Y − YHat)² over m examples and its gradient, as the article's `compute_cost`.
 *
 * @param Y labels (n × m)
 * @param YHat predictions (n × m), of Y's dtype
 * @returns the cost and dYHat = −(1/m) (Y − YHat)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the two do not fit; nothing is written then
 * @example
 * const { cost, dYHat } = computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]]));
 * cost;              // 0.125
 * dYHat.toArray();   // [[0.25, -0.25]]
 */
export function computeCost(Y: Matrix, YHat: Matrix): CostAndGradient {
  const m = Y?.cols;
  if (
    !(
      Y?.dtype === YHat?.dtype &&
      Y.rows === YHat.rows &&
      m === YHat.cols &&
      Y.pointer > 0 &&
      YHat.pointer > 0
    )
  ) {
    refusePair(Y, YHat);
  }
  const dYHat = YHat.gradient();
  if (dYHat === Y) throw new ArgumentError("computeCost: Y may not be the gradient of YHat");
  const { squaredError } = runtime().kernels[Y.dtype];
  const sum = squaredError(dYHat.pointer, Y.pointer, YHat.pointer, Y.rows * m, -1 / m);
  return { cost: (1 / (2 * m)) * sum, dYHat };
}

/** Says why the two do not fit together. */
function refusePair(Y: Matrix, YHat: Matrix): never {
  checkMatrix(Y, "computeCost: Y");
  checkMatrix(YHat, "computeCost: YHat", Y.dtype);
  throw new ShapeError(
    `computeCost: Y is ${Y.rows}×${Y.cols} and YHat is ${YHat.rows}×${YHat.cols}; they must have one shape`,
  );
}

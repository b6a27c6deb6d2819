import type { Compared } from "../compared.ts";
import type { Matrix } from "../matrix.ts";
import { roomForRecords } from "../record-room.ts";
import { type Cost, type CostAndGradient, comparedOf } from "./cost.ts";
import { huberCost } from "./huber.ts";

/**
 * The squared-error cost (1/2m) · Σ (Y − YHat)² as an object, for whatever takes a cost.
 * @example
 * new SquaredErrorCost().computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]])).cost;   // 0.125
 */
export class SquaredErrorCost implements Cost {
  readonly name = "squaredError";
  readonly labels = "any";

  /** See `computeCost`. */
  computeCost(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
    return computeCost(Y, YHat, exampleWeights);
  }
}

/**
 * The squared-error cost (1/2m) · Σ (Y − YHat)² over m examples and its gradient, as the article's `compute_cost`.
 *
 * @param Y labels (n × m)
 * @param YHat predictions (n × m), of Y's dtype
 * @param exampleWeights (1 × m) what each example counts; 1 each when left out
 * @returns the cost and dYHat = −(1/m) (Y − YHat)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * const { cost, dYHat } = computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]]));
 * cost;              // 0.125
 * dYHat.toArray();   // [[0.25, -0.25]]
 */
export function computeCost(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
  if (exampleWeights !== undefined) return weightedCost(Y, YHat, exampleWeights);
  const compared = YHat?.compared;
  if (compared === undefined || Y !== compared.prepared) return firstCost(Y, YHat);
  const { share, gradient } = compared;
  return { cost: share * compared.run(compared.record, compared.scale), dYHat: gradient };
}

/** Prepares the kernel for these. */
function firstCost(Y: Matrix, YHat: Matrix): CostAndGradient {
  const compared = comparedOf("computeCost", Y, YHat);
  const { gradient, kernels } = compared;
  compared.room ??= roomForRecords(1);
  compared.record = compared.room.pointer;
  const operands = [gradient.pointer, Y.pointer, YHat.pointer, Y.size];
  compared.run = kernels.prepare("squaredError", compared.record, operands) as Compared["run"];
  compared.scale = -1 / Y.cols;
  compared.share = 1 / (2 * Y.cols);
  compared.prepared = Y;
  return computeCost(Y, YHat);
}

/** By Huber's cost that never bends: its terms are half the squares. */
function weightedCost(Y: Matrix, YHat: Matrix, weights: Matrix): CostAndGradient {
  return huberCost("computeCost", { Y, YHat, weights }, Number.POSITIVE_INFINITY);
}

import { ArgumentError } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { type Cost, type CostAndGradient, sumOfTerms } from "./cost.ts";

/** Options of `HuberCost`. */
export interface HuberCostOptions {
  /** The distance from which an error counts by its size and no more by its square; 1 unless given. */
  delta?: number | undefined;
}

/** Options of `computeHuberCost`. */
export interface HuberOptions extends HuberCostOptions {
  /** (1 × m) what each example counts; 1 each when left out. */
  exampleWeights?: Matrix | undefined;
}

/**
 * Huber's cost as an object, for whatever takes a cost.
 * @example
 * new HuberCost({ delta: 0.25 }).computeCost(Matrix.from([[0, 1]]), Matrix.from([[0.5, 0.5]])).cost;   // 0.09375
 */
export class HuberCost implements Cost {
  readonly name = "huber";
  readonly labels = "any";
  /** The distance from which an error counts by its size. */
  readonly delta: number;

  /** @throws ArgumentError for an unknown option, or unless delta is a positive number */
  constructor(options: HuberCostOptions = {}) {
    checkOptions(options, ["delta"], "HuberCost");
    const { delta = 1 } = options;
    this.delta = checkDelta(delta);
  }

  /** See `computeHuberCost`. */
  computeCost(Y: Matrix, YHat: Matrix, exampleWeights?: Matrix): CostAndGradient {
    return computeHuberCost(Y, YHat, { delta: this.delta, exampleWeights });
  }
}

/**
 * Huber's cost (1/m) · Σ h(YHat − Y) over m examples and its gradient, where h(r) = r²/2 up to |r| = delta and the
 * straight line delta · (|r| − delta/2) beyond: a far-off example pulls no harder than one delta away.
 *
 * @param Y labels (n × m)
 * @param YHat predictions (n × m), of Y's dtype
 * @returns the cost and dYHat = (1/m) · (YHat − Y), held to ±delta/m
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * computeHuberCost(Matrix.from([[0, 0]]), Matrix.from([[0.5, 3]])).cost;   // 1.3125
 */
export function computeHuberCost(Y: Matrix, YHat: Matrix, options: HuberOptions = {}): CostAndGradient {
  checkOptions(options, ["delta", "exampleWeights"], "computeHuberCost");
  const { delta = 1, exampleWeights } = options;
  checkDelta(delta);
  if (Y?.dtype === "float32" && Math.fround(delta) === 0) {
    throw new ArgumentError(`Huber's delta must be a number above 0 in float32, not ${delta}`);
  }
  return huberCost("computeHuberCost", { Y, YHat, weights: exampleWeights }, delta);
}

/** @internal Huber's cost of what fits `role`, the function that was called; with delta ∞ the squared error's. */
export function huberCost(
  role: string,
  operands: { Y: Matrix; YHat: Matrix; weights: Matrix | undefined },
  delta: number,
): CostAndGradient {
  const { sum, gradient, m } = sumOfTerms(
    role,
    operands,
    (kernels, { terms, gradient: out }, { Y, YHat }, scale) =>
      kernels.huberTerms(terms, out, Y.pointer, YHat.pointer, Y.rows * Y.cols, scale, delta),
  );
  return { cost: (1 / m) * sum, dYHat: gradient };
}

function checkDelta(delta: unknown): number {
  return checkNumber(delta, "Huber's delta", "above 0", (value) => value > 0);
}

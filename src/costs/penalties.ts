import { ArgumentError, ShapeError } from "../errors.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkNumber } from "../options.ts";

/** A price on large weights, added to a cost. Biases are free. */
export interface Penalty {
  readonly name: string;
  readonly strength: number;
  /** The penalty of W, whose gradient is added to dW. */
  addTo(dW: Matrix, W: Matrix): number;
}

/** (strength/2) · Σ W², gradient strength · W: pulls every weight towards 0, the large ones most. */
export class L2Penalty implements Penalty {
  readonly name = "l2";
  readonly strength: number;

  /** @throws ArgumentError unless the strength is a number from 0 up */
  constructor(strength: number) {
    this.strength = checkStrength(strength);
  }

  addTo(dW: Matrix, W: Matrix): number {
    checkWeights(dW, W, "L2Penalty.addTo");
    const kernels = runtime().kernels[W.dtype];
    const squares = dW.gradient();
    const n = W.rows * W.cols;
    kernels.multiply(squares.pointer, W.pointer, W.pointer, n);
    kernels.subtractScaled(dW.pointer, W.pointer, n, -this.strength);
    return (this.strength / 2) * kernels.sum(squares.pointer, n);
  }
}

/** strength · Σ |W|, gradient strength · sign(W), 0 at 0: pulls every weight alike, and many to nearly 0. */
export class L1Penalty implements Penalty {
  readonly name = "l1";
  readonly strength: number;

  /** @throws ArgumentError unless the strength is a number from 0 up */
  constructor(strength: number) {
    this.strength = checkStrength(strength);
  }

  addTo(dW: Matrix, W: Matrix): number {
    checkWeights(dW, W, "L1Penalty.addTo");
    const kernels = runtime().kernels[W.dtype];
    const sizes = dW.gradient();
    const n = W.rows * W.cols;
    kernels.absolutePenalty(sizes.pointer, dW.pointer, W.pointer, n, this.strength);
    return this.strength * kernels.sum(sizes.pointer, n);
  }
}

/** An `L2Penalty`, for a network's option `penalty`. */
export function l2(strength: number): L2Penalty {
  return new L2Penalty(strength);
}

/** An `L1Penalty`, for a network's option `penalty`. */
export function l1(strength: number): L1Penalty {
  return new L1Penalty(strength);
}

/** The maker of each penalty by its name. */
export const penalties = /* @__PURE__ */ Object.freeze({
  /** `l1`: strength · Σ |W|. */
  l1,
  /** `l2`: (strength/2) · Σ W². */
  l2,
});

function checkWeights(dW: Matrix, W: Matrix, role: string): void {
  checkMatrix(W, `${role}: W`);
  checkMatrix(dW, `${role}: dW`, W.dtype);
  if (dW.rows !== W.rows || dW.cols !== W.cols) {
    throw new ShapeError(`${role}: dW is ${dW.rows}×${dW.cols}, but W is ${W.rows}×${W.cols}`);
  }
  if (dW === W || dW.gradient() === W) {
    throw new ArgumentError(`${role}: dW and W must be two matrices, neither made by the other`);
  }
}

function checkStrength(strength: unknown): number {
  return checkNumber(strength, "the strength of a penalty", "from 0 up", (value) => value >= 0);
}

import { ArgumentError } from "../errors.ts";
import { subtractScaled } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkGradient } from "../layers/trainable.ts";
import type { Matrix } from "../matrix.ts";
import { checkNumber } from "../options.ts";

/** A price on large weights, added to a cost. Biases are free. */
export interface Penalty {
  /** What it is called where it is told of. */
  readonly name: string;
  /** What the size of the weights is multiplied by. */
  readonly strength: number;
  /**
   * The penalty of W, whose gradient is added to dW.
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when the two do not fit; nothing changes then
   */
  addTo(dW: Matrix, W: Matrix): number;
}

/**
 * (strength/2) · Σ W², gradient strength · W: pulls every weight towards 0, the large ones most.
 * @example
 * const dW = Matrix.zeros(1, 2);
 * new L2Penalty(0.5).addTo(dW, Matrix.from([[2, -4]]));   // 5
 * dW.toArray();   // [[1, -2]]
 */
export class L2Penalty implements Penalty {
  readonly name = "l2";
  readonly strength: number;

  /** @throws ArgumentError unless the strength is a number from 0 up */
  constructor(strength: number) {
    this.strength = checkStrength(strength);
  }

  addTo(dW: Matrix, W: Matrix): number {
    const squares = spareOf("L2Penalty.addTo", dW, W);
    const kernels = runtime().kernels[W.dtype];
    const n = W.rows * W.cols;
    kernels.multiply(squares.pointer, W.pointer, W.pointer, n);
    subtractScaled(kernels, dW.pointer, W.pointer, n, -this.strength);
    return (this.strength / 2) * kernels.sum(squares.pointer, n);
  }
}

/**
 * strength · Σ |W|, gradient strength · sign(W), 0 at 0: pulls every weight alike, and many to nearly 0.
 * @example
 * const dW = Matrix.zeros(1, 2);
 * new L1Penalty(0.5).addTo(dW, Matrix.from([[2, -4]]));   // 3
 * dW.toArray();   // [[0.5, -0.5]]
 */
export class L1Penalty implements Penalty {
  readonly name = "l1";
  readonly strength: number;

  /** @throws ArgumentError unless the strength is a number from 0 up */
  constructor(strength: number) {
    this.strength = checkStrength(strength);
  }

  addTo(dW: Matrix, W: Matrix): number {
    const sizes = spareOf("L1Penalty.addTo", dW, W);
    const kernels = runtime().kernels[W.dtype];
    const n = W.rows * W.cols;
    kernels.absolutePenalty(sizes.pointer, dW.pointer, W.pointer, n, this.strength);
    return this.strength * kernels.sum(sizes.pointer, n);
  }
}

/**
 * An `L2Penalty`, for a network's option `penalty`.
 * @throws ArgumentError unless the strength is a number from 0 up
 * @example
 * new Network([linear(1)], { penalty: [l2(0.01), l1(0.001)] });
 */
export function l2(strength: number): L2Penalty {
  return new L2Penalty(strength);
}

/**
 * An `L1Penalty`, for a network's option `penalty`.
 * @throws ArgumentError unless the strength is a number from 0 up
 * @example
 * new Network([linear(1)], { penalty: l1(0.01) });
 */
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

/** A matrix of W's shape for what is summed; it is kept by dW, so that training allocates nothing. */
function spareOf(role: string, dW: Matrix, W: Matrix): Matrix {
  checkGradient(role, ["W", "dW"], W, dW);
  const spare = dW.gradient();
  if (spare === W) throw new ArgumentError(`${role}: W may not be the gradient of dW`);
  return spare;
}

function checkStrength(strength: unknown): number {
  return checkNumber(strength, "the strength of a penalty", "from 0 up", (value) => value >= 0);
}

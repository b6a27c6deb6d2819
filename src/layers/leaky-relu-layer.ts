import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import type { Shape } from "../matrix-checks.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { ActivationLayer, type ActivationOptions } from "./activation-layer.ts";

/** Options of a `LeakyReluLayer`. */
export interface LeakyReluOptions extends ActivationOptions {
  /** What a negative Z is multiplied by, from 0 to 1; 0.01 unless given. */
  slope?: number | undefined;
}

/**
 * The leaky rectified linear node: A = Z where Z > 0, else slope · Z, so that no unit ever stops learning.
 *
 * @example
 * const A1 = new LeakyReluLayer([1, 2], { slope: 0.1 });
 * A1.forward(Matrix.from([[-2, 3]])).toArray();   // [[-0.2, 3]]
 */
export class LeakyReluLayer extends ActivationLayer {
  /** What a negative Z is multiplied by. */
  readonly slope: number;
  /** @internal */
  override get title(): string {
    return "LeakyReluLayer";
  }

  /**
   * @throws ArgumentError for an unknown option, or unless the slope is a number from 0 to 1; ShapeError for bad sizes,
   *   DTypeError for an unknown dtype
   */
  constructor(shape: Shape, options: LeakyReluOptions = {}) {
    checkOptions(options, ["dtype", "slope"], "LeakyReluLayer");
    const { slope = 0.01, ...rest } = options;
    checkSlope(slope);
    super(shape, rest);
    this.slope = slope;
  }

  /** @internal */
  activation(kernels: Kernels, _: number, a: number, z: number, n: number): Prepared {
    return () => kernels.leakyRelu(a, z, n, this.slope);
  }

  /** @internal */
  derivative(kernels: Kernels, _: number, dZ: number, upstream: number, a: number, n: number): Prepared {
    return () => kernels.reluGradient(dZ, upstream, a, n, this.slope);
  }
}

/** @internal @throws ArgumentError unless `slope` is a number from 0 to 1 */
export function checkSlope(slope: unknown): number {
  return checkNumber(slope, "the slope of a leaky ReLU", "from 0 to 1", (value) => value >= 0 && value <= 1);
}

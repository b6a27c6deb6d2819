import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The softmax node: in each column (an example) A = e^(Z − max) / Σ e^(Z − max), shares from 0 to 1 that sum to 1. The
 * column's greatest element is subtracted first, so that no Z overflows.
 *
 * With the cost "softmaxCrossEntropy" a network goes from Z to the cost at once and skips this layer's backward.
 *
 * @example
 * const A1 = new SoftmaxLayer([2, 1]);
 * A1.forward(Matrix.from([[1000], [1000]])).toArray();   // [[0.5], [0.5]]
 */
export class SoftmaxLayer extends ActivationLayer {
  /** @internal */
  override get title(): string {
    return "SoftmaxLayer";
  }

  /** @internal */
  activation(kernels: Kernels, _: number, a: number, z: number): Prepared {
    const { rows, cols } = this.A;
    return () => kernels.softmax(a, z, rows, cols);
  }

  /** @internal */
  derivative(kernels: Kernels, _: number, dZ: number, upstream: number, a: number): Prepared {
    const { rows, cols } = this.A;
    return () => kernels.softmaxGradient(dZ, upstream, a, rows, cols);
  }
}

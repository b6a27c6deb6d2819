import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The rectified linear node A = max(Z, 0), element by element; dZ = upstreamGrad where Z > 0, else 0.
 *
 * @example
 * const A1 = new ReluLayer([1, 3]);
 * A1.forward(Matrix.from([[-2, 0, 3]])).toArray();   // [[0, 0, 3]]
 */
export class ReluLayer extends ActivationLayer {
  /** @internal */
  override get title(): string {
    return "ReluLayer";
  }

  /** @internal */
  activation(kernels: Kernels, _: number, a: number, z: number, n: number): Prepared {
    return () => kernels.relu(a, z, n);
  }

  /** @internal */
  derivative(kernels: Kernels, _: number, dZ: number, upstream: number, a: number, n: number): Prepared {
    return () => kernels.reluGradient(dZ, upstream, a, n, 0);
  }
}

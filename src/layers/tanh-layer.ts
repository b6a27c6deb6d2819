import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The hyperbolic tangent node A = tanh Z, element by element; dZ = upstreamGrad · (1 − A²).
 *
 * @example
 * const A1 = new TanhLayer([1, 2]);
 * A1.forward(Matrix.from([[0, 1]])).toArray();   // [[0, 0.7615941559557649]]
 */
export class TanhLayer extends ActivationLayer {
  /** @internal */
  override get title(): string {
    return "TanhLayer";
  }

  /** @internal */
  activation(kernels: Kernels, _: number, a: number, z: number, n: number): Prepared {
    return () => kernels.tanh(a, z, n);
  }

  /** @internal */
  derivative(kernels: Kernels, _: number, dZ: number, upstream: number, a: number, n: number): Prepared {
    return () => kernels.tanhGradient(dZ, upstream, a, n);
  }
}

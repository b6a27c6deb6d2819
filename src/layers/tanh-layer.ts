import type { Kernels } from "../kernels/kernels.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The hyperbolic tangent node A = tanh Z, element by element; dZ = upstreamGrad · (1 − A²).
 *
 * @example
 * const A1 = new TanhLayer([1, 2]);
 * A1.forward(Matrix.from([[0, 1]])).toArray();   // [[0, 0.7615941559557649]]
 */
export class TanhLayer extends ActivationLayer {
  protected override get title(): string {
    return "TanhLayer";
  }

  protected activate(kernels: Kernels, a: number, z: number, n: number): void {
    kernels.tanh(a, z, n);
  }

  protected derive(kernels: Kernels, dZ: number, upstream: number, a: number, n: number): void {
    kernels.tanhGradient(dZ, upstream, a, n);
  }
}

import type { Kernels } from "../kernels/kernels.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The rectified linear node A = max(Z, 0), element by element; dZ = upstreamGrad where Z > 0, else 0.
 *
 * @example
 * const A1 = new ReluLayer([1, 3]);
 * A1.forward(Matrix.from([[-2, 0, 3]])).toArray();   // [[0, 0, 3]]
 */
export class ReluLayer extends ActivationLayer {
  protected override get title(): string {
    return "ReluLayer";
  }

  protected activate(kernels: Kernels, a: number, z: number, n: number): void {
    kernels.relu(a, z, n);
  }

  protected derive(kernels: Kernels, dZ: number, upstream: number, a: number, n: number): void {
    kernels.reluGradient(dZ, upstream, a, n, 0);
  }
}

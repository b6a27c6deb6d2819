import type { Kernels } from "../kernels/kernels.ts";
import type { Matrix } from "../matrix.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The sigmoid node A = 1 / (1 + e^−Z), element by element; stable for every Z.
 *
 * Shapes: Z, A, dZ (n × m); m, the number of examples, may change from call to call. The layer owns its outputs and
 * overwrites them with the next call.
 *
 * @example
 * const A1 = new SigmoidLayer([1, 2]);
 * A1.forward(Matrix.from([[0, 1]])).toArray();   // [[0.5, 0.7310585786300049]]
 */
export class SigmoidLayer extends ActivationLayer {
  protected override get title(): string {
    return "SigmoidLayer";
  }

  protected activate(kernels: Kernels, A: Matrix, Z: Matrix): void {
    kernels.sigmoid(A.pointer, Z.pointer, A.rows * A.cols);
  }

  protected derive(kernels: Kernels, dZ: Matrix, upstreamGrad: Matrix, A: Matrix): void {
    kernels.sigmoidGradient(dZ.pointer, upstreamGrad.pointer, A.pointer, A.rows * A.cols);
  }
}

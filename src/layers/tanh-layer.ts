import type { Kernels } from "../kernels/kernels.ts";
import type { Matrix } from "../matrix.ts";
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

  protected activate(kernels: Kernels, A: Matrix, Z: Matrix): void {
    kernels.tanh(A.pointer, Z.pointer, A.rows * A.cols);
  }

  protected derive(kernels: Kernels, dZ: Matrix, upstreamGrad: Matrix, A: Matrix): void {
    kernels.tanhGradient(dZ.pointer, upstreamGrad.pointer, A.pointer, A.rows * A.cols);
  }
}

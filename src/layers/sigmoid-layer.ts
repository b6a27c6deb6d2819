import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { ActivationLayer } from "./activation-layer.ts";

/**
 * The sigmoid node A = 1 / (1 + e^−Z), element by element; stable for every Z, and at most 2.5 units in the last place
 * from the exact value, subnormal ones too (assembly/sigmoid.ts has the method).
 *
 * Shapes: Z, A, dZ (n × m); m, the number of examples, may change from call to call. The layer owns its outputs and
 * overwrites them with the next call.
 *
 * @example
 * const A1 = new SigmoidLayer([1, 2]);
 * A1.forward(Matrix.from([[0, 1]])).toArray();   // [[0.5, 0.7310585786300049]]
 */
export class SigmoidLayer extends ActivationLayer {
  /** @internal */
  override get title(): string {
    return "SigmoidLayer";
  }

  /** @internal */
  activation(kernels: Kernels, record: number, a: number, z: number, n: number): Prepared {
    return kernels.prepare("sigmoid", record, [a, z, n]);
  }

  /** @internal */
  derivative(kernels: Kernels, record: number, dZ: number, upstream: number, a: number, n: number): Prepared {
    return kernels.prepare("sigmoidGradient", record, [dZ, upstream, a, n]);
  }
}

import { runOnce, subtractScaled } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import type { TrainableLayer } from "../layers/layer.ts";
import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Plain gradient descent: p −= learningRate · g.
 * @example
 * new Network([linear(1)], { optimizer: new GradientDescent({ learningRate: 0.5 }) });
 */
export class GradientDescent extends Optimizer {
  readonly name = "gradientDescent";

  /** @throws ArgumentError for an unknown option or a bad learning rate */
  constructor(options: { learningRate?: number } = {}) {
    checkOptions(options, ["learningRate"], "GradientDescent");
    const { learningRate = 0.1 } = options;
    super(learningRate);
  }

  /** W and b of a layer in one call: a small network's calls cost more than its arithmetic. */
  override step(layers: readonly TrainableLayer[]): void {
    for (const { W, b, dW, db } of this.trainedOf(layers)) {
      const operands = [W.pointer, b.pointer, dW.pointer, db.pointer, W.size, b.size];
      runOnce(runtime().kernels[W.dtype], "linearUpdate", operands, this.learningRate);
    }
  }

  protected update(parameter: Matrix, gradient: Matrix): void {
    const kernels = runtime().kernels[parameter.dtype];
    subtractScaled(kernels, parameter.pointer, gradient.pointer, parameter.size, this.learningRate);
  }
}

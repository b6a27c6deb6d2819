import { runtime } from "../kernels/runtime.ts";
import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { checkFromZero, checkShare, Optimizer } from "./optimizer.ts";

/** Options of `RMSProp`. */
export interface RMSPropOptions {
  /** 0.01 unless given. */
  learningRate?: number | undefined;
  /** How much of the mean square is kept from step to step, from 0 up to but not including 1; 0.99 unless given. */
  decay?: number | undefined;
  /** What keeps the divisor from 0; 1e-8 unless given. In float32 what is below 1e-45 is 0, and a gradient of 0 makes NaN then. */
  epsilon?: number | undefined;
}

/**
 * Steps scaled by the gradient's recent size: s = decay · s + (1 − decay) · g²; p −= learningRate · g / (√s + ε).
 * @example
 * new Network([linear(1)], { optimizer: new RMSProp({ learningRate: 0.01, decay: 0.9 }) });
 */
export class RMSProp extends Optimizer {
  readonly name = "rmsprop";
  /** How much of the mean square is kept from step to step. */
  readonly decay: number;
  /** What keeps the divisor from 0. */
  readonly epsilon: number;

  /** @throws ArgumentError for an unknown option or a value out of its range */
  constructor(options: RMSPropOptions = {}) {
    checkOptions(options, ["learningRate", "decay", "epsilon"], "RMSProp");
    const { learningRate = 0.01, decay = 0.99, epsilon = 1e-8 } = options;
    super(learningRate);
    this.decay = checkShare(decay, "RMSProp's decay");
    this.epsilon = checkFromZero(epsilon, "RMSProp's epsilon");
  }

  protected update(p: Matrix, g: Matrix): void {
    const [s] = this.memoryOf(p, 1);
    const { rmsPropUpdate } = runtime().kernels[p.dtype];
    const { learningRate, decay, epsilon } = this;
    rmsPropUpdate(p.pointer, s.pointer, g.pointer, p.size, learningRate, decay, 1 - decay, epsilon);
  }
}

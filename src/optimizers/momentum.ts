import { runtime } from "../kernels/runtime.ts";
import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { checkShare, Optimizer } from "./optimizer.ts";

/** Options of `Momentum` and `Nesterov`. */
export interface MomentumOptions {
  /** 0.01 unless given. */
  learningRate?: number | undefined;
  /** How much of the velocity is kept from step to step, from 0 up to but not including 1; 0.9 unless given. */
  momentum?: number | undefined;
}

/**
 * Gradient descent with a velocity: v = momentum · v + g; p −= learningRate · v.
 * @example
 * new Network([linear(1)], { optimizer: new Momentum({ learningRate: 0.1, momentum: 0.9 }) });
 */
export class Momentum extends Optimizer {
  readonly name: string = "momentum";
  /** How much of the velocity is kept from step to step. */
  readonly momentum: number;
  /** 1 where a step looks ahead, as Nesterov's does, else 0. */
  protected readonly looksAhead: number = 0;

  /** @throws ArgumentError for an unknown option or a value out of its range */
  constructor(options: MomentumOptions = {}) {
    checkOptions(options, ["learningRate", "momentum"], "a momentum optimizer");
    const { learningRate = 0.01, momentum = 0.9 } = options;
    super(learningRate);
    this.momentum = checkShare(momentum, "the momentum");
  }

  protected update(p: Matrix, g: Matrix): void {
    const [v] = this.memoryOf(p, 1);
    const { momentumUpdate } = runtime().kernels[p.dtype];
    const { learningRate, momentum, looksAhead } = this;
    momentumUpdate(p.pointer, v.pointer, g.pointer, p.size, learningRate, momentum, looksAhead);
  }
}

import { runtime } from "../kernels/runtime.ts";
import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { checkFromZero, checkShare, Optimizer } from "./optimizer.ts";

/** Options of `Adam`. */
export interface AdamOptions {
  /** 0.001 unless given. */
  learningRate?: number | undefined;
  /** How much of the mean gradient is kept from step to step, from 0 up to but not including 1; 0.9 unless given. */
  beta1?: number | undefined;
  /** How much of the mean square is kept from step to step, from 0 up to but not including 1; 0.999 unless given. */
  beta2?: number | undefined;
  /** What keeps the divisor from 0; 1e-8 unless given. In float32 what is below 1e-45 is 0, and a gradient of 0 makes NaN then. */
  epsilon?: number | undefined;
}

/**
 * Adam (Kingma and Ba 2015): the recent mean of the gradient over the root of its recent mean square, both corrected
 * for having begun at 0: m = beta1 · m + (1 − beta1) · g; v = beta2 · v + (1 − beta2) · g²;
 * p −= learningRate · m / (1 − beta1^t) / (√(v / (1 − beta2^t)) + epsilon) in the t-th step.
 * @example
 * new Network([linear(1)], { optimizer: new Adam({ learningRate: 0.01, beta1: 0.9 }) });
 */
export class Adam extends Optimizer {
  readonly name: string = "adam";
  /** How much of the mean gradient is kept from step to step. */
  readonly beta1: number;
  /** How much of the mean square is kept from step to step. */
  readonly beta2: number;
  /** What keeps the divisor from 0. */
  readonly epsilon: number;
  /** beta^t, by one product a step: the host's pow differs by engine. */
  #beta1Power = 1;
  #beta2Power = 1;

  /** @throws ArgumentError for an unknown option or a value out of its range */
  constructor(options: AdamOptions = {}) {
    checkOptions(options, ["learningRate", "beta1", "beta2", "epsilon"], "Adam");
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    super(learningRate);
    this.beta1 = checkShare(beta1, "Adam's beta1");
    this.beta2 = checkShare(beta2, "Adam's beta2");
    this.epsilon = checkFromZero(epsilon, "Adam's epsilon");
  }

  override reset(): void {
    super.reset();
    this.#beta1Power = 1;
    this.#beta2Power = 1;
  }

  /** @internal beta1^t and beta2^t of the latest step, the t-th. */
  get powers(): readonly [number, number] {
    return [this.#beta1Power, this.#beta2Power];
  }

  /** @internal */
  protected override get counters(): readonly number[] {
    return this.powers;
  }

  /** @internal */
  protected override set counters([beta1Power, beta2Power]: readonly number[]) {
    this.#beta1Power = beta1Power;
    this.#beta2Power = beta2Power;
  }

  protected override begin(): void {
    this.#beta1Power *= this.beta1;
    this.#beta2Power *= this.beta2;
  }

  /** What a parameter is multiplied by before the step. */
  protected get shrink(): number {
    return 1;
  }

  protected update(p: Matrix, g: Matrix): void {
    const [m, v] = this.memoryOf(p, 2);
    const { beta1, beta2, epsilon } = this;
    runtime().kernels[p.dtype].adamUpdate(
      p.pointer,
      m.pointer,
      v.pointer,
      g.pointer,
      p.size,
      this.learningRate / (1 - this.#beta1Power),
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      Math.sqrt(1 - this.#beta2Power),
      epsilon,
      this.shrink,
    );
  }
}

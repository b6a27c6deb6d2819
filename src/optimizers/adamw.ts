import { checkOptions } from "../options.ts";
import { Adam, type AdamOptions } from "./adam.ts";
import { checkFromZero } from "./optimizer.ts";

/** Options of `AdamW`. */
export interface AdamWOptions extends AdamOptions {
  /** The share of a parameter, times the learning rate, that each step takes off; 0.01 unless given. */
  weightDecay?: number | undefined;
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): p ·= 1 − learningRate · weightDecay before each step.
 * @example
 * new Network([linear(1)], { optimizer: new AdamW({ learningRate: 0.01, weightDecay: 0.1 }) });
 */
export class AdamW extends Adam {
  override readonly name = "adamw";
  /** The share of a parameter, times the learning rate, that each step takes off. */
  readonly weightDecay: number;

  /** @throws ArgumentError for an unknown option or a value out of its range */
  constructor(options: AdamWOptions = {}) {
    const known = ["learningRate", "beta1", "beta2", "epsilon", "weightDecay"];
    checkOptions(options, known, "AdamW");
    const { weightDecay = 0.01, ...rest } = options;
    super(rest);
    this.weightDecay = checkFromZero(weightDecay, "AdamW's weight decay");
  }

  protected override get shrink(): number {
    return 1 - this.learningRate * this.weightDecay;
  }
}

import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkName } from "../options.ts";
import { AbsoluteErrorCost } from "./absolute-error.ts";
import { BceCost } from "./bce.ts";
import type { Cost } from "./cost.ts";
import { HuberCost } from "./huber.ts";
import { KerasLikeBceCost } from "./keras-like-bce.ts";
import { SoftmaxCrossEntropyCost } from "./softmax-cross-entropy.ts";
import { SquaredErrorCost } from "./squared-error.ts";
import { StableBceCost } from "./stable-bce.ts";

const makers = {
  squaredError: () => new SquaredErrorCost(),
  absoluteError: () => new AbsoluteErrorCost(),
  huber: () => new HuberCost(),
  bce: () => new BceCost(),
  stableBce: () => new StableBceCost(),
  kerasLikeBce: () => new KerasLikeBceCost(),
  softmaxCrossEntropy: () => new SoftmaxCrossEntropyCost(),
};

/** The name of a cost. */
export type CostName = keyof typeof makers;

/** The name of every cost that a network knows. */
export const costNames = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(makers),
) as readonly CostName[];

/**
 * @internal The cost that a name or an object stands for.
 * @throws ArgumentError for an unknown name, or an object that computes no cost
 */
export function costOf(cost: CostName | Cost): Cost {
  if (typeof cost === "object" && cost !== null) {
    if (typeof cost.computeCost === "function" || typeof cost.computeJoined === "function") return cost;
    throw new ArgumentError(`a cost needs a method computeCost(Y, YHat), which ${describe(cost)} lacks`);
  }
  return makers[
    checkName(cost, costNames, "the cost", ", or an object such as new HuberCost({ delta: 2 })")
  ]();
}

import type { Cost } from "../costs/cost.ts";
import { type CostName, costNames, costOf } from "../costs/costs.ts";
import { HuberCost } from "../costs/huber.ts";
import { L1Penalty, L2Penalty, type Penalty, penalties as penaltyMakers } from "../costs/penalties.ts";
import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import type { MetricName } from "../metrics/by-name.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { optimizerAs, optimizerOptions, type SavedOptimizer } from "../optimizers/optimizers.ts";
import { checkName } from "../options.ts";
import type { Metrics, NetworkOptions, NetworkPlan } from "./network-options.ts";

const penaltyNames = /* @__PURE__ */ Object.keys(penaltyMakers) as (keyof typeof penaltyMakers)[];

/** Stands for what is the caller's own: its functions are no data. */
export type Custom = "custom";

/** A cost as plain data: its name, or what makes it. */
export type PlainCost =
  | CostName
  | {
      /** That of a `HuberCost` with a delta of its own. */
      readonly name: "huber";
      /** The distance from which an error counts by its size. */
      readonly delta: number;
    };

/** A penalty as plain data. */
export interface PlainPenalty {
  /** Which of `penalties` makes it. */
  readonly name: keyof typeof penaltyMakers;
  /** What that is given. */
  readonly strength: number;
}

/** What a network trains with, beside its layers: plain data, for another thread or a file. */
export interface PlainParts {
  readonly cost: PlainCost | Custom;
  readonly optimizer: SavedOptimizer | Custom;
  readonly penalties: readonly (PlainPenalty | Custom)[];
  readonly metrics: readonly MetricName[] | Custom;
  readonly clipNorm?: number;
}

/** The parts as plain data. */
export function plainParts(network: NetworkPlan): PlainParts {
  const { cost, optimizer, penalties, givenMetrics, clipNorm } = network;
  return {
    cost: plainCost(cost),
    optimizer: optimizerOptions(optimizer) ?? "custom",
    penalties: penalties.map(plainPenalty),
    metrics: plainMetrics(givenMetrics),
    ...(clipNorm !== undefined && { clipNorm }),
  };
}

/**
 * The options that make such parts.
 * @param given what to take instead, or where a part was the caller's own; metrics of the caller's own are left out
 * @throws ArgumentError for anything but what `plainParts` gave, and for what is the caller's own and is not given
 */
export function optionsOf(parts: PlainParts, given: NetworkOptions = {}): NetworkOptions {
  const {
    learningRate,
    cost = costFrom(parts.cost),
    optimizer = optimizerFrom(parts.optimizer, learningRate),
    penalty = penaltiesFrom(parts.penalties),
    metrics = parts.metrics === "custom" ? [] : parts.metrics,
    clipNorm = parts.clipNorm,
  } = given;
  const rate = given.optimizer === undefined ? undefined : learningRate;
  return { ...given, learningRate: rate, cost, optimizer, penalty, metrics, clipNorm };
}

function refuseCustom(part: unknown, what: string, option: string): void {
  if (part !== "custom") return;
  throw new ArgumentError(`the network was saved with ${what} of your own; give it as the option ${option}`);
}

function plainCost(cost: Cost): PlainCost | Custom {
  if (cost instanceof HuberCost && cost.constructor === HuberCost) {
    return { name: "huber", delta: cost.delta };
  }
  const name = costNames.find((known) => known === cost.name);
  return name !== undefined && costOf(name).constructor === cost.constructor ? name : "custom";
}

function costFrom(cost: PlainParts["cost"]): Cost {
  refuseCustom(cost, "a cost", "cost");
  const isHuber = typeof cost === "object" && cost !== null && cost.name === "huber";
  return isHuber ? new HuberCost({ delta: cost.delta }) : costOf(cost as CostName);
}

function optimizerFrom(optimizer: PlainParts["optimizer"], learningRate: number | undefined): Optimizer {
  refuseCustom(optimizer, "an optimizer", "optimizer");
  return optimizerAs(optimizer as SavedOptimizer, learningRate);
}

function plainPenalty(penalty: Penalty): PlainPenalty | Custom {
  const { strength } = penalty;
  // not those of a class derived from them
  if (penalty.constructor === L1Penalty) return { name: "l1", strength };
  return penalty.constructor === L2Penalty ? { name: "l2", strength } : "custom";
}

function penaltiesFrom(penalties: PlainParts["penalties"]): Penalty[] {
  if (!Array.isArray(penalties)) {
    throw new ArgumentError(`the saved penalties must be a list, not ${describe(penalties)}`);
  }
  return [...penalties].map((penalty) => {
    refuseCustom(penalty, "a penalty", "penalty");
    const { name, strength } = penalty ?? {};
    return penaltyMakers[checkName(name, penaltyNames, "the saved penalty")](strength);
  });
}

function plainMetrics(metrics: Metrics): readonly MetricName[] | Custom {
  if (Array.isArray(metrics)) return [...metrics];
  return Object.keys(metrics).length === 0 ? [] : "custom";
}

import type { Cost } from "../costs/cost.ts";
import { type CostName, costOf } from "../costs/costs.ts";
import type { Penalty } from "../costs/penalties.ts";
import type { Preprocess } from "../data/preprocessing-steps.ts";
import { describe, quoted } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkDType, type DType } from "../kernels/dtype.ts";
import type { LayerSpec } from "../layers/specs.ts";
import type { Matrix } from "../matrix.ts";
import { checkSize } from "../matrix-checks.ts";
import { type MetricName, measure, metricNames } from "../metrics/by-name.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type OptimizerName, optimizerOf } from "../optimizers/optimizers.ts";
import { checkName, checkNumber } from "../options.ts";
import { RandomState, sharedRandom } from "../random.ts";
import { joinsLast, widthAfter } from "./graph.ts";
import { checkNetworkOptions } from "./option-names.ts";

/** A measure of a network's outputs, such as accuracy: Y and YHat are (n × m), columns are examples. */
export type Metric = (Y: Matrix, YHat: Matrix) => number;

/**
 * What to measure: names of metrics, or functions by names of your own. None of these is `length`, by which a compiler knows a list,
 * and says which metric a misspelt name is nearest to.
 */
export type Metrics =
  | readonly MetricName[]
  | (Readonly<Record<string, Metric>> & {
      /** What a list has. */
      readonly length?: never;
    });

/** Options of a `Network`. */
export interface NetworkOptions {
  /**
   * A name, or an object with `computeCost`. Unless given: "bce" after sigmoid(), "softmaxCrossEntropy" after
   * softmax(), else "squaredError".
   */
  cost?: CostName | Cost | undefined;
  /** A name, or an optimizer with options of its own, which serves this network alone; "gradientDescent" unless given. */
  optimizer?: OptimizerName | Optimizer | undefined;
  /** The learning rate of an optimizer given by name; each has its own default. */
  learningRate?: number | undefined;
  /** Element type of parameters and data; "float64" unless given. */
  dtype?: DType | undefined;
  /**
   * Seeds the network's own generator, which draws, in this order, the weights if `inputs` is given, the examples that a share as
   * `validation` holds out, the weights if `inputs` is not given, then shuffles and dropout masks; what looks at a network before its
   * first `fit` (diagnose, explain, describeGraph, gradientCheck) draws the weights then. Without a seed they come from the library's
   * generator, the one of `seed`.
   */
  seed?: number | undefined;
  /** Number of features; known from the first `fit` unless given. */
  inputs?: number | undefined;
  /** Prices on large weights, such as l2(1e-4). */
  penalty?: Penalty | readonly Penalty[] | undefined;
  /** The greatest norm of all gradients together; larger ones are scaled down to it. */
  clipNorm?: number | undefined;
  /** What else `evaluate` and `fit` measure: ["accuracy", "f1"], or functions by name. */
  metrics?: Metrics | undefined;
  /**
   * What inputs go through first: "standard", "minMax", a preprocessor such as new RecordEncoder(), or a list of these.
   * The first `fit` teaches it; every later input goes through it as it was learned then. A step of your own is kept
   * itself: if it learns, each network needs one.
   */
  preprocess?: Preprocess | undefined;
}

/** Options that were checked and filled in. */
export interface NetworkPlan {
  readonly cost: Cost;
  readonly optimizer: Optimizer;
  readonly dtype: DType;
  readonly random: RandomState;
  readonly inputs: number | undefined;
  readonly penalties: readonly Penalty[];
  readonly clipNorm: number | undefined;
  readonly metrics: Readonly<Record<string, Metric>>;
  /** The metrics as they were given. */
  readonly givenMetrics: Metrics;
  /** Above it, a network of one output predicts class 1. */
  readonly threshold: number;
  readonly preprocess: Preprocess | undefined;
}

function usualCost(last: LayerSpec): CostName {
  if (last.kind === "sigmoid") return "bce";
  return last.kind === "softmax" ? "softmaxCrossEntropy" : "squaredError";
}

/** @throws ArgumentError for a softmax over one output at the end, which is 1 whatever it is given */
function refuseLoneSoftmax(specs: readonly LayerSpec[]): void {
  if (specs[specs.length - 1].kind !== "softmax" || widthAfter(specs, 0) !== 1) return;
  throw new ArgumentError(
    "softmax() of one output is always 1; for two classes end with linear(1), sigmoid(), for k classes with linear(k), softmax()",
  );
}

function listOf<Item>(given: Item | readonly Item[] | undefined): readonly Item[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? [...given] : [given as Item];
}

/** A list that its owner may go on to change; anything else is what it was. */
function copied<Given>(given: Given): Given {
  return Array.isArray(given) ? ([...given] as Given) : given;
}

/** @throws ArgumentError, ShapeError or DTypeError for an unknown option or a value out of its range */
export function networkPlan(specs: readonly LayerSpec[], options: NetworkOptions): NetworkPlan {
  checkNetworkOptions(options);
  const { optimizer = "gradientDescent", learningRate, dtype = "float64", inputs, clipNorm } = options;
  checkDType(dtype);
  if (inputs !== undefined) checkSize(inputs, "the number of inputs");
  if (clipNorm !== undefined) checkNumber(clipNorm, "clipNorm", "above 0", (value) => value > 0);
  const penalties = listOf(options.penalty);
  for (const penalty of penalties) {
    if (typeof penalty?.addTo !== "function") {
      throw new ArgumentError(`penalty must be made by l2(…) or l1(…), not ${describe(penalty)}`);
    }
  }
  const last = specs[specs.length - 1];
  const cost = costOf(options.cost === undefined ? usualCost(last) : options.cost);
  joinsLast(cost, specs);
  refuseLoneSoftmax(specs);
  // A linear layer under a cost that joins a sigmoid gives logits, which are above 0 where probabilities are above 0.5.
  const threshold = last.kind === "linear" && cost.joins === "sigmoid" ? 0 : 0.5;
  const made = optimizerOf(optimizer, learningRate);
  if (dtype === "float32" && !Number.isFinite(Math.fround(made.learningRate))) {
    throw new ArgumentError(`the learning rate is ${made.learningRate}, which float32 cannot hold`);
  }
  const { epsilon } = made as { epsilon?: unknown };
  if (dtype === "float32" && typeof epsilon === "number" && epsilon > 0 && Math.fround(epsilon) === 0) {
    throw new ArgumentError(`the epsilon of ${made.name} is ${epsilon}, which float32 holds as 0`);
  }
  return {
    cost,
    optimizer: made,
    dtype,
    random: options.seed === undefined ? sharedRandom() : new RandomState(options.seed),
    inputs,
    penalties,
    clipNorm,
    metrics: metricsOf(options.metrics, threshold),
    givenMetrics: copied(options.metrics ?? []),
    threshold,
    preprocess: options.preprocess,
  };
}

/**
 * Metrics as functions by name.
 * @param threshold above which one output predicts class 1
 * @throws ArgumentError for an unknown name, naming the nearest known one, and for what is no function
 */
export function metricsOf(metrics: Metrics = {}, threshold: number): Readonly<Record<string, Metric>> {
  if (Array.isArray(metrics)) {
    return Object.fromEntries(
      [...metrics].map((given): [string, Metric] => {
        const name = checkName<MetricName>(given, metricNames, "the metric");
        return [name, (Y, YHat) => measure(name, Y, YHat, threshold)];
      }),
    );
  }
  if (typeof metrics !== "object" || metrics === null || Symbol.iterator in metrics) {
    throw new ArgumentError(
      `metrics must be a list of names such as ["accuracy"], or functions by name, not ${describe(metrics)}`,
    );
  }
  for (const [name, metric] of Object.entries(metrics)) {
    if (typeof metric !== "function") {
      throw new ArgumentError(`the metric ${quoted(name)} must be a function of Y and YHat`);
    }
  }
  return { ...metrics } as Readonly<Record<string, Metric>>;
}

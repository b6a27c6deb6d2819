import type { Cost } from "../costs/cost.ts";
import { type CostName, costOf } from "../costs/costs.ts";
import type { Penalty } from "../costs/penalties.ts";
import { ArgumentError } from "../errors.ts";
import { checkDType, type DType } from "../kernels/dtype.ts";
import type { LayerSpec } from "../layers/specs.ts";
import { checkSize, describe, type Matrix } from "../matrix.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type OptimizerName, optimizerOf } from "../optimizers/optimizers.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { RandomState, sharedRandom } from "../random.ts";

/** A measure of a network's outputs, such as accuracy: Y and YHat are (n × m), columns are examples. */
export type Metric = (Y: Matrix, YHat: Matrix) => number;

/** A step that learns from rows and changes rows, such as scaling; `fit` of the network teaches it, `predict` applies it. */
export interface PreprocessingStep {
  // biome-ignore lint/suspicious/noExplicitAny: what rows a step takes is its own affair
  fit(rows: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: and so is what it makes of them
  transform(rows: any): any;
}

/** Options of a `Network`. */
export interface NetworkOptions {
  /**
   * A name, or an object with `computeCost`. Unless given: "bce" after sigmoid(), "softmaxCrossEntropy" after
   * softmax(), else "squaredError".
   */
  cost?: CostName | Cost;
  /** A name, or an optimizer with options of its own; "gradientDescent" unless given. */
  optimizer?: OptimizerName | Optimizer;
  /** The learning rate of an optimizer given by name; each has its own default. */
  learningRate?: number;
  /** Element type of parameters and data; "float64" unless given. */
  dtype?: DType;
  /** Seeds the network's own generator, which draws weights, then shuffles and dropout masks; without one they come
   *  from the library's generator, the one of `seed`. */
  seed?: number;
  /** Number of features; known from the first `fit` unless given. */
  inputs?: number;
  /** Prices on large weights, such as l2(1e-4). */
  penalty?: Penalty | readonly Penalty[];
  /** The greatest norm of all gradients together; larger ones are scaled down to it. */
  clipNorm?: number;
  /** What else `evaluate` and `fit` measure, by name. */
  metrics?: Readonly<Record<string, Metric>>;
  /** What is done to inputs first: steps with fit(rows) and transform(rows). */
  preprocess?: PreprocessingStep | readonly PreprocessingStep[];
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
  readonly preprocess: readonly PreprocessingStep[];
}

const known = [
  "cost",
  "optimizer",
  "learningRate",
  "dtype",
  "seed",
  "inputs",
  "penalty",
  "clipNorm",
  "metrics",
  "preprocess",
] as const satisfies readonly (keyof NetworkOptions)[];

function usualCost(last: LayerSpec): CostName {
  if (last.kind === "sigmoid") return "bce";
  return last.kind === "softmax" ? "softmaxCrossEntropy" : "squaredError";
}

function listOf<Item>(given: Item | readonly Item[] | undefined): readonly Item[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? given : [given as Item];
}

/** @throws ArgumentError, ShapeError or DTypeError for an unknown option or a value out of its range */
export function networkPlan(specs: readonly LayerSpec[], options: NetworkOptions): NetworkPlan {
  checkOptions(options, known, "Network");
  const {
    optimizer = "gradientDescent",
    learningRate,
    dtype = "float64",
    inputs,
    clipNorm,
    metrics = {},
  } = options;
  checkDType(dtype);
  if (inputs !== undefined) checkSize(inputs, "the number of inputs");
  if (clipNorm !== undefined) checkNumber(clipNorm, "clipNorm", "above 0", (value) => value > 0);
  const penalties = listOf(options.penalty);
  for (const penalty of penalties) {
    if (typeof penalty?.addTo !== "function") {
      throw new ArgumentError(`penalty must be made by l2(…) or l1(…), not ${describe(penalty)}`);
    }
  }
  if (typeof metrics !== "object" || metrics === null) {
    throw new ArgumentError(`metrics must be an object of functions, not ${describe(metrics)}`);
  }
  for (const [name, metric] of Object.entries(metrics)) {
    if (typeof metric !== "function") {
      throw new ArgumentError(`the metric ${JSON.stringify(name)} must be a function of Y and YHat`);
    }
  }
  const preprocess = listOf(options.preprocess);
  for (const step of preprocess) {
    if (typeof step?.fit !== "function" || typeof step.transform !== "function") {
      throw new ArgumentError("a preprocessing step needs the methods fit(rows) and transform(rows)");
    }
  }
  return {
    cost: costOf(options.cost ?? usualCost(specs[specs.length - 1])),
    optimizer: optimizerOf(optimizer, learningRate),
    dtype,
    random: options.seed === undefined ? sharedRandom() : new RandomState(options.seed),
    inputs,
    penalties,
    clipNorm,
    metrics,
    preprocess,
  };
}

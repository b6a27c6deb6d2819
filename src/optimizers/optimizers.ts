import { ArgumentError } from "../errors.ts";
import { checkName } from "../options.ts";
import { Adam } from "./adam.ts";
import { AdamW } from "./adamw.ts";
import { GradientDescent } from "./gradient-descent.ts";
import { Momentum } from "./momentum.ts";
import { Nesterov } from "./nesterov.ts";
import { Optimizer } from "./optimizer.ts";
import { RMSProp } from "./rms-prop.ts";

/** Sorted by complexity. */
const makers = {
  gradientDescent: GradientDescent,
  momentum: Momentum,
  nesterov: Nesterov,
  rmsprop: RMSProp,
  adam: Adam,
  adamw: AdamW,
};

/** The name of an optimizer. */
export type OptimizerName = keyof typeof makers;

/** The name of every optimizer that a network knows. */
export const optimizerNames = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(makers),
) as readonly OptimizerName[];

/** @internal Whether it is one of these classes, and not one derived from them: its steps are what its name says. */
export function isLibraryOptimizer(optimizer: Optimizer): boolean {
  const { name } = optimizer;
  return Object.hasOwn(makers, name) && makers[name as OptimizerName] === optimizer.constructor;
}

/**
 * @internal The optimizer that a name or an object stands for.
 * @param learningRate for a name; an object has its own
 * @throws ArgumentError for an unknown name, an object that is no Optimizer, or one with a second learning rate
 */
export function optimizerOf(optimizer: OptimizerName | Optimizer, learningRate?: number): Optimizer {
  if (optimizer instanceof Optimizer) {
    if (learningRate !== undefined) {
      throw new ArgumentError(
        "an optimizer given as an object has its own learning rate; give learningRate there",
      );
    }
    return optimizer;
  }
  const object = ", or an object such as new Adam({ learningRate: 0.01 })";
  const className = (optimizer as Partial<typeof optimizer> | undefined | null)?.constructor?.name;
  if (Object.values(makers).some(({ name }) => name === className)) {
    throw new ArgumentError(`the optimizer must be a name${object}, not one of another copy of the library`);
  }
  const Maker = makers[checkName(optimizer, optimizerNames, "the optimizer", object)];
  return new Maker({ learningRate });
}

/** The options of each optimizer beside the learning rate, which it keeps by the same names. */
const optionNames: Record<OptimizerName, readonly string[]> = {
  gradientDescent: [],
  momentum: ["momentum"],
  nesterov: ["momentum"],
  rmsprop: ["decay", "epsilon"],
  adam: ["beta1", "beta2", "epsilon"],
  adamw: ["beta1", "beta2", "epsilon", "weightDecay"],
};

/** An optimizer as plain data, without what it remembers. */
export interface SavedOptimizer {
  /** Which class makes it. */
  readonly name: OptimizerName;
  /** What that is given: the learning rate and the options of the class. */
  readonly options: Readonly<Record<string, number>>;
}

/** @internal An optimizer as plain data; undefined for one that is not of this library. */
export function optimizerOptions(optimizer: Optimizer): SavedOptimizer | undefined {
  const name = optimizerNames.find((known) => makers[known] === optimizer.constructor);
  if (name === undefined) return undefined;
  const names = ["learningRate", ...optionNames[name]];
  const of = optimizer as unknown as Record<string, number>;
  return { name, options: Object.fromEntries(names.map((option) => [option, of[option]])) };
}

/**
 * @internal The optimizer of such data, or of a name.
 * @param learningRate to take instead of its own
 * @throws ArgumentError for anything else
 */
export function optimizerAs(saved: SavedOptimizer | OptimizerName, learningRate?: number): Optimizer {
  if (typeof saved !== "object" || saved === null) return optimizerOf(saved, learningRate);
  const { name, options } = saved;
  const Maker = makers[checkName(name, optimizerNames, "the optimizer")];
  return new Maker({ ...options, ...(learningRate !== undefined && { learningRate }) });
}

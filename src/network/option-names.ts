import { ArgumentError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { FitOptions } from "./fit-options.ts";
import type { NetworkOptions } from "./network-options.ts";

/** The options of `new Network`. */
const networkOptionNames = [
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

/** The options of `fit`. */
const fitOptionNames = [
  "epochs",
  "batchSize",
  "shuffle",
  "validation",
  "earlyStopping",
  "schedule",
  "exampleWeights",
  "classWeights",
  "onEpoch",
  "onWarning",
  "signal",
] as const satisfies readonly (keyof FitOptions)[];

/** @throws ArgumentError unless these are options of `new Network`; says which belong to `fit` */
export function checkNetworkOptions(options: unknown): void {
  checkPlace(options, fitOptionNames, "Network", "fit(X, Y, …)");
  checkOptions(options, networkOptionNames, "Network");
}

/** @throws ArgumentError unless these are options of `fit`; says which belong to `new Network` */
export function checkFitOptions(options: unknown): void {
  checkPlace(options, networkOptionNames, "fit", "new Network(layers, …)");
  const stray = ["patience", "minDelta"].find((name) => Object.hasOwn(Object(options), name));
  if (stray !== undefined) {
    throw new ArgumentError(`fit has no option "${stray}"; give earlyStopping: { ${stray}: … }`);
  }
  checkOptions(options, fitOptionNames, "fit");
}

function checkPlace(options: unknown, others: readonly string[], owner: string, place: string): void {
  const stray = Object.keys(options ?? {}).find((name) => others.includes(name));
  if (stray === undefined) return;
  throw new ArgumentError(
    `${owner} has no option "${stray}"; give it to ${place.replace("…", `{ ${stray}: … }`)}`,
  );
}

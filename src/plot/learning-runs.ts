// Reading the costs of training: of one run, of several, or of a network's history.
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { describe, isPromise, type Numbers, readMeasured } from "./input.ts";
import { checkFields, readNumber, readText } from "./options.ts";

/** The costs of one training run, with the name that the legend gives it. */
export interface LearningRun {
  /** What the legend calls the run. */
  label?: string | undefined;
  /** The recorded costs, the first at epoch 0; the line has a gap where one is not finite. */
  costs: Numbers;
  /** Epochs from one recorded cost to the next; the option of the same name if absent. */
  epochsPerCost?: number | undefined;
}

/** What a picture asks of a network's history. */
export interface CostHistory {
  /** The cost of each epoch. */
  readonly cost: Numbers;
  /** What the examples held out cost after each epoch; NaN where there were none. */
  readonly validationCost?: Numbers | undefined;
}

/** The costs of one run at their epochs, as they are drawn. */
export interface Curve {
  readonly label: string | undefined;
  readonly epochs: Float64Array;
  readonly costs: Float64Array;
}

/** How many epochs lie between two costs, above zero. */
export function readEpochs(
  caller: string,
  name: string,
  given: number | undefined,
  otherwise: number,
): number {
  const value = readNumber(caller, name, given, otherwise, 0, 1e12);
  if (value > 0) return value;
  throw new ArgumentError(`${caller}: ${name} must be above 0, got ${describe(given)}.`);
}

function isHistory(given: unknown): given is CostHistory {
  return typeof given === "object" && given !== null && "cost" in given && isList(given.cost);
}

/** The training of a history, and its validation where there was one. */
function runsOf({ cost, validationCost }: CostHistory): unknown {
  const isNone = isList<number>(validationCost) && !Array.from(validationCost).some(Number.isFinite);
  if (validationCost === undefined || isNone) return cost;
  return [
    { label: "training", costs: cost },
    { label: "validation", costs: validationCost },
  ];
}

/** The curves that were given; each has a label where there are several. */
export function readRuns(caller: string, given: unknown, epochsPerCost: number): Curve[] {
  const runs = isHistory(given) ? runsOf(given) : given;
  if (!isList(runs) || runs.length === 0) {
    const wanted =
      "a history, or an array of costs such as history.cost, or of { label, costs }, with at least one item";
    throw new ArgumentError(
      `${caller}: wanted ${wanted}, got ${describe(runs)}.${isPromise(runs) ? ` Await it: ${caller}(await …).` : ""}`,
    );
  }
  if (typeof runs[0] !== "object")
    return [curveOf(undefined, readMeasured(caller, "costs", runs), epochsPerCost)];
  return Array.from(runs, (run, i) => {
    if (typeof run !== "object" || run === null || !("costs" in run)) {
      throw new ArgumentError(`${caller}: run ${i} must be { label, costs }, got ${describe(run)}.`);
    }
    checkFields(caller, `run ${i}`, run, ["label", "costs", "epochsPerCost"]);
    const { label, costs, epochsPerCost: own } = run as LearningRun;
    const name = readText(caller, `the label of run ${i}`, label, `run ${i + 1}`);
    const every = readEpochs(caller, `epochsPerCost of run ${i}`, own, epochsPerCost);
    return curveOf(name, readMeasured(caller, `costs of run ${i}`, costs), every);
  });
}

function curveOf(label: string | undefined, costs: Float64Array, every: number): Curve {
  return { label, costs, epochs: Float64Array.from(costs, (_, i) => i * every) };
}

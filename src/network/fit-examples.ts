import type { Inputs, Labels } from "../data/example-reader.ts";
import { counted, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { LayerSpec } from "../layers/specs.ts";
import { isList } from "../list.ts";
import { Matrix } from "../matrix.ts";
import type { RandomState } from "../random.ts";
import type { Examples } from "./batches.ts";
import { classWeightsOf, exampleWeightsOf, timesWeights } from "./example-weights.ts";
import type { FitOptions } from "./fit-options.ts";
import type { Intake } from "./intake.ts";
import type { Table } from "./table.ts";

/** What the examples of a run are for. */
interface Place {
  readonly specs: readonly LayerSpec[];
  /** The features that the network takes, where they are known. */
  readonly nIn: number | undefined;
  readonly random: RandomState;
}

/**
 * The examples of a run of training: those that it trains on, weighed, and those that are held out. What there is to
 * learn of them, the scales of the inputs and the sizes of the classes, is learned from the former only; the list of
 * the classes is that of all.
 *
 * @throws ArgumentError, ShapeError, DTypeError or UnknownCategoryError when they do not fit, ArgumentError where one of X and Y is not
 *   finite or all count nothing
 */
export function fitExamples(
  intake: Intake,
  X: Inputs,
  Y: Labels,
  options: FitOptions,
  { specs, nIn, random }: Place,
): { examples: Examples; held: Examples | undefined } {
  const { validation } = options;
  const parts = typeof validation === "number" ? holdOut(X, validation, random) : undefined;
  const tables = intake.tables(X, Y, specs, { role: "fit: ", nIn, learns: true, among: parts?.kept });
  checkFinite(tables.X, "fit: X", "feature", intake.columns);
  checkFinite(tables.Y, "fit: Y", "output", intake.labelColumns);
  const weighed = { ...tables, weights: exampleWeightsOf(tables.Y, options) };
  const kept = parts === undefined ? weighed : pick(weighed, parts.kept);
  const classWeights = classWeightsOf(kept.Y, tables.Y, options, intake.reader.classes);
  const examples = { ...kept, weights: timesWeights(kept.weights, classWeights) };
  if (examples.weights?.values.every((weight) => weight === 0)) {
    throw new ArgumentError(
      "exampleWeights, or classWeights, or both together, are 0 for every example to train on, so there is nothing to learn",
    );
  }
  if (typeof validation === "object") {
    const asked = { role: "validation: ", nIn: tables.X.width };
    return { examples, held: intake.tables(validation.X, validation.Y, specs, asked) };
  }
  return { examples, held: parts && pick(tables, parts.held) };
}

/**
 * One such number is in every weight after a step, and what `stoppedBy` says comes after that. The examples of `validation: { X, Y }` are
 * let be: their cost is not finite, and so never the best one.
 * @param names the columns' names, where they have some
 * @throws ArgumentError, naming the place
 */
function checkFinite(
  { values, width }: Table,
  role: string,
  of: string,
  names: readonly string[] | undefined,
): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isFinite(value)) continue;
    const column = i % width;
    const place = names === undefined ? `${of} ${column}` : `column ${quoted(names[column])}`;
    const [dtype, cure] =
      values instanceof Float32Array && !Number.isNaN(value)
        ? [" in float32", "scale it, or take float64"]
        : ["", "fill it or leave the example out"];
    throw new ArgumentError(
      `${role}: ${place} of example ${Math.floor(i / width)} is ${value}${dtype}, of which nothing can be learned; ${cure}`,
    );
  }
}

function pick({ X, Y, weights }: Examples, indices: Int32Array): Examples {
  return { X: X.pick(indices), Y: Y.pick(indices), weights: weights?.pick(indices) };
}

/**
 * Draws which examples a share holds out; both parts are in the order of the whole.
 * @returns undefined for what holds no examples, which is refused where tables are made
 * @throws ShapeError when it leaves none to train on
 */
function holdOut(
  X: Inputs,
  share: number,
  random: RandomState,
): { kept: Int32Array; held: Int32Array } | undefined {
  const count = X instanceof Matrix ? X.cols : isList(X) ? X.length : 0;
  if (count === 0) return undefined;
  const most = Math.max(1, Math.round(count * share));
  if (most >= count) {
    throw new ShapeError(`validation: ${share} of ${counted(count, "example")} leaves none to train on`);
  }
  const order = random.permutation(count);
  return { kept: order.slice(most).sort(), held: order.slice(0, most).sort() };
}

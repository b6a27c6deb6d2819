import type { Category } from "../data/categories.ts";
import { describe, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { DTypeArray } from "../kernels/dtype.ts";
import { isList } from "../list.ts";
import { checkNumber, didMean } from "../options.ts";
import type { FitOptions } from "./fit-options.ts";
import { Table } from "./table.ts";

/** The class of each example. */
function classesOf(Y: Table): number[] {
  return Array.from({ length: Y.count }, (_, j) => classOf(Y, j));
}

/** How many classes there are: an output each, or, of whole numbers, two or as many as the greatest says. */
function countOf(Y: Table): number | undefined {
  if (Y.width > 1) return Y.width;
  const greatest = classesOf(Y).reduce((most, of) => Math.max(most, of), 1);
  return Number.isInteger(greatest) ? greatest + 1 : undefined;
}

/** The class of an example: its label if it has one, else the place of the greatest. */
function classOf(Y: Table, example: number): number {
  const label = Y.values.subarray(example * Y.width, (example + 1) * Y.width);
  if (label.length === 1) return label[0];
  let greatest = 0;
  for (let i = 1; i < label.length; i++) if (label[i] > label[greatest]) greatest = i;
  return greatest;
}

/** m / (classes · examples of the class): each class counts as much in sum, and the mean weight is 1. */
function balanced(classes: readonly number[]): (of: number) => number {
  const counts = new Map<number, number>();
  for (const [j, of] of classes.entries()) {
    if (!Number.isInteger(of)) {
      throw new ArgumentError(`classWeights need labels that are classes, but label ${j} is ${of}`);
    }
    counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  return (of) => classes.length / (counts.size * counts.get(of)!);
}

/** By the name of a class: its label, or its number where labels are numbers. Those that are not named count 1. */
function named(
  weights: Readonly<Record<string, unknown>>,
  names: readonly string[],
  nameOf: (of: number) => string,
): (of: number) => unknown {
  for (const name of Object.keys(weights)) {
    if (names.includes(name)) continue;
    const known = names.slice(0, 10).map((each) => quoted(each));
    throw new ArgumentError(
      `classWeights has no class ${quoted(name)}${didMean(name, names) || "."} The labels are of ${known.join(", ")}${names.length > 10 ? " …" : ""}`,
    );
  }
  return (of) => (Object.hasOwn(weights, nameOf(of)) ? weights[nameOf(of)] : 1);
}

/** By the place of a class in a list. */
function listed(weights: ArrayLike<unknown>, count: number | undefined): (of: number) => unknown {
  if (count !== undefined && weights.length !== count) {
    throw new ShapeError(`${weights.length} classWeights do not fit ${count} classes`);
  }
  return (of) => weights[of];
}

/**
 * What each example counts by itself, by the option exampleWeights.
 * @throws ArgumentError or ShapeError for weights that do not fit the labels
 */
export function exampleWeightsOf(Y: Table, { exampleWeights }: FitOptions): Table | undefined {
  if (exampleWeights === undefined) return undefined;
  if (!isList(exampleWeights)) {
    throw new ArgumentError(`exampleWeights must be a list of numbers, not ${describe(exampleWeights)}`);
  }
  if (exampleWeights.length !== Y.count) {
    throw new ShapeError(`${exampleWeights.length} exampleWeights do not fit ${Y.count} examples`);
  }
  const values = Y.values.slice(0, Y.count);
  for (let j = 0; j < Y.count; j++) {
    setWeight(values, j, exampleWeights[j], `exampleWeights: weight ${j}`);
  }
  return new Table(values, 1);
}

/**
 * What each example counts by its class, by the option classWeights.
 * @param all the labels of the examples that are held out, too: their classes may be named
 * @param labels the class labels by their place, where labels are not numbers
 * @throws ArgumentError or ShapeError for weights that do not fit the labels
 */
export function classWeightsOf(
  Y: Table,
  all: Table,
  { classWeights }: FitOptions,
  labels: readonly Category[] | undefined,
): Table | undefined {
  if (classWeights === undefined) return undefined;
  const classes = classesOf(Y);
  const nameOf = (of: number) => String(labels === undefined ? of : labels[of]);
  let weightOf: (of: number) => unknown;
  if (classWeights === "balanced") {
    weightOf = balanced(classes);
  } else if (isList(classWeights)) {
    weightOf = listed(classWeights, labels?.length ?? countOf(all));
  } else if (typeof classWeights === "object" && classWeights !== null && !(classWeights instanceof Map)) {
    const places =
      Y.width > 1
        ? Array.from({ length: Y.width }, (_, i) => i)
        : [...new Set(classesOf(all))].sort((a, b) => a - b);
    weightOf = named(classWeights, labels === undefined ? places.map(nameOf) : labels.map(String), nameOf);
  } else {
    throw new ArgumentError(
      `classWeights must be "balanced", a weight per class such as { yes: 2 }, or a list of these, not ${describe(classWeights)}`,
    );
  }
  const values = Y.values.slice(0, Y.count);
  for (const [j, of] of classes.entries()) {
    setWeight(values, j, weightOf(of), `classWeights: the weight of class ${nameOf(of)}`);
  }
  return new Table(values, 1);
}

/** Both weights of each example together. */
export function timesWeights(a: Table | undefined, b: Table | undefined): Table | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const values = a.values.slice();
  for (const [j, weight] of a.values.entries()) {
    setWeight(
      values,
      j,
      weight * b.values[j],
      `the product of exampleWeights and classWeights of example ${j}`,
    );
  }
  return new Table(values, 1);
}

/** @throws ArgumentError unless the weight is a number from 0 up, also as these values hold it */
function setWeight(values: DTypeArray, j: number, weight: unknown, role: string): void {
  values[j] = checkNumber(weight, role, "from 0 up", (value) => value >= 0);
  if (!Number.isFinite(values[j])) throw new ArgumentError(`${role} is ${weight}, which float32 cannot hold`);
}

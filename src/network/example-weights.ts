import { isList } from "../data/rows.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { describe } from "../matrix.ts";
import type { FitOptions } from "./fit-options.ts";
import { Table } from "./table.ts";

/** The class of an example: its label if it has one, else the place of the greatest. */
function classOf(Y: Table, example: number): number {
  const label = Y.values.subarray(example * Y.width, (example + 1) * Y.width);
  if (label.length === 1) return label[0];
  let greatest = 0;
  for (let i = 1; i < label.length; i++) if (label[i] > label[greatest]) greatest = i;
  return greatest;
}

/** m / (classes · examples of the class): each class counts as much in sum, and the mean weight is 1. */
function balanced(Y: Table): number[] {
  const counts: number[] = [];
  for (let j = 0; j < Y.count; j++) {
    const of = classOf(Y, j);
    if (!Number.isInteger(of) || of < 0) {
      throw new ArgumentError(`classWeights need labels that are classes, but label ${j} is ${of}`);
    }
    counts[of] = (counts[of] ?? 0) + 1;
  }
  const classes = Object.keys(counts).length;
  return Array.from(counts, (count) => (count === undefined ? 0 : Y.count / (classes * count)));
}

/**
 * What each example counts, by the options exampleWeights and classWeights; with both, their product.
 *
 * @returns undefined when there are neither
 * @throws ArgumentError or ShapeError for weights that do not fit the labels
 */
export function exampleWeightsOf(Y: Table, options: FitOptions): Table | undefined {
  const { exampleWeights, classWeights } = options;
  if (exampleWeights === undefined && classWeights === undefined) return undefined;
  const values = Y.values.slice(0, Y.count).fill(1);
  if (exampleWeights !== undefined) {
    if (!isList(exampleWeights)) {
      throw new ArgumentError(`exampleWeights must be a list of numbers, not ${describe(exampleWeights)}`);
    }
    if (exampleWeights.length !== Y.count) {
      throw new ShapeError(`${exampleWeights.length} exampleWeights do not fit ${Y.count} examples`);
    }
    for (let j = 0; j < Y.count; j++)
      values[j] = checkWeight(exampleWeights[j], `exampleWeights: weight ${j}`);
  }
  if (classWeights !== undefined) {
    const byClass = classWeights === "balanced" ? balanced(Y) : classWeights;
    if (!isList(byClass)) {
      throw new ArgumentError(
        `classWeights must be "balanced" or a weight per class, not ${describe(byClass)}`,
      );
    }
    for (let j = 0; j < Y.count; j++) {
      const of = classOf(Y, j);
      values[j] *= checkWeight(byClass[of], `classWeights: the weight of class ${of}`);
    }
  }
  return new Table(values, 1);
}

function checkWeight(weight: unknown, role: string): number {
  if (typeof weight === "number" && Number.isFinite(weight) && weight >= 0) return weight;
  throw new ArgumentError(`${role} must be a number from 0 up, not ${describe(weight)}`);
}

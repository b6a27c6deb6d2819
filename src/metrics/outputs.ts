import { checkRows, type NumberRows, notANumber } from "../data/rows.ts";
import { ShapeError } from "../errors.ts";
import { isList } from "../list.ts";
import { checkMatrix, Matrix } from "../matrix.ts";

/** Numbers to compare: a list, one an example; rows, one an example; or a Matrix (outputs × m). */
export type Outputs = ArrayLike<number> | NumberRows | Matrix;

/** @internal The numbers of one output over the examples, the true ones and the predicted ones. */
export interface ComparedOutput {
  truth: ArrayLike<number>;
  predicted: ArrayLike<number>;
}

/**
 * @internal One pair of lists per output.
 * @throws ArgumentError, naming the place, for what is not a finite number; ShapeError when the two do not fit
 */
export function compareOutputs(truth: Outputs, predicted: Outputs, where: string): ComparedOutput[] {
  const truthLists = listsOf(truth, `${where}: truth`);
  const predictedLists = listsOf(predicted, `${where}: predicted`);
  const [m, n] = [truthLists, predictedLists].map((lists) => lists[0].length);
  if (m !== n || truthLists.length !== predictedLists.length) {
    throw new ShapeError(
      `${where}: truth has ${m} examples of ${truthLists.length} outputs and predicted has ${n} of ${predictedLists.length}; they must be of one shape`,
    );
  }
  return truthLists.map((list, k) => ({ truth: list, predicted: predictedLists[k] }));
}

/** One list per output. */
function listsOf(outputs: Outputs, role: string): ArrayLike<number>[] {
  if (outputs instanceof Matrix) {
    checkMatrix(outputs, role);
    const { data, rows, cols } = outputs;
    checkFinite(data, (i) => `${role}, output ${Math.floor(i / cols)} of example ${i % cols}`);
    return Array.from({ length: rows }, (_, k) => data.subarray(k * cols, (k + 1) * cols));
  }
  if (isList(outputs) && typeof outputs[0] === "number") {
    checkFinite(outputs, (i) => `${role}, example ${i}`);
    return [outputs as ArrayLike<number>];
  }
  return listsOfRows(outputs as NumberRows, role);
}

/**
 * @internal One list per output of rows, one an example.
 * @throws ArgumentError, naming row and column, for what is not a finite number; ShapeError for empty or ragged rows
 */
export function listsOfRows(rows: NumberRows, role: string): number[][] {
  const columns = checkRows(rows, role);
  return Array.from({ length: columns }, (_, k) => Array.from(rows, (row) => row[k]));
}

function checkFinite(values: ArrayLike<unknown>, place: (i: number) => string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw notANumber(values[i], place(i));
  }
}

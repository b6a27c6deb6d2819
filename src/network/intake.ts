import { ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { Matrix } from "../matrix.ts";
import type { RandomState } from "../random.ts";
import type { Examples } from "./batches.ts";
import type { PreprocessingStep } from "./network-options.ts";
import { columnNames, type Inputs, type Table, tableOf } from "./table.ts";

/** Turns what people give as inputs into tables: by the preprocessing steps, and with records' columns in one order. */
export class Intake {
  /** The names of the inputs' columns, where the first were records. */
  columns: readonly string[] | undefined;
  readonly #steps: readonly PreprocessingStep[];
  readonly #dtype: DType;

  constructor(steps: readonly PreprocessingStep[], dtype: DType) {
    this.#steps = steps;
    this.#dtype = dtype;
  }

  /**
   * @param role how messages name the inputs, such as "predict: X"
   * @param nIn the features that the network takes, where they are known; before, the steps learn from these inputs
   * @throws ArgumentError, ShapeError or DTypeError when they do not fit
   */
  tableOf(X: Inputs, role: string, nIn: number | undefined): Table {
    let data = X;
    for (const step of this.#steps) {
      const rows = data instanceof Matrix ? rowsOf(data) : data;
      if (nIn === undefined) step.fit(rows);
      data = step.transform(rows);
    }
    const columns = this.columns ?? columnNames(data);
    const table = tableOf(data, this.#dtype, role, columns);
    if (nIn !== undefined && table.width !== nIn) {
      throw new ShapeError(`${role} has ${table.width} features an example, but the network takes ${nIn}`);
    }
    this.columns = columns;
    return table;
  }
}

/** A row for each example, which is a column of the matrix. */
export function rowsOf({ data, rows, cols }: Matrix): number[][] {
  return Array.from({ length: cols }, (_, j) => Array.from({ length: rows }, (_, i) => data[i * cols + j]));
}

/**
 * Holds a share of the examples out, at random.
 * @throws ShapeError when it leaves none to train on
 */
export function holdOut(
  { X, Y, weights }: Examples,
  share: number,
  random: RandomState,
): { kept: Examples; held: Examples } {
  const count = Math.max(1, Math.round(X.count * share));
  if (count >= X.count) {
    throw new ShapeError(`validation: ${share} of ${X.count} examples leaves none to train on`);
  }
  const order = random.permutation(X.count);
  const part = (indices: Int32Array): Examples => ({
    X: X.pick(indices),
    Y: Y.pick(indices),
    weights: weights?.pick(indices),
  });
  return { kept: part(order.subarray(count)), held: part(order.subarray(0, count)) };
}

import { counted, describe, describeOther } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { checkDType, type DType } from "../kernels/dtype.ts";
import { isList } from "../list.ts";
import { checkMatrix, Matrix } from "../matrix.ts";

/** A table of numbers: one row an example, one column a feature. */
export type NumberRows = ArrayLike<ArrayLike<number>>;

/**
 * An example of a table by the names of its columns, as a CSV reader gives it: any object that is no list. Values are
 * numbers, text and booleans; what else they are is found at run time, since an interface is no `Record` to TypeScript.
 */
export interface DataRecord {
  // biome-ignore lint/suspicious/noExplicitAny: with unknown, objects of an interface would be refused
  readonly [column: string]: any;
  /** What a list has, and a record has not. */
  readonly [Symbol.iterator]?: never;
}

/**
 * The library's (features × examples) matrix of a table whose rows are examples.
 *
 * @param rows (examples × features): an array of rows, or a list of numbers, one an example
 * @param dtype element type of the result
 * @returns (features × examples)
 * @throws ShapeError for no rows, empty or ragged ones; ArgumentError, naming row and column, for anything that is
 *   not a finite number; DTypeError for an unknown dtype
 * @example
 * matrixFromRows([[1, 2], [3, 4], [5, 6]]).toArray();   // [[1, 3, 5], [2, 4, 6]]
 * matrixFromRows([0, 1, 1]).toArray();                  // [[0, 1, 1]]
 */
export function matrixFromRows(rows: NumberRows | ArrayLike<number>, dtype: DType = "float64"): Matrix {
  checkDType(dtype);
  const flat = isList(rows) && typeof rows[0] === "number";
  const table = flat ? Array.from(rows as ArrayLike<number>, (value) => [value]) : (rows as NumberRows);
  const features = checkRows(table, "matrixFromRows");
  const examples = table.length;
  // Before the matrix is made: rows may lie in the linear memory, whose growth would empty them.
  const numbers = new Float64Array(features * examples);
  for (let i = 0; i < examples; i++) {
    const row = table[i];
    for (let j = 0; j < features; j++) numbers[j * examples + i] = row[j];
  }
  return Matrix.fromFlat(numbers, [features, examples], dtype);
}

/**
 * The table, one row an example, of a (features × examples) matrix.
 *
 * @param matrix (features × examples)
 * @returns (examples × features), copied
 * @throws ArgumentError or DisposedError for anything but a living matrix
 * @example
 * rowsFromMatrix(Matrix.from([[1, 3], [2, 4]]));   // [[1, 2], [3, 4]]
 */
export function rowsFromMatrix(matrix: Matrix): number[][] {
  checkMatrix(matrix, "rowsFromMatrix: matrix");
  const { data, rows, cols } = matrix;
  // Not by Array.from, which takes V8 120 ns a number: 100 rows of 3 take 37 µs so, and 1 µs by these. mapRows does likewise.
  const table = new Array<number[]>(cols);
  for (let i = 0; i < cols; i++) {
    const row = new Array<number>(rows);
    for (let j = 0; j < rows; j++) row[j] = data[j * cols + i];
    table[i] = row;
  }
  return table;
}

/**
 * @internal Checks the outside of examples, whatever they consist of.
 * @throws ArgumentError unless `examples` is an array, ShapeError when it is empty
 */
export function checkExamples(examples: unknown, where: string, such: string): ArrayLike<unknown> {
  if (examples instanceof Matrix) {
    throw new ArgumentError(
      `${where} takes an array of examples such as ${such}, not a Matrix; rowsFromMatrix makes rows of one`,
    );
  }
  if (!isList(examples)) {
    throw new ArgumentError(
      `${where} takes an array of examples such as ${such}, not ${describeOther("Matrix", examples)}`,
    );
  }
  if (examples.length === 0)
    throw new ShapeError(`${where} needs at least one example, but the array is empty`);
  return examples;
}

/**
 * @internal Checks a table of numbers.
 * @param columns how many columns it must have; the count of the first row unless given
 * @returns the number of columns
 * @throws ArgumentError, naming row and column, for what is not a finite number; ShapeError for empty or ragged rows
 */
export function checkRows(rows: unknown, where: string, columns?: number): number {
  const list = checkExamples(rows, where, "[[1, 2], [3, 4]]");
  let wanted = columns;
  for (let i = 0; i < list.length; i++) {
    const row = list[i];
    if (!isList(row)) {
      const hint = typeof row === "object" && row !== null ? "; new RecordEncoder() takes records" : "";
      throw new ArgumentError(`${where}: row ${i} must be an array of numbers, not ${describe(row)}${hint}`);
    }
    if (row.length === 0)
      throw new ShapeError(`${where}: row ${i} is empty; a row needs at least one number`);
    wanted ??= row.length;
    if (row.length !== wanted) {
      const seen = columns === undefined ? "row 0" : "what was learned";
      throw new ShapeError(
        `${where}: row ${i} has ${counted(row.length, "column")}, but ${seen} has ${wanted}`,
      );
    }
    for (let j = 0; j < wanted; j++) {
      if (!Number.isFinite(row[j])) throw notANumber(row[j], `${where}: row ${i}, column ${j}`);
    }
  }
  return wanted!;
}

/** @internal Rows of as many numbers, each what `change` makes of the one of its column j there; the rows are checked. */
export function mapRows(
  rows: NumberRows,
  columns: number,
  change: (value: number, j: number) => number,
): number[][] {
  const changed = new Array<number[]>(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const numbers = new Array<number>(columns);
    for (let j = 0; j < columns; j++) numbers[j] = change(row[j], j);
    changed[i] = numbers;
  }
  return changed;
}

/** @internal A column of the record that is none of these, if there is one; fastest where they are in the same order. */
export function strayColumn(record: object, columns: readonly string[]): string | undefined {
  return Object.keys(record).find((name, i) => name !== columns[i] && !columns.includes(name));
}

/** @internal Whether a cell of a table is empty. */
export function isMissing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    Number.isNaN(value) ||
    (typeof value === "string" && value.trim() === "")
  );
}

/** @internal The error of a cell that should hold a finite number. */
export function notANumber(value: unknown, place: string): ArgumentError {
  return isMissing(value)
    ? new ArgumentError(`${place} is missing (${describe(value)}); fill it or leave the row out`)
    : new ArgumentError(`${place} must be a finite number, not ${describe(value)}`);
}

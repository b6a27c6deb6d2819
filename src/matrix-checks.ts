import { describe } from "./describe.ts";
import { ArgumentError, ShapeError } from "./errors.ts";
import { bytesOf, type DType } from "./kernels/dtype.ts";
import { isList } from "./list.ts";

// What is checked before there is a matrix: sizes, and the numbers that it is to hold.

/** [rows, columns] of a matrix. */
export type Shape = readonly [rows: number, cols: number];

/**
 * @internal
 * @throws ShapeError unless `value` is a positive whole number
 */
export function checkSize(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0) {
    throw new ShapeError(`${name} must be a positive whole number, not ${describe(value)}`);
  }
  return value;
}

/**
 * @internal
 * @throws ShapeError unless `shape` is [rows, cols], both positive whole numbers
 */
export function checkShape(shape: unknown, name = "the shape"): Shape {
  if (!Array.isArray(shape) || shape.length !== 2) {
    throw new ShapeError(`${name} must be [rows, columns] as in X.shape, not ${describe(shape)}`);
  }
  return [checkSize(shape[0], "the number of rows"), checkSize(shape[1], "the number of columns")];
}

/**
 * @internal The bytes that a matrix takes.
 * @throws ShapeError unless rows and cols are positive whole numbers whose matrix a 4 GiB memory can hold
 */
export function checkedBytes(rows: number, cols: number, dtype: DType): number {
  checkSize(rows, "the number of rows");
  checkSize(cols, "the number of columns");
  const bytes = rows * cols * bytesOf(dtype);
  if (bytes >= 2 ** 32) {
    throw new ShapeError(
      `a ${rows}×${cols} matrix of ${dtype} takes ${bytes} bytes, more than a 4 GiB memory can hold`,
    );
  }
  return bytes;
}

/**
 * @internal The sizes of the matrix of such rows.
 * @throws ArgumentError for anything but rows of numbers, ShapeError for no rows, empty ones or ragged ones
 */
export function checkNested(nested: ArrayLike<ArrayLike<number>>): { rows: number; cols: number } {
  if (!Array.isArray(nested)) {
    throw new ArgumentError(
      `Matrix.from takes an array of rows such as [[1, 2], [3, 4]], not ${describe(nested)}`,
    );
  }
  if (nested.length === 0) throw new ShapeError("Matrix.from needs at least one row, but the array is empty");
  for (let i = 0; i < nested.length; i++) {
    const row: unknown = nested[i];
    if (!isList<number>(row)) {
      throw new ArgumentError(
        `row ${i} must be an array of numbers, not ${describe(row)}; one row is written [[1, 2, 3]]`,
      );
    }
    if (row.length === 0) throw new ShapeError(`row ${i} is empty; a row needs at least one number`);
    if (row.length !== nested[0].length) {
      throw new ShapeError(
        `rows must be equally long, but row 0 has ${nested[0].length} numbers and row ${i} has ${row.length}`,
      );
    }
    checkNumbers(row, (j) => `row ${i}, column ${j}`);
  }
  return { rows: nested.length, cols: nested[0].length };
}

/**
 * @internal
 * @param place how the message names an element
 * @throws ArgumentError unless every value is a number
 */
export function checkNumbers(values: ArrayLike<number>, place: (i: number) => string): void {
  if (values instanceof Float64Array || values instanceof Float32Array) return;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number") {
      throw new ArgumentError(`${place(i)} must be a number, not ${describe(values[i])}`);
    }
  }
}

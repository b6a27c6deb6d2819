import { describe } from "../describe.ts";
import { DTypeError } from "../errors.ts";

/** Element type of a matrix: 64-bit (default) or 32-bit floating point. */
export type DType = "float64" | "float32";

/**
 * The typed array that shows a matrix of the dtype. Some methods are written out, since TypeScript finds none that the two have in
 * common: theirs differ in the array that they hand to the callback.
 */
export type DTypeArray = (Float64Array | Float32Array) & {
  /** As that of every typed array, from the first element on. */
  reduce(combine: (sum: number, value: number, index: number) => number): number;
  /** As that of every typed array, from `first` on. */
  reduce<Result>(combine: (sum: Result, value: number, index: number) => Result, first: Result): Result;
  /** As that of every typed array, from the last element but one down. */
  reduceRight(combine: (sum: number, value: number, index: number) => number): number;
  /** As that of every typed array, from the last element down. */
  reduceRight<Result>(combine: (sum: Result, value: number, index: number) => Result, first: Result): Result;
};

/** Bytes of one element. */
export function bytesOf(dtype: DType): number {
  return dtype === "float64" ? 8 : 4;
}

/** What the names of a module's exports for the dtype end with: 64 or 32. */
export const suffixOf = (dtype: DType) => dtype.slice(5);

/**
 * @returns `dtype`, checked
 * @throws DTypeError unless it is "float64" or "float32"
 */
export function checkDType(dtype: unknown): DType {
  if (dtype === "float64" || dtype === "float32") return dtype;
  throw new DTypeError(`dtype must be "float64" or "float32", not ${describe(dtype)}`);
}

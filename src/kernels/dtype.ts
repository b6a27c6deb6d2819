import { describe } from "../describe.ts";
import { DTypeError } from "../errors.ts";

/** Element type of a matrix: 64-bit (default) or 32-bit floating point. */
export type DType = "float64" | "float32";

/** The typed array that shows a matrix of the dtype. */
export type DTypeArray = Float64Array | Float32Array;

/** Bytes of one element. */
export function bytesOf(dtype: DType): number {
  return dtype === "float64" ? 8 : 4;
}

/**
 * @returns `dtype`, checked
 * @throws DTypeError unless it is "float64" or "float32"
 */
export function checkDType(dtype: unknown): DType {
  if (dtype === "float64" || dtype === "float32") return dtype;
  throw new DTypeError(`dtype must be "float64" or "float32", not ${describe(dtype)}`);
}

import { RECORD_BYTES } from "./kernels/records.ts";
import { Matrix } from "./matrix.ts";

/** @internal Room for so many records, which goes with its owner as a matrix does. */
export function roomForRecords(count: number): Matrix {
  return new Matrix(1, Math.max(1, (count * RECORD_BYTES) / 4), "float32");
}

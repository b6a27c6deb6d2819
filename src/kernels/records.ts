import { SCRATCH_RECORD } from "../wasm/memory.ts";
import type { Kernels } from "./kernels.ts";

/**
 * The kernels of layers and costs that small networks call most, each with its operands, addresses and sizes, in order:
 *
 * - linearForward: z(nOut×m), w(nOut×nIn), a(nIn×m), b(nOut×1), nOut, m, nIn; z = w · a, then + b
 * - linearBackward: dW(nOut×nIn), db(nOut×1), dA(nIn×m), dZ(nOut×m), a(nIn×m), w(nOut×nIn), nOut, m, nIn; dW = dZ · aᵀ,
 *   db = row sums of dZ, dA = wᵀ · dZ unless dA is 0
 * - linearUpdate, with the scalar rate: w, b, dW, db, weights, biases; w(weights) −= rate · dW, b(biases) −= rate · db
 * - sigmoid: a, z, n; a(n) = 1 / (1 + e^−z(n))
 * - sigmoidGradient: dZ, upstream, a, n; dZ(n) = (upstream(n) · a(n)) · (1 − a(n))
 * - squaredError, with the scalar scale: dYHat, y, yHat, n; dYHat(n) = scale · (y(n) − yHat(n)), returns pairwise
 *   Σ (y − yHat)²
 *
 * Operands stay from call to call, so these kernels take them in a record: 32-bit words, one behind another. One address is
 * handed on where up to eleven numbers would be, each of which V8 checks, converts and passes.
 */
export type Recorded =
  | "linearForward"
  | "linearBackward"
  | "linearUpdate"
  | "sigmoid"
  | "sigmoidGradient"
  | "squaredError";

/** A kernel on its operands: takes the address of their record, and the scalar that may change with every call. */
export type Prepared = (record: number, scalar?: number) => unknown;

/** Stands where nothing is prepared yet. */
export function unprepared(): never {
  throw new Error("internal: a kernel was not prepared");
}

/** Bytes of the largest record, eleven words. */
export const RECORD_BYTES = 44;

/** Writes a record: the operands, then what a kernel wants to know beside them. Word by word, since a short last batch prepares
 *  every step of a network twice an epoch. */
export function writeRecord(
  words: Uint32Array,
  record: number,
  operands: readonly number[],
  rest: readonly number[],
): void {
  let at = record >>> 2;
  for (const operand of operands) words[at++] = operand;
  for (const word of rest) words[at++] = word;
}

/** Runs a kernel on operands that do not stay. */
export function runOnce(
  kernels: Kernels,
  name: Recorded,
  operands: readonly number[],
  scalar?: number,
): unknown {
  return kernels.prepare(name, SCRATCH_RECORD, operands)(SCRATCH_RECORD, scalar);
}

/** p(n) −= scale · g(n): the update of a layer's weights alone. */
export function subtractScaled(kernels: Kernels, p: number, g: number, n: number, scale: number): void {
  runOnce(kernels, "linearUpdate", [p, p, g, g, n, 0], scale);
}

import { type LinearMemory, SCRATCH_RECORD } from "../wasm/memory.ts";
import type { Kernels } from "./kernels.ts";

/** The kernels of layers and costs that small networks call most. */
export type Recorded =
  | "linearForward"
  | "linearBackward"
  | "linearUpdate"
  | "sigmoid"
  | "sigmoidGradient"
  | "squaredError";

/**
 * A kernel on operands that stay from call to call: the address of their record is enough to run it, and the scalar that may
 * change, if it takes one. One number is handed on where up to eleven would be, each of which V8 checks, converts and passes.
 */
export type Prepared = (record: number, scalar?: number) => unknown;

/** Stands where nothing is prepared yet. */
export function unprepared(): never {
  throw new Error("internal: a kernel was not prepared");
}

/** Bytes of the largest record, eleven words. */
export const RECORD_BYTES = 44;

/** Writes operands, addresses and sizes, one behind another. */
export function writeRecord({ u32 }: LinearMemory, record: number, operands: readonly number[]): void {
  const first = record >>> 2;
  for (let i = 0; i < operands.length; i++) u32[first + i] = operands[i];
}

/** Runs what takes a record on operands that do not stay. */
export function runOnce(
  memory: LinearMemory,
  kernel: Prepared,
  operands: readonly number[],
  scalar?: number,
): number {
  writeRecord(memory, SCRATCH_RECORD, operands);
  return kernel(SCRATCH_RECORD, scalar) as number;
}

/** What runs a kernel that takes no record: its operands are kept here. */
export function keepOperands(kernels: Kernels, name: Recorded, operands: readonly number[]): Prepared {
  const kernel = kernels[name] as (...given: readonly number[]) => unknown;
  return (_, scalar) => (scalar === undefined ? kernel(...operands) : kernel(...operands, scalar));
}

import { bytesOf, type DType, type DTypeArray } from "../../src/kernels/dtype.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { callKernel, type KernelCase, type KernelName, kernelCases } from "./cases.ts";
import type { Draw } from "./numbers.ts";

const GUARD_BYTES = 64;
const SENTINEL = 0xa5;

/** One call of a kernel: sizes, elements, and where the operands lie. */
export interface Call {
  readonly kernel: KernelName;
  readonly dtype: DType;
  readonly dims: readonly number[];
  readonly draw: () => Draw;
  /** Elements by which each operand is moved from a 16-byte boundary; 0 unless given. */
  readonly shift?: number;
  /** [output, input] pointers that are one. */
  readonly share?: readonly [number, number];
  /** A pointer that is 0. */
  readonly leaveOut?: number;
}

/** What a call left behind. */
export interface Outcome {
  readonly operands: DTypeArray[];
  readonly returned: number | undefined;
}

/**
 * Lays the operands out in one block, each between guards, runs the kernel and reads them back. Behind an output
 * of a kernel that is not exact may have changed what a vector holds beside one element, or a tile's row behind two vectors.
 * @throws Error when a guard, or an operand that is only read, has changed
 */
export function perform(runtime: Runtime, call: Call): Outcome {
  const { kernel, dtype, dims, share, leaveOut } = call;
  const shape: KernelCase = kernelCases[kernel];
  const operands = shape.operands(dims);
  const size = bytesOf(dtype);
  const draw = call.draw();

  const offsets: number[] = [];
  let end = 0;
  for (const [, count] of operands) {
    const start = Math.ceil((end + GUARD_BYTES) / 16) * 16 + (call.shift ?? 0) * size;
    offsets.push(start);
    end = start + count * size;
  }
  const bytes = end + GUARD_BYTES;
  const block = runtime.arena.allocate(bytes);
  try {
    const view = (i: number): DTypeArray => {
      const { buffer } = runtime.memory;
      const count = operands[i][1];
      return dtype === "float64"
        ? new Float64Array(buffer, block + offsets[i], count)
        : new Float32Array(buffer, block + offsets[i], count);
    };
    runtime.memory.u8.fill(SENTINEL, block, block + bytes);
    for (const [i, [role, count]] of operands.entries()) {
      // No two operands have the same behind them, so that a kernel which reads on there computes something else.
      const behind = block + offsets[i] + count * size;
      runtime.memory.u8.fill(SENTINEL + i, behind, behind + GUARD_BYTES);
      // What is only written keeps the sentinel, so that an element that is left unwritten differs.
      if (role === "out" && share?.[0] !== i) continue;
      const elements = view(i);
      for (let j = 0; j < elements.length; j++) elements[j] = draw();
    }
    const before = runtime.memory.u8.slice(block, block + bytes);
    const pointers = offsets.map((offset, i) => {
      if (i === leaveOut) return 0;
      return block + (share?.[0] === i ? offsets[share[1]] : offset);
    });
    const drawn = Array.from({ length: shape.scalars ?? 0 }, draw);
    const scalars = shape.bounds ? drawn.map((scalar) => (Number.isNaN(scalar) ? 1 : scalar)) : drawn;
    const returned = callKernel(runtime.kernels[dtype], kernel, [...pointers, ...dims], scalars);

    const after = runtime.memory.u8.slice(block, block + bytes);
    const outcome = operands.map((_, i) => view(i).slice());
    for (const [i, [role, count]] of operands.entries()) {
      const written = share === undefined ? role !== "in" && i !== leaveOut : share[1] === i;
      const end = offsets[i] + count * size + (shape.exact ? 0 : (shape.isTiled ? 32 : 16) - size);
      if (written) after.set(before.subarray(offsets[i], end), offsets[i]);
    }
    const stray = firstDifference(before, after);
    if (stray !== -1) throw new Error(`${describeCall(call)}: byte ${stray} outside the outputs was written`);
    return { operands: outcome, returned: shape.returns ? returned : undefined };
  } finally {
    runtime.arena.free(block);
  }
}

export function describeCall({ kernel, dtype, dims, shift = 0 }: Call): string {
  return `${kernel} ${dtype} ${dims.join("×")} shift ${shift}`;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (Buffer.compare(a, b) === 0) return -1;
  return a.findIndex((byte, i) => byte !== b[i]);
}

/** @throws Error unless both hold the same bits, any NaN being as good as another */
export function expectSameBits(call: Call, ours: Outcome, oracle: Outcome): void {
  if (!Object.is(ours.returned, oracle.returned)) {
    throw new Error(`${describeCall(call)} returned ${ours.returned}; the reference ${oracle.returned}`);
  }
  for (const [i, a] of ours.operands.entries()) {
    const b = oracle.operands[i];
    const bytesA = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
    const bytesB = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
    if (Buffer.compare(bytesA, bytesB) === 0) continue;
    for (let j = 0; j < a.length; j++) {
      if (!Object.is(a[j], b[j])) {
        throw new Error(`${describeCall(call)}: operand ${i}[${j}] is ${a[j]}; the reference has ${b[j]}`);
      }
    }
  }
}

import { describe, expect, it } from "vitest";
import { bytesOf, type DType } from "../../src/kernels/dtype.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { roundUp } from "../../src/kernels/tile.ts";
import { ALIGNMENT, SPARE_BYTES } from "../../src/wasm/arena.ts";
import { callKernel, kernelCases, kernelNames } from "./cases.ts";
import { dtypes, startBuild, startPacking } from "./runtimes.ts";

// A vector may reach beyond the last element of a matrix, and no further than the arena keeps for it: where a matrix is the
// memory's last block, one byte more traps.

/** Most of each dimension, by how many there are: every residue of a vector, of a pair of them and of a tile's rows. */
const MOST = [0, 40, 12, 7];

function* sizes(count: number, most = MOST[count]): Generator<number[]> {
  if (count === 0) yield [];
  else
    for (const rest of sizes(count - 1, most)) for (let size = 1; size <= most; size++) yield [...rest, size];
}

type Kernel = (typeof kernelNames)[number];

const bytesOfOperands = (kernel: Kernel, dtype: DType, dims: readonly number[]) =>
  kernelCases[kernel].operands(dims).map(([, count]) => count * bytesOf(dtype));

function call(runtime: Runtime, kernel: Kernel, dtype: DType, dims: readonly number[], pointers: number[]) {
  const scalars = Array.from({ length: kernelCases[kernel].scalars ?? 0 }, () => 1);
  callKernel(runtime.kernels[dtype], kernel, [...pointers, ...dims], scalars);
}

/** A runtime whose kernels have found their scratch room. The operands stay, so that no block is free below it. */
function warm(runtime: Runtime): Runtime {
  for (const dtype of dtypes) {
    for (const kernel of ["matmulNT", "linearBackward"] as const) {
      const most = [MOST[3], MOST[3], MOST[3]];
      const pointers = bytesOfOperands(kernel, dtype, most).map((size) => runtime.arena.allocate(size));
      call(runtime, kernel, dtype, most, pointers);
    }
  }
  return runtime;
}

/** Calls the kernel with operand `last` at the end of the memory; says whether it was there. */
function callAtEnd(
  runtime: Runtime,
  kernel: Kernel,
  dtype: DType,
  dims: readonly number[],
  last: number,
): boolean {
  const { arena, memory } = runtime;
  const bytes = bytesOfOperands(kernel, dtype, dims);
  const pointers = bytes.map((size, i) => (i === last ? 0 : arena.allocate(size)));
  const block = roundUp(bytes[last] + SPARE_BYTES, ALIGNMENT);
  const filler = arena.allocate(memory.buffer.byteLength - arena.top - block - SPARE_BYTES);
  pointers[last] = arena.allocate(bytes[last]);
  const isLast = arena.top === memory.buffer.byteLength && pointers[last] + block === arena.top;
  call(runtime, kernel, dtype, dims, pointers);
  for (const pointer of [...pointers, filler]) arena.free(pointer);
  return isLast;
}

describe.each([
  ["going directly", () => startBuild("wasm")],
  ["packing", () => startPacking("wasm")],
  ["packing, by the turbo build", () => startPacking("turbo")],
])("at the end of the memory, %s", (_, start) => {
  const runtime = warm(start());

  it.each(kernelNames)("%s reads and writes no byte beyond", (kernel) => {
    const { dims, operands } = kernelCases[kernel];
    for (const dtype of dtypes) {
      for (const size of sizes(dims.length)) {
        for (const last of operands(size).keys()) {
          expect(callAtEnd(runtime, kernel, dtype, size, last)).toBe(true);
        }
      }
    }
  });
});

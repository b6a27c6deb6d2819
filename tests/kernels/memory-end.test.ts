import { describe, expect, it } from "vitest";
import { DEPTH_BLOCK } from "../../src/kernels/blocked-product.ts";
import { bytesOf, type DType } from "../../src/kernels/dtype.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { roundUp } from "../../src/kernels/tile.ts";
import { ALIGNMENT, SPARE_BYTES } from "../../src/wasm/arena.ts";
import { MAX_BYTES } from "../../src/wasm/memory.ts";
import { callKernel, kernelCases, kernelNames } from "./cases.ts";
import { dtypes, startBlocked, startBuild, startReference } from "./runtimes.ts";

// A vector may reach beyond the last element of a matrix, and no further than the arena keeps for it: where a matrix is the
// memory's last block, one byte more traps.

/** Most of each dimension, by how many there are: every residue of a vector, of a pair of them and of a tile's rows. */
const MOST = [0, 40, 12, 9];

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

/** A runtime whose kernels have found their scratch room for products of dimensions up to `most`. The operands stay, so that no
 *  block is free below it. */
function warm(runtime: Runtime, most: number): Runtime {
  for (const dtype of dtypes) {
    for (const kernel of ["matmulNT", "linearBackward"] as const) {
      // the second one is turned by every rule
      for (const dims of [
        [most, most, most],
        [most, 2, 2],
      ]) {
        const pointers = bytesOfOperands(kernel, dtype, dims).map((size) => runtime.arena.allocate(size));
        call(runtime, kernel, dtype, dims, pointers);
      }
    }
  }
  return runtime;
}

/** Hands pointers to a kernel's operands, of which `last` ends at `end`, to `use`; says whether it was there. */
function placeAtEnd(
  { arena }: Runtime,
  bytes: readonly number[],
  last: number,
  end: number,
  use: (pointers: number[]) => void,
): boolean {
  const pointers = bytes.map((size, i) => (i === last ? 0 : arena.allocate(size)));
  const block = roundUp(bytes[last] + SPARE_BYTES, ALIGNMENT);
  const filler = arena.allocate(end - arena.top - block - SPARE_BYTES);
  pointers[last] = arena.allocate(bytes[last]);
  const isLast = arena.top === end && pointers[last] + block === arena.top;
  use(pointers);
  for (const pointer of [...pointers, filler]) arena.free(pointer);
  return isLast;
}

/** Gives the operands values, calls the kernel, and reads them back. */
function results(
  runtime: Runtime,
  kernel: Kernel,
  dtype: DType,
  dims: readonly number[],
  pointers: number[],
): number[][] {
  const size = bytesOf(dtype);
  const views = bytesOfOperands(kernel, dtype, dims).map((bytes, i) =>
    size === 8
      ? new Float64Array(runtime.memory.buffer, pointers[i], bytes / size)
      : new Float32Array(runtime.memory.buffer, pointers[i], bytes / size),
  );
  for (const [i, view] of views.entries()) view.set(view.map((_, j) => ((7 * i + 17 * j) % 29) / 30 + 0.01));
  call(runtime, kernel, dtype, dims, pointers);
  return views.map((view) => [...view]);
}

describe.each([
  ["going directly", () => startBuild("wasm")],
  ["going directly, by the turbo build", () => startBuild("turbo")],
  ["in blocks, packed", () => startBlocked("wasm", true)],
  ["in blocks, packed, by the turbo build", () => startBlocked("turbo", true)],
  ["in blocks, as they lie, by the turbo build", () => startBlocked("turbo", false)],
])("at the end of the memory, %s", (_, start) => {
  const runtime = warm(start(), MOST[3]);

  it.each(kernelNames)("%s reads and writes no byte beyond", (kernel) => {
    const { dims, operands } = kernelCases[kernel];
    for (const dtype of dtypes) {
      for (const size of sizes(dims.length)) {
        const bytes = bytesOfOperands(kernel, dtype, size);
        for (const last of operands(size).keys()) {
          const end = runtime.memory.buffer.byteLength;
          const use = (pointers: number[]) => call(runtime, kernel, dtype, size, pointers);
          expect(placeAtEnd(runtime, bytes, last, end, use)).toBe(true);
        }
      }
    }
  });
});

// The second block of the depth goes on from what the first one left in c, and looks at the rows ahead.
it.each([
  ["the wasm build", "wasm"],
  ["the turbo build", "turbo"],
] as const)("a product deeper than a block reads and writes no byte beyond its result, by %s", (_, build) => {
  const runtime = warm(startBlocked(build, true), DEPTH_BLOCK + 1);
  for (const dtype of dtypes) {
    for (const rows of [4, 5, 9, 10, 15]) {
      const dims = [rows, 16, DEPTH_BLOCK + 1];
      const bytes = bytesOfOperands("matmulNN", dtype, dims);
      const end = runtime.memory.buffer.byteLength;
      const use = (pointers: number[]) => call(runtime, "matmulNN", dtype, dims, pointers);
      expect(placeAtEnd(runtime, bytes, 0, end, use)).toBe(true);
      expect(runtime.memory.buffer.byteLength).toBe(end);
    }
  }
});

/** Rows in pairs, the last one by itself, whose factors have no row below them. */
const far = [1, 2, 3, 4, 5, 6, 7].map((rows) => [rows, 71, 4001]).concat([[2, 71, 30_001]]);
/** A tile of four vectors over nine columns of f32 reads 28 bytes behind the last of ten rows, which end 28 before their block does. */
const short = [1, 2, 3, 4, 5, 10].map((rows) => [rows, 9, 10]);

it.each([
  ["the wasm build", "wasm"],
  ["the turbo build", "turbo"],
] as const)("few rows over what is far, and lines of little more than two vectors, read and write no byte beyond, by %s", (_, build) => {
  const runtime = warm(startBuild(build), 300);
  for (const dtype of dtypes) {
    for (const kernel of ["matmulNN", "matmulTN", "linearForward"] as const) {
      for (const dims of [...far, ...short]) {
        const bytes = bytesOfOperands(kernel, dtype, dims);
        for (const last of bytes.keys()) {
          const top = bytes.reduce((sum, each) => sum + roundUp(each + SPARE_BYTES, ALIGNMENT), 2 ** 20);
          runtime.memory.reserve(runtime.arena.top + top);
          const end = runtime.memory.buffer.byteLength;
          const use = (pointers: number[]) => call(runtime, kernel, dtype, dims, pointers);
          expect(placeAtEnd(runtime, bytes, last, end, use)).toBe(true);
          expect(runtime.memory.buffer.byteLength).toBe(end);
        }
      }
    }
  }
});

// Where a pointer that runs beyond the last block is a small number again, a loop that asks whether it is below its end would
// leave its work undone without a word.
describe.each([
  ["going directly", () => startBuild("wasm")],
  ["going directly, by the turbo build", () => startBuild("turbo")],
  ["in blocks, packed", () => startBlocked("wasm", true)],
  ["in blocks, as they lie, by the turbo build", () => startBlocked("turbo", false)],
])("at the end of 4 GiB, %s", (_, start) => {
  /** Lines longer than what the arena keeps free there, and more rows than are packed at once. */
  const dims = [[], [300], [40, 50], [90, 40, 50]];
  const runtime = warm(start(), 90);
  const oracle = startReference();

  it.each(kernelNames)("%s computes what the reference does", (kernel) => {
    const size = dims[kernelCases[kernel].dims.length];
    for (const dtype of dtypes) {
      const bytes = bytesOfOperands(kernel, dtype, size);
      const elsewhere = bytes.map((each) => oracle.arena.allocate(each));
      const wanted = results(oracle, kernel, dtype, size, elsewhere);
      for (const pointer of elsewhere) oracle.arena.free(pointer);
      for (const last of bytes.keys()) {
        let found: number[][] = [];
        const use = (pointers: number[]) => {
          found = results(runtime, kernel, dtype, size, pointers);
        };
        expect(placeAtEnd(runtime, bytes, last, MAX_BYTES - ALIGNMENT, use)).toBe(true);
        expect(found).toEqual(wanted);
      }
    }
  });

  it.each(
    kernelNames,
  )("%s of one number each writes no byte beyond what the arena keeps for it", (kernel) => {
    const size = dims[kernelCases[kernel].dims.length].map(() => 1);
    for (const dtype of dtypes) {
      const bytes = bytesOfOperands(kernel, dtype, size);
      for (const last of bytes.keys()) {
        const use = (pointers: number[]) => {
          const beyond = new Uint8Array(
            runtime.memory.buffer,
            pointers[last] + bytes[last] + SPARE_BYTES,
          ).fill(90);
          call(runtime, kernel, dtype, size, pointers);
          expect(beyond.every((byte) => byte === 90)).toBe(true);
        };
        expect(placeAtEnd(runtime, bytes, last, MAX_BYTES - ALIGNMENT, use)).toBe(true);
      }
    }
  });
});

import { afterEach, describe, expect, it } from "vitest";
import {
  DropoutLayer,
  LinearLayer,
  Matrix,
  OutOfMemoryError,
  permutation,
  SigmoidLayer,
  seed,
} from "../../src/index.ts";
import { createReferenceKernels } from "../../src/kernels/reference/kernels.ts";
import { startWith } from "../../src/kernels/runtime.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { LinearMemory, PlainPages } from "../../src/wasm/memory.ts";

const PAGE = 65536;
const MOST_PAGES = 40;

/** Pages that refuse to be more than 40. */
class FewPages extends PlainPages {
  override grow(pages: number): void {
    if (this.buffer.byteLength / PAGE + pages > MOST_PAGES) throw new RangeError("no more pages");
    super.grow(pages);
  }
}

const memory = new LinearMemory(new FewPages(16));
const arena = new Arena(memory);
startWith(() => ({
  memory,
  arena,
  kernels: {
    float64: createReferenceKernels(memory, "float64"),
    float32: createReferenceKernels(memory, "float32"),
  },
}));

const made: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(thing: T): T => {
  made.push(thing);
  return thing;
};
afterEach(() => {
  for (const thing of made.splice(0)) thing.dispose();
  expect(arena.usedBytes).toBe(0);
});

/** Matrices of `rows` × 1,000 doubles until there is no room. */
function fill(rows: number): Matrix[] {
  const matrices: Matrix[] = [];
  try {
    for (;;) {
      const matrix = keep(Matrix.zeros(rows, 1000));
      matrix.data.fill(matrices.length + 1);
      matrices.push(matrix);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect((error as Error).message).toMatch(/cannot grow by \d+ more; dispose\(\)/);
  }
  return matrices;
}

describe("when the memory cannot grow", () => {
  it("OutOfMemoryError leaves every earlier matrix intact, and a disposed one makes room", () => {
    const matrices = fill(20);
    expect(matrices.length).toBe(Math.floor((MOST_PAGES * PAGE) / 160_000));
    const { usedBytes } = arena;
    expect(() => Matrix.zeros(20, 1000)).toThrow(OutOfMemoryError);
    expect(() => Matrix.fromFlat(new Float64Array(20_000), [20, 1000])).toThrow(OutOfMemoryError);
    expect(arena.usedBytes).toBe(usedBytes);
    for (const [i, matrix] of matrices.entries()) {
      expect(matrix.data.every((value) => value === i + 1)).toBe(true);
    }
    matrices[3].dispose();
    expect(keep(Matrix.zeros(20, 1000)).data.every((value) => value === 0)).toBe(true);
    expect(matrices[4].data.every((value) => value === 5)).toBe(true);
  });

  it("grows by the exact need when half as much again is refused", () => {
    const half = keep(Matrix.zeros(1, 24 * (PAGE / 8)));
    expect(memory.buffer.byteLength).toBeLessThanOrEqual(MOST_PAGES * PAGE);
    half.data.fill(2);
    keep(Matrix.zeros(1, 15 * (PAGE / 8)));
    expect(half.data.every((value) => value === 2)).toBe(true);
  });

  it("a layer that finds no room for all of itself gives back what it had, and draws no weights", () => {
    fill(20);
    made.pop()!.dispose();
    const { usedBytes } = arena;
    seed(48);
    expect(() => new LinearLayer([120, 40], 120)).toThrow(OutOfMemoryError);
    expect(() => new SigmoidLayer([100, 140])).toThrow(OutOfMemoryError);
    // room for A and dZ, and none for the mask
    expect(() => new DropoutLayer([100, 100])).toThrow(OutOfMemoryError);
    expect(arena.usedBytes).toBe(usedBytes);
    expect([...permutation(10)]).toEqual([7, 5, 2, 6, 9, 8, 4, 1, 3, 0]);
  });

  it("a batch that is too large for a layer's outputs changes nothing", () => {
    const linear = keep(new LinearLayer([1, 4], 50));
    const sigmoid = keep(new SigmoidLayer([50, 4]));
    sigmoid.forward(linear.forward(keep(Matrix.zeros(1, 4))));
    const [Z, A] = [linear.Z.toArray(), sigmoid.A.toArray()];
    const large = keep(Matrix.zeros(1, 30_000));
    expect(() => linear.forward(large)).toThrow(OutOfMemoryError);
    expect(linear.Z.toArray()).toEqual(Z);
    expect(sigmoid.A.toArray()).toEqual(A);
    linear.backward(sigmoid.A);
    linear.updateParams(1);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import {
  DropoutLayer,
  LinearLayer,
  linear,
  Matrix,
  Network,
  OutOfMemoryError,
  permutation,
  SigmoidLayer,
  seed,
  sigmoid,
} from "../../src/index.ts";
import { createReferenceKernels } from "../../src/kernels/reference/kernels.ts";
import { startWith } from "../../src/kernels/runtime.ts";
import { Batches } from "../../src/network/batches.ts";
import type { Table } from "../../src/network/table.ts";
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

  it("a run of training is told to take fewer examples at a time, and goes on with these", () => {
    const network = keep(new Network([linear(50), sigmoid(), linear(1), sigmoid()], { seed: 48 }));
    const X = Array.from({ length: 3000 }, (_, i) => [i / 3000]);
    const Y = X.map(([x]) => Math.round(x));
    const run = { epochs: 1, shuffle: false };
    expect(() => network.fitSync(X, Y, { ...run, batchSize: "all" })).toThrow(
      /^the linear memory .* no longer needed, or give fit a batchSize below 3000$/,
    );
    expect(network.history.epochs).toEqual([]);
    expect(network.fitSync(X, Y, { ...run, batchSize: 100 }).epochs).toHaveLength(1);
  });

  it("a run of one example at a time is not told to take fewer", () => {
    const network = keep(new Network([linear(52_000)]));
    expect(() => network.fitSync([[1]], [new Float64Array(52_000)], { epochs: 1 })).toThrow(
      /no longer needed$/,
    );
  });

  it("a batch that no memory could hold is refused by its size, before any of it is made", () => {
    const examples = (width: number) => ({ width, count: 2 ** 20 }) as Table;
    const { usedBytes } = arena;
    expect(() => new Batches({ X: examples(512), Y: examples(1) }, 2 ** 30, "float64")).toThrow(
      new OutOfMemoryError(
        "a batch of 1048576 examples of 512 features takes 4294967296 bytes, more than a 4 GiB memory can hold; take fewer at a time, as fit does with a smaller batchSize",
      ),
    );
    expect(() => new Batches({ X: examples(512), Y: examples(1) }, 2 ** 30, "float32")).toThrow(
      /cannot grow/,
    );
    expect(arena.usedBytes).toBe(usedBytes);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DisposedError, Matrix, RandomState } from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { Table } from "../../src/network/table.ts";

const tableOf = (width: number, count: number) =>
  new Table(
    Float64Array.from({ length: width * count }, (_, i) => i + 1),
    width,
  );
/** What is written to an example's column. */
const example = ({ values, width }: Table, j: number) => [...values.subarray(j * width, (j + 1) * width)];
const columns = (matrix: Matrix) => {
  const rows = matrix.toArray();
  return Array.from({ length: matrix.cols }, (_, j) => rows.map((row) => row[j]));
};

describe("a batch of a table", () => {
  it("is its examples as columns, in order or in another one, and nothing beside the matrix is written", () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      count: fc.integer({ min: 1, max: 19 }),
      start: fc.integer({ min: 0, max: 9 }),
      dtype: fc.constantFrom("float64" as const, "float32" as const),
      shuffled: fc.boolean(),
      first: fc.integer({ min: 1, max: 19 }),
    });
    fc.assert(
      fc.property(sizes, ({ width, count, start, dtype, shuffled, first }) => {
        const table = tableOf(width, start + count);
        const order = shuffled ? new RandomState(start).permutation(start + count) : undefined;
        const around = [0, 1, 2].map(() => Matrix.zeros(width, first, dtype));
        const [before, out, behind] = around;
        table.load(out, start, count, order);
        const places = Array.from({ length: count }, (_, j) => order?.[start + j] ?? start + j);
        expect(columns(out)).toEqual(places.map((j) => example(table, j)));
        expect([...before.data, ...behind.data].every((value) => value === 0)).toBe(true);
        for (const matrix of around) matrix.dispose();
      }),
    );
  });

  it("is written where the matrix lies once the memory has grown", () => {
    const out = Matrix.zeros(2, 3);
    const { buffer } = runtime().memory;
    const large = Matrix.zeros(1, buffer.byteLength / 8);
    expect(runtime().memory.buffer).not.toBe(buffer);
    const table = tableOf(2, 3);
    table.load(out, 0, 3);
    expect(out.toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    large.dispose();
  });

  it("goes into no matrix that was disposed, and beside none that is too low", () => {
    const table = tableOf(2, 3);
    const [before, low, behind] = [0, 1, 2].map(() => Matrix.zeros(1, 3));
    table.load(low, 0, 3);
    expect(low.toArray()).toEqual([[1, 3, 5]]);
    expect([...before.data, ...behind.data].every((value) => value === 0)).toBe(true);
    const gone = Matrix.zeros(2, 3);
    gone.dispose();
    expect(() => table.load(gone, 0, 3)).toThrow(DisposedError);
    expect(
      runtime()
        .memory.u8.subarray(0, 64)
        .every((byte) => byte === 0),
    ).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DisposedError, Matrix } from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";

const value = fc.double(); // ±0, ±∞, NaN and subnormals among them
const side = fc.integer({ min: 1, max: 12 });
const rowsOf = (element: fc.Arbitrary<number>) =>
  fc
    .tuple(side, side)
    .chain(([rows, cols]) =>
      fc.array(fc.array(element, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }),
    );
const round = (rows: number[][]) => rows.map((row) => row.map(Math.fround));
const runs = { seed: 48, numRuns: 300 };

describe("Matrix", () => {
  it("from → toArray gives the rows back, rounded in float32", () => {
    fc.assert(
      fc.property(rowsOf(value), (rows) => {
        using double = Matrix.from(rows);
        using single = Matrix.from(rows, "float32");
        expect(double.shape).toEqual([rows.length, rows[0].length]);
        expect(double.size).toBe(rows.length * rows[0].length);
        expect([double.dtype, single.dtype]).toEqual(["float64", "float32"]);
        expect(double.toArray()).toEqual(rows);
        expect(single.toArray()).toEqual(round(rows));
      }),
      runs,
    );
  });

  it("fromFlat of any array or typed array is from of its rows", () => {
    fc.assert(
      fc.property(rowsOf(value), fc.boolean(), (rows, typed) => {
        const flat = typed ? Float64Array.from(rows.flat()) : rows.flat();
        using matrix = Matrix.fromFlat(flat, [rows.length, rows[0].length]);
        expect(matrix.toArray()).toEqual(rows);
        flat[0] = 99; // it is a copy
        expect(matrix.toArray()).toEqual(rows);
      }),
      runs,
    );
    expect(Matrix.fromFlat(new Uint8Array([1, 2, 255]), [1, 3]).toArray()).toEqual([[1, 2, 255]]);
    expect(Matrix.from([new Int16Array([-1, 2]), [3, 4]]).toArray()).toEqual([[-1, 2], [3, 4]]); // biome-ignore format: one line
  });

  it("zeros are zeros, though the memory was used before", () => {
    fc.assert(
      fc.property(side, side, (rows, cols) => {
        const used = Matrix.zeros(rows, cols);
        used.data.fill(7);
        used.dispose();
        using matrix = Matrix.zeros(rows, cols);
        expect(matrix.toArray()).toEqual(Array.from({ length: rows }, () => Array(cols).fill(0)));
      }),
      runs,
    );
  });

  it("goes into JSON as its rows, and comes back of them", () => {
    const matrix = Matrix.from([[1, 2.5], [-3, 4]], "float32"); // biome-ignore format: one line
    const text = JSON.stringify({ W: matrix });
    expect(text).toBe('{"W":[[1,2.5],[-3,4]]}');
    expect(Matrix.from(JSON.parse(text).W).toArray()).toEqual(matrix.toArray());
  });

  it("data is live, row after row; toArray and shape are copies", () => {
    using matrix = Matrix.from([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: one line
    matrix.data[4] = 50;
    expect(matrix.toArray()).toEqual([[1, 2, 3], [4, 50, 6]]); // biome-ignore format: one line
    matrix.toArray()[0][0] = 9;
    matrix.shape[0] = 9;
    expect(matrix.data[0]).toBe(1);
    expect(matrix.rows).toBe(2);
    expect(matrix.data).toBeInstanceOf(Float64Array);
    expect(Matrix.zeros(1, 1, "float32").data).toBeInstanceOf(Float32Array);
  });

  it("has as many elements as it has columns by now, and gives back what it outgrew", () => {
    const { arena } = runtime();
    const before = arena.usedBytes;
    const matrix = Matrix.zeros(2, 5);
    for (const cols of [3, 5, 1, 8, 2]) {
      matrix.resizeColumns(cols);
      expect([matrix.shape, matrix.size, matrix.data.length]).toEqual([[2, cols], 2 * cols, 2 * cols]);
      matrix.data.fill(cols);
      expect(matrix.toArray()).toEqual([Array(cols).fill(cols), Array(cols).fill(cols)]);
    }
    matrix.dispose();
    expect(arena.usedBytes).toBe(before);
  });

  it("reads as the same view when it comes back to a number of columns, until the memory grows", () => {
    const matrix = Matrix.zeros(2, 3);
    const read = (cols: number) => {
      matrix.resizeColumns(cols);
      return matrix.data;
    };
    const [full, short] = [read(3), read(2)];
    expect([full.length, short.length]).toEqual([6, 4]);
    for (let turn = 0; turn < 2; turn++) {
      expect(read(3)).toBe(full);
      expect(read(2)).toBe(short);
    }
    const large = Matrix.zeros(1, runtime().memory.buffer.byteLength / 8);
    for (const cols of [3, 2]) {
      const view = read(cols);
      expect([view.buffer, view.byteOffset, view.length]).toEqual([
        runtime().memory.buffer,
        matrix.pointer,
        2 * cols,
      ]);
    }
    for (const each of [matrix, large]) each.dispose();
    expect(() => matrix.data).toThrow(DisposedError);
  });

  it("writes itself as NumPy does", () => {
    expect(String(Matrix.from([[0, 1, 1, 0]]))).toBe("[[0 1 1 0]]");
    expect(`${Matrix.from([[1, -2.5], [3, 4]])}`).toBe("[[1 -2.5]\n [3 4]]"); // biome-ignore format: one line
  });

  it("does not disturb its neighbours", () => {
    const matrices = Array.from({ length: 40 }, (_, i) => {
      const matrix = Matrix.zeros(1 + (i % 5), 1 + (i % 7), i % 2 === 0 ? "float64" : "float32");
      matrix.data.fill(i);
      return matrix;
    });
    for (let i = 0; i < 40; i += 3) matrices[i].dispose();
    for (const [i, matrix] of matrices.entries()) {
      if (i % 3 !== 0) expect(matrix.data.every((v) => v === i)).toBe(true);
    }
  });
});

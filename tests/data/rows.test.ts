import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  DisposedError,
  DTypeError,
  Matrix,
  matrixFromRows,
  rowsFromMatrix,
  ShapeError,
} from "../../src/index.ts";

describe("matrixFromRows", () => {
  it("puts examples in columns", () => {
    const X = matrixFromRows([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(X.toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect(X.dtype).toBe("float64");
  });

  it("takes a list of numbers as one row of the matrix, and typed arrays", () => {
    expect(matrixFromRows([0, 1, 1]).toArray()).toEqual([[0, 1, 1]]);
    expect(matrixFromRows(Int32Array.of(3, 4)).toArray()).toEqual([[3, 4]]);
    expect(matrixFromRows([Float32Array.of(1, 2)], "float32").toArray()).toEqual([[1], [2]]);
  });

  it("is undone by rowsFromMatrix", () => {
    const tables = fc.integer({ min: 1, max: 5 }).chain((n) =>
      fc.array(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: n, maxLength: n }),
        {
          minLength: 1,
        },
      ),
    );
    fc.assert(
      fc.property(tables, (rows) => {
        expect(rowsFromMatrix(matrixFromRows(rows))).toEqual(rows);
      }),
    );
  });

  it("names row and column of what is no finite number", () => {
    expect(() =>
      matrixFromRows([
        [1, 2],
        [3, Number.NaN],
      ]),
    ).toThrow(
      new ArgumentError("matrixFromRows: row 1, column 1 is missing (NaN); fill it or leave the row out"),
    );
    expect(() => matrixFromRows([1, "2" as never])).toThrow(
      new ArgumentError('matrixFromRows: row 1, column 0 must be a finite number, not the string "2"'),
    );
    expect(() => matrixFromRows([[1], [2, 3]])).toThrow(
      new ShapeError("matrixFromRows: row 1 has 2 columns, but row 0 has 1"),
    );
    expect(() => matrixFromRows([])).toThrow(ShapeError);
    expect(() => matrixFromRows({} as never)).toThrow(ArgumentError);
    expect(() => matrixFromRows(Matrix.from([[1]]) as never)).toThrow(
      new ArgumentError(
        "matrixFromRows takes an array of examples such as [[1, 2], [3, 4]], not a Matrix; rowsFromMatrix makes rows of one",
      ),
    );
    expect(() => matrixFromRows([[1]], "float16" as never)).toThrow(DTypeError);
  });
});

describe("rowsFromMatrix", () => {
  it("refuses what is no living matrix", () => {
    const X = Matrix.from([[1]]);
    X.dispose();
    expect(() => rowsFromMatrix(X)).toThrow(DisposedError);
    expect(() => rowsFromMatrix([[1]] as never)).toThrow(ArgumentError);
  });
});

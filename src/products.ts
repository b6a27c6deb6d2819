import { ArgumentError, ShapeError } from "./errors.ts";
import { runtime } from "./kernels/runtime.ts";
import { checkMatrix, Matrix } from "./matrix.ts";

/**
 * The matrix product a · b. Each element is one chain over the inner dimension, multiply then add, in order, so
 * its bits depend on nothing else.
 *
 * @param a (m × k)
 * @param b (k × n), of a's dtype
 * @param out (m × n) to write to instead of a new matrix; may not be a or b
 * @returns (m × n)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * dot(Matrix.from([[1, 2]]), Matrix.from([[3], [4]])).toArray();   // [[11]]
 */
export function dot(a: Matrix, b: Matrix, out?: Matrix): Matrix {
  checkMatrix(a, "dot: a");
  checkMatrix(b, "dot: b", a.dtype);
  if (a.cols !== b.rows) {
    throw new ShapeError(
      `dot: a is ${a.rows}×${a.cols} and b is ${b.rows}×${b.cols}; a's columns (${a.cols}) must equal b's rows (${b.rows})`,
    );
  }
  const result = resultFor("dot", a.rows, b.cols, [a, b], out);
  runtime().kernels[a.dtype].matmulNN(result.pointer, a.pointer, b.pointer, a.rows, b.cols, a.cols);
  return result;
}

/**
 * The transpose of a.
 *
 * @param a (rows × cols)
 * @param out (cols × rows) to write to instead of a new matrix; may not be a
 * @returns (cols × rows)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * transpose(Matrix.from([[1, 2, 3]])).toArray();   // [[1], [2], [3]]
 */
export function transpose(a: Matrix, out?: Matrix): Matrix {
  checkMatrix(a, "transpose: a");
  const result = resultFor("transpose", a.cols, a.rows, [a], out);
  runtime().kernels[a.dtype].transpose(result.pointer, a.pointer, a.rows, a.cols);
  return result;
}

function resultFor(name: string, rows: number, cols: number, operands: Matrix[], out?: Matrix): Matrix {
  if (out === undefined) return new Matrix(rows, cols, operands[0].dtype);
  checkMatrix(out, `${name}: out`, operands[0].dtype);
  if (operands.includes(out)) {
    throw new ArgumentError(
      `${name}: out may not be an operand, whose elements are still needed while it is written`,
    );
  }
  if (out.rows !== rows || out.cols !== cols) {
    throw new ShapeError(`${name}: out is ${out.rows}×${out.cols}, but the result is ${rows}×${cols}`);
  }
  return out;
}

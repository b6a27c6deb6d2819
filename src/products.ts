import { ArgumentError, ShapeError } from "./errors.ts";
import { runtime } from "./kernels/runtime.ts";
import { checkMatrix, Matrix } from "./matrix.ts";
import { checkFlag, checkOptions } from "./options.ts";

/** Which operand of `dot` is taken turned. */
export interface DotOptions {
  /** Use aᵀ: a is (k × m). */
  transposeA?: boolean | undefined;
  /** Use bᵀ: b is (n × k). */
  transposeB?: boolean | undefined;
}

const AS_THEY_ARE: DotOptions = {};

/**
 * The matrix product a · b. Each element is one chain over the inner dimension, multiply then add, in order, so
 * its bits depend on nothing else.
 *
 * @param a (m × k)
 * @param b (k × n), of a's dtype
 * @param out (m × n) to write to instead of a new matrix; may not be a or b
 * @param options take one operand turned, without a turned copy of it
 * @returns (m × n)
 * @throws ShapeError, DTypeError, DisposedError or ArgumentError when the operands do not fit; nothing is written then
 * @example
 * dot(Matrix.from([[1, 2]]), Matrix.from([[3], [4]])).toArray();   // [[11]]
 */
export function dot(a: Matrix, b: Matrix, out?: Matrix, options: DotOptions = AS_THEY_ARE): Matrix {
  checkMatrix(a, "dot: a");
  checkMatrix(b, "dot: b", a.dtype);
  if (isOptions(out)) {
    throw new ArgumentError("dot: options come fourth, as in dot(a, b, undefined, { transposeB: true })");
  }
  if (options !== AS_THEY_ARE) checkTurns(options);
  const { transposeA, transposeB } = options;
  if (transposeA && transposeB) {
    throw new ArgumentError("dot takes one operand turned, not both; (b · a)ᵀ is the same as aᵀ · bᵀ");
  }
  const [m, k] = transposeA ? [a.cols, a.rows] : [a.rows, a.cols];
  const [inner, n] = transposeB ? [b.cols, b.rows] : [b.rows, b.cols];
  if (k !== inner) {
    const [nameA, nameB] = [transposeA ? "aᵀ" : "a", transposeB ? "bᵀ" : "b"];
    throw new ShapeError(
      `dot: ${nameA} is ${m}×${k} and ${nameB} is ${inner}×${n}; ${nameA}'s columns (${k}) must equal ${nameB}'s rows (${inner})`,
    );
  }
  if (out === undefined) runtime().reserve?.(a.dtype, m, n, k, transposeB);
  const result = resultFor("dot", m, n, [a, b], out);
  const kernels = runtime().kernels[a.dtype];
  if (transposeA) kernels.matmulTN(result.pointer, a.pointer, b.pointer, m, n, k);
  else if (transposeB) kernels.matmulNT(result.pointer, a.pointer, b.pointer, m, n, k);
  else kernels.matmulNN(result.pointer, a.pointer, b.pointer, m, n, k);
  return result;
}

function isOptions(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("transposeA" in value || "transposeB" in value);
}

function checkTurns(options: DotOptions): void {
  const turns = ["transposeA", "transposeB"] as const;
  checkOptions(options, turns, "dot");
  for (const turn of turns) if (options[turn] !== undefined) checkFlag(options[turn], `dot: ${turn}`);
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

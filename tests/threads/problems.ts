import type { DType } from "../../src/index.ts";
import { computeCost, dot, LinearLayer, Matrix, RandomState, SigmoidLayer } from "../../src/index.ts";

/** The bytes of a matrix, copied. */
export function bytesOf(matrix: Matrix): Uint8Array {
  const { data } = matrix;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

/** Whether two lists of bytes are equal: `toEqual` on a megabyte takes seconds. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** A matrix of numbers from [−0.5, 0.5). */
export function randomMatrix(
  rows: number,
  cols: number,
  random: RandomState,
  dtype: DType = "float64",
): Matrix {
  const matrix = Matrix.zeros(rows, cols, dtype);
  const { data } = matrix;
  for (let i = 0; i < data.length; i++) data[i] = random.random() - 0.5;
  return matrix;
}

export interface Product {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly c: Matrix;
  /** c's bytes from one thread. */
  readonly expected: Uint8Array;
}

/** c(m×n) = a(m×k) · b(k×n), computed now, which must be on one thread. */
export function product([m, k, n]: number[], random: RandomState, dtype: DType = "float64"): Product {
  const a = randomMatrix(m, k, random, dtype);
  const b = randomMatrix(k, n, random, dtype);
  const c = dot(a, b);
  return { a, b, c, expected: bytesOf(c) };
}

/** Whether a product, computed again on the threads of now, still has its bits. */
export function multiplies({ a, b, c, expected }: Product): boolean {
  c.data.fill(Number.NaN);
  return same(bytesOf(dot(a, b, c)), expected);
}

/**
 * Trains 90-260-3 on 260 examples for three steps: its products and its sigmoid are large enough to be shared, its
 * sizes are multiples of no tile.
 * @returns the bytes of every parameter, one after the other
 */
export function trainedBytes(seed: number, dtype: DType): Uint8Array {
  const random = new RandomState(seed);
  using X = randomMatrix(90, 260, random, dtype);
  using Y = randomMatrix(3, 260, random, dtype);
  using Z1 = new LinearLayer(X.shape, 260, "xavier", { dtype, random });
  using A1 = new SigmoidLayer(Z1.Z.shape, { dtype });
  using Z2 = new LinearLayer(A1.A.shape, 3, "xavier", { dtype, random });
  using A2 = new SigmoidLayer(Z2.Z.shape, { dtype });
  for (let step = 0; step < 3; step++) {
    A2.forward(Z2.forward(A1.forward(Z1.forward(X))));
    const { dYHat } = computeCost(Y, A2.A);
    Z1.backward(A1.backward(Z2.backward(A2.backward(dYHat)).dAPrev));
    Z1.updateParams(1);
    Z2.updateParams(1);
  }
  const parts = [Z1.params.W, Z1.params.b, Z2.params.W, Z2.params.b].map(bytesOf);
  return Buffer.concat(parts);
}

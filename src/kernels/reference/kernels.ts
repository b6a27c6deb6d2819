import type { LinearMemory } from "../../wasm/memory.ts";
import type { DType, DTypeArray } from "../dtype.ts";
import type { Kernels } from "../kernels.ts";
import type { Recorded } from "../records.ts";
import { activationKernels } from "./activations.ts";
import { chain32, chain64 } from "./chains.ts";
import { costKernels } from "./costs.ts";
import { optimizerKernels } from "./optimizers.ts";
import { scalarsOf } from "./scalars.ts";
import { sigmoid32, sigmoid64 } from "./sigmoid.ts";
import { pairwiseSum } from "./sums.ts";

/**
 * The kernels in plain TypeScript on the same memory: what the Wasm ones must equal to the bit, what they are
 * measured against, and what runs where WebAssembly is barred. Written to be read, one obvious loop each.
 */
export function createReferenceKernels(memory: LinearMemory, dtype: DType): Kernels {
  const scalars = scalarsOf(memory, dtype);
  const { round, heap, index, map } = scalars;
  const double = dtype === "float64";
  const chain = double ? chain64 : chain32;
  const sigmoid = double ? sigmoid64 : sigmoid32;

  /** c(m×n): one chain over k an element; a's element (i, p) at i·aRow + p·aStep, b's (p, j) at p·bStep + j·bCol. */
  function multiply(
    [c, a, b]: [number, number, number],
    [m, n, k]: [number, number, number],
    [aRow, aStep]: [number, number],
    [bStep, bCol]: [number, number],
  ) {
    const x = heap();
    const [c0, a0, b0] = [index(c), index(a), index(b)];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        x[c0 + i * n + j] = chain(x, a0 + i * aRow, aStep, b0 + j * bCol, bStep, k);
      }
    }
  }

  /** p(n) −= scale · g(n) */
  function subtract(p: number, g: number, n: number, scale: number) {
    const [p0, g0] = [index(p), index(g)];
    map(p, n, (i, x) => round(x[p0 + i] - round(round(scale) * x[g0 + i])));
  }

  const recorded: Record<Recorded, (operands: readonly number[], scalar: number) => unknown> = {
    sigmoid([a, z, n]) {
      const z0 = index(z);
      map(a, n, (i, x) => sigmoid(x[z0 + i]));
    },
    sigmoidGradient([dZ, upstream, a, n]) {
      const [u, a0] = [index(upstream), index(a)];
      map(dZ, n, (i, x) => round(round(x[u + i] * x[a0 + i]) * round(1 - x[a0 + i])));
    },
    squaredError([dYHat, y, yHat, n], scale) {
      const [d, y0, h] = [index(dYHat), index(y), index(yHat)];
      const difference = (i: number, x: DTypeArray) => round(x[y0 + i] - x[h + i]);
      map(dYHat, n, (i, x) => round(difference(i, x) * difference(i, x)));
      const total = pairwiseSum(heap(), d, n, round);
      map(dYHat, n, (i, x) => round(round(scale) * difference(i, x)));
      return total;
    },
    linearForward([z, w, a, b, nOut, m, nIn]) {
      kernels.matmulNN(z, w, a, nOut, m, nIn);
      kernels.addBias(z, b, nOut, m);
    },
    linearBackward([dW, db, dA, dZ, a, w, nOut, m, nIn]) {
      kernels.matmulNT(dW, dZ, a, nOut, nIn, m);
      kernels.rowSums(db, dZ, nOut, m);
      if (dA !== 0) kernels.matmulTN(dA, w, dZ, nIn, m, nOut);
    },
    linearUpdate([w, b, dW, db, weights, biases], rate) {
      subtract(w, dW, weights, rate);
      subtract(b, db, biases, rate);
    },
  };

  const kernels: Kernels = {
    matmulNN: (c, a, b, m, n, k) => multiply([c, a, b], [m, n, k], [k, 1], [n, 1]),
    matmulNT: (c, a, b, m, n, k) => multiply([c, a, b], [m, n, k], [k, 1], [1, k]),
    matmulTN: (c, a, b, m, n, k) => multiply([c, a, b], [m, n, k], [1, m], [n, 1]),
    transpose(out, a, rows, cols) {
      const x = heap();
      const [o, s] = [index(out), index(a)];
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) x[o + j * rows + i] = x[s + i * cols + j];
      }
    },
    addBias(z, b, rows, cols) {
      const x = heap();
      const [z0, b0] = [index(z), index(b)];
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) x[z0 + i * cols + j] = round(x[z0 + i * cols + j] + x[b0 + i]);
      }
    },
    rowSums(out, a, rows, cols) {
      const a0 = index(a);
      map(out, rows, (i, x) => pairwiseSum(x, a0 + i * cols, cols, round));
    },
    sum: (a, n) => pairwiseSum(heap(), index(a), n, round),
    multiply(out, a, b, n) {
      const [a0, b0] = [index(a), index(b)];
      map(out, n, (i, x) => round(x[a0 + i] * x[b0 + i]));
    },
    scale(values, n, factor) {
      const v = index(values);
      map(values, n, (i, x) => round(x[v + i] * round(factor)));
    },
    ...activationKernels(scalars),
    ...costKernels(scalars),
    ...optimizerKernels(scalars),
    prepare: (name, _, operands) => {
      const kernel = recorded[name];
      return (_, scalar) => kernel(operands, scalar as number);
    },
  };
  return kernels;
}

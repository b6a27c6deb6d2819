import type { Kernels } from "../../src/kernels/kernels.ts";

/** What a kernel does with an operand; "outOrNull" may be left out by passing address 0. */
export type Role = "out" | "in" | "inout";

/** How a kernel is called: every kernel takes its pointers first, then its dimensions, then its scalars. */
export interface KernelCase {
  /** Names of the dimensions, in the order of the parameters. */
  readonly dims: readonly string[];
  /** Role and number of elements of each pointer, in order. */
  readonly operands: (dims: readonly number[]) => (readonly [Role, number])[];
  /** How many scalars follow the dimensions. */
  readonly scalars?: number;
  /** Whether it returns a number. */
  readonly returns?: boolean;
  /** Pairs of pointers that may be one: [output, input]. */
  readonly mayShare?: readonly (readonly [number, number])[];
  /** Pointers that may be 0. */
  readonly mayBeNull?: readonly number[];
}

/** Every kernel of the interface; tests/kernels/contract.test.ts fails when one is missing here. */
export const kernelCases: Record<keyof Kernels, KernelCase> = {
  matmulNN: {
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", m * k],
      ["in", k * n],
    ],
  },
  matmulNT: {
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", m * k],
      ["in", n * k],
    ],
  },
  matmulTN: {
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", k * m],
      ["in", k * n],
    ],
  },
  transpose: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows * cols],
      ["in", rows * cols],
    ],
  },
  addBias: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["inout", rows * cols],
      ["in", rows],
    ],
  },
  rowSums: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows],
      ["in", rows * cols],
    ],
  },
  sum: { dims: ["n"], operands: ([n]) => [["in", n]], returns: true },
  exp: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  sigmoid: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  sigmoidGradient: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  squaredError: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
    returns: true,
  },
  subtractScaled: {
    dims: ["n"],
    operands: ([n]) => [
      ["inout", n],
      ["in", n],
    ],
    scalars: 1,
  },
  linearForward: {
    dims: ["nOut", "m", "nIn"],
    operands: ([nOut, m, nIn]) => [
      ["out", nOut * m],
      ["in", nOut * nIn],
      ["in", nIn * m],
      ["in", nOut],
    ],
  },
  linearBackward: {
    dims: ["nOut", "m", "nIn"],
    operands: ([nOut, m, nIn]) => [
      ["out", nOut * nIn],
      ["out", nOut],
      ["out", nIn * m],
      ["in", nOut * m],
      ["in", nIn * m],
      ["in", nOut * nIn],
    ],
    mayBeNull: [2],
  },
  linearUpdate: {
    dims: ["nOut", "nIn"],
    operands: ([nOut, nIn]) => [
      ["inout", nOut * nIn],
      ["inout", nOut],
      ["in", nOut * nIn],
      ["in", nOut],
    ],
    scalars: 1,
  },
  multiply: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    mayShare: [
      [0, 1],
      [0, 2],
    ],
  },
  scale: { dims: ["n"], operands: ([n]) => [["inout", n]], scalars: 1 },
  log: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  softplus: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  tanh: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  tanhGradient: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  relu: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  leakyRelu: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    scalars: 1,
    mayShare: [[0, 1]],
  },
  reluGradient: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
    mayShare: [[0, 1]],
  },
  softmax: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows * cols],
      ["in", rows * cols],
    ],
    mayShare: [[0, 1]],
  },
  softmaxGradient: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows * cols],
      ["in", rows * cols],
      ["in", rows * cols],
    ],
    mayShare: [[0, 1]],
  },
  squaredErrorTerms: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
  },
  absoluteErrorTerms: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
  },
  huberTerms: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 2,
  },
  bceTerms: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
  },
  stableBceTerms: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
  },
  logit: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    scalars: 2,
    mayShare: [[0, 1]],
  },
  softmaxCrossEntropyTerms: {
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows * cols],
      ["out", rows * cols],
      ["in", rows * cols],
      ["in", rows * cols],
    ],
    scalars: 1,
  },
  absolutePenalty: {
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["inout", n],
      ["in", n],
    ],
    scalars: 1,
  },
  momentumUpdate: {
    dims: ["n"],
    operands: ([n]) => [
      ["inout", n],
      ["inout", n],
      ["in", n],
    ],
    scalars: 3,
  },
  rmsPropUpdate: {
    dims: ["n"],
    operands: ([n]) => [
      ["inout", n],
      ["inout", n],
      ["in", n],
    ],
    scalars: 4,
  },
  adamUpdate: {
    dims: ["n"],
    operands: ([n]) => [
      ["inout", n],
      ["inout", n],
      ["inout", n],
      ["in", n],
    ],
    scalars: 8,
  },
};

/** The names in the table, typed. */
export const kernelNames = Object.keys(kernelCases) as (keyof Kernels)[];

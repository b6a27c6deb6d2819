import type { Kernels } from "../../src/kernels/kernels.ts";
import { type Recorded, runOnce } from "../../src/kernels/records.ts";

/** What a kernel does with an operand. */
export type Role = "out" | "in" | "inout";

/** Every shape of so many dimensions, each one of the sizes. */
export function shapesOf(dimensions: number, sizes: readonly number[]): number[][] {
  if (dimensions === 0) return [[]];
  return shapesOf(dimensions - 1, sizes).flatMap((shape) => sizes.map((size) => [...shape, size]));
}

/** How a kernel is called: every kernel takes its pointers first, then its dimensions, then its scalars. */
export interface KernelCase {
  /** Names of the dimensions, in the order of the parameters. */
  readonly dims: readonly string[];
  /** Role and number of elements of each pointer, in order. */
  readonly operands: (dims: readonly number[]) => (readonly [Role, number])[];
  /** How many scalars follow the dimensions. */
  readonly scalars?: number;
  /** Whether the scalars hold the elements in bounds, which no NaN does. */
  readonly bounds?: boolean;
  /** Whether it returns a number. */
  readonly returns?: boolean;
  /** Pairs of pointers that may be one: [output, input]. */
  readonly mayShare?: readonly (readonly [number, number])[];
  /** Whether not a byte behind an output may change, as of all but those that walk whole vectors (assembly/lanes.ts). */
  readonly exact?: boolean;
  /** Whether it computes tiles, of which one of one row goes on for four vectors where two have elements (assembly/matmul/direct.ts). */
  readonly isTiled?: boolean;
  /** Pointers that may be 0. */
  readonly mayBeNull?: readonly number[];
  /** Whether it is prepared for operands that stay. */
  readonly isRecorded?: boolean;
}

/** A kernel whose operands all have one size: n, or rows × cols. */
function elementwise(roles: readonly Role[], rest: Partial<KernelCase> = {}): KernelCase {
  return {
    dims: ["n"],
    operands: (dims) => roles.map((role) => [role, dims.reduce((a, b) => a * b)] as const),
    ...rest,
  };
}

/** What a kernel is called, one that is prepared too. */
export type KernelName = Exclude<keyof Kernels, "prepare"> | Recorded;

/** Every kernel of the interface; tests/kernels/contract.test.ts fails when one is missing here. */
export const kernelCases: Record<KernelName, KernelCase> = {
  matmulNN: {
    isTiled: true,
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", m * k],
      ["in", k * n],
    ],
  },
  matmulNT: {
    isTiled: true,
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", m * k],
      ["in", n * k],
    ],
  },
  matmulTN: {
    isTiled: true,
    dims: ["m", "n", "k"],
    operands: ([m, n, k]) => [
      ["out", m * n],
      ["in", k * m],
      ["in", k * n],
    ],
  },
  transpose: {
    exact: true,
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows * cols],
      ["in", rows * cols],
    ],
  },
  addBias: {
    exact: true,
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["inout", rows * cols],
      ["in", rows],
    ],
  },
  rowSums: {
    exact: true,
    dims: ["rows", "cols"],
    operands: ([rows, cols]) => [
      ["out", rows],
      ["in", rows * cols],
    ],
  },
  sum: { exact: true, dims: ["n"], operands: ([n]) => [["in", n]], returns: true },
  sigmoid: {
    isRecorded: true,
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  sigmoidGradient: {
    isRecorded: true,
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    mayShare: [[0, 1]],
  },
  squaredError: {
    isRecorded: true,
    dims: ["n"],
    operands: ([n]) => [
      ["out", n],
      ["in", n],
      ["in", n],
    ],
    scalars: 1,
    returns: true,
  },
  linearForward: {
    isRecorded: true,
    isTiled: true,
    dims: ["nOut", "m", "nIn"],
    operands: ([nOut, m, nIn]) => [
      ["out", nOut * m],
      ["in", nOut * nIn],
      ["in", nIn * m],
      ["in", nOut],
    ],
  },
  linearBackward: {
    isRecorded: true,
    isTiled: true,
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
    isRecorded: true,
    dims: ["weights", "biases"],
    operands: ([weights, biases]) => [
      ["inout", weights],
      ["inout", biases],
      ["in", weights],
      ["in", biases],
    ],
    scalars: 1,
  },
  multiply: elementwise(["out", "in", "in"], { mayShare: [[0, 1]], exact: true }),
  scale: elementwise(["inout"], { scalars: 1 }),
  tanh: elementwise(["out", "in"], { mayShare: [[0, 1]] }),
  tanhGradient: elementwise(["out", "in", "in"], { mayShare: [[0, 1]] }),
  relu: elementwise(["out", "in"], { mayShare: [[0, 1]] }),
  leakyRelu: elementwise(["out", "in"], { scalars: 1, mayShare: [[0, 1]] }),
  reluGradient: elementwise(["out", "in", "in"], { scalars: 1, mayShare: [[0, 1]] }),
  softmax: elementwise(["out", "in"], { exact: true, dims: ["rows", "cols"], mayShare: [[0, 1]] }),
  softmaxGradient: elementwise(["out", "in", "in"], {
    exact: true,
    dims: ["rows", "cols"],
    mayShare: [[0, 1]],
  }),
  absoluteErrorTerms: elementwise(["out", "out", "in", "in"], { scalars: 1 }),
  huberTerms: elementwise(["out", "out", "in", "in"], { scalars: 2, bounds: true }),
  bceTerms: elementwise(["out", "out", "in", "in"], { scalars: 1 }),
  stableBceTerms: elementwise(["out", "out", "in", "in"], { scalars: 1 }),
  logit: elementwise(["out", "in"], { scalars: 2, bounds: true, mayShare: [[0, 1]] }),
  softmaxCrossEntropyTerms: elementwise(["out", "out", "in", "in"], {
    exact: true,
    scalars: 1,
    dims: ["rows", "cols"],
  }),
  absolutePenalty: elementwise(["out", "inout", "in"], { scalars: 1 }),
  momentumUpdate: elementwise(["inout", "inout", "in"], { scalars: 3 }),
  rmsPropUpdate: elementwise(["inout", "inout", "in"], { scalars: 4 }),
  adamUpdate: elementwise(["inout", "inout", "inout", "in"], { scalars: 8 }),
};

/** The names in the table, typed. */
export const kernelNames = Object.keys(kernelCases) as KernelName[];

/** Those that are prepared. */
export const recordedNames = kernelNames.filter((name) => kernelCases[name].isRecorded) as Recorded[];

/** Calls a kernel with its pointers, dimensions and scalars, by way of a record if it takes one. */
export function callKernel(
  kernels: Kernels,
  kernel: KernelName,
  operands: readonly number[],
  scalars: readonly number[],
): number | undefined {
  if (kernelCases[kernel].isRecorded) {
    return runOnce(kernels, kernel as Recorded, operands, ...scalars) as number | undefined;
  }
  const run = kernels[kernel as keyof Kernels] as (...given: readonly number[]) => number | undefined;
  return run(...operands, ...scalars);
}

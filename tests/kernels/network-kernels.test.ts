import { describe, expect, it } from "vitest";
import type { DType } from "../../src/kernels/dtype.ts";
import type { Kernels } from "../../src/kernels/kernels.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { startWasm } from "../../src/kernels/runtime.ts";
import { RandomState } from "../../src/random.ts";
import { kernelBytes } from "../../src/wasm/bytes.ts";

// Every kernel beside those of the article, with the same numbers in Wasm and in plain TypeScript: the bytes it
// leaves in all its matrices, and beyond their ends, must be equal.

/** How a kernel is called: matrices in order, whether it takes one size or rows and columns, its scalars. */
const calls: Record<string, { matrices: number; shaped?: boolean; scalars?: number[]; unit?: boolean }> = {
  log: { matrices: 2 },
  softplus: { matrices: 2 },
  tanh: { matrices: 2 },
  tanhGradient: { matrices: 3 },
  relu: { matrices: 2 },
  leakyRelu: { matrices: 2, scalars: [0.01] },
  reluGradient: { matrices: 3, scalars: [0.01] },
  softmax: { matrices: 2, shaped: true },
  softmaxGradient: { matrices: 3, shaped: true },
  multiply: { matrices: 3 },
  scale: { matrices: 1, scalars: [0.3] },
  squaredErrorTerms: { matrices: 4, scalars: [-0.1] },
  absoluteErrorTerms: { matrices: 4, scalars: [0.1] },
  huberTerms: { matrices: 4, scalars: [0.1, 0.7] },
  bceTerms: { matrices: 4, scalars: [0.1], unit: true },
  stableBceTerms: { matrices: 4, scalars: [0.1] },
  logit: { matrices: 2, scalars: [1e-7, 1 - 1e-7], unit: true },
  softmaxCrossEntropyTerms: { matrices: 4, shaped: true, scalars: [0.1] },
  absolutePenalty: { matrices: 3, scalars: [0.1] },
  momentumUpdate: { matrices: 3, scalars: [0.1, 0.9, 1] },
  rmsPropUpdate: { matrices: 3, scalars: [0.1, 0.9, 0.1, 1e-8], unit: true },
  adamUpdate: { matrices: 4, scalars: [0.1, 0.9, 0.1, 0.999, 0.001, 0.03, 1e-8, 0.99], unit: true },
};

const SHAPES = [
  [1, 1],
  [3, 2],
  [2, 3],
  [3, 5],
  [10, 7],
  [4, 33],
];

function bytesAfter(runtime: Runtime, dtype: DType, name: string, rows: number, cols: number): string {
  const { matrices, shaped, scalars = [], unit } = calls[name];
  const size = dtype === "float64" ? 8 : 4;
  const room = rows * cols * size + 64;
  const pointers = Array.from({ length: matrices }, () => runtime.arena.allocate(room));
  const random = new RandomState(rows * 100 + cols);
  const special = [0, -0, 1, 30, -30, 1e-9, 0.7, -0.7];
  for (const pointer of pointers) {
    const Numbers = dtype === "float64" ? Float64Array : Float32Array;
    const view = new Numbers(runtime.memory.buffer, pointer, room / size);
    for (let i = 0; i < view.length; i++) {
      const pick = random.random();
      const value = pick < 0.2 ? special[Math.floor(pick * 40)] : random.gauss() * 3;
      view[i] = unit ? Math.min(Math.abs(value) / 4, 1) : value;
    }
  }
  const kernel = runtime.kernels[dtype][name as keyof Kernels] as (...operands: number[]) => void;
  kernel(...pointers, ...(shaped ? [rows, cols] : [rows * cols]), ...scalars);
  const bytes = pointers.map((pointer) => Buffer.from(runtime.memory.buffer, pointer, room).toString("hex"));
  for (const pointer of pointers) runtime.arena.free(pointer);
  return bytes.join("\n");
}

describe.each([
  "float64",
  "float32",
] as const)("in %s Wasm and the reference leave the same bytes", (dtype) => {
  const wasm = startWasm(kernelBytes());
  const reference = startReference();
  it.each(Object.keys(calls))("%s", (name) => {
    for (const [rows, cols] of SHAPES) {
      expect(bytesAfter(wasm, dtype, name, rows, cols), `${rows}×${cols}`).toBe(
        bytesAfter(reference, dtype, name, rows, cols),
      );
    }
  });
});

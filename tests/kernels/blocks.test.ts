import { describe, it } from "vitest";
import { kernelNames } from "./cases.ts";
import { ordinary } from "./numbers.ts";
import { builds, dtypes, startBuild, startReference } from "./runtimes.ts";
import { type Call, expectSameBits, perform } from "./stage.ts";

// src/kernels/packed-product.ts cuts k into 256, rows into 80 and columns into 512; src/kernels/wasm.ts packs from
// 16³ multiply-adds with at least 4 rows and columns. The shapes lie on these edges and one beside them.
const depths = [255, 256, 257, 511, 513];
const rows = [79, 80, 81, 161];
const cols = [511, 512, 513, 1025];

const shapes: [m: number, n: number, k: number][] = [
  ...depths.map((k): [number, number, number] => [5, 9, k]),
  ...rows.map((m): [number, number, number] => [m, 9, 17]),
  ...cols.map((n): [number, number, number] => [5, n, 17]),
  [65, 513, 257],
  [129, 5, 513],
  // about the threshold
  [16, 16, 16],
  [16, 16, 15],
  [15, 16, 17],
  [4, 4, 256],
  [4, 4, 255],
  [4, 1025, 1],
  [1025, 4, 1],
  [3, 40, 40],
  [40, 3, 40],
  [3, 3, 1000],
  [1, 1000, 7],
  [1000, 1, 7],
  [64, 512, 1],
];
const products = kernelNames.filter((name) => /^matmul|^linear(Forward|Backward)$/.test(name));

describe.each(
  Object.keys(builds) as (keyof typeof builds)[],
)("the %s build and the reference agree to the bit", (build) => {
  const runtime = startBuild(build);
  const oracle = startReference();

  it.each(products)("on %s where the blocks of a packed product end", (kernel) => {
    for (const dtype of dtypes) {
      for (const dims of shapes) {
        const call: Call = { kernel, dtype, dims, draw: () => ordinary(dims[0]) };
        expectSameBits(call, perform(runtime, call), perform(oracle, call));
      }
    }
  });

  it("on transposes and sums where their blocks end", () => {
    for (const dtype of dtypes) {
      for (const n of [31, 32, 33, 63, 65, 127, 128, 129, 136, 255, 256, 257, 1000, 1031]) {
        for (const other of [1, 3, 31, 32, 34]) {
          const calls: Call[] = [
            { kernel: "transpose", dtype, dims: [n, other], draw: () => ordinary(n) },
            { kernel: "transpose", dtype, dims: [other, n], draw: () => ordinary(n) },
            { kernel: "rowSums", dtype, dims: [other, n], draw: () => ordinary(n) },
            { kernel: "squaredError", dtype, dims: [n * other], draw: () => ordinary(n) },
          ];
          for (const call of calls) expectSameBits(call, perform(runtime, call), perform(oracle, call));
        }
      }
    }
  });
});

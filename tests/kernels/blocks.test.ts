import { describe, it } from "vitest";
import { kernelNames } from "./cases.ts";
import { ordinary, withSpecials } from "./numbers.ts";
import { builds, dtypes, startBlocked, startBuild, startReference } from "./runtimes.ts";
import { type Call, expectSameBits, perform } from "./stage.ts";

// src/kernels/blocked-product.ts cuts k into at most 264, rows into 40 and columns into at most 1,024. For the wide tile it packs a
// right operand for more than 15 rows, or 5 where its lines meet in one set of the cache; src/kernels/narrow-rule.ts and wide-rule.ts
// say which products go so. The shapes lie on these edges and one beside them.
const depths = [255, 263, 264, 265, 528, 529];
const rows = [39, 40, 41, 79, 80, 81, 161];
const cols = [1023, 1024, 1025, 2049];

const shapes: [m: number, n: number, k: number][] = [
  ...depths.map((k): [number, number, number] => [5, 9, k]),
  ...rows.map((m): [number, number, number] => [m, 9, 17]),
  ...cols.map((n): [number, number, number] => [5, n, 17]),
  [15, 65, 300],
  [16, 65, 300],
  [65, 1025, 265],
  [129, 5, 529],
  // as much as fills the first-level cache, of f64 and of f32
  [8, 64, 65],
  [9, 64, 64],
  [9, 64, 65],
  [9, 128, 65],
  [9, 3, 4097],
  [9, 4, 4097],
  [1, 64, 129],
  [2, 64, 129],
  [40, 1, 9000],
  [3, 3, 1000],
  [1, 1000, 7],
  [1000, 1, 7],
  [64, 512, 1],
  // right operands of 256 KiB and beyond, with long lines and short ones
  [41, 32, 1024],
  [41, 32, 1025],
  [41, 33, 200],
  [41, 64, 1025],
  [64, 40, 900],
  [65, 40, 900],
  [17, 4, 8192],
  [17, 4, 8193],
  [7, 9, 3000],
  [4, 2049, 20],
  [5, 2049, 20],
  [2, 1030, 70],
  // as many rows as meet a right operand as it lies, and lines that a left one does, of f64 and of f32
  [8, 33, 1025],
  [9, 33, 1025],
  [8, 65, 1025],
  [9, 65, 1025],
  [32, 64, 1025],
  [33, 32, 1025],
  [33, 65, 1025],
  // lines that meet in one set of the cache, of f64 and of f32
  [5, 512, 11],
  [6, 512, 70],
  [5, 1024, 11],
  [6, 1024, 70],
  // a transposed right one of up to 8 lines
  [40, 1100, 8],
  [40, 1100, 9],
  // a transposed left one of more than 1 MiB, and few columns
  [33, 6, 4200],
  [33, 66, 4200],
  // one row over more than 256 KiB, or two, gathered four rows at a time (assembly/matmul/direct.ts)
  [1, 514, 129],
  [1, 515, 130],
  [2, 516, 131],
  [1, 517, 132],
  [2, 9, 342],
  [2, 9, 456],
  [2, 17, 483],
  [2, 9, 4000],
  [2, 17, 4001],
  [2, 33, 2049],
  [5, 67, 1000],
  [6, 67, 1002],
  [7, 67, 1003],
  // three and four over more than 1 MiB, in lines on either side of 128 bytes
  [3, 16, 16_400],
  [3, 17, 16_401],
  [4, 35, 8002],
  [4, 33, 8003],
  [6, 33, 8001],
  // lines that meet in one set of the cache, of f64 and of f32
  [1, 512, 9],
  [2, 512, 8],
  [3, 512, 11],
  [4, 1024, 9],
  [6, 1024, 10],
  // lines of which three are as much
  [2, 60_001, 3],
  [3, 60_001, 4],
  [6, 60_001, 5],
  // two over more than 8 MiB
  [2, 130, 16_400],
  // one or two over as much in lines of a tile and shorter ones, by tiles
  [1, 3, 22_001],
  [1, 15, 4401],
  [2, 5, 14_001],
  [6, 3, 22_001],
  // one column: 6 or 8 rows at a time, whose squares are turned in registers (assembly/matmul/column.ts)
  [12, 1, 64],
  [13, 1, 65],
  [16, 1, 66],
  [23, 1, 67],
];
const products = kernelNames.filter((name) => /^matmul|^linear(Forward|Backward)$/.test(name));

describe.each(
  Object.keys(builds) as (keyof typeof builds)[],
)("the %s build and the reference agree to the bit", (build) => {
  const runtime = startBuild(build);
  const inBlocks = [startBlocked(build, true)];
  if (build === "turbo") inBlocks.push(startBlocked(build, false));
  const oracle = startReference();

  it.each(products)("on %s where the blocks of a product end", (kernel) => {
    for (const dtype of dtypes) {
      for (const dims of shapes) {
        const call: Call = { kernel, dtype, dims, draw: () => ordinary(dims[0]) };
        const wanted = perform(oracle, call);
        for (const each of [runtime, ...inBlocks]) expectSameBits(call, perform(each, call), wanted);
      }
    }
  });

  it.each(products)("on %s of every shape at the edge of a tile, in blocks", (kernel) => {
    for (const dtype of dtypes) {
      for (let m = 1; m <= 17; m++) {
        for (let n = 1; n <= 17; n++) {
          // the last of them in two blocks, of which the second goes on from what the first one left
          for (const k of [1, 2, 5, 17, 267]) {
            const call: Call = { kernel, dtype, dims: [m, n, k], draw: () => ordinary(m + n) };
            const wanted = perform(oracle, call);
            for (const each of inBlocks) expectSameBits(call, perform(each, call), wanted);
          }
        }
      }
    }
  });

  // behind a depth that is no multiple of the steps that a tile takes at a time, two or four, panels hold zeros
  it.each(
    products,
  )("on %s of special numbers, over depths that zeros lie behind, where NaN lay before, in blocks", (kernel) => {
    for (const dtype of dtypes) {
      for (const [m, n] of [
        [5, 16],
        [7, 9],
        [41, 33],
      ] as const) {
        for (const each of inBlocks) {
          perform(each, { kernel, dtype, dims: [m, n, 20], draw: () => () => Number.NaN });
          for (const [k, often] of [
            [19, 1000],
            [18, 100],
            [17, 9],
            [267, 50],
          ] as const) {
            const call: Call = { kernel, dtype, dims: [m, n, k], draw: () => withSpecials(k, often) };
            expectSameBits(call, perform(each, call), perform(oracle, call));
          }
        }
      }
    }
  });

  it("on transposes and sums where their blocks end", () => {
    for (const dtype of dtypes) {
      // rows are turned 512 at a time, or 8 or more where their lines meet in few sets of the cache, and along the result from 8 or
      // 16 of them on
      for (const n of [31, 32, 33, 63, 65, 127, 128, 129, 136, 255, 256, 257, 511, 512, 513, 1025, 1031]) {
        for (const other of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 34]) {
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

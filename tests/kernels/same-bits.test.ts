import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roomToTranspose } from "../../src/kernels/turning.ts";
import { kernelCases, kernelNames, shapesOf } from "./cases.ts";
import { farOut, ordinary, withSpecials } from "./numbers.ts";
import { asked, builds, dtypes, startBuild, startReference } from "./runtimes.ts";
import { type Call, expectSameBits, perform } from "./stage.ts";

const products = ["matmulNN", "matmulNT", "matmulTN"] as const;
const oracle = startReference();

describe.each(
  Object.keys(builds) as (keyof typeof builds)[],
)("the %s build and the reference agree to the bit", (build) => {
  const runtime = startBuild(build);
  const wide = build === "turbo";
  const check = (call: Call) => expectSameBits(call, perform(runtime, call), perform(oracle, call));

  it.each(
    products.flatMap((kernel) => dtypes.map((dtype) => [kernel, dtype] as const)),
  )("on %s of %s for all M, N, K in 1…17", (kernel, dtype) => {
    let seed = 0;
    for (let m = 1; m <= 17; m++) {
      for (let n = 1; n <= 17; n++) {
        for (let k = 1; k <= 17; k++) {
          const drawn = ++seed;
          check({ kernel, dtype, dims: [m, n, k], draw: () => ordinary(drawn) });
        }
      }
    }
    expect(seed).toBe(17 ** 3);
  });

  it.each(
    dtypes,
  )("on products of %s that go by their transpose, and on the layer's step with them", (dtype) => {
    let met = 0;
    for (let m = 2; m <= 16; m++) {
      for (const [n, k] of [
        [3 * m, 1200],
        [99, 131],
        [700, 7],
      ]) {
        if (!roomToTranspose(asked, wide, dtype, m, n, k)) continue;
        met++;
        for (const draw of [() => ordinary(m + n), () => withSpecials(m, 3000)]) {
          check({ kernel: "matmulNT", dtype, dims: [m, n, k], draw });
          check({ kernel: "linearBackward", dtype, dims: [m, k, n], draw });
        }
      }
    }
    expect(met).toBeGreaterThan(10);
  });

  it.each(
    dtypes,
  )("on products of %s with many rows and few columns, turned, and on the layer's step with them", (dtype) => {
    for (const m of [7, 8, 9, 12, 15, 16, 24, 40]) {
      for (const n of [2, 3, 4, 5]) {
        // on either side of a depth that pays, of a block of sums and two, and of what the least room holds
        const most = Math.floor(2 ** 13 / m) - n;
        for (const k of [
          15,
          16,
          31,
          32,
          33,
          127,
          128,
          129,
          150,
          257,
          520,
          most - 9,
          most - 8,
          most - 1,
          most,
          most + 1,
        ]) {
          for (const draw of [() => ordinary(m + n + k), () => withSpecials(m, 3000)]) {
            check({ kernel: "matmulNT", dtype, dims: [m, n, k], draw });
            check({ kernel: "linearBackward", dtype, dims: [m, k, n], draw });
          }
        }
      }
    }
  });

  it.each(
    dtypes,
  )("on row sums of %s, of 1…9 rows on either side of a chain, a block and two of them", (dtype) => {
    for (let rows = 1; rows <= 9; rows++) {
      for (const cols of [7, 8, 9, 15, 16, 127, 128, 129, 150, 255, 256, 257, 600]) {
        for (const draw of [() => ordinary(cols), () => withSpecials(rows, 300)]) {
          check({ kernel: "rowSums", dtype, dims: [rows, cols], draw });
        }
      }
    }
  });

  it.each(
    kernelNames,
  )("on %s with empty, odd and shifted operands, in place and without an output where allowed", (kernel) => {
    const { dims, mayShare = [], mayBeNull = [] } = kernelCases[kernel];
    const sizes = [0, 1, 2, 3, 5, 8, 33];
    const shapes = shapesOf(dims.length, sizes);
    for (const dtype of dtypes) {
      for (const shape of shapes) {
        for (const shift of [0, 1]) {
          const call: Call = { kernel, dtype, dims: shape, shift, draw: () => ordinary(7) };
          check(call);
          for (const share of mayShare) check({ ...call, share });
          for (const leaveOut of mayBeNull) check({ ...call, leaveOut });
        }
      }
    }
  });

  it.each(
    kernelNames,
  )("on %s with NaN, ±∞, ±0, subnormals and the largest numbers among its operands", (kernel) => {
    const { dims } = kernelCases[kernel];
    for (const dtype of dtypes) {
      for (const each of [2, 20]) {
        for (let seed = 0; seed < 20; seed++) {
          const shape = dims.map((_, i) => 1 + ((seed * 7 + i * 5) % 23));
          check({ kernel, dtype, dims: shape, draw: () => withSpecials(seed, each) });
        }
      }
      // Large products, which go in blocks by every rule; rarely special, or a chain of 1,000 would hardly ever be a number.
      const [large, rarely] = dims.length === 3 ? [[41, 70, 1000], 3000] : [dims.map(() => 70), 50];
      check({ kernel, dtype, dims: large, draw: () => withSpecials(99, rarely) });
    }
  });

  it.each(
    kernelNames,
  )("on %s with numbers whose products and squares leave the range, or nearly", (kernel) => {
    const { dims } = kernelCases[kernel];
    for (const dtype of dtypes) {
      for (let seed = 0; seed < 60; seed++) {
        const shape = dims.map((_, i) => 1 + ((seed * 7 + i * 5) % 23));
        check({ kernel, dtype, dims: shape, draw: () => farOut(seed, dtype) });
      }
    }
  });

  it.each([
    ["products", [...products]],
    [
      "the other kernels",
      kernelNames.filter((name) => !products.includes(name as (typeof products)[number])),
    ],
  ] as const)("on %s for 2,000 random shapes", (_, kernels) => {
    const side = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 140 }));
    const random = fc.record({
      kernel: fc.constantFrom(...kernels),
      dtype: fc.constantFrom(...dtypes),
      sizes: fc.tuple(side, side, side),
      shift: fc.integer({ min: 0, max: 3 }),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
      specials: fc.boolean(),
    });
    fc.assert(
      fc.property(random, ({ kernel, dtype, sizes, shift, seed, specials }) => {
        const dims = sizes.slice(0, kernelCases[kernel].dims.length);
        check({
          kernel,
          dtype,
          dims,
          shift,
          draw: () => (specials ? withSpecials(seed, 30) : ordinary(seed)),
        });
      }),
      { seed: 48, numRuns: 2000 },
    );
  });
});

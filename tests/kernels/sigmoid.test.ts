import { describe, expect, it } from "vitest";
import type { DType } from "../../src/kernels/dtype.ts";
import { RandomState } from "../../src/random.ts";
import { accurateSigmoid, errorInUlp, type Scaled } from "../support/double-double.ts";
import { applied } from "./applied.ts";
import { dtypes, startBuild, startReference } from "./runtimes.ts";

const wasm = startBuild("wasm");
const reference = startReference();
const COUNT = 1 << 20;

const kinds = {
  float64: { bits: 53, lowest: -1074, zero: -745.14, half: -745.13, one: 37.5, far: 640, below: 2.48 },
  float32: { bits: 24, lowest: -149, zero: -103.98, half: -103.97, one: 17.5, far: 70, below: 2.48 },
};

/**
 * Finite numbers: a quarter of any bits; one over all that is neither 0 nor 1; one
 * within ±6; and one about the k·ln2/2, where the reduction turns.
 */
function points(dtype: DType, lowest: number, highest: number): Float64Array {
  const random = new RandomState(3);
  const bits = new Uint32Array(2);
  const anyBits = dtype === "float64" ? new Float64Array(bits.buffer) : new Float32Array(bits.buffer);
  return Float64Array.from({ length: COUNT }, (_, i) => {
    const wide = lowest + random.random() * (highest - lowest);
    if (i % 4 === 0) {
      bits.set([random.nextUint32(), random.nextUint32()]);
      return Number.isFinite(anyBits[0]) ? anyBits[0] : wide;
    }
    if (i % 4 === 1) return wide;
    const near = (random.random() * 2 - 1) * 6;
    if (i % 4 === 2) return near;
    const k = Math.round(near / (Math.LN2 / 2));
    return k * (Math.LN2 / 2) + (random.random() - 0.5) * 2 ** -12;
  });
}

describe.each(dtypes)("sigmoid of %s", (dtype) => {
  const { bits, lowest, zero, half, one, far, below } = kinds[dtype];

  it(`is within ${below} units in the last place of 1 / (1 + e^−z), down to the least subnormal number`, () => {
    const { x: z, y: a } = applied(wasm, "sigmoid", dtype, points(dtype, half, one));
    expect(a.every((value) => value >= 0 && value <= 1)).toBe(true);
    const exact: Scaled = { n: 0, high: 0, low: 0 };
    let [most, mostAt] = [0, 0];
    for (const [i, value] of z.entries()) {
      // beyond ±1,000 as at it: 0 and 1
      accurateSigmoid(Math.max(-1000, Math.min(value, 1000)), exact);
      const error = errorInUlp(a[i], exact, bits, lowest);
      // not `>`, which a NaN would pass
      if (!(error <= most)) [most, mostAt] = [error, value];
    }
    expect(most, `at ${mostAt}`).toBeLessThan(below);
    expect(most).toBeGreaterThan(1.9); // assembly/sigmoid.ts states the figures
  });

  it.each([
    ["wasm", wasm],
    ["reference", reference],
  ] as const)("is ½ at 0, 0 and 1 at the ends, and NaN of NaN (%s)", (_, runtime) => {
    const { MAX_VALUE: large, MIN_VALUE: least, POSITIVE_INFINITY: infinite, NaN: nan } = Number;
    const of = (numbers: number[]) => [...applied(runtime, "sigmoid", dtype, numbers).y];
    const upper = of([0, -0, least, -least, one, 1000, large, infinite]);
    expect(upper).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1]);
    const lower = of([half, zero, -1000, -large, -infinite, nan, -nan]);
    expect(lower).toEqual([2 ** lowest, 0, 0, 0, 0, nan, nan]);
    // about where assembly/sigmoid.ts begins to hold numbers, and beside one that it holds
    const about = [0.99, 1, 1.01, 1.05, 1.1, 2].map((times) => times * far);
    expect(of(about)).toEqual(about.map(() => 1));
    expect(of([nan, 0, nan, 0, far, 0, -2 * far, 0])).toEqual([nan, 0.5, nan, 0.5, 1, 0.5, 0, 0.5]);
  });
});

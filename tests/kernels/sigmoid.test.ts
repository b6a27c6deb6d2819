import { describe, expect, it } from "vitest";
import type { DType } from "../../src/kernels/dtype.ts";
import { RandomState } from "../../src/random.ts";
import { accurateSigmoid, errorInUlp, type Scaled } from "../support/double-double.ts";
import { dtypes, startBuild, startReference } from "./runtimes.ts";

const wasm = startBuild("wasm");
const reference = startReference();
const COUNT = 1 << 20;

/** The kernel's sigmoid of the numbers rounded to the dtype, and those. */
function sigmoidOf(dtype: DType, numbers: ArrayLike<number>, runtime = wasm) {
  const View = dtype === "float64" ? Float64Array : Float32Array;
  const z = View.from(numbers);
  const pointer = runtime.arena.allocate(z.byteLength);
  new View(runtime.memory.buffer, pointer, z.length).set(z);
  runtime.kernels[dtype].sigmoid(pointer, pointer, z.length);
  const a = new View(runtime.memory.buffer, pointer, z.length).slice();
  runtime.arena.free(pointer);
  return { z, a };
}

const kinds = {
  float64: { bits: 53, lowest: -1074, zero: -745.14, half: -745.13, one: 37.5, below: 2.48 },
  float32: { bits: 24, lowest: -149, zero: -103.98, half: -103.97, one: 17.5, below: 2.48 },
};

/** A third over all that is neither 0 nor 1, a third within ±6 and a third about the k·ln2/2, where the reduction turns. */
function points(lowest: number, highest: number): Float64Array {
  const random = new RandomState(3);
  return Float64Array.from({ length: COUNT }, (_, i) => {
    if (i % 3 === 0) return lowest + random.random() * (highest - lowest);
    const near = (random.random() * 2 - 1) * 6;
    if (i % 3 === 1) return near;
    const k = Math.round(near / (Math.LN2 / 2));
    return k * (Math.LN2 / 2) + (random.random() - 0.5) * 2 ** -12;
  });
}

describe.each(dtypes)("sigmoid of %s", (dtype) => {
  const { bits, lowest, zero, half, one, below } = kinds[dtype];

  it(`is within ${below} units in the last place of 1 / (1 + e^−z), down to the least subnormal number`, () => {
    const { z, a } = sigmoidOf(dtype, points(half, one));
    const exact: Scaled = { n: 0, high: 0, low: 0 };
    let [most, mostAt] = [0, 0];
    for (const [i, value] of z.entries()) {
      accurateSigmoid(value, exact);
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
    const { a } = sigmoidOf(dtype, [0, -0, least, -least, one, 1000, large, infinite], runtime);
    expect([...a]).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1]);
    const ends = sigmoidOf(dtype, [half, zero, -1000, -large, -infinite, nan, -nan], runtime).a;
    expect([...ends]).toEqual([2 ** lowest, 0, 0, 0, 0, nan, nan]);
  });
});

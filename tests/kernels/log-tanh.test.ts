import { describe, expect, it } from "vitest";
import type { DType } from "../../src/kernels/dtype.ts";
import { startReference } from "../../src/kernels/reference/start.ts";
import { RandomState } from "../../src/random.ts";
import { applied } from "./applied.ts";
import { fixed, logFixed, tanhFixed, ulps } from "./fixed-point.ts";
import { numbersOf, referenceFunctions } from "./functions.ts";

// The reference is measured here; functions.test.ts and same-bits.test.ts hold what is compiled to its bits.
const runtime = startReference();
const reference = {
  log(dtype: DType, values: number[]) {
    const x = numbersOf(dtype, values);
    return { x, y: referenceFunctions("log", dtype, x) };
  },
  tanh: (dtype: DType, values: number[]) => applied(runtime, "tanh", dtype, values),
};

const random = new RandomState(3);
const between = (low: number, high: number, count: number) =>
  Array.from({ length: count }, () => low + (high - low) * random.random());

/** Where cancellation, the seams and the powers of two make the largest errors, and the rest of the range. */
const points = {
  log: [
    ...between(0.5, 2, 700),
    ...between(0.9, 1.1, 500),
    ...between(1e-9, 1e-7, 200),
    ...between(2, 1e9, 300),
  ],
  tanh: [
    ...between(0.65, 0.75, 700),
    ...between(0, 2, 500),
    ...between(-9, -2, 200),
    ...between(1e-9, 1e-3, 300),
  ],
};
const exact = { log: logFixed, tanh: tanhFixed };
const bounds: ["log" | "tanh", DType, number][] = [
  ["log", "float64", 0.9],
  ["log", "float32", 0.85],
  ["tanh", "float64", 0.92],
  ["tanh", "float32", 0.94],
];

describe.each(bounds)("%s in %s", (name, dtype, bound) => {
  it(`errs by less than ${bound} ulp`, () => {
    const { x, y } = reference[name](dtype, points[name]);
    let worst = 0;
    for (const [i, value] of x.entries()) {
      worst = Math.max(worst, ulps(y[i], exact[name](fixed(value)), dtype === "float64" ? 53 : 24));
    }
    expect(worst).toBeLessThan(bound);
    expect(worst).toBeGreaterThan(0.5);
  });
});

describe.each(["float64", "float32"] as const)("the edges in %s", (dtype) => {
  it("log gives −∞ at zero, NaN below, ∞ at ∞, 0 at 1 and a subnormal's logarithm", () => {
    const tiny = dtype === "float64" ? 5e-324 : 2 ** -149;
    const { y } = reference.log(dtype, [0, -0, -1, -Infinity, Infinity, Number.NaN, 1, tiny]);
    const expected = [-Infinity, -Infinity, Number.NaN, Number.NaN, Infinity, Number.NaN, 0];
    expect([...y.slice(0, 7)]).toEqual(expected);
    expect(y[7]).toBeCloseTo(dtype === "float64" ? -744.4400719213812 : -103.27893, 4);
  });

  it("tanh keeps the sign of zero, ends at ±1 and passes NaN on", () => {
    const { y } = reference.tanh(dtype, [0, -0, 1000, -Infinity, Infinity, Number.NaN, 1e-30]);
    expect([...y.slice(0, 6)]).toEqual([0, -0, 1, -1, 1, Number.NaN]);
    expect(y[6]).toBe(dtype === "float64" ? 1e-30 : Math.fround(1e-30));
  });
});

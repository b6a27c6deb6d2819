import { describe, expect, it } from "vitest";
import { golden } from "../golden/read.ts";
import { accurateExp, errorInUlp, type Scaled } from "../support/double-double.ts";
import { compiledFunctions, numbersOf, referenceFunctions } from "./functions.ts";

const BATCH = 1 << 16;
const compiled = compiledFunctions();

/** A fast source of numbers from [0, 1): xorshift of 32 bits, twice. */
function uniform(seed: number): () => number {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return () => (next() + next() / 2 ** 32) / 2 ** 32;
}

/** A tenth about ±k·ln2/2, where the reduction turns; a tenth near 0; the rest over the whole range. */
function points(draw: () => number, lowest: number, highest: number): () => number {
  return () => {
    const kind = draw();
    if (kind < 0.1) {
      const k = Math.round((lowest + draw() * (highest - lowest)) / (Math.LN2 / 2));
      return k * (Math.LN2 / 2) * (1 + (draw() - 0.5) * 2 ** -30);
    }
    if (kind < 0.2) return (draw() < 0.5 ? -1 : 1) * 2 ** (-60 * draw());
    return lowest + draw() * (highest - lowest);
  };
}

const oracle: Scaled = { n: 0, high: 0, low: 0 };

/** The error of `result` as e^x, in units in the last place. */
function expError(x: number, result: number, bits: number, lowest: number): number {
  accurateExp(x, oracle);
  return errorInUlp(result, oracle, bits, lowest);
}

describe("the oracle", () => {
  it("agrees with mpmath to 2^-72", () => {
    const { rows } = golden<{ rows: [x: number, n: number, high: number, low: number][] }>("exp");
    expect(rows.length).toBeGreaterThan(300);
    for (const [x, n, high, low] of rows) {
      accurateExp(x, oracle);
      // both may round n either way
      const factor = 2 ** (oracle.n - n);
      const difference = oracle.high * factor - high + (oracle.low * factor - low);
      expect(Math.abs(difference), `e^${x}`).toBeLessThan(2 ** -72);
    }
  });
});

describe("exp errs by less than 1 ulp over 10^7 points", () => {
  const cases = [
    { dtype: "float64", bits: 53, lowest: -1074, from: -745.2, to: 709.782712893384, bound: 0.97 },
    { dtype: "float32", bits: 24, lowest: -149, from: -104, to: 88.72283, bound: 0.92 },
  ] as const;

  it.each(cases)("of $dtype: below $bound", ({ dtype, bits, lowest, from, to, bound }) => {
    const next = points(uniform(48), from, to);
    const x = dtype === "float64" ? new Float64Array(BATCH) : new Float32Array(BATCH);
    let most = 0;
    let mostAt = 0;
    for (let done = 0; done < 1e7; done += BATCH) {
      for (let i = 0; i < BATCH; i++) x[i] = Math.min(next(), to);
      const results = compiled("exp", dtype, x);
      for (let i = 0; i < BATCH; i++) {
        const error = expError(x[i], results[i], bits, lowest);
        // not `>`, which a NaN would pass
        if (!(error <= most)) [most, mostAt] = [error, x[i]];
      }
    }
    expect(most, `at ${mostAt}`).toBeLessThan(bound);
    expect(most).toBeGreaterThan(0.9); // assembly/exp.ts states the figures
  });
});

describe.each([
  ["compiled", compiled],
  ["reference", referenceFunctions],
] as const)("special values of exp, %s", (_, functions) => {
  const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

  it("of float64: ±0, ±∞, NaN, subnormal in and out, the edges of the range", () => {
    const table: [x: number, result: number][] = [
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, 0],
      [nan, nan],
      [5e-324, 1],
      [-5e-324, 1],
      [2.225073858507201e-308, 1],
      [1, Math.E],
      [709.782712893384, 1.797693134862273e308],
      [709.7827128933841, inf],
      [1.7976931348623157e308, inf],
      [-708.3964185322641, 2.2250738585072014e-308],
      [-708.3964185322642, 2.225073858507178e-308],
      [-744.4400719213812, 5e-324],
      [-745.1332191019411, 5e-324],
      [-745.1332191019412, 0],
      [-1.7976931348623157e308, 0],
    ];
    const results = functions("exp", "float64", numbersOf("float64", table.map(([x]) => x))); // biome-ignore format: one line
    for (const [i, [x, result]] of table.entries()) {
      if (Number.isFinite(result) && result !== 0) {
        expect(expError(x, results[i], 53, -1074), `e^${x}`).toBeLessThan(1);
        expect(Math.abs(results[i] / result - 1), `e^${x}`).toBeLessThan(1e-12);
      } else {
        expect(results[i], `e^${x}`).toBe(result);
      }
    }
  });

  it("of float32: the same", () => {
    const table: [x: number, result: number][] = [
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, 0],
      [nan, nan],
      [1e-45, 1],
      [-1e-45, 1],
      [1.1754942e-38, 1],
      [88.72283, 3.4027985e38],
      [88.72284, inf],
      [3.4028234663852886e38, inf],
      [-87.33654, 1.17549e-38],
      [-87.4, 1.1031e-38],
      [-103.27893, 1.401298464324817e-45],
      [-103.972, 1.401298464324817e-45],
      [-103.9722, 0],
      [-3.4028234663852886e38, 0],
    ];
    const results = functions("exp", "float32", numbersOf("float32", table.map(([x]) => x))); // biome-ignore format: one line
    for (const [i, [x, result]] of table.entries()) {
      if (Number.isFinite(result) && result !== 0) {
        expect(expError(Math.fround(x), results[i], 24, -149), `e^${x}`).toBeLessThan(1);
        expect(Math.abs(results[i] / result - 1), `e^${x}`).toBeLessThan(1e-3);
      } else {
        expect(results[i], `e^${x}`).toBe(result);
      }
    }
  });
});

import { describe, expect, it } from "vitest";
import { type DType, type IniType, type Matrix, RandomState } from "../../src/index.ts";
import { type Digest, golden, relativeError } from "../golden/read.ts";
import { problem, TestNetwork } from "../support/network.ts";

interface GradientCase {
  dtype: DType;
  sizes: number[];
  m: number;
  seed: number;
  iniType: IniType;
  iterations: ({ cost: number } & Record<string, Digest>)[];
}

/** In units of the array's largest element: NumPy's BLAS adds the products in another order, with FMA. */
const TOLERANCE: Record<DType, number> = { float64: 1e-12, float32: 2e-6 };

function expectDigest(name: string, ours: Matrix, numpy: Digest, tolerance: number): void {
  const [shape, every, stored, sum, absSum] = numpy;
  expect(ours.shape, `shape of ${name}`).toEqual(shape);
  const largest = Math.max(...stored.map(Math.abs), absSum / ours.size);
  const kept = ours.data.filter((_, i) => i % every === 0);
  expect(kept.length).toBe(stored.length);
  for (const [i, value] of kept.entries()) {
    expect(relativeError(value, stored[i], largest), `${name}[${i * every}]`).toBeLessThanOrEqual(tolerance);
  }
  const total = Float64Array.from(ours.data).reduce((a, b) => a + b, 0);
  const absTotal = Float64Array.from(ours.data).reduce((a, b) => a + Math.abs(b), 0);
  expect(relativeError(total, sum, absSum), `Σ ${name}`).toBeLessThanOrEqual(tolerance);
  expect(relativeError(absTotal, absSum), `Σ |${name}|`).toBeLessThanOrEqual(tolerance);
}

const cases = golden<GradientCase[]>("gradients");

describe.each(cases)("$sizes, $m examples, $iniType, $dtype", (numpy) => {
  const { dtype, sizes, m, seed, iniType, iterations } = numpy;

  it("has NumPy's Z, A, cost and gradients by name, in the first two iterations", () => {
    const { X, Y } = problem(sizes, m, dtype, new RandomState(seed + 1000));
    const network = new TestNetwork(sizes, m, iniType, { dtype, random: new RandomState(seed) });
    const tolerance = TOLERANCE[dtype];
    for (const expected of iterations) {
      const { cost, dYHat } = network.iterate(X, Y);
      expect(relativeError(cost, expected.cost), "cost").toBeLessThanOrEqual(tolerance);
      const ours: Record<string, Matrix> = { dYHat };
      for (const [i, Z] of network.Zs.entries()) {
        const A = network.As[i];
        const l = i + 1;
        Object.assign(ours, { [`Z${l}`]: Z.Z, [`A${l}`]: A.A, [`dZ${l}`]: A.dZ });
        Object.assign(ours, { [`dW${l}`]: Z.dW, [`db${l}`]: Z.db, [`dAPrev${l}`]: Z.dAPrev });
      }
      expect(Object.keys({ ...ours, cost }).sort()).toEqual(Object.keys(expected).sort());
      for (const name of Object.keys(ours)) expectDigest(name, ours[name], expected[name], tolerance);
      network.update(1);
    }
  });
});

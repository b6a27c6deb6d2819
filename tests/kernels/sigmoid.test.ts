import { describe, expect, it } from "vitest";
import type { DType } from "../../src/kernels/dtype.ts";
import { RandomState } from "../../src/random.ts";
import { dtypes, startBuild, startReference } from "./runtimes.ts";

const COUNT = 1 << 19;

/** Finite numbers of every kind: random bits, the range where sigmoid moves, its far ends, and the edges. */
function finiteNumbers(dtype: DType): Float64Array | Float32Array {
  const random = new RandomState(3);
  const double = dtype === "float64";
  const z = double ? new Float64Array(COUNT) : new Float32Array(COUNT);
  const bits = new Uint32Array(z.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = random.nextUint32();
  const end = double ? 760 : 110;
  for (let i = 0; i < COUNT; i++) {
    if (i % 4 === 1) z[i] = (random.random() * 2 - 1) * 40;
    else if (i % 4 === 2 || !Number.isFinite(z[i])) z[i] = (random.random() * 2 - 1) * end;
  }
  const large = double ? [709.78, 709.79, 745, 1.79e308] : [88.72, 88.73, 103.9, 3.4e38];
  const edges = [0, 5e-324, 1e-45, 2.3e-308, 1e-38, 1e-300, 36.7, 37, 700, 700.5, 86, 87, ...large];
  z.set([...edges, ...edges.map((edge) => -edge)]);
  return z;
}

describe.each(dtypes)("sigmoid of %s", (dtype) => {
  it.each([
    ["wasm", startBuild("wasm")],
    ["reference", startReference()],
  ] as const)("is 1 / (1 + e^−z) on the exp kernel, to the bit, for finite z (%s)", (_, runtime) => {
    const View = dtype === "float64" ? Float64Array : Float32Array;
    const round = dtype === "float64" ? Number : Math.fround;
    const z = finiteNumbers(dtype);
    expect(z.every(Number.isFinite)).toBe(true);
    const input = runtime.arena.allocate(z.byteLength);
    const exps = runtime.arena.allocate(z.byteLength);
    const sigmoids = runtime.arena.allocate(z.byteLength);
    const view = (pointer: number) => new View(runtime.memory.buffer, pointer, COUNT);
    view(input).set(z.map((value) => -value));
    runtime.kernels[dtype].exp(exps, input, COUNT);
    view(input).set(z);
    runtime.kernels[dtype].sigmoid(sigmoids, input, COUNT);
    const [exp, ours] = [view(exps), view(sigmoids)];
    let differing = 0;
    for (let i = 0; i < COUNT; i++) {
      if (!Object.is(ours[i], round(1 / round(1 + exp[i])))) differing++;
    }
    expect(differing).toBe(0);
    expect(ours.every((a) => a >= 0 && a <= 1)).toBe(true);
  });

  it("of ±∞ is 1 and 0, of NaN NaN", () => {
    const runtime = startBuild("wasm");
    const View = dtype === "float64" ? Float64Array : Float32Array;
    const pointer = runtime.arena.allocate(64);
    const values = new View(runtime.memory.buffer, pointer, 3);
    values.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]);
    runtime.kernels[dtype].sigmoid(pointer, pointer, 3);
    expect([...values]).toEqual([1, 0, Number.NaN]);
  });
});

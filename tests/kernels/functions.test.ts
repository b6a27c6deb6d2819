import { describe, expect, it } from "vitest";
import type { DType, DTypeArray } from "../../src/kernels/dtype.ts";
import { RandomState } from "../../src/random.ts";
import { applied } from "./applied.ts";
import { compiledFunctions, numbersOf, referenceFunctions } from "./functions.ts";
import { withSpecials } from "./numbers.ts";
import { dtypes, startBuild, startReference } from "./runtimes.ts";

const compiled = compiledFunctions();
const COUNT = 1 << 18;
const random = new RandomState(48);

describe.each(dtypes)("of %s", (dtype) => {
  const anyBits = new Uint32Array(COUNT).map(() => random.nextUint32());
  const numbers = [
    ["any bits", dtype === "float64" ? new Float64Array(anyBits.buffer) : new Float32Array(anyBits.buffer)],
    [
      "within ±800",
      numbersOf(
        dtype,
        Array.from({ length: COUNT }, () => 1600 * (random.random() - 0.5)),
      ),
    ],
    ["about 1 and special", numbersOf(dtype, Array.from({ length: COUNT }, withSpecials(7, 16)))],
  ] as const;

  for (const [kind, x] of numbers) {
    it.each(["exp", "log"] as const)(`%s is the reference's to the bit: ${kind}`, (name) => {
      const found = compiled(name, dtype, x);
      const wanted = referenceFunctions(name, dtype, x);
      expect(found.length).toBe(x.length);
      // Object.is: −0 is no 0, and one NaN is any other
      const bad = found.findIndex((y, i) => !Object.is(y, wanted[i]));
      expect(bad, `${name}(${x[bad]}) is ${found[bad]}, the reference's ${wanted[bad]}`).toBe(-1);
    });
  }
});

/** Each number with its `reach` nearest neighbours on both sides. */
function withNeighbours(dtype: DType, numbers: readonly number[], reach: number): DTypeArray {
  const all = numbersOf(
    dtype,
    numbers.flatMap((x) => Array(2 * reach + 1).fill(x)),
  );
  const bits = dtype === "float64" ? new BigInt64Array(all.buffer) : new Int32Array(all.buffer);
  for (let i = 0; i < bits.length; i++) {
    const step = (i % (2 * reach + 1)) - reach;
    if (bits instanceof Int32Array) bits[i] += step;
    else bits[i] += BigInt(step);
  }
  return all;
}

describe.each(dtypes)("about where the ways of %s part, a number's place decides alike", (dtype) => {
  const [compiledRuntime, reference] = [startBuild("wasm"), startReference()];
  const most = dtype === "float64" ? 1000 : 120;
  const powers = Array.from({ length: 2 * most + 1 }, (_, i) => i - most);
  const expectAlike = (x: DTypeArray, found: DTypeArray, wanted: DTypeArray) => {
    const bad = found.findIndex((y, i) => !Object.is(y, wanted[i]));
    expect(bad, `of ${x[bad]}: ${found[bad]}, the reference's ${wanted[bad]}`).toBe(-1);
  };

  it("log, about √½ of each power of two and between, and about the least normal number", () => {
    // of f64 the upper half of the bits decides: 0x3fe6a09e is √½'s
    const halves = Array.from({ length: 200 }, () => {
      const words = new Uint32Array([random.nextUint32(), 0x3fe6a09d + (random.nextUint32() % 3)]);
      return new Float64Array(words.buffer)[0];
    });
    const root = dtype === "float64" ? halves : [Math.SQRT1_2];
    const numbers = powers.flatMap((k) => root.slice(0, 3).map((x) => x * 2 ** k)).concat(root);
    const x = withNeighbours(dtype, [...numbers, dtype === "float64" ? 2 ** -1022 : 2 ** -126], 3);
    expectAlike(x, compiled("log", dtype, x), referenceFunctions("log", dtype, x));
  });

  it("exp, about (k + ½) · ln2, where the nearest power of two changes", () => {
    const x = withNeighbours(
      dtype,
      powers.map((k) => (k + 0.5) * Math.LN2),
      8,
    );
    expectAlike(x, compiled("exp", dtype, x), referenceFunctions("exp", dtype, x));
  });

  it("tanh, about 0.7 and where it is 1", () => {
    const ends = [0.7, 22, 10, 19.06, 9.01].flatMap((x) => [x, -x]);
    const x = withNeighbours(dtype, ends, 200);
    const [found, wanted] = [compiledRuntime, reference].map((each) => applied(each, "tanh", dtype, x).y);
    expectAlike(x, found, wanted);
  });

  it("sigmoid, about (k + ½) · ln2 and where it is held", () => {
    const ends = [-746, 640, -104, 70, 36.7, 17.3];
    const x = withNeighbours(dtype, [...powers.map((k) => (k + 0.5) * Math.LN2), ...ends], 8);
    const [found, wanted] = [compiledRuntime, reference].map((each) => applied(each, "sigmoid", dtype, x).y);
    expectAlike(x, found, wanted);
  });
});

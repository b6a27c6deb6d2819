import { describe, expect, it } from "vitest";
import { RandomState } from "../../src/random.ts";
import { compiledFunctions, numbersOf, referenceFunctions } from "./functions.ts";
import { withSpecials } from "./numbers.ts";
import { dtypes } from "./runtimes.ts";

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

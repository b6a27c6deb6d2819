import { describe, expect, it } from "vitest";
import { load } from "./commands.ts";

describe("checksums", async () => {
  const { checksum, numbers, WEIGHTS } = await load("contenders/protocol.mjs");
  const { productChecksum } = await load("contenders/product-checksum.mjs");
  const { groups } = await load("workloads.mjs");
  type Sizes = { [side in "m" | "n" | "k" | "batch" | "examples"]?: number } & { readonly sizes?: number[] };

  it("have weights whose number divides no side of a workload", () => {
    for (const { m, n, k, batch, examples, sizes = [] } of Object.values<Sizes[]>(groups).flat()) {
      for (const side of [m, n, k, batch, examples, ...sizes]) {
        if (side !== undefined) expect(side % WEIGHTS).not.toBe(0);
      }
    }
    expect(WEIGHTS).toBe(29);
  });

  it("tell two rows of 784 apart that have changed places", () => {
    const [one, other] = [numbers(784, 1), numbers(784, 2)];
    const [sum, weighted] = checksum([...one, ...other]);
    const [swappedSum, swapped] = checksum([...other, ...one]);
    expect(swappedSum).toBeCloseTo(sum, 9);
    expect(Math.abs(swapped - weighted)).toBeGreaterThan(1);
  });

  it.each(["NN", "NT", "TN"])("of a product %s are those of its elements", (form) => {
    const [m, n, k] = [31, 33, 5];
    for (const dtype of ["float64", "float32"]) {
      const round = dtype === "float32" ? Math.fround : (value: number) => value;
      const [a, b] = [Array.from(numbers(m * k, 1), round), Array.from(numbers(k * n, 2), round)];
      const elements = Array.from({ length: m * n }, (_, i) => {
        const [row, column] = [Math.floor(i / n), i % n];
        let sum = 0;
        for (let p = 0; p < k; p++) {
          sum +=
            a[form === "TN" ? p * m + row : row * k + p] * b[form === "NT" ? column * k + p : p * n + column];
        }
        return sum;
      });
      const [sum, weighted] = checksum(elements);
      const found = productChecksum({ m, n, k, form, dtype });
      expect(found[0]).toBeCloseTo(sum, 9);
      expect(found[1]).toBeCloseTo(weighted, 9);
    }
  });
});

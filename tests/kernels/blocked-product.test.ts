import { describe, expect, it } from "vitest";
import { createBlockSteps } from "../../src/kernels/blocked-product.ts";
import { bytesOf } from "../../src/kernels/dtype.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { type builds, bytesOfBuild, dtypes } from "./runtimes.ts";

describe.each(["wasm", "turbo"] satisfies (keyof typeof builds)[])("blocks of the %s build", (build) => {
  const { exports } = instantiate(bytesOfBuild(build));

  it.each(dtypes)("pack a right operand of %s for many rows, and a transposed one always", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    expect(packsRight(64, 50, 300, false)).toBe(false);
    expect(packsRight(65, 50, 300, false)).toBe(true);
    expect(packsRight(2, 50, 300, true)).toBe(true);
  });

  it.each(dtypes)("pack one of %s whose block spreads far, but for four rows", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const spread = build === "turbo" ? 2 ** 19 : 2 ** 21;
    const line = spread / 256 / bytesOf(dtype);
    expect(packsRight(5, line, 256, false)).toBe(false);
    expect(packsRight(5, line, 257, false)).toBe(true);
    expect(packsRight(4, line, 257, false)).toBe(false);
  });

  it.each(dtypes)("pack one of %s that may come from memory", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const line = 2 ** 10 / bytesOf(dtype);
    expect(packsRight(3, line, 2 ** 13, false)).toBe(false);
    expect(packsRight(3, line, 2 ** 13 + 1, false)).toBe(true);
  });
});

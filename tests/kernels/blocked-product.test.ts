import { describe, expect, it } from "vitest";
import { createBlockSteps, leftPanelBytes } from "../../src/kernels/blocked-product.ts";
import { bytesOf, type DType, suffixOf } from "../../src/kernels/dtype.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { type builds, bytesOfBuild, dtypes } from "./runtimes.ts";

describe.each(["wasm", "turbo"] satisfies (keyof typeof builds)[])("blocks of the %s build", (build) => {
  const { exports, memory } = instantiate(bytesOfBuild(build));
  /** Whether a left operand over one step is packed, beside a right one that is or is not. */
  const packsLeftOf = (dtype: DType, isPacked = true) => {
    const { multiplyRows } = createBlockSteps(exports, dtype);
    return (m: number, n: number, transposed: boolean) => {
      const [c, a, aPanels, b, spare] = [1, 2, 3, 4, 5].map((i) => i * 2 ** 16);
      const room = new Uint8Array(memory.buffer, aPanels, 2 ** 16).fill(0);
      new Uint8Array(memory.buffer, a, 2 ** 16).fill(1);
      multiplyRows(c, a, aPanels, b, isPacked, spare, m, n, 1, transposed, 0, 5, 0, n, 0, 1);
      return room.some((byte) => byte !== 0);
    };
  };

  it.each(dtypes)("pack a right operand of %s for many rows, and a transposed one always", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const few = build === "turbo" ? 32 : 8;
    expect(packsRight(few, 50, 300, false)).toBe(false);
    expect(packsRight(few + 1, 50, 300, false)).toBe(true);
    expect(packsRight(2, 50, 300, true)).toBe(true);
  });

  it.each(dtypes)("pack one of %s whose block spreads far, but for the five rows of a tile", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const spread = build === "turbo" ? 2 ** 19 : 2 ** 21;
    const line = spread / 256 / bytesOf(dtype);
    expect(packsRight(6, line + 1, 255, false)).toBe(false);
    expect(packsRight(6, line + 1, 256, false)).toBe(true);
    expect(packsRight(5, line + 1, 256, false)).toBe(false);
  });

  it.each(dtypes)("pack one of %s whose lines meet in one set of the cache, but for as few", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    for (const lines of [1, 2, 3]) {
      const n = (lines * 2 ** 12) / bytesOf(dtype);
      expect(packsRight(6, n, 20, false)).toBe(true);
      expect(packsRight(5, n, 20, false)).toBe(false);
      expect(packsRight(6, n + 1, 20, false)).toBe(false);
    }
  });

  const most = build === "turbo" ? 256 : 192;
  it.each(dtypes)(`pack a left operand of %s for lines of more than ${most} bytes`, (dtype) => {
    const packsLeft = packsLeftOf(dtype);
    const line = most / bytesOf(dtype);
    for (const transposed of [false, true]) {
      expect([packsLeft(5, line, transposed), packsLeft(5, line + 1, transposed)]).toEqual([false, true]);
    }
    // steps that meet in few sets, of transposed ones
    const stride = 512 / bytesOf(dtype);
    const short = 192 / bytesOf(dtype);
    expect([packsLeft(3 * stride, short, true), packsLeft(3 * stride, short + 1, true)]).toEqual([
      false,
      true,
    ]);
    for (const m of [3 * stride + 1, (5 * stride) / 2]) {
      expect(packsLeft(m, short + 1, true)).toBe(most === 192);
    }
    expect(packsLeft(stride, line, false)).toBe(false);
  });

  it.each(dtypes)("pack a left operand of %s beside a plain right one in the wide tile alone", (dtype) => {
    const packsLeft = packsLeftOf(dtype, false);
    for (const transposed of [false, true]) expect(packsLeft(5, 300, transposed)).toBe(build === "turbo");
  });

  it.each(dtypes)("pack a left operand of %s within its room, whatever its rows and depth", (dtype) => {
    const packLeft = exports[`packLeft${suffixOf(dtype)}`];
    const size = bytesOf(dtype);
    const [x, out] = [2 ** 16, 2 ** 18];
    const bytes = new Uint8Array(memory.buffer);
    for (const rows of [1, 4, 5, 6, 40]) {
      for (const depth of [1, 3, 4, 5, 32, 33, 264]) {
        for (const [row, step] of [
          [depth * size, size],
          [size, rows * size],
        ] as const) {
          bytes.fill(1, x, x + rows * depth * size).fill(0, out, 2 ** 19);
          packLeft(out, x, depth, rows, row, step);
          const end = bytes.subarray(out, 2 ** 19).findLastIndex((byte) => byte !== 0) + 1;
          expect(end).toBeGreaterThan(0);
          expect(end).toBeLessThanOrEqual(leftPanelBytes(depth, rows));
        }
      }
    }
  });

  it.each(dtypes)("pack one of %s that may come from memory", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const line = 2 ** 10 / bytesOf(dtype);
    expect(packsRight(3, line, 2 ** 13, false)).toBe(false);
    expect(packsRight(3, line, 2 ** 13 + 1, false)).toBe(true);
    // short lines come in time as they lie
    const short = 192 / bytesOf(dtype);
    expect(packsRight(3, short, 100_000, false)).toBe(false);
    expect(packsRight(3, short + 1, 100_000, false)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { createBlockSteps, leftPanelBytes, TILE_BYTES } from "../../src/kernels/blocked-product.ts";
import { bytesOf, type DType, suffixOf } from "../../src/kernels/dtype.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { bytesOfBuild, dtypes } from "./runtimes.ts";

it.each(
  dtypes,
)("the narrow tile takes a right operand of %s packed, and packs a left one behind its spare room", (dtype) => {
  const { exports, memory } = instantiate(bytesOfBuild("wasm"));
  const { packsRight, multiplyRows } = createBlockSteps(exports, dtype);
  const [c, a, aPanels, b, spare] = [1, 2, 3, 4, 5].map((i) => i * 2 ** 17);
  const bytes = new Uint8Array(memory.buffer);
  for (const depth of [1, 2, 33, 264]) {
    for (const [m, n, transposed] of [
      [1, 2, false],
      [5, 20, true],
      [9, 3, false],
    ] as const) {
      expect(packsRight(m, n, depth, false)).toBe(true);
      bytes.fill(1, a, a + 2 ** 16).fill(0, aPanels, b);
      bytes.fill(0, spare, spare + 2 ** 17);
      multiplyRows(c, a, aPanels, b, true, spare, m, n, depth, transposed, 0, m, 0, n, 0, depth);
      expect(bytes.subarray(aPanels, b).every((byte) => byte === 0)).toBe(true);
      const end = bytes.subarray(spare, spare + 2 ** 17).findLastIndex((byte) => byte !== 0) + 1;
      expect(end).toBe(TILE_BYTES + depth * 5 * 16);
      expect(end).toBeLessThanOrEqual(TILE_BYTES + leftPanelBytes(depth, m));
    }
  }
});

describe("blocks of the wide tile", () => {
  const { exports, memory } = instantiate(bytesOfBuild("turbo"));

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

  it.each(dtypes)("pack a right operand of %s for many rows, and a transposed one always", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    expect(packsRight(32, 50, 300, false)).toBe(false);
    expect(packsRight(33, 50, 300, false)).toBe(true);
    expect(packsRight(2, 50, 300, true)).toBe(true);
  });

  it.each(dtypes)("pack one of %s whose block spreads far, but for the five rows of a tile", (dtype) => {
    const { packsRight } = createBlockSteps(exports, dtype);
    const line = 2 ** 19 / 256 / bytesOf(dtype);
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

  it.each(
    dtypes,
  )("pack a left operand of %s for lines of more than 256 bytes, 192 if its steps meet in few sets", (dtype) => {
    const packs = (m: number, n: number, transposed: boolean) => packsLeft(dtype, m, n, transposed);
    const line = 256 / bytesOf(dtype);
    for (const transposed of [false, true]) {
      expect([packs(5, line, transposed), packs(5, line + 1, transposed)]).toEqual([false, true]);
    }
    const stride = 512 / bytesOf(dtype);
    const short = 192 / bytesOf(dtype);
    expect([packs(3 * stride, short, true), packs(3 * stride, short + 1, true)]).toEqual([false, true]);
    for (const m of [3 * stride + 1, (5 * stride) / 2]) expect(packs(m, short + 1, true)).toBe(false);
    expect(packs(stride, line, false)).toBe(false);
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

/** Whether a left operand over one step is packed for the wide tile. */
function packsLeft(dtype: DType, m: number, n: number, transposed: boolean) {
  const { exports, memory } = instantiate(bytesOfBuild("turbo"));
  const { multiplyRows, packsRight } = createBlockSteps(exports, dtype);
  const [c, a, aPanels, b, spare] = [1, 2, 3, 4, 5].map((i) => i * 2 ** 16);
  const room = new Uint8Array(memory.buffer, aPanels, 2 ** 16).fill(0);
  new Uint8Array(memory.buffer, a, 2 ** 16).fill(1);
  multiplyRows(c, a, aPanels, b, packsRight(m, n, 1, false), spare, m, n, 1, transposed, 0, 5, 0, n, 0, 1);
  return room.some((byte) => byte !== 0);
}

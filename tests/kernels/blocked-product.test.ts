import { describe, expect, it } from "vitest";
import { createBlockSteps, leftPanelBytes, TILE_BYTES } from "../../src/kernels/blocked-product.ts";
import { bytesOf } from "../../src/kernels/dtype.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { bytesOfBuild, dtypes } from "./runtimes.ts";

describe.each([
  ["narrow", "wasm"],
  ["wide", "turbo"],
] as const)("the %s tile", (tile, build) => {
  const { exports, memory } = instantiate(bytesOfBuild(build));
  memory.grow(8);
  const [c, a, b, spare] = [1, 2, 3, 4].map((i) => i * 2 ** 18);
  const bytes = new Uint8Array(memory.buffer);

  it.each(dtypes)("packs a left operand of %s behind its spare room, within what is left for it", (dtype) => {
    const size = bytesOf(dtype);
    const { multiplyRows } = createBlockSteps(exports, dtype);
    for (const depth of [1, 2, 3, 4, 33, 264]) {
      for (const [m, n, transposed] of [
        [1, 2, false],
        [4, 7, false],
        [5, 20, true],
        [9, 3, false],
        [40, 70, true],
      ] as const) {
        bytes.fill(1, a, a + 2 ** 17).fill(0, spare, spare + 2 ** 18);
        multiplyRows(c, a, b, true, spare, m, n, depth, transposed, 0, m, 0, n, 0, depth);
        const end = bytes.subarray(spare, spare + 2 ** 18).findLastIndex((byte) => byte !== 0) + 1;
        // one panel of factors that are vectors; all panels but for up to three rows that are left, which are read as they lie
        const panels = Math.floor((m + 1) / 5);
        const stride = ((depth + 3) | 3) * 5 * size;
        const packed =
          tile === "narrow" ? depth * 5 * 16 : panels && (panels - 1) * stride + depth * 5 * size;
        if (packed > 0) expect(end).toBe(TILE_BYTES + packed);
        else expect(end).toBeLessThanOrEqual(TILE_BYTES);
        expect(end).toBeLessThanOrEqual(TILE_BYTES + leftPanelBytes(depth, m));
        // the panels of a right operand, which follow, begin with a line of the cache
        expect((TILE_BYTES + leftPanelBytes(depth, m)) % 64).toBe(0);
      }
    }
  });
});

describe("which right operands are packed", () => {
  const steps = (build: "wasm" | "turbo") => {
    const { exports } = instantiate(bytesOfBuild(build));
    return dtypes.map((dtype) => ({ size: bytesOf(dtype), ...createBlockSteps(exports, dtype) }));
  };

  it("each for the narrow tile", () => {
    for (const { packsRight } of steps("wasm")) {
      for (const m of [1, 5, 15, 16, 100]) expect(packsRight(m, 50, 300, false)).toBe(true);
    }
  });

  it("for the wide one of more than 15 rows, and a transposed one always", () => {
    for (const { packsRight } of steps("turbo")) {
      expect(packsRight(15, 50, 300, false)).toBe(false);
      expect(packsRight(16, 50, 300, false)).toBe(true);
      expect(packsRight(2, 50, 300, true)).toBe(true);
    }
  });

  it("there of more than five rows where lines meet in one set of the cache", () => {
    for (const { packsRight, size } of steps("turbo")) {
      for (const lines of [1, 2, 3]) {
        const n = (lines * 2 ** 12) / size;
        expect(packsRight(6, n, 20, false)).toBe(true);
        expect(packsRight(5, n, 20, false)).toBe(false);
        expect(packsRight(6, n + 1, 20, false)).toBe(false);
      }
    }
  });

  it("there where it may come from memory", () => {
    for (const { packsRight, size } of steps("turbo")) {
      const line = 2 ** 10 / size;
      expect(packsRight(3, line, 2 ** 13, false)).toBe(false);
      expect(packsRight(3, line, 2 ** 13 + 1, false)).toBe(true);
      // short lines come in time as they lie
      const short = 192 / size;
      expect(packsRight(3, short, 100_000, false)).toBe(false);
      expect(packsRight(3, short + 1, 100_000, false)).toBe(true);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../../src/kernels/dtype.ts";
import { NEVER_PACKED, packingRule, roomToTurn } from "../../src/kernels/packing-rule.ts";
import type { Workspace } from "../../src/kernels/workspace.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { type builds, bytesOfBuild, dtypes } from "./runtimes.ts";

const size = fc.integer({ min: 1, max: 3000 });
const few = fc.integer({ min: 1, max: 70 });
const many = fc.integer({ min: 1, max: 300_000 });

/** Gives how many bytes it was asked for, in place of an address. */
const asked = { fixed: (bytes: number) => bytes } as Workspace;

describe.each(["wasm", "turbo"] satisfies (keyof typeof builds)[])("the rule for the %s build", (build) => {
  const { exports } = instantiate(bytesOfBuild(build));

  it.each(dtypes)("turns no right operand of %s that its room does not hold", (dtype) => {
    const packs = packingRule(exports, dtype);
    fc.assert(
      fc.property(size, fc.oneof(few, size, many), fc.oneof(few, many, size), (m, n, k) => {
        if (m === 1 || n === 1 || k === 1 || packs(m, n, k, true)) return;
        const room = roomToTurn(asked, dtype, n, k);
        expect(n * k * bytesOf(dtype)).toBeLessThanOrEqual(room);
        expect(room).toBeLessThanOrEqual(2 ** 22);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(dtypes)("finds the least room for what takes 32 KiB of %s or is packed", (dtype) => {
    const most = 2 ** 15 / bytesOf(dtype);
    expect(roomToTurn(asked, dtype, 4, most / 4)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 4, most / 4 + 1)).toBe(2 ** 16);
    expect(roomToTurn(asked, dtype, 1000, 1000)).toBe(2 ** 15);
  });

  it.each(dtypes)("packs nothing of %s that is below the bound for all rules", (dtype) => {
    const packs = packingRule(exports, dtype);
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (m, n, k, transposed) => {
        fc.pre(n * k * bytesOf(dtype) <= NEVER_PACKED);
        expect(packs(m, n, k, transposed)).toBe(false);
      }),
    );
  });

  it.each(dtypes)("packs what is large all round, and no row and no column, of %s", (dtype) => {
    const packs = packingRule(exports, dtype);
    for (const transposed of [false, true]) {
      expect(packs(512, 512, 512, transposed)).toBe(true);
      expect(packs(1, 512, 512, transposed)).toBe(false);
      expect(packs(512, 1, 512, transposed)).toBe(false);
    }
  });

  it.each(dtypes)("takes few columns of %s directly, whatever the rows", (dtype) => {
    const packs = packingRule(exports, dtype);
    for (const transposed of [false, true]) {
      expect(packs(3000, 4, 100_000, transposed)).toBe(false);
      expect(packs(3000, 4, 1_000_000, transposed)).toBe(true);
    }
  });

  it.each(dtypes)("takes what is up to four deep of %s directly, whatever the rows", (dtype) => {
    const packs = packingRule(exports, dtype);
    for (const transposed of [false, true]) {
      expect(packs(3000, 10_000_000, 1, transposed)).toBe(false);
      expect(packs(3000, 20_000, 4, transposed)).toBe(false);
      expect(packs(3000, 20_000, 5, transposed)).toBe(true);
    }
  });

  it.each(dtypes)("keeps no room to turn one column of %s, which lies turned", (dtype) => {
    expect(roomToTurn(asked, dtype, 20_000, 1)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 20_000, 2)).toBe(dtype === "float64" ? 2 ** 19 : 2 ** 18);
  });
});

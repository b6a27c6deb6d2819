import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { NEVER_BLOCKED } from "../../src/kernels/blocking-limits.ts";
import { blockingRule } from "../../src/kernels/blocking-rule.ts";
import { bytesOf } from "../../src/kernels/dtype.ts";
import { roomToTranspose, roomToTurn } from "../../src/kernels/turning.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { asked, type builds, bytesOfBuild, dtypes } from "./runtimes.ts";

const size = fc.integer({ min: 1, max: 3000 });
const few = fc.integer({ min: 1, max: 70 });
const many = fc.integer({ min: 1, max: 300_000 });
/** Which operand is transposed: none, the left one, the right one. */
const forms = [
  [false, false],
  [true, false],
  [false, true],
] as const;

describe.each(["wasm", "turbo"] satisfies (keyof typeof builds)[])("the rule for the %s build", (build) => {
  const { exports } = instantiate(bytesOfBuild(build));

  it.each(dtypes)("turns no right operand of %s that its room does not hold", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    fc.assert(
      fc.property(size, fc.oneof(few, size, many), fc.oneof(few, many, size), (m, n, k) => {
        if (m === 1 || n === 1 || k === 1 || blocks(m, n, k, false, true)) return;
        const room = roomToTurn(asked, dtype, m, n, k);
        expect(n * k * bytesOf(dtype)).toBeLessThanOrEqual(room);
        expect(room).toBeLessThanOrEqual(2 ** 22);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(dtypes)("finds the least room for what takes 32 KiB of %s or goes in blocks", (dtype) => {
    const most = 2 ** 15 / bytesOf(dtype);
    expect(roomToTurn(asked, dtype, 784, 4, most / 4)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 784, 4, most / 4 + 1)).toBe(2 ** 16);
    expect(roomToTurn(asked, dtype, 784, 1000, 1000)).toBe(2 ** 15);
  });

  it.each(dtypes)("takes nothing of %s in blocks that is below the bound for all rules", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    fc.assert(
      fc.property(size, size, size, fc.constantFrom(...forms), (m, n, k, form) => {
        fc.pre(n * k * bytesOf(dtype) <= NEVER_BLOCKED);
        expect(blocks(m, n, k, ...form)).toBe(false);
      }),
    );
  });

  it.each(dtypes)("takes in blocks what is large all round, and no row and no column, of %s", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    for (const form of forms) {
      expect(blocks(512, 512, 512, ...form)).toBe(true);
      expect(blocks(1, 512, 512, ...form)).toBe(false);
      expect(blocks(512, 1, 512, ...form)).toBe(false);
    }
  });

  it.each(
    dtypes,
  )("takes a vector of columns of %s directly, but down a far transposed left operand", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const n = 16 / bytesOf(dtype);
    expect(blocks(3000, n, 1_000_000)).toBe(false);
    const fewest = build === "turbo" ? 5 : 9;
    expect(blocks(fewest, n, 1_000_000, true)).toBe(true);
    expect(blocks(fewest - 1, n, 1_000_000, true)).toBe(false);
    expect(blocks(4, n, 1_000_000, true)).toBe(false);
    expect(blocks(3000, n, 100_000, false, true)).toBe(false);
    expect(blocks(3000, n, 1_000_000, false, true)).toBe(true);
  });

  it.each(dtypes)("takes what is few deep of %s directly, whatever the rows", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    for (const form of forms) {
      expect(blocks(3000, 10_000_000, 1, ...form)).toBe(false);
      expect(blocks(3000, 20_000, 4, ...form)).toBe(false);
      expect(blocks(3000, 20_000, 17, ...form)).toBe(true);
    }
    expect(blocks(3000, 10_000_000, 4)).toBe(false);
    expect(blocks(3000, 10_000_000, 4, false, true)).toBe(true);
    // what is turned up to that depth
    const most = 2 ** 20 / (8 * bytesOf(dtype));
    expect(blocks(3000, most, 8, false, true)).toBe(false);
    expect(blocks(3000, most + 1, 8, false, true)).toBe(true);
    expect(blocks(3000, 20_000, 9, false, true)).toBe(true);
  });

  it.each(
    dtypes,
  )("takes what is up to sixteen deep of %s directly, in the narrow tile up to 8 MB", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const most = 2 ** 23 / (16 * bytesOf(dtype));
    for (const transposeA of [false, true]) {
      expect(blocks(3000, most - 1, 16, transposeA)).toBe(false);
      expect(blocks(3000, most + 1, 16, transposeA)).toBe(build !== "turbo");
      expect(blocks(3000, most - 1, 17, transposeA)).toBe(true);
    }
  });

  it.each(
    dtypes,
  )("but up to ten where lines of %s meet in one set of the cache, unless rows are few", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const n = 2 ** 18 / bytesOf(dtype);
    for (const transposeA of [false, true]) {
      expect(blocks(5, n, 10, transposeA)).toBe(false);
      expect(blocks(5, n, 11, transposeA)).toBe(true);
      expect(blocks(5, n + 1, 11, transposeA)).toBe(false);
      expect(blocks(4, n, 16, transposeA)).toBe(false);
    }
  });

  it.each(dtypes)("and beyond takes such lines of %s in blocks, however near they are", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const n = 2 ** 12 / bytesOf(dtype);
    const deepest = build === "turbo" ? 16 : 10;
    for (const transposeA of [false, true]) {
      expect(blocks(5, n, deepest, transposeA)).toBe(false);
      expect(blocks(5, n, deepest + 1, transposeA)).toBe(true);
      expect(blocks(5, n + 1, deepest + 1, transposeA)).toBe(false);
      expect(blocks(4, n, deepest + 1, transposeA)).toBe(false);
    }
  });

  it.each(
    dtypes,
  )("takes few rows of %s directly in the narrow tile, and in the wide one two beyond 8 MB", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const isWide = build === "turbo";
    const line = 2 ** 11 / bytesOf(dtype);
    const depth = 2 ** 23 / 2 ** 11;
    for (const transposeA of [false, true]) {
      for (const m of [2, 3, 4, 6]) {
        expect(blocks(m, line, depth, transposeA)).toBe(isWide);
        expect(blocks(m, line, depth + 1, transposeA)).toBe(isWide && m !== 2);
      }
      expect(blocks(5, line, depth, transposeA)).toBe(true);
      expect(blocks(7, line, depth, transposeA)).toBe(true);
    }
  });

  it.each(
    dtypes,
  )("takes lines of %s that fill few panels directly, whatever their number, in the wide tile but for five rows", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const isWide = build === "turbo";
    const longest = (isWide ? 112 : 128) / bytesOf(dtype);
    for (const m of [7, 32, 784]) {
      expect(blocks(m, longest, 100_000)).toBe(false);
      expect(blocks(m, longest + 1, 100_000)).toBe(true);
    }
    expect(blocks(784, longest, 100_000, true)).toBe(false);
    // walked down again and again
    expect(blocks(32, longest, 100_000, true)).toBe(true);
    expect(blocks(5, longest, 100_000)).toBe(isWide);
  });

  it.each(
    dtypes,
  )("takes a right operand of %s in the narrow tile from 8 kB on for many rows, by how few they are later", (dtype) => {
    if (build === "turbo") return;
    const blocks = blockingRule(exports, dtype);
    const n = 256 / bytesOf(dtype);
    const small = 2 ** 13 / 256;
    for (const transposeA of [false, true]) {
      for (const [depth, ...rows] of [
        [small, 33, 784],
        [4 * small, 17, 32],
        [6 * small, 10, 13, 14, 15],
        [32 * small, 5, 7, 8, 9, 11, 12, 16],
      ]) {
        for (const m of rows) {
          // down a transposed left operand by the bytes of both, less a quarter of the cache
          const met = 256 + (transposeA ? m * bytesOf(dtype) : 0);
          const least = Math.ceil((256 * depth + (transposeA ? 2 ** 13 : 0)) / met);
          const from = Math.max(least, 17);
          if (from > 17) expect(blocks(m, n, from - 1, transposeA), `${m} rows over ${from - 1}`).toBe(false);
          expect(blocks(m, n, from, transposeA), `${m} rows over ${from}`).toBe(true);
        }
      }
      expect(blocks(6, n, 32 * small, transposeA)).toBe(false);
      for (const short of [136, 256].map((bytes) => bytes / bytesOf(dtype))) {
        const deepest = Math.ceil(2 ** 13 / bytesOf(dtype) / short);
        expect(blocks(33, short, deepest - 1)).toBe(false);
        expect(blocks(33, short, deepest)).toBe(true);
      }
    }
    // what is turned: for few rows what fills a first-level cache less a byte, and more where lines are short
    const fills = 2 ** 15 / (64 * bytesOf(dtype));
    for (const [m, cols, depth, isPacked] of [
      [2, 64, fills - 1, false],
      [2, 64, fills, bytesOf(dtype) === 8],
      [784, n, small - 1, false],
      [784, n, small, true],
    ] as const) {
      expect(blocks(m, cols, depth, false, true), `${m} rows of ${cols} over ${depth}`).toBe(isPacked);
    }
  });

  it.each(dtypes)("takes a step deeper of %s directly while both operands stay near", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const line = 2 ** 9 / bytesOf(dtype);
    // a transposed left operand up to 2 MB, up to 16 MB over lines that fill a tile's row at most
    for (const [n, most] of [
      [64 / bytesOf(dtype), 2 ** 12],
      [32 / bytesOf(dtype), 2 ** 15],
    ]) {
      expect(blocks(line, n, most, true)).toBe(false);
      expect(blocks(line, n, most + 1, true)).toBe(true);
      expect(blocks(line + 1, n, most + 1, true)).toBe(false);
    }
    // over lines that fill two of a tile's rows the more the fewer its rows
    for (const [leftLine, most] of [
      [64, 2 ** 23],
      [128, 2 ** 22],
      [256, 2 ** 21],
    ]) {
      const m = leftLine / bytesOf(dtype);
      if (build === "wasm" && m <= 8) continue;
      expect(blocks(m, line / 8, most / leftLine, true)).toBe(false);
      expect(blocks(m, line / 8, most / leftLine + 1, true)).toBe(true);
    }
  });

  it.each(
    dtypes,
  )("turns lines of %s that fill four panels of the narrow tile, others for few rows or few steps", (dtype) => {
    if (build === "turbo") return;
    const blocks = blockingRule(exports, dtype);
    const turned = 128 / bytesOf(dtype);
    const packed = 256 / bytesOf(dtype);
    for (const [m, n, k, isPacked] of [
      [784, turned, 1000, false],
      [784, turned + 1, 1000, true],
      [17, packed, 32, true],
      [17, packed, 31, false],
      [16, packed, 1000, false],
      [16, packed + 1, 1000, true],
      [784, 4 * packed, 17, true],
      [784, 4 * packed, 16, false],
      [3, 2 * packed - 1, 129, false],
      [3, 2 * packed - 1, 131, true],
      [3, 2 * packed, 120, true],
      [5, 2 * packed - 1, 129, true],
    ] as const) {
      expect(blocks(m, n, k, false, true), `${m} rows of ${n} over ${k}`).toBe(isPacked);
    }
    // and over few steps whatever their length
    expect(blocks(784, 2 ** 16 / bytesOf(dtype), 8, false, true)).toBe(false);
    expect(blocks(784, 2 ** 16 / bytesOf(dtype), 9, false, true)).toBe(true);
  });

  it.each(dtypes)("finds room for 64 KiB of %s for few rows, if its lines are below 512 bytes", (dtype) => {
    const longest = 512 / bytesOf(dtype) - 1;
    expect(roomToTurn(asked, dtype, 4, longest, 129)).toBe(2 ** 16);
    expect(roomToTurn(asked, dtype, 4, longest, 131)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 4, longest + 1, 120)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 5, longest, 129)).toBe(2 ** 15);
  });

  it.each(dtypes)("keeps no room to turn one column of %s, which lies turned, nor for one row", (dtype) => {
    expect(roomToTurn(asked, dtype, 1, 20_000, 2)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 784, 20_000, 1)).toBe(2 ** 15);
    expect(roomToTurn(asked, dtype, 784, 20_000, 2)).toBe(dtype === "float64" ? 2 ** 19 : 2 ** 18);
  });
});

describe.each(
  dtypes,
)("a right operand of %s that is transposed meets few rows by the product's transpose", (dtype) => {
  const size = bytesOf(dtype);
  const room = (m: number, n: number, k: number, wide = false) =>
    roomToTranspose(asked, wide, dtype, m, n, k);

  it("where they fill vectors, up to sixteen", () => {
    const rows = Array.from({ length: 40 }, (_, m) => m + 1);
    expect(rows.filter((m) => room(m, 784, 64) > 0)).toEqual(
      dtype === "float64" ? rows.slice(1, 16) : [4, 6, 7, 8, 14, 15, 16],
    );
  });

  it("and are a third of the columns at most", () => {
    expect(room(8, 24, 512)).toBeGreaterThan(0);
    expect(room(8, 23, 512)).toBe(0);
  });

  it("with room for what is turned and for the result's transpose", () => {
    const depth = 2 ** 14 / (32 * size);
    expect(room(8, 32, depth)).toBeGreaterThanOrEqual((32 + depth) * 8 * size);
    expect(room(8, 32, 2 ** 16 / size - 32)).toBe(2 ** 19);
    expect(room(8, 32, 2 ** 16 / size - 31)).toBe(2 ** 20);
  });

  it("from 6 kB on that are turned less so, in the narrow tile of f64 from 2 kB on of an even number of rows", () => {
    const saved = (m: number, n: number) => 20 * n - m * (20 + n);
    for (const [m, wide, bytes] of [
      [7, false, 6144],
      [8, true, 6144],
      [8, false, size === 8 ? 2048 : 6144],
    ] as const) {
      const columns = Array.from({ length: 200 }, (_, i) => 3 * m + i);
      const first = columns.find((n) => saved(m, n) * size >= bytes);
      expect(first).toBeGreaterThan(3 * m);
      expect(
        columns.find((n) => room(m, n, 20, wide) > 0),
        `${m} rows`,
      ).toBe(first);
    }
  });

  it("over more than four, unless the right operand is too large to be turned", () => {
    const few = size === 8 ? 7 : 15;
    if (size === 8) {
      expect(room(2, 800, 4)).toBe(0);
      expect(room(2, 800, 5)).toBeGreaterThan(0);
    }
    expect(room(few, 2 ** 18 / size, 4)).toBe(0);
    expect(room(few, 2 ** 18 / size + 1, 4)).toBeGreaterThan(0);
  });

  it("up to a gigabyte of room, which 32 bits count", () => {
    const sum = 2 ** 30 / (16 * size);
    expect(room(16, sum - 2, 2)).toBe(2 ** 30);
    expect(room(16, sum - 1, 2)).toBe(0);
    expect(room(16, 2 * sum, 2)).toBe(0);
    expect(room(16, 3 * sum, 2)).toBe(0);
  });
});

describe("the rule for the wide tile", () => {
  const { exports } = instantiate(bytesOfBuild("turbo"));

  it.each(
    dtypes,
  )("packs from so many bytes of %s on, for few rows by how they fill tiles, and for up to four late", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    // two panels: lines of 128 bytes
    const n = 128 / bytesOf(dtype);
    const least = { 2: 2 ** 20 + 128, 3: 2 ** 20 + 128, 4: 2 ** 20 + 128, 33: 2 ** 15, 784: 2 ** 15 };
    for (const m of [5, 10, 15, 20, 30]) Object.assign(least, { [m]: 2 ** 16 });
    for (const m of [8, 9, 13, 14, 18, 21, 22, 32]) Object.assign(least, { [m]: 2 ** 17 });
    for (const m of [6, 7, 11, 12, 16, 17]) Object.assign(least, { [m]: 3 * 2 ** 18 });
    for (const [m, bytes] of Object.entries(least)) {
      for (const transposeA of [false, true]) {
        expect(blocks(+m, n, bytes / 128 - 1, transposeA), m).toBe(false);
        expect(blocks(+m, n, bytes / 128, transposeA), m).toBe(true);
      }
    }
  });

  it.each(dtypes)("packs nothing of %s that is less than 24 deep and near, for few rows 64", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    // a right operand of some 200 kB
    const n = 8000 / bytesOf(dtype);
    expect(blocks(1000, n, 23)).toBe(false);
    expect(blocks(1000, n, 24)).toBe(true);
    expect(blocks(30, n / 2, 63)).toBe(false);
    expect(blocks(30, n / 2, 64)).toBe(true);
    // a right operand of half a megabyte
    expect(blocks(32, 30_840 / bytesOf(dtype), 17)).toBe(false);
    expect(blocks(33, 30_840 / bytesOf(dtype), 17)).toBe(true);
    expect(blocks(33, 30_840 / bytesOf(dtype), 16)).toBe(false);
  });

  it.each(
    dtypes,
  )("packs no panel of %s that is the only one and not full, unless the left operand is far", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    for (const bytes of [40, 56]) {
      const n = bytes / bytesOf(dtype);
      for (const m of [2, 4, 5, 16, 784]) expect(blocks(m, n, 100_000)).toBe(false);
      expect(blocks(16, n, 200_000, true)).toBe(true);
      // stored transposed only for the rows of one tile
      expect(blocks(16, n, 2 ** 18 / bytes, false, true)).toBe(false);
      expect(blocks(5, n, 2 ** 18 / bytes, false, true)).toBe(true);
    }
  });

  it.each(dtypes)("turns a transposed right operand of %s that is shallow or little work", (dtype) => {
    const blocks = blockingRule(exports, dtype);
    const n = 64 / bytesOf(dtype);
    expect(blocks(1000, n, 64, false, true)).toBe(false);
    expect(blocks(1000, n, 65, false, true)).toBe(true);
    expect(blocks(4, n, 511, false, true)).toBe(false);
    expect(blocks(4, n, 512, false, true)).toBe(true);
  });
});

it("the turbo entry brings the rule of the wide tile, which goes by the narrow one's without it", async () => {
  vi.resetModules();
  const { blockingRule: ruleOf } = await import("../../src/kernels/blocking-rule.ts");
  const { exports } = instantiate(bytesOfBuild("turbo"));
  // more than the wide tile leaves to go directly, less than the narrow one does
  const blocks = () => ruleOf(exports, "float64")(784, 16, 300);
  expect(blocks()).toBe(false);
  const { begin } = await import("../../src/turbo.ts");
  begin();
  expect(blocks()).toBe(true);
});

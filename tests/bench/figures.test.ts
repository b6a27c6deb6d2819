// From times to what is printed and drawn of them, on figures made by hand.
import { afterEach, describe, expect, it, vi } from "vitest";
import { load } from "./commands.ts";

const { printTurns } = await load("measure.mjs");
const { sizePoint } = await load("svg.mjs");
const { threadsLine } = await load("thread-turns.mjs");

afterEach(() => vi.restoreAllMocks());

/** The lines that are printed of a row. */
function printed(row: object, contenders: readonly object[]): string[] {
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  printTurns(row, contenders);
  return said.mock.calls.map(([line]) => line);
}

const turns = (...nanoseconds: number[]) => ({ nanoseconds, turns: nanoseconds.map((_, turn) => turn) });

describe("what is printed of a row", () => {
  const contenders = [{ name: "ours", engine: {} }, { name: "turbo", engine: {} }, { name: "peer" }];

  it("has a product's multiples of ours, rates, and shares of the limit and of the speed of ours", () => {
    const row = {
      kind: "product",
      dtype: "float64",
      flops: 300,
      contenders: { ours: turns(10, 20), turbo: turns(8, 10), peer: turns(20, 80) },
      // 150 operations on two numbers: the limit allows 6 and 15 ns
      limit: { mulAdd: [0.04, 0.1] },
    };
    expect(printed(row, contenders)).toEqual([
      "  ours    15.0 ns   ±17%     fastest 10.0 ns      1.00×     20.0 GF/s, fastest 30.0  68 % of the limit",
      "  turbo   9.00 ns    ±6%     fastest 8.00 ns      0.65×     33.3 GF/s, fastest 37.5  113 % of the limit  163 % of the speed of ours",
      "  peer    50.0 ns   ±30%     fastest 20.0 ns      3.00×      6.0 GF/s, fastest 15.0",
      "  the limit of 128-bit mul + add here: 28.6 GF/s ±21%, fastest 50.0",
    ]);
  });

  it("has twice the rate at the limit for float32, of whose numbers a vector holds twice as many", () => {
    const row = {
      kind: "product",
      dtype: "float32",
      flops: 300,
      contenders: { ours: turns(10) },
      limit: { mulAdd: [0.1] },
    };
    expect(printed(row, contenders)).toEqual([
      "  ours    10.0 ns  one turn     fastest 10.0 ns      1.00×     30.0 GF/s, fastest 30.0  75 % of the limit",
      "  the limit of 128-bit mul + add here: 40.0 GF/s one turn, fastest 40.0",
    ]);
  });

  it("allows a sigmoid what the slower of the divider and the other units takes, turn by turn", () => {
    const row = {
      kind: "sigmoid",
      dtype: "float64",
      n: 4,
      operations: { all: 10, divisions: 1 },
      contenders: { ours: turns(80, 40, 40) },
      // two vectors: 40 ns by the divider, then 20 and 20 by the others
      limit: { mulAdd: [1, 1, 1], divide: [20, 5, 6] },
    };
    expect(printed(row, contenders)).toEqual([
      "  ours    40.0 ns   ±25%     fastest 40.0 ns      1.00×  50 % of the limit",
      "  The kernel spends 10 vector operations on 2 elements, 1 of them a division. At 1.000 ns an operation (measured on mul + add)" +
        " and 6.000 ns a division, working side by side, loads and stores free, that allows 20.0 ns.",
    ]);
  });

  it("has nothing of who was not timed, and of no limit where none was measured", () => {
    const row = { kind: "train", dtype: "float64", contenders: { ours: turns(10), peer: turns(5) } };
    expect(printed(row, contenders)).toEqual([
      "  ours    10.0 ns  one turn     fastest 10.0 ns      1.00×",
      "  peer    5.00 ns  one turn     fastest 5.00 ns      0.50×",
    ]);
  });
});

describe("a point of the picture by sizes", () => {
  const row = { m: 1, n: 2, k: 3, form: "NN", dtype: "float32", flops: 12 };

  it("is the fastest turn's picoseconds a flop, and the limit's", () => {
    const point = sizePoint({
      ...row,
      contenders: { ours: turns(9, 6, 7) },
      limit: { mulAdd: [0.5, 0.4, 0.8] },
    });
    expect(point).toEqual({ m: 1, n: 2, k: 3, form: "NN", dtype: "float32", picoseconds: 500, limit: 100 });
  });

  it("has no limit where none was measured", () => {
    expect(sizePoint({ ...row, contenders: { ours: turns(6) } }).limit).toBeUndefined();
  });
});

describe("the line of one thread and several", () => {
  it("says how many times as fast the several are, and how many times the processor's time they take", () => {
    const turn = (best: number, mean: number, cpu: number) => ({ best, mean, cpu });
    const one = [turn(3, 5, 4), turn(2, 4, 4), turn(2.5, 9, 4)];
    const several = [turn(1, 2, 6), turn(1.5, 4, 5), turn(2, 1, 5)];
    expect(threadsLine("dot 64", { 1: one, 4: several }, 4)).toBe(
      "dot 64                                2.000 ms   1.000 ms     2.00×    2.50×      1.25",
    );
  });
});

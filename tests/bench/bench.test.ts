import { describe, expect, it } from "vitest";
import { load } from "./commands.ts";

describe("what is compared before it is timed", async () => {
  const { compare: compareAnswer } = await load("measure.mjs");
  interface Work {
    readonly name: string;
    readonly dtype: string;
    readonly kind?: string;
    readonly [size: string]: unknown;
  }
  const workload: Work = { name: "work", dtype: "float64" };
  const compare = (name: string, work: Work, answer: object, oracle: number[]) =>
    compareAnswer(name, work, { dtype: work.dtype, ...answer }, oracle);

  it("takes the reference's numbers, within the tolerance", () => {
    compare("peer", workload, { check: [1, 2e6] }, [1 + 5e-10, 2e6 + 1e-3]);
    compare("peer", workload, { check: [1], note: "only the first" }, [1, 2]);
  });

  it("takes float32 that was added in another order, and no more", () => {
    const single = { name: "work", dtype: "float32" };
    compare("peer", single, { check: [1 + 4e-5, 2e6 + 80] }, [1, 2e6]);
    for (const check of [
      [1 + 6e-5, 2e6],
      [1, 2e6 + 120],
    ]) {
      expect(() => compare("peer", single, { check }, [1, 2e6])).toThrow(/^peer computes/);
    }
  });

  it("refuses a dtype that was not asked for, however well its numbers agree", () => {
    const single = { name: "work", dtype: "float32" };
    expect(() => compare("peer", single, { check: [1], dtype: "float64" }, [1])).toThrow(
      "peer works in float64 on work",
    );
  });

  it("takes the sums of a large product as float32 rounds its elements, and no worse", () => {
    const product = { name: "work", dtype: "float32", kind: "product", m: 511, n: 511, k: 511 };
    compare("peer", product, { check: [-0.26722, -1106.5077] }, [-0.26793, -1106.5102]);
    for (const check of [
      [-0.29, -1106.5077],
      [-0.26722, -1106.6],
    ]) {
      expect(() => compare("peer", product, { check }, [-0.26793, -1106.5102])).toThrow(/^peer computes/);
    }
    const double = { ...product, dtype: "float64" };
    expect(() => compare("peer", double, { check: [-0.26722] }, [-0.26793])).toThrow(/^peer computes/);
  });

  it("takes a sigmoid's elements as they are rounded, and no worse", () => {
    const sigmoid = { name: "work", dtype: "float32", kind: "sigmoid" };
    compare("peer", sigmoid, { check: [0.5 + 1e-7] }, [0.5]);
    expect(() => compare("peer", sigmoid, { check: [0.5 + 1e-6] }, [0.5])).toThrow(/^peer computes/);
  });

  it("refuses others, NaN among them, and fewer without a reason", () => {
    const wrong = /^peer computes .* for work, the reference 1,2$/;
    expect(() => compare("peer", workload, { check: [1, 2 + 1e-8] }, [1, 2])).toThrow(wrong);
    expect(() => compare("peer", workload, { check: [1, Number.NaN] }, [1, 2])).toThrow(wrong);
    expect(() => compare("peer", workload, { check: [1] }, [1, 2])).toThrow("peer shows 1 numbers for work");
    expect(() => compare("peer", workload, { check: [], note: "none" }, [1, 2])).toThrow("shows 0 numbers");
  });
});

describe("a network's training", async () => {
  const { compare } = await load("measure.mjs");
  const { trainingCheck } = await load("contenders/protocol.mjs");

  it("shows its first and last cost of ten, and what it makes of the first layer's weights and of all biases", () => {
    const asked: unknown[] = [];
    let steps = 0;
    const step = () => 100 - ++steps;
    const run = (iterations: number) => {
      asked.push(iterations);
      steps += iterations;
    };
    // read when all ten are taken
    const read = (of: number[]) => () => of.map((value) => value * steps);
    expect(trainingCheck(step, run, read([1, 2]), read([3, 4]))).toEqual([99, 90, 30, 50, 70, 110]);
    expect(asked).toEqual([8]);
  });

  it.each(["train", "fit"])("is refused where its cost does not fall, of kind %s", (kind) => {
    const work = { name: "work", dtype: "float64", kind };
    const answer = (...check: number[]) => ({ check, dtype: "float64" });
    compare("ours", work, answer(0.5, 0.25, 1), [0.5, 0.25, 1]);
    for (const last of [0.5, 0.75]) {
      expect(() => compare("ours", work, answer(0.5, last, 1), [0.5, last, 1])).toThrow(
        `ours's cost goes from 0.5 to ${last} on work`,
      );
    }
    // brain.js shows the first alone
    compare("peer", work, { ...answer(0.5), note: "the first" }, [0.5, 0.25, 1]);
  });
});

describe("the limit of 128-bit arithmetic", async () => {
  const { expectedSum, limitModule } = await load("limit.mjs");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(limitModule()));

  it.each([
    ["mulAdd", "float64", "mulAdd_f64"],
    ["mulAdd", "float32", "mulAdd_f32"],
    ["divide", "float64", "divide_f64"],
    ["divide", "float32", "divide_f32"],
  ])("%s in %s does every step that it is credited with", (operation, dtype, name) => {
    const kernel = exports[name] as (x: number, a: number, b: number) => number;
    for (const [x, a, b] of [
      [0.5, 0.999, 0.00075],
      [2, 0.97, 0.3],
    ]) {
      expect(kernel(x, a, b)).toBe(expectedSum({ operation, dtype, x, a, b }));
    }
  });
});

describe("the operations of a kernel", async () => {
  const { vectorOperations } = await load("operations.mjs");

  it("are those between registers in its first loop over the dtype, for each vector that it stores", () => {
    const wat = [
      "",
      " (func $assembly/index/work (param $0 i32)",
      "  f64x2.splat",
      "  f64x2.add",
      "  loop $first",
      "   v128.load",
      "   f64x2.mul",
      "   f64x2.mul",
      "   i64x2.shl",
      "   f64x2.splat",
      "   i64x2.shl",
      "   f64x2.div",
      "   if",
      "    v128.store",
      "    if",
      "     f64x2.pmax",
      "    end",
      "    f64x2.div",
      "    v128.store",
      "   end",
      "   i32.add",
      "  end",
      "  loop $second",
      "   f64x2.div",
      "  end",
      "  loop $third",
      "   f32x4.add",
      "   v128.store",
      "  end",
      " (func $next",
      "  f64x2.div",
    ].join("\n");
    expect(vectorOperations("work", "float64", wat)).toEqual({ all: 3, divisions: 1 });
    expect(vectorOperations("work", "float32", wat)).toEqual({ all: 1, divisions: 0 });
    expect(() => vectorOperations("play", "float64", wat)).toThrow("build/kernels.wat holds no kernel play");
    expect(() => vectorOperations("work", "float32", wat.replace("f32x4", ""))).toThrow(
      "work has no loop over vectors of float32",
    );
  });

  it("of the sigmoid hold one division", () => {
    for (const dtype of ["float64", "float32"]) {
      const { all, divisions } = vectorOperations("sigmoid", dtype);
      expect(divisions).toBe(1);
      expect(all).toBeGreaterThan(20);
    }
  });
});

describe("passes", async () => {
  const { joinPasses } = await load("passes.mjs");

  it("give one row a workload, with every turn", () => {
    const row = (name: string, turns: number[], limit: number[]) => ({
      group: "products",
      name,
      contenders: { ours: { nanoseconds: turns } },
      limit: { mulAdd: limit },
    });
    const rows = [row("a", [3, 4], [1]), row("b", [7], [2]), row("a", [5], [1, 6]), row("b", [8], [9])];
    expect(joinPasses(rows)).toEqual([row("a", [3, 4, 5], [1, 1, 6]), row("b", [7, 8], [2, 9])]);
    const cold = { group: "cold", name: "a", contenders: {} };
    expect(joinPasses([row("a", [1], [1]), cold])).toEqual([row("a", [1], [1]), cold]);
  });

  it("compare a turn with ours of the same pass, where a slow contender takes one a pass", async () => {
    const { multiples } = await load("report.mjs");
    const pass = (ours: number[], slow: number) => ({
      group: "products",
      name: "a",
      contenders: {
        ours: { nanoseconds: ours, turns: [0, 1] },
        slow: { nanoseconds: [slow], turns: [0] },
      },
    });
    const [{ contenders }] = joinPasses([pass([1, 2], 10), pass([3, 4], 30)]);
    expect(contenders.slow).toEqual({ nanoseconds: [10, 30], turns: [0, 2] });
    expect(multiples(contenders.slow, contenders.ours.nanoseconds)).toEqual([10, 10]);
  });

  it("give the difference of all pairs, and the edges that every pass found, at their smallest", () => {
    const cold = (times: number[], empty: number[], difference: number) => ({
      group: "cold",
      name: "a",
      contenders: { ours: { nanoseconds: times }, "empty script": { nanoseconds: empty } },
      difference,
    });
    expect(joinPasses([cold([30, 35], [20, 21], 12), cold([31], [20], 11)])).toEqual([
      cold([30, 35, 31], [20, 21, 20], 11),
    ]);
    const edge = (side: number, times: number[]) => ({
      slower: [1, side, 2],
      faster: [1, side + 1, 2],
      times,
    });
    for (const list of ["cliffs", "jumps", "widths"]) {
      const found = (...edges: object[]) => ({
        group: "cliffs",
        name: "a",
        contenders: {},
        ...{ cliffs: [], jumps: [], widths: [] },
        [list]: edges,
      });
      expect(joinPasses([found(edge(3, [15, 10]), edge(5, [14, 10])), found(edge(3, [13, 10]))])).toEqual([
        found(edge(3, [13, 10])),
      ]);
    }
  });

  it("have a middle, also between two, and times three digits", async () => {
    const { median, formatTime } = await load("report.mjs");
    expect([median([10, 9, 100]), median([10, 9, 100, 1])]).toEqual([10, 9.5]);
    expect([134.2, 999.4, 999.7, 1000, 2054, 17.3e6, 5e12].map(formatTime)).toEqual([
      "134 ns",
      "999 ns",
      "1.00 µs",
      "1.00 µs",
      "2.05 µs",
      "17.3 ms",
      "5.00e+3 s",
    ]);
  });

  it("have the quartiles of NumPy's percentile, as far from either end", async () => {
    const { quartiles } = await load("report.mjs");
    expect(quartiles([3, 1, 2])).toEqual([1.5, 2.5]);
    expect(quartiles([1, 2, 4, 8, 16, 32, 64])).toEqual([3, 24]);
    expect(quartiles([0, 4, 8, 20])).toEqual([3, 11]);
    expect(quartiles([5])).toEqual([5, 5]);
  });

  it("say of one turn that it is one, and not that it has no spread", async () => {
    const { spread } = await load("report.mjs");
    expect([spread([5]), spread([9, 10, 11])]).toEqual(["one turn", "±5%"]);
  });
});

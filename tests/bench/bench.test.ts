import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { inFolder, load } from "./commands.ts";

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

describe("engines", async () => {
  const { distinct, readEngine, thisEngine } = await load("engines.mjs");

  it("are given with their flags and name themselves", () => {
    const engine = readEngine(`${process.execPath}  --no-warnings`);
    expect(engine.name).toBe(`Node ${process.versions.node} --no-warnings`);
    expect(engine.args("file.mjs", "x")).toEqual(["--no-warnings", "file.mjs", "x"]);
    expect(engine.isNode).toBe(true);
    expect(() => readEngine(" ")).toThrow('--engine wants "PATH --flag …", got " "');
  });

  it("are refused with words that are no flags, before anything is run", () => {
    expect(() => readEngine("deno run -A")).toThrow(
      '--engine wants "PATH --flag …", and "run" of "deno run -A" is no flag (Deno\'s "run -A" is added here; a flag\'s value follows its =)',
    );
    expect(readEngine(`${process.execPath} --no-warnings turbo`).entry).toBe("turbo");
    expect(() => readEngine("ls")).toThrow("which is none of Node's, Deno's or Bun's");
    expect(() => readEngine(`${process.execPath} --no-such-flag`)).toThrow(
      /^--engine: Node .* does not start with --no-such-flag \(.*bad option/,
    );
    expect(() => readEngine("no-such-engine")).toThrow("--engine: no-such-engine does not start (ENOENT)");
  });

  it("may lie at a path with spaces", () => {
    inFolder((folder) => {
      const spaced = path.join(folder, "a  folder of mine");
      symlinkSync(path.dirname(process.execPath), spaced, "junction");
      const node = path.join(spaced, path.basename(process.execPath));
      const plain = readEngine(`${node} turbo`);
      const flagged = readEngine(` ${node}  --no-warnings --no-deprecation`);
      expect([plain.command, plain.flags, plain.entry]).toEqual([node, [], "turbo"]);
      expect([flagged.command, flagged.flags]).toEqual([node, ["--no-warnings", "--no-deprecation"]]);
      expect(flagged.args("file.mjs")).toEqual(["--no-warnings", "--no-deprecation", "file.mjs"]);
      expect(() => readEngine(`${node} some --flag`)).toThrow("is no flag");
    });
  });

  it("that run this very process are as it was started, at any path and with flags of two words", () => {
    vi.spyOn(process, "execArgv", "get").mockReturnValue([
      "--import",
      "data:text/javascript,0",
      "--no-warnings",
    ]);
    const { name, args } = thisEngine();
    vi.restoreAllMocks();
    const flags = ["--import", "data:text/javascript,0", "--no-warnings"];
    expect(name).toBe(`Node ${process.versions.node} ${flags.join(" ")}`);
    expect(args("file.mjs")).toEqual([...flags, "file.mjs"]);
  });

  it("have names of their own", () => {
    const engines = distinct([
      { name: "Node 24" },
      { name: "Bun 1" },
      { name: "Node 24" },
      { name: "Node 24" },
    ]);
    expect(engines.map(({ name }: { name: string }) => name)).toEqual([
      "Node 24",
      "Bun 1",
      "Node 24 #2",
      "Node 24 #3",
    ]);
  });
});

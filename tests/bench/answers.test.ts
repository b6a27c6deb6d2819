// What processes answer and what is made of it: a contender's, the yardstick's, and the protocol's own side.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bench, load } from "./commands.ts";

// Vitest ends its processes in a way that no listener hears.
afterAll((await load("scratch.mjs")).clearScratch);

const { Contender } = await load("contender.mjs");
const { CHAINS, expectedSum, STEPS } = await load("limit.mjs");
const { lanes, Yardstick } = await load("yardstick.mjs");

/** A program that answers each request with what the expression makes of it. */
const answering = (expression: string) =>
  `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const request = JSON.parse(line);
    console.log(JSON.stringify(${expression}));
  });`;

describe("a contender's time", () => {
  it("is that of one iteration", async () => {
    const contender = new Contender("peer", process.execPath, [
      "-e",
      answering("request.prepare ? { check: [1] } : { iterations: 4, nanoseconds: 2 * request.time }"),
    ]);
    await contender.prepare({ kind: "any" });
    expect(await contender.time(4)).toBe(2);
    contender.close();
  });
});

describe("a contender's process", () => {
  it("is told how many threads to take, by the name that each library listens to", async () => {
    const names = ["OPENBLAS", "OMP", "MKL", "BLIS"].map((library) => `${library}_NUM_THREADS`);
    const said = JSON.stringify([...names, "VECLIB_MAXIMUM_THREADS"]);
    for (const threads of [undefined, "3"]) {
      const script = answering(`{ check: ${said}.map((name) => process.env[name]) }`);
      const contender = new Contender("peer", process.execPath, ["-e", script], { threads });
      expect(await contender.prepare({})).toEqual({ check: Array(5).fill(threads ?? "1") });
      contender.close();
    }
  });
});

describe("the yardstick", () => {
  /** One whose process says that a call of the kernel takes so long, and that it gives the sum of this expression. */
  function yardstick(operation: string, nanoseconds: number, sum: string) {
    const script = answering(
      `request.prepare ? { check: [${sum}] } : { iterations: 2, nanoseconds: ${2 * nanoseconds} }`,
    );
    const engine = {
      command: process.execPath,
      flags: ["--no-such-flag"],
      args: () => ["--no-such-flag", "-e", script],
    };
    return new Yardstick(engine, operation);
  }
  const inputs = { x: 0.5, a: 0.999, b: 0.00075 };

  it("counts a multiplication and an addition as two operations, a division as one", async () => {
    for (const [operation, wanted] of [
      ["mulAdd", 3],
      ["divide", 6],
    ] as const) {
      const sum = expectedSum({ operation, dtype: "float64", ...inputs });
      const limit = yardstick(operation, STEPS * CHAINS * 6, String(sum));
      await limit.prepare("float64");
      expect(await limit.time(1)).toBe(wanted);
      limit.close();
    }
  });

  it("refuses a kernel that gives another sum, and asks of each dtype once", async () => {
    const sum = expectedSum({ operation: "mulAdd", dtype: "float32", ...inputs });
    const limit = yardstick("mulAdd", 1, `request.prepare.dtype === "float32" ? ${sum} : 1`);
    await limit.prepare("float32");
    await expect(limit.prepare("float64")).rejects.toThrow(/^the limit's float64 kernel gives 1, not /);
    limit.close();
    // its process has ended, and is not asked again
    await limit.prepare("float32");
  });

  it("has two numbers of float64 in a vector, four of float32", () => {
    expect(["float64", "float32"].map(lanes)).toEqual([2, 4]);
  });
});

describe("who serves the protocol", () => {
  const PROTOCOL = JSON.stringify(path.join(bench, "contenders/protocol.mjs"));

  /** The answers to some requests of a program with these makers, whose clock stands still unless they set it forward. */
  function answers(makers: string, requests: readonly object[]) {
    const clock = "let clock = 0n; process.hrtime.bigint = () => clock;";
    const program = `${clock} const calls = []; import(${PROTOCOL}).then(({ serve }) => serve({ ${makers} }, "1.2.3"));`;
    const input = requests.map((request) => `${JSON.stringify(request)}\n`).join("");
    const { stdout } = spawnSync(process.execPath, ["-e", program], { input, encoding: "utf8" });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("repeats the work until it takes half the time at least, and answers what it repeated last", () => {
    // a microsecond an iteration
    const work = `work: () => ({
      check: [7], dtype: "float64", note: "a note",
      run: (iterations) => { calls.push(iterations); clock += 1000n * BigInt(iterations); },
    })`;
    const told = "told: () => ({ check: calls, dtype: 'float64' })";
    const [prepared, timed, { check: calls }] = answers(`${work}, ${told}`, [
      { prepare: { kind: "work" } },
      { time: 2 },
      { prepare: { kind: "told" } },
    ]);
    expect(prepared).toEqual({ check: [7], dtype: "float64", note: "a note", about: "1.2.3" });
    expect(calls).toEqual([1, 100, 2000]);
    expect(timed).toEqual({ iterations: 2000, nanoseconds: 2e6 });
  });

  it("says why there is no work of a kind, and what became of work that fails", () => {
    const [none, refused, failed] = answers(
      `refused: () => "not here", failing: () => { throw new Error("a fault"); }`,
      ["other", "refused", "failing"].map((kind) => ({ prepare: { kind } })),
    );
    expect(none).toEqual({ unsupported: "no other", about: "1.2.3" });
    expect(refused).toEqual({ unsupported: "not here" });
    expect(failed.error).toMatch(/^Error: a fault\n/);
  });
});

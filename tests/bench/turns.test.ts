// Who takes turns when, and what becomes of those that give no answer.
import { afterEach, describe, expect, it, vi } from "vitest";
import { load } from "./commands.ts";

/** Notes the rests that are taken, and takes none. */
const rest = vi.hoisted(() => vi.fn(async (_milliseconds: number) => {}));
vi.mock("node:timers/promises", () => ({ setTimeout: rest }));

const { measure } = await load("measure.mjs");
const { Contender, NoAnswer } = await load("contender.mjs");

const workload = { name: "work", kind: "product", dtype: "float64", flops: 1 };

/** A contender that notes in `log` whenever it is timed, and fails at the turn `failsAt`. */
function fake(name: string, log: string[], { engine, failsAt = Number.POSITIVE_INFINITY }: Fake = {}) {
  let turns = 0;
  return {
    name,
    engine,
    lost: undefined as unknown,
    prepare: async () => ({ check: [1], dtype: "float64" }),
    async time() {
      if (++turns > failsAt) throw new NoAnswer(`${name} ended`);
      log.push(name);
      return 1;
    },
    lose(from: typeof workload) {
      this.lost = from.name;
    },
  };
}

interface Fake {
  readonly engine?: object;
  readonly failsAt?: number;
}

const yardstick = (log: string[]) => ({
  prepare: async () => {},
  time: async () => {
    log.push("limit");
    return 1;
  },
});

const quietly = () => vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => vi.restoreAllMocks());

describe("turns", () => {
  it("begin with another contender each round, over all passes, the limit right before ours", async () => {
    quietly();
    const log: string[] = [];
    const ours = fake("ours", log, { engine: {} });
    const contenders = [ours, fake("reference", log), fake("peer", log)];
    const how = { contenders, yardsticks: { mulAdd: yardstick(log) }, ms: 1, checkOnly: false };
    const row = await measure("products", workload, { ...how, rounds: 3 });
    const [first, second, third] = [
      ["limit", "ours", "reference", "peer"],
      ["reference", "peer", "limit", "ours"],
      ["peer", "limit", "ours", "reference"],
    ];
    expect(log.splice(0)).toEqual([...first, ...second, ...third]);
    expect(Object.keys(row.contenders)).toEqual(["ours", "reference", "peer"]);
    for (const { turns } of Object.values<{ turns: number[] }>(row.contenders))
      expect(turns).toEqual([0, 1, 2]);
    expect(row.limit.mulAdd).toHaveLength(3);
    await measure("products", workload, { ...how, rounds: 1, begun: 2 });
    expect(log).toEqual(third);
  });

  it("go on without a peer that fails in one, of which this workload and the next ones have no figure", async () => {
    quietly();
    const log: string[] = [];
    const peer = fake("peer", log, { failsAt: 1 });
    const contenders = [fake("ours", log, { engine: {} }), peer, fake("reference", log)];
    const how = { contenders, yardsticks: {}, rounds: 3, ms: 1, checkOnly: false };
    const row = await measure("products", workload, how);
    expect(peer.lost).toBe("work");
    expect(Object.keys(row.contenders)).toEqual(["ours", "reference"]);
    expect(row.contenders.reference.nanoseconds).toHaveLength(3);
    const next = await measure("products", { ...workload, name: "next" }, how);
    expect(Object.keys(next.contenders)).toEqual(["ours", "reference"]);
    expect(peer.lost).toBe("work");
  });

  it.each(["ours", "reference"])("end where %s fails", async (name) => {
    quietly();
    const failing = (each: string) => (each === name ? { failsAt: 1 } : {});
    const contenders = [
      fake("ours", [], { engine: {}, ...failing("ours") }),
      fake("reference", [], failing("reference")),
    ];
    const how = { contenders, yardsticks: {}, rounds: 3, ms: 1, checkOnly: false };
    await expect(measure("products", workload, how)).rejects.toThrow(`${name} ended`);
  });
});

describe("the turns of a contender", () => {
  /** One that notes how long it is asked to run, and says that it takes `nanoseconds`. */
  const noting = (name: string, log: string[], nanoseconds: number, marks: object) => ({
    ...fake(name, log),
    ...marks,
    time: async (milliseconds: number) => {
      log.push(`${name} ${milliseconds}`);
      return nanoseconds;
    },
  });
  const how = { yardsticks: {}, ms: 8, checkOnly: false };

  it("come after 300 ms untimed where each workload has a process of its own", async () => {
    quietly();
    const log: string[] = [];
    const contenders = [
      noting("ours", log, 1, { engine: {}, anew: true }),
      noting("reference", log, 2, { anew: true }),
      noting("peer", log, 3, {}),
    ];
    const row = await measure("products", workload, { ...how, contenders, rounds: 1 });
    expect(log).toEqual(["ours 300", "reference 300", "ours 8", "reference 8", "peer 8"]);
    expect(row.contenders).toEqual({
      ours: { nanoseconds: [1], turns: [0] },
      reference: { nanoseconds: [2], turns: [0] },
      peer: { nanoseconds: [3], turns: [0] },
    });
  });

  it("are followed by a rest of 250 ms where its threads wait for more work by running", async () => {
    quietly();
    const log: string[] = [];
    rest.mockImplementation(async (milliseconds) => {
      log.push(`rest ${milliseconds}`);
    });
    const contenders = [
      noting("ours", log, 1, { engine: {} }),
      noting("reference", log, 1, {}),
      noting("peer", log, 1, { lingers: true }),
    ];
    await measure("products", workload, { ...how, contenders, rounds: 2 });
    const [first, second] = [
      ["ours 8", "reference 8", "peer 8", "rest 250"],
      ["reference 8", "peer 8", "rest 250", "ours 8"],
    ];
    expect(log).toEqual([...first, ...second]);
  });

  it("are one where an iteration takes more than 200 ms, but of ours on any engine", async () => {
    quietly();
    const log: string[] = [];
    const contenders = [
      noting("ours", log, 3e8, { engine: {} }),
      noting("reference", log, 2.1e8, {}),
      noting("peer", log, 1.9e8, {}),
    ];
    const row = await measure("products", workload, { ...how, contenders, rounds: 3 });
    expect(row.contenders).toEqual({
      ours: { nanoseconds: [3e8, 3e8, 3e8], turns: [0, 1, 2] },
      reference: { nanoseconds: [2.1e8], turns: [0] },
      peer: { nanoseconds: [1.9e8, 1.9e8, 1.9e8], turns: [0, 1, 2] },
    });
    expect(log).toHaveLength(7);
  });

  it("are none where the reference is too slow for a workload, whose numbers are still compared", async () => {
    quietly();
    const log: string[] = [];
    const contenders = [noting("ours", log, 1, { engine: {} }), noting("reference", log, 1, {})];
    const untimed = { ...workload, untimed: ["reference"] };
    const row = await measure("sizes", untimed, { ...how, contenders, rounds: 2 });
    expect(Object.keys(row.contenders)).toEqual(["ours"]);
    expect(log).toEqual(["ours 8", "ours 8"]);
  });
});

describe("a contender", () => {
  const answering = (script: string, options = {}) =>
    new Contender("peer", process.execPath, ["-e", script], options);

  it("that says nothing is killed, and says so", async () => {
    const silent = answering("setInterval(() => {}, 1000)", { patience: 300 });
    const failure = await silent.prepare(workload).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(String(failure)).toMatch(/peer was killed: no answer to .* within 0\.3 s/);
  });

  it("that ends, fails or answers no JSON has given no answer", async () => {
    const reading = (answer: string) => `process.stdin.once("data", () => { ${answer} })`;
    for (const [script, words] of [
      [reading("process.exit(7)"), /peer ended \(exit code 7\)/],
      [reading(`console.log('{"error":"no memory"}')`), /peer: no memory/],
      [reading('console.log("Hello")'), /peer answers "Hello", which is no JSON/],
    ] as const) {
      const contender = answering(script);
      const failure = await contender.prepare(workload).catch((error: unknown) => error);
      contender.close();
      expect(failure).toBeInstanceOf(NoAnswer);
      expect(String(failure)).toMatch(words);
    }
  });

  it("tells its version with its first answer", async () => {
    const contender = answering(
      `process.stdin.once("data", () => console.log('{"unsupported":true,"about":"1.2.3"}'))`,
    );
    await contender.prepare(workload);
    contender.close();
    expect(contender.version).toBe("1.2.3");
  });
});

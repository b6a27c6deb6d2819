import { afterEach, describe, expect, it, vi } from "vitest";
import { ArgumentError, getThreads, HostError, Matrix, RandomState, setThreads } from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { collectWorkers, prelude } from "./faulty-workers.ts";
import { multiplies, product } from "./problems.ts";

vi.mock("../../src/wasm/generated/thread.ts", async (original) =>
  (await import("./faulty-workers.ts")).withPrelude(original),
);

const x = product([130, 140, 150], new RandomState(1));

afterEach(async () => {
  vi.restoreAllMocks();
  prelude.text = "";
  await setThreads(1);
});

describe("setThreads", () => {
  it.each([
    0,
    -1,
    1.5,
    65,
    1e9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "2",
    null,
    undefined,
    [2],
    2n,
  ])("refuses %o and changes nothing", async (n) => {
    await setThreads(2);
    await expect(setThreads(n as number)).rejects.toThrow(ArgumentError);
    await expect(setThreads(n as number)).rejects.toThrow(/a whole number of threads from 1 to 64, not /);
    expect(getThreads()).toBe(2);
  });

  it("refuses an onFault that is no function", async () => {
    await expect(setThreads(2, { onFault: 3 as never })).rejects.toThrow(
      new ArgumentError("setThreads: onFault must be a function, not 3"),
    );
    for (const options of [null, 3, "fast"]) {
      await expect(setThreads(2, options as never)).rejects.toThrow(
        /setThreads takes its options as an object such as \{ onFault: … \}, not /,
      );
    }
    await expect(setThreads(2, { onfault() {} } as never)).rejects.toThrow(
      /setThreads has no option "onfault"; did you mean "onFault"/,
    );
    expect(getThreads()).toBe(1);
  });

  it("may be called again and again, and nothing piles up", async () => {
    const used = runtime().arena.usedBytes;
    for (let round = 0; round < 12; round++) {
      await setThreads(2 + (round % 3));
      expect(getThreads()).toBe(2 + (round % 3));
      expect(multiplies(x)).toBe(true);
      if (round % 4 === 3) await setThreads(1);
    }
    await setThreads(1);
    expect(runtime().arena.usedBytes).toBeLessThanOrEqual(used);
  });

  it("takes calls that do not wait for each other in their order", async () => {
    const all = Promise.all([setThreads(2), setThreads(4), setThreads(1), setThreads(3)]);
    expect(multiplies(x)).toBe(true);
    await all;
    expect(getThreads()).toBe(3);
    expect(multiplies(x)).toBe(true);
  });

  it("leaves the library usable while it starts", async () => {
    const started = setThreads(2);
    const made = Matrix.from([[1, 2]]);
    expect(multiplies(x)).toBe(true);
    await started;
    expect(made.toArray()).toEqual([[1, 2]]);
  });

  it.each([
    ["cannot run", 'throw new Error("no source today");', /could not be started: no source today/],
    ["ends at once", "process.exit(3);", /could not be started: the worker exited with code 3/],
    [
      "cannot start the kernels",
      'WebAssembly.Instance = class { constructor() { throw new Error("no kernels today") } };',
      /could not be started: Error: no kernels today/,
    ],
  ])("says so when a worker %s, and everything goes on on one thread", async (_, text, said) => {
    prelude.text = text;
    const used = runtime().arena.usedBytes;
    await expect(setThreads(3)).rejects.toThrow(said);
    await expect(setThreads(3)).rejects.toThrow(HostError);
    expect(getThreads()).toBe(1);
    expect(runtime().arena.usedBytes).toBeLessThanOrEqual(used);
    expect(runtime().memory.buffer).toBeInstanceOf(ArrayBuffer);
    expect(multiplies(x)).toBe(true);
  });

  it("ends the workers that have started when another one does not", async () => {
    const workers = collectWorkers();
    prelude.text = 'if (require("node:worker_threads").threadId % 2 === 0) throw new Error("not this one");';
    await expect(setThreads(4)).rejects.toThrow("could not be started: not this one");
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1, -1]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  dot,
  getThreads,
  LinearLayer,
  type Matrix,
  RandomState,
  setThreads,
  ThreadError,
} from "../../src/index.ts";
import { runOnce } from "../../src/kernels/records.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { Board } from "../../src/wasm/threads/board.ts";
import { collectWorkers, errorOf, faultBeforeEachCall, patience, prelude } from "./faulty-workers.ts";
import { bytesOf, type Product, product, randomMatrix, same } from "./problems.ts";

vi.mock("../../src/wasm/generated/thread.ts", async (original) =>
  (await import("./faulty-workers.ts")).withPrelude(original),
);

/** A fault's limit, in milliseconds. The library gives up after 0.7 s of silence; a busy machine can add to that now and
 *  then, and so the test may be tried again, which a delay of the library's own would not survive. */
const SECOND = 1000;
const BUSY = { retry: 2 };

let x: Product;

const turnOfEvents = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  x = product([400, 200, 200], new RandomState(1));
});

afterEach(async () => {
  prelude.text = "";
  await setThreads(1);
  vi.restoreAllMocks();
});

const faults = [
  ["throws", 'throw new Error("as the test wants")', /threw an error/],
  ["ends its thread", "die()", /stopped answering/],
  ["hangs", "spin(20_000)", /stopped answering/],
] as const;

describe.each(faults)("a worker that %s in the middle of a product", (_, fault, said) => {
  it("gives the caller a ThreadError within a second, and the library goes on alone", BUSY, async () => {
    prelude.text = faultBeforeEachCall(fault);
    await setThreads(2);
    let started = 0;
    const error = errorOf(() => {
      started = performance.now();
      dot(x.a, x.b, x.c);
    });
    expect(performance.now() - started).toBeLessThan(SECOND);
    expect(error).toBeInstanceOf(ThreadError);
    expect((error as Error).message).toMatch(said);
    expect((error as Error).message).toMatch(/runs on one thread/);
    expect(getThreads()).toBe(1);
    dot(x.a, x.b, x.c);
    expect(same(bytesOf(x.c), x.expected)).toBe(true);
  });

  it("costs nothing but time with onFault, which hears of it", async () => {
    prelude.text = faultBeforeEachCall(`if (random() < 0.2) ${fault}`);
    const heard: ThreadError[] = [];
    await setThreads(3, { onFault: (error) => heard.push(error) });
    const isPatient = patience();
    while (isPatient() && getThreads() > 1) {
      x.c.data.fill(Number.NaN);
      dot(x.a, x.b, x.c);
      expect(same(bytesOf(x.c), x.expected)).toBe(true);
      // One that throws when the memory has been left already is not waited for, and is missed when its end is heard.
      await turnOfEvents();
    }
    expect(getThreads()).toBe(1);
    expect(heard.length).toBeGreaterThanOrEqual(1);
    for (const error of heard) expect(error).toBeInstanceOf(ThreadError);
  });

  it("is not asked again, but the others are", async () => {
    // The workers count themselves in a word below the heap, and the first to be asked has the fault.
    new Int32Array(x.c.data.buffer)[4] = 0;
    const first = "globalThis.faulty ??= Atomics.add(new Int32Array(imports.env.memory.buffer), 4, 1) === 0";
    prelude.text = faultBeforeEachCall(`${first}; if (globalThis.faulty) { ${fault} }`);
    await setThreads(3);
    const error = errorOf(() => dot(x.a, x.b, x.c));
    expect((error as Error).message).toMatch(/runs on 2 threads/);
    expect(getThreads()).toBe(2);
    for (let i = 0; i < 20; i++) {
      x.c.data.fill(Number.NaN);
      dot(x.a, x.b, x.c);
      expect(same(bytesOf(x.c), x.expected)).toBe(true);
    }
  });
});

describe("a worker that was taken for lost and writes late", () => {
  it("reaches no matrix", async () => {
    prelude.text = faultBeforeEachCall('if (name === "multiplyBlock") spin(1200)');
    const workers = collectWorkers();
    await setThreads(2);
    // One that the system keeps from running hears no request to end either.
    const [{ terminate }] = workers;
    workers[0].terminate = () => Promise.resolve(0);
    expect(errorOf(() => dot(x.a, x.b, x.c))).toBeInstanceOf(ThreadError);
    x.c.data.fill(7);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(x.c.data.every((value) => value === 7)).toBe(true);
    await terminate.call(workers[0]);
  });
});

describe("a layer that loses a worker", () => {
  it("has all its outputs with onFault, none of them from the memory that was left", async () => {
    const random = new RandomState(2);
    const X = randomMatrix(120, 150, random);
    const upstream = randomMatrix(90, 150, random);
    const layer = new LinearLayer(X.shape, 90, "xavier", { random });
    layer.params.b.data.fill(0.25);
    layer.forward(X);
    layer.backward(upstream);
    const { Z, dW, db, dAPrev } = layer;
    const steps: [step: () => unknown, outputs: Matrix[]][] = [
      [() => layer.forward(X), [Z]],
      [() => layer.backward(upstream), [dW, db, dAPrev]],
    ];
    const expected = steps.map(([, outputs]) => outputs.map(bytesOf));
    let faultsHeard = 0;
    prelude.text = faultBeforeEachCall('if (random() < 0.1) throw new Error("as the test wants")');
    for (let round = 0; round < 8; round++) {
      const [step, outputs] = steps[round % 2];
      layer.forward(X);
      await setThreads(4, { onFault: () => faultsHeard++ });
      const isPatient = patience();
      while (isPatient() && getThreads() > 1) {
        for (const output of outputs) output.data.fill(Number.NaN);
        step();
        expect(outputs.every((output, j) => same(bytesOf(output), expected[round % 2][j]))).toBe(true);
        await turnOfEvents();
      }
    }
    expect(faultsHeard).toBeGreaterThanOrEqual(8);
  });
});

describe("what is computed in place", () => {
  it("loses no worker, since it could not be begun anew", async () => {
    const n = 2 ** 20;
    const matrix = randomMatrix(1024, 1024, new RandomState(4));
    const { memory, kernels } = runtime();
    const { pointer } = matrix;
    const before = bytesOf(matrix);
    const steps = [
      () => kernels.float64.tanh(pointer, pointer, n),
      () => runOnce(kernels.float64, "sigmoid", [pointer, pointer, n]),
    ];
    for (const step of steps) {
      await setThreads(1);
      memory.u8.set(before, pointer);
      step();
      const expected = bytesOf(matrix);
      prelude.text = faultBeforeEachCall('throw new Error("as the test wants")');
      await setThreads(3, { onFault: () => {} });
      memory.u8.set(before, pointer);
      step();
      expect(same(bytesOf(matrix), expected)).toBe(true);
      expect(getThreads()).toBe(3);
    }
  });
});

describe("a worker that ends between products", () => {
  it("is missed by nobody", async () => {
    const workers = collectWorkers();
    const heard: string[] = [];
    await setThreads(3, { onFault: (error) => heard.push(error.message) });
    expect(workers).toHaveLength(2);
    await workers[0].terminate();
    expect(getThreads()).toBe(2);
    expect(heard).toEqual(["a worker thread ended; 2 threads are left"]);
    dot(x.a, x.b, x.c);
    expect(same(bytesOf(x.c), x.expected)).toBe(true);
    await setThreads(3);
    expect(getThreads()).toBe(3);
  });
});

describe("a worker that throws in the memory that was left", () => {
  it("is missed by nobody, until its end is heard", BUSY, async () => {
    // In words below the heap they count themselves, and say whether the second is at work (1) and the first has thrown (2).
    const [COUNT, STATE] = [4, 5];
    const words = new Int32Array(x.c.data.buffer);
    words[COUNT] = words[STATE] = 0;
    prelude.text = faultBeforeEachCall(`
      const words = globalThis.words ??= new Int32Array(imports.env.memory.buffer);
      const worker = globalThis.worker ??= Atomics.add(words, ${COUNT}, 1);
      const turn = (from, to) => Atomics.compareExchange(words, ${STATE}, from, to) === from;
      if (worker === 0 && turn(1, 2)) throw new Error("at once");
      if (worker === 1 && turn(0, 1)) {
        for (const end = performance.now() + 20; Atomics.load(words, ${STATE}) === 1 && performance.now() < end; );
        if (!turn(1, 0)) { spin(300); throw new Error("late"); }
      }`);
    const heard: string[] = [];
    await setThreads(3, { onFault: (error) => heard.push(error.message) });
    const isPatient = patience();
    while (isPatient() && heard.length === 0) dot(x.a, x.b, x.c);
    expect(heard).toEqual([expect.stringMatching(/^a worker thread threw an error .* runs on 2 threads$/)]);
    expect(getThreads()).toBe(2);
    expect(same(bytesOf(x.c), x.expected)).toBe(true);
    while (isPatient() && getThreads() > 1) await turnOfEvents();
    expect(heard.slice(1)).toEqual(["a worker thread ended; one thread is left"]);
    expect(getThreads()).toBe(1);
  });
});

describe("a worker that is told to end", () => {
  it("is no fault", async () => {
    const heard: ThreadError[] = [];
    await setThreads(3, { onFault: (error) => heard.push(error) });
    await setThreads(2, { onFault: (error) => heard.push(error) });
    await setThreads(1);
    expect(heard).toEqual([]);
  });

  it("does not sleep at the board any more, from which Deno wakes none to end it", async () => {
    const workers = collectWorkers();
    await setThreads(3);
    const ends = workers.map((worker) => worker.terminate.bind(worker));
    for (const worker of workers) worker.terminate = () => Promise.resolve(0);
    dot(x.a, x.b, x.c);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await setThreads(1);
    const answers = workers.map((worker) => new Promise((resolve) => worker.once("message", resolve)));
    for (const worker of workers) worker.postMessage({});
    const late = new Promise((resolve) => setTimeout(resolve, 10_000, "asleep"));
    expect(await Promise.race([Promise.all(answers), late])).toEqual(["up", "up"]);
    for (const end of ends) await end();
  });

  it("nor where another one could not be started", async () => {
    // one of two: their numbers follow each other
    const isOne = 'require("node:worker_threads").threadId % 2 === 0';
    prelude.text = `if (${isOne}) WebAssembly.Instance = function () { throw new Error("as the test wants"); };`;
    const close = vi.spyOn(Board.prototype, "close");
    await expect(setThreads(3)).rejects.toThrow("a worker could not be started: Error: as the test wants");
    expect(close).toHaveBeenCalledTimes(1);
    expect(getThreads()).toBe(1);
  });
});

describe("a worker that is slow, but shows signs of life", () => {
  // again if need be: a machine that stands still for half a second keeps the worker from giving signs
  it("is waited for", BUSY, async () => {
    const slow = product([400, 2112, 200], new RandomState(6));
    prelude.text = faultBeforeEachCall('if (name === "multiplyBlock") spin(150)');
    await setThreads(2);
    slow.c.data.fill(Number.NaN);
    dot(slow.a, slow.b, slow.c);
    expect(same(bytesOf(slow.c), slow.expected)).toBe(true);
    expect(getThreads()).toBe(2);
  });
});

describe("random delays, errors and kills", () => {
  // NBW_STRESS=100000 npx vitest run tests/threads/faults is the full proof; it takes some minutes.
  const dispatches = Number(process.env.NBW_STRESS ?? 1000);

  it(`${dispatches} products have the bits of one thread`, { timeout: 3_600_000 }, async () => {
    const random = new RandomState(3);
    const small = [
      product([110, 100, 101], random),
      product([200, 110, 110], random, "float32"),
      product([17, 500, 130], random),
    ];
    prelude.text = faultBeforeEachCall(
      'const r = random(); if (r < 0.002) throw new Error("as the test wants"); else if (r < 0.0025) die(); else if (r < 0.02) spin(random())',
    );
    const workers = collectWorkers();
    const seen = { errors: 0, kills: 0, products: 0, wrong: 0 };
    while (seen.products < dispatches) {
      if (getThreads() < 3) await setThreads(2 + Math.floor(random.random() * 3));
      // A pause now and then lets the ends of workers become known.
      else if (random.random() < 0.01) await new Promise((resolve) => setTimeout(resolve, 1));
      if (random.random() < 0.002) {
        seen.kills++;
        void workers[workers.length - 1 - Math.floor(random.random() * 2)]?.terminate();
      }
      const { a, b, c, expected } = small[seen.products % small.length];
      c.data.fill(Number.NaN);
      try {
        dot(a, b, c);
      } catch (error) {
        if (!(error instanceof ThreadError)) throw error;
        seen.errors++;
        continue;
      }
      seen.products++;
      if (!same(bytesOf(c), expected)) seen.wrong++;
    }
    if (process.env.NBW_STRESS !== undefined) console.log(seen);
    expect(seen.wrong).toBe(0);
    expect(seen.errors).toBeGreaterThan(0);
    expect(seen.products).toBe(dispatches);
  });
});

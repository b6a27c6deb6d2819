import { afterEach, describe, expect, it, vi } from "vitest";
import type { NetworkOptions } from "../../src/index.ts";
import * as library from "../../src/index.ts";
import { errandSource } from "../../src/wasm/generated/errand.ts";
import { type HostWorker, startWorker } from "../../src/wasm/threads/host-worker.ts";
import { trainInWorker } from "../../src/worker.ts";
import { slowEpochs } from "../support/slow-epochs.ts";
import { binary, binaryLayers, parametersOf, X } from "./errands.ts";
import { collectWorkers } from "./faulty-workers.ts";
import { bytesOf, same } from "./problems.ts";

const { ArgumentError, Network, OrderError, StandardScaler } = library;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("while it trains", () => {
  it("this thread is free, the network predicts with its old weights, and abort keeps what was learned", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const before = network.predict(X.slice(0, 2));
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const running = trainInWorker(network, X, binary, {
      epochs: 1e8,
      signal: controller.signal,
      onEpoch: ({ epoch }) => epoch === 100 && controller.abort(),
    });
    expect(network.predict(X.slice(0, 2))).toEqual(before);
    await expect(network.fit(X, binary)).rejects.toThrow(OrderError);
    await expect(trainInWorker(network, X, binary)).rejects.toThrow(OrderError);
    const { stoppedBy, epochs } = await running;
    clearInterval(timer);
    expect(stoppedBy).toBe("abort");
    expect(epochs.length).toBeGreaterThan(100);
    expect(turns).toBeGreaterThan(3);
    expect(network.predict(X.slice(0, 2))).not.toEqual(before);
    await network.fit(X, binary, { epochs: 1 });
  });

  it("the epochs are told while it trains, not at its end", async () => {
    const controller = new AbortController();
    const network = new Network(binaryLayers, { seed: 1 });
    const onEpoch = () => controller.abort();
    const history = await trainInWorker(network, X, binary, {
      epochs: 1e7,
      onEpoch,
      signal: controller.signal,
    });
    expect(history.stoppedBy).toBe("abort");
    expect(history.epochs.length).toBeLessThan(1e7);
  });

  it("the worker says at once that it lives, and then tells many epochs together", async () => {
    let worker: HostWorker | undefined;
    await new Promise<void>((message, end) => {
      worker = startWorker(errandSource, { message: () => message(), end });
    });
    await worker?.terminate();
    const workers = collectWorkers();
    const running = trainInWorker(new Network(binaryLayers, { seed: 5 }), X, binary, { epochs: 5000 });
    let messages = 0;
    (workers[0] as unknown as import("node:events").EventEmitter).on("message", () => messages++);
    expect((await running).epochs.length).toBe(5000);
    expect(messages).toBeLessThan(1000);
  });

  it("leaves no listener at the signal and no worker behind, however it ends", async () => {
    const workers = collectWorkers();
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    vi.spyOn(signal, "addEventListener").mockImplementation((_, listener) => void listeners.add(listener));
    vi.spyOn(signal, "removeEventListener").mockImplementation(
      (_, listener) => void listeners.delete(listener),
    );
    const network = new Network(binaryLayers, { seed: 1 });
    const thrower = () => {
      throw new RangeError("enough");
    };
    await trainInWorker(network, X, binary, { epochs: 2, signal });
    await expect(trainInWorker(network, X, binary, { epochs: 2, signal, onEpoch: thrower })).rejects.toThrow(
      RangeError,
    );
    expect(listeners.size).toBe(0);
    expect(workers).toHaveLength(2);
    // a worker that was not told to end would go on
    for (const worker of workers as unknown as import("node:events").EventEmitter[]) {
      await new Promise((resolve) =>
        (worker as { threadId?: number }).threadId === -1 ? resolve(0) : worker.once("exit", resolve),
      );
    }
  });

  it("an abort is not kept waiting by epochs that a slow onEpoch has not heard of", async () => {
    const network = new Network(binaryLayers, { seed: 1 });
    const controller = new AbortController();
    const heard: number[] = [];
    const onEpoch = async ({ epoch }: { epoch: number }) => {
      heard.push(epoch);
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (heard.length === 5) controller.abort();
    };
    const { stoppedBy, epochs } = await trainInWorker(network, X, binary, {
      epochs: 1e9,
      signal: controller.signal,
      onEpoch,
    });
    expect([stoppedBy, heard]).toEqual(["abort", [0, 1, 2, 3, 4]]);
    expect(epochs.length).toBeGreaterThan(5);
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i));
  });

  it("an abort from before the start trains nothing", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const before = parametersOf(network);
    const { stoppedBy, epochs } = await trainInWorker(network, X, binary, { signal: AbortSignal.abort() });
    expect([stoppedBy, epochs.length]).toEqual(["abort", 0]);
    expect(same(parametersOf(network), before)).toBe(true);
  });

  it("what onEpoch throws ends the run and is the caller's, as in fit", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const before = parametersOf(network);
    let calls = 0;
    const onEpoch = () => {
      calls++;
      throw new RangeError("enough");
    };
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow(
      new RangeError("enough"),
    );
    expect(calls).toBe(1);
    expect(same(parametersOf(network), before)).toBe(false);
    await network.fit(X, binary, { epochs: 1 });
  });

  it("what onEpoch promises is waited for, one after the other, and ends the run if it is rejected", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const { done, onEpoch } = slowEpochs(5, new RangeError("no disk"));
    await trainInWorker(network, X, binary, { epochs: 3, onEpoch });
    expect(done).toEqual(["begins 0", "ends 0", "begins 1", "ends 1", "begins 2", "ends 2"]);
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow("no disk");
    expect(done.at(-1)).toBe("ends 5");
    expect(network.history.stoppedBy).toBe("abort");
  });

  it("what onEpoch throws ends the run as an abort, also one that had ended by then", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 3) throw new RangeError("enough");
    };
    await expect(trainInWorker(network, X, binary, { epochs: 5, onEpoch })).rejects.toThrow(RangeError);
    expect(network.history.stoppedBy).toBe("abort");
  });

  it("the library's own generator stays where the caller has put it, by half of a pair or by a seed", async () => {
    const saved = new Network(binaryLayers, { seed: 5, inputs: 6 }).toJSON();
    const half = () => library.randn(1, 1);
    const seeded = () => library.seed(8);
    for (const [before, meanwhile] of [
      [half, half],
      [() => {}, seeded],
    ]) {
      const draws = [];
      for (const trains of [false, true]) {
        library.seed(3);
        before();
        const network = Network.fromJSON(saved);
        const running = trains && trainInWorker(network, X, binary, { epochs: 2 });
        meanwhile();
        await running;
        draws.push(library.randn(1, 2).toArray());
      }
      expect(draws[1]).toEqual(draws[0]);
    }
  });

  it("a network of which one layer is disposed of keeps the weights of the others", async () => {
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const [first, last] = network.linears;
    const before = bytesOf(first.params.W).slice();
    const running = trainInWorker(network, X, binary, { epochs: 3 });
    last.dispose();
    await expect(running).rejects.toThrow(library.DisposedError);
    expect(same(bytesOf(first.params.W), before)).toBe(true);
  });

  it("preprocessing learned for a run that came back stays for the next one, as after fit", async () => {
    const wide = X.map((row) => row.map((value) => 100 * value + 7));
    const options: NetworkOptions = { seed: 5, preprocess: "standard" };
    const [here, there] = [new Network(binaryLayers, options), new Network(binaryLayers, options)];
    await here.fit(X, binary, { epochs: 2 });
    await trainInWorker(there, X, binary, { epochs: 2 });
    for (const each of [here, there]) await each.fit(wide, binary, { epochs: 2 });
    expect(same(parametersOf(there), parametersOf(here))).toBe(true);
  });

  it("nothing that is asked or taught meanwhile changes what the run has learned of inputs and labels", async () => {
    const wide = X.map((row) => row.map((value) => 100 * value + 7));
    const [words, others] = [
      ["no", "yes"],
      ["a", "b"],
    ].map((two) => binary.map((label) => two[label]));
    const trained = async (
      meanwhile: (network: InstanceType<typeof Network>, scaler: library.StandardScaler) => void,
    ) => {
      const scaler = new StandardScaler();
      const network = new Network(binaryLayers, { seed: 5, preprocess: scaler });
      const running = trainInWorker(network, X, words, { epochs: 3 });
      meanwhile(network, scaler);
      await running;
      return JSON.stringify(network);
    };
    const alone = await trained(() => {});
    expect(await trained((network) => network.diagnose(wide, words))).toBe(alone);
    expect(await trained((_, scaler) => scaler.fit(wide))).toBe(alone);
    expect(await trained((network) => expect(() => network.diagnose(X, others)).toThrow("category"))).toBe(
      alone,
    );
  });

  it("a run that fails amid its epochs keeps what it learned, as in fit", async () => {
    const rates = { name: "bad", start: () => (epoch: number) => (epoch < 2500 ? 0.01 : -1) };
    const [here, there] = [1, 1].map((seed) => new Network(binaryLayers, { seed, inputs: 6 }));
    const options = { epochs: 3000, schedule: rates };
    expect(() => here.fitSync(X, binary, options)).toThrow(ArgumentError);
    await expect(trainInWorker(there, X, binary, options)).rejects.toThrow(ArgumentError);
    expect({ ...there.history }).toEqual({ ...here.history });
    expect(there.history.stoppedBy).toBe("abort");
    expect(there.history.epochs.length).toBe(2500);
    expect(same(parametersOf(there), parametersOf(here))).toBe(true);
  });

  it("a network that is disposed of says so at the end", async () => {
    const network = new Network(binaryLayers, { seed: 5 });
    const running = trainInWorker(network, X, binary, { epochs: 3 });
    network.dispose();
    await expect(running).rejects.toThrow(library.DisposedError);
    expect(network.history.stoppedBy).toBe("abort");
  });

  it("a network that is disposed of ends its run, in its own name", async () => {
    const network = new Network(binaryLayers, { seed: 5 });
    let told = 0;
    const onEpoch = () => {
      if (++told === 3) network.dispose();
    };
    const running = trainInWorker(network, X, binary, { epochs: 1e9, onEpoch });
    await expect(running).rejects.toThrow(
      new library.DisposedError("trainInWorker: this network was disposed while it was in training"),
    );
    expect(told).toBe(3);
    expect(network.history.epochs).toHaveLength(3);
    expect(network.history.stoppedBy).toBe("abort");
  });
});

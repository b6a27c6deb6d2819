import { afterEach, describe, expect, it, vi } from "vitest";
import type { FitOptions, NetworkOptions, Warning } from "../../src/index.ts";
import * as library from "../../src/index.ts";
import { trainInWorker } from "../../src/worker.ts";
import { slowEpochs } from "../support/slow-epochs.ts";
import { collectWorkers } from "./faulty-workers.ts";
import { bytesOf, same } from "./problems.ts";

const { Adam, ArgumentError, dropout, HuberCost, l2, Network, OrderError, RandomState, ThreadError } =
  library;
const { cosineDecay, linear, reduceOnPlateau, relu, sigmoid, softmax, warmUp } = library;

afterEach(() => {
  vi.restoreAllMocks();
});

const random = new RandomState(1);
const X = Array.from({ length: 120 }, () => Array.from({ length: 6 }, () => random.random() - 0.5));
const binary = X.map((row) => (row[0] * row[1] > 0 ? 1 : 0));
const classes = X.map((row) => (row[0] > 0.1 ? 2 : row[1] > 0 ? 1 : 0));

type Layers = ConstructorParameters<typeof Network>[0];
const binaryLayers: Layers = [linear(9), sigmoid(), linear(1), sigmoid()];
const classLayers: Layers = [linear(16), relu(), dropout(0.3), linear(3), softmax()];

function parametersOf(network: InstanceType<typeof Network>): Uint8Array {
  return Buffer.concat(network.linears.flatMap(({ params }) => [bytesOf(params.W), bytesOf(params.b)]));
}

/** Trains twins, one by `fit` and one in a worker, each in two runs, and compares everything after each. */
async function compare(layers: Layers, Y: number[], options: () => NetworkOptions, fit: FitOptions) {
  const here = new Network(layers, { seed: 5, ...options() });
  const there = new Network(layers, { seed: 5, ...options() });
  for (let run = 0; run < 2; run++) {
    const heard = { here: [] as unknown[], there: [] as unknown[] };
    const hear = (list: unknown[]) => ({
      onEpoch: (report: unknown) => list.push(report),
      onWarning: (warning: Warning) => list.push(warning.message),
    });
    await here.fit(X, Y, { ...fit, ...hear(heard.here) });
    const history = await trainInWorker(there, X, Y, { ...fit, ...hear(heard.there) });
    expect(history).toBe(there.history);
    expect(history).toEqual(here.history);
    expect([...heard.there].sort()).toEqual([...heard.here].sort());
    expect(same(parametersOf(there), parametersOf(here))).toBe(true);
  }
}

describe("trains as fit does, to the last bit, in a second run too", () => {
  it.each(library.optimizerNames)("with %s, in both dtypes", async (optimizer) => {
    for (const dtype of ["float64", "float32"] as const) {
      await compare(binaryLayers, binary, () => ({ optimizer, dtype }), { epochs: 7, batchSize: 32 });
    }
  });

  it("with dropout, penalty, clipping, class weights, held-out examples, early stopping and a schedule", async () => {
    await compare(
      classLayers,
      classes,
      () => ({ optimizer: new Adam({ learningRate: 0.02, beta1: 0.8 }), penalty: l2(0.001), clipNorm: 1 }),
      {
        epochs: 40,
        classWeights: "balanced",
        validation: 0.25,
        earlyStopping: 3,
        schedule: cosineDecay({ epochs: 40 }),
      },
    );
  });

  it("and its warnings count the epochs of all runs", async () => {
    const of = async (train: (network: InstanceType<typeof Network>) => Promise<unknown>) => {
      const network = new Network([linear(9), sigmoid(), linear(1)], { seed: 5, cost: "squaredError" });
      for (const rate of [0.01, 100]) {
        network.optimizer.learningRate = rate;
        await train(network);
      }
      return network.history.warnings;
    };
    const fit = { epochs: 10, batchSize: "all" } as const;
    const here = await of((network) => network.fit(X, binary, fit));
    expect(here[0]).toMatchObject({ kind: "learningRateTooHigh", epoch: 12 });
    expect(here[0].message).toContain("by epoch 12");
    expect(await of((network) => trainInWorker(network, X, binary, fit))).toEqual(here);
  });

  it("with a schedule that warms up, by itself and before one of epochs alone", async () => {
    for (const schedule of [
      warmUp({ epochs: 3 }),
      warmUp({ epochs: 2, after: cosineDecay({ epochs: 5 }) }),
    ]) {
      await compare(binaryLayers, binary, () => ({}), { epochs: 6, schedule });
    }
    const network = new Network(binaryLayers, { seed: 5 });
    const schedule = warmUp({ epochs: 2, after: reduceOnPlateau() });
    await expect(trainInWorker(network, X, binary, { schedule })).rejects.toThrow("looks at the cost");
  });

  it("with metrics by name, on held-out examples and on those it trains on", async () => {
    const options = (): NetworkOptions => ({ metrics: ["accuracy", "f1"] });
    await compare(binaryLayers, binary, options, { epochs: 4, validation: 0.2 });
    await compare(classLayers, classes, options, { epochs: 4 });
  });

  it("with a cost with options, weights and examples to validate with", async () => {
    await compare(binaryLayers, binary, () => ({ cost: new HuberCost({ delta: 0.3 }), dtype: "float32" }), {
      epochs: 5,
      batchSize: "all",
      exampleWeights: X.map((_, i) => 1 + (i % 3)),
      validation: { X: X.slice(0, 20), Y: binary.slice(0, 20) },
    });
  });

  it("and leaves the caller's arrays on this thread, whatever is handed over", async () => {
    const exampleWeights = new Float64Array(X.length).fill(0.5);
    const rows = X.map((row) => Float64Array.from(row));
    const labels = Float64Array.from(binary);
    const network = new Network(binaryLayers, { seed: 5 });
    await trainInWorker(network, rows, labels, { epochs: 1, exampleWeights });
    expect([exampleWeights.length, labels.length, rows[0].length]).toEqual([X.length, X.length, 6]);
  });

  it("with steps that change the inputs, which stay on this thread", async () => {
    const double = {
      fit: () => {},
      transform: (rows: number[][]) => rows.map((row) => row.map((x) => 2 * x)),
    };
    await compare(binaryLayers, binary, () => ({ preprocess: double }), { epochs: 3 });
  });

  it("and the library's own generator goes on as after fit", async () => {
    const draws = [];
    for (const train of [
      (network: InstanceType<typeof Network>) => network.fit(X, binary, { epochs: 2 }),
      (network: InstanceType<typeof Network>) => trainInWorker(network, X, binary, { epochs: 2 }),
    ]) {
      library.seed(3);
      await train(new Network(binaryLayers));
      draws.push(library.randn(1, 1).toArray());
    }
    expect(draws[1]).toEqual(draws[0]);
  });
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

  it("a worker that ends gives a ThreadError, and the weights are those from before", async () => {
    const workers = collectWorkers();
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    const before = parametersOf(network);
    const onEpoch = () => void workers.pop()?.terminate();
    const lost = trainInWorker(network, X, binary, { epochs: 1e8, onEpoch });
    await expect(lost).rejects.toThrow(ThreadError);
    expect(same(parametersOf(network), before)).toBe(true);
    await network.fit(X, binary, { epochs: 1 });
  });

  it("nobody hears an epoch once the run has failed, also one that was told before", async () => {
    const workers = collectWorkers();
    const network = new Network(binaryLayers, { seed: 5, inputs: 6 });
    let calls = 0;
    let release = () => {};
    const onEpoch = () => {
      calls++;
      void workers.pop()?.terminate();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow(ThreadError);
    release();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(calls).toBe(1);
  });

  it("preprocessing learned for a run that was lost is learned anew by the next one", async () => {
    const workers = collectWorkers();
    const wide = X.map((row) => row.map((value) => 100 * value + 7));
    const options: NetworkOptions = { seed: 5, inputs: 6, preprocess: "standard" };
    const network = new Network(binaryLayers, options);
    const onEpoch = () => void workers.pop()?.terminate();
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow(ThreadError);
    const other = new Network(binaryLayers, options);
    for (const each of [network, other]) await each.fit(wide, binary, { epochs: 3 });
    expect(same(parametersOf(network), parametersOf(other))).toBe(true);
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

  it("a run that is lost leaves the history as it was, of which it told epochs", async () => {
    const network = new Network(binaryLayers, { seed: 5 });
    await network.fit(X, binary, { epochs: 3, validation: 0.2, earlyStopping: 9 });
    const ended = () => [network.history.stoppedBy, network.history.bestEpoch];
    expect(ended()).toEqual(["epochs", 2]);
    const before = structuredClone({ ...network.history });
    const workers = collectWorkers();
    const onEpoch = () => void workers.pop()?.terminate();
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow(ThreadError);
    expect({ ...network.history }).toEqual(before);
  });

  it("what the worker refuses leaves all as it was: layers, classes, history and generator", async () => {
    const make = () => new Network([linear(1), sigmoid()], { metrics: ["rocAuc"], preprocess: "standard" });
    const four = X.slice(0, 4);
    library.seed(1);
    const drawn = library.permutation(6);
    for (const before of [0, 2]) {
      const network = make();
      if (before > 0) await network.fit(four, [0, 1, 1, 0], { epochs: before });
      const past = structuredClone({ ...network.history });
      library.seed(1);
      // one class alone has no curve
      const refused = trainInWorker(network, four, [1, 1, 1, 1], { epochs: 3, validation: 0.5 });
      await expect(refused).rejects.toThrow(ArgumentError);
      expect({ ...network.history }).toEqual(past);
      expect(library.permutation(6)).toEqual(drawn);
      if (before > 0) continue;
      expect(() => network.layers).toThrow(OrderError);
      network.fitSync([[1, 2], [2, 3]], [0, 1], { epochs: 1 }); // biome-ignore format: one line
    }
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
});

describe("what cannot leave this thread is refused, and nothing changes", () => {
  const metrics = { none: () => 0 };
  const cost = { computeCost: library.computeCost };
  class Own extends Adam {}
  class Free extends library.L2Penalty {
    override addTo(): number {
      return 0;
    }
  }
  const byCost = library.reduceOnPlateau({ patience: 2 });
  const inPassing = {
    name: "own",
    start:
      (rate: number) =>
      (_: number, cost = 1) =>
        cost < 0.1 ? 0 : rate,
  };
  const onRise = {
    name: "own",
    start: (rate: number) => {
      let before = Infinity;
      return (_: number, cost: number | undefined) => {
        const rose = cost !== undefined && cost > before;
        before = cost ?? before;
        return rose ? rate / 2 : rate;
      };
    },
  };
  const cases: [string, NetworkOptions, FitOptions, RegExp][] = [
    ["metrics of one's own", { metrics }, {}, /metrics of your own are functions/],
    ["a cost of one's own", { cost }, {}, /this cost is your own/],
    ["an optimizer of one's own", { optimizer: new Own() }, {}, /this optimizer is your own/],
    [
      "a penalty of one's own",
      { penalty: { name: "none", strength: 0, addTo: () => 0 } },
      {},
      /a penalty is your own/,
    ],
    ["a penalty derived from the library's", { penalty: new Free(1) }, {}, /a penalty is your own/],
    ["a schedule that looks at the cost", {}, { schedule: byCost }, /looks at the cost/],
    ["a schedule that looks at the cost in passing", {}, { schedule: inPassing }, /looks at the cost/],
    ["a schedule that looks whether the cost rises", {}, { schedule: onRise }, /looks at the cost/],
  ];

  it.each(cases)("%s", async (_, options, fit, said) => {
    const network = new Network(binaryLayers, { seed: 5, ...options });
    await expect(trainInWorker(network, X, binary, fit)).rejects.toThrow(ArgumentError);
    await expect(trainInWorker(network, X, binary, fit)).rejects.toThrow(said);
    expect(() => network.layers).toThrow(OrderError);
    await network.fit(X, binary, { epochs: 1 });
  });

  it.each([undefined, null, 3, "xor", {}, [], Network])("%o for a network", async (network) => {
    const running = trainInWorker(network as never, X, binary);
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow(/trainInWorker takes a Network, its inputs and its labels, not /);
  });

  it("more rates of a schedule than there is room for", async () => {
    const network = new Network(binaryLayers, { seed: 5 });
    const running = trainInWorker(network, X, binary, { epochs: 1e10, schedule: warmUp({ epochs: 2 }) });
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow("10000000000 epochs are too many; give 67108864 or fewer");
  });

  it.each([null, true, { aborted: false }])("%o for a signal", async (signal) => {
    const network = new Network(binaryLayers, { seed: 5 });
    const running = trainInWorker(network, X, binary, { signal: signal as never });
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow(/signal must be an AbortSignal, not /);
    expect(() => network.layers).toThrow(OrderError);
  });

  it.each([
    ["data", [1], {}],
    ["options", binary, { epochs: 0 }],
    ["options by other names", binary, { epoch: 3 }],
    ["options that are none", binary, null],
    ["an onEpoch that is no function", binary, { onEpoch: 3 }],
  ])("%s that fit refuses, in the same words", async (_, Y, fit) => {
    const said = async (work: Promise<unknown>) => String(await work.catch((error) => error));
    const network = new Network(binaryLayers, { seed: 5 });
    const there = await said(trainInWorker(network, X, Y, fit as FitOptions));
    expect(there).toMatch(/^(Argument|Shape)Error: /);
    expect(there).toBe(await said(network.fit(X, Y, fit as FitOptions)));
  });
});

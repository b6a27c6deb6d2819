import { afterEach, describe, expect, it, vi } from "vitest";
import * as library from "../../src/index.ts";
import { trainInWorker } from "../../src/worker.ts";
import { binary, binaryLayers, parametersOf, X } from "./errands.ts";
import { collectWorkers } from "./faulty-workers.ts";
import { same } from "./problems.ts";

const { ArgumentError, Network, OrderError, StandardScaler, ThreadError, linear, sigmoid } = library;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a run that comes to nothing", () => {
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
    const scalers = [new StandardScaler(), new StandardScaler()];
    const [network, other] = scalers.map(
      (preprocess) => new Network(binaryLayers, { seed: 5, inputs: 6, preprocess }),
    );
    const onEpoch = () => void workers.pop()?.terminate();
    await expect(trainInWorker(network, X, binary, { epochs: 1e8, onEpoch })).rejects.toThrow(ThreadError);
    for (const each of [network, other]) await each.fit(wide, binary, { epochs: 3 });
    // the caller's own scaler, too
    expect(scalers[0].toJSON()).toEqual(scalers[1].toJSON());
    expect(same(parametersOf(network), parametersOf(other))).toBe(true);
  });

  it("the library's own generator stays where the caller has put it, also when the run is lost", async () => {
    const workers = collectWorkers();
    const draws = [];
    for (const meanwhile of [() => {}, () => library.seed(8)]) {
      library.seed(3);
      const running = trainInWorker(new Network(binaryLayers), X, binary, {
        epochs: 1e8,
        onEpoch: () => void workers.pop()?.terminate(),
      });
      meanwhile();
      await expect(running).rejects.toThrow(ThreadError);
      draws.push(library.randn(1, 1).toArray());
    }
    library.seed(3);
    expect(draws[0]).toEqual(library.randn(1, 1).toArray());
    library.seed(8);
    expect(draws[1]).toEqual(library.randn(1, 1).toArray());
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
});

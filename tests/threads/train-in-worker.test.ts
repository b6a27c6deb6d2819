import { describe, expect, it } from "vitest";
import type { EpochReport, FitOptions, NetworkOptions, Warning } from "../../src/index.ts";
import * as library from "../../src/index.ts";
import { trainInWorker } from "../../src/worker.ts";
import { binary, binaryLayers, classes, classLayers, type Layers, parametersOf, X } from "./errands.ts";
import { same } from "./problems.ts";

const { Adam, HuberCost, l2, Network, cosineDecay, linear, reduceOnPlateau, sigmoid, warmUp } = library;

/** Trains twins, one by `fit` and one in a worker, each in two runs, and compares everything after each. */
async function compare(layers: Layers, Y: number[], options: () => NetworkOptions, fit: FitOptions) {
  const here = new Network(layers, { seed: 5, ...options() });
  const there = new Network(layers, { seed: 5, ...options() });
  for (let run = 0; run < 2; run++) {
    const heard = { here: [] as unknown[], there: [] as unknown[] };
    // with what the history says by then: the report and the warning are in it, and the last run's end is not
    const hear = (list: unknown[], { history }: InstanceType<typeof Network>) => ({
      onEpoch: (report: EpochReport) =>
        list.push([report, history.epochs.length, history.stoppedBy, history.bestEpoch]),
      onWarning: (warning: Warning) => list.push([warning.message, history.warnings.length]),
    });
    await here.fit(X, Y, { ...fit, ...hear(heard.here, here) });
    const history = await trainInWorker(there, X, Y, { ...fit, ...hear(heard.there, there) });
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
      () => ({ optimizer: new Adam({ learningRate: 0.02, beta1: 0.8 }), penalty: l2(0.001), clipNorm: 0.01 }),
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
    type Train = (network: InstanceType<typeof Network>, options: FitOptions) => Promise<unknown>;
    const of = async (train: Train) => {
      const network = new Network([linear(9), sigmoid(), linear(1)], { seed: 5, cost: "squaredError" });
      for (const rate of [0.01, 100]) {
        network.optimizer.learningRate = rate;
        const { warnings } = network.history;
        // it is among the others by then
        const onWarning = (warning: Warning) => expect(warnings.at(-1)).toBe(warning);
        await train(network, { epochs: 10, batchSize: "all", onWarning });
      }
      return network.history.warnings;
    };
    const here = await of((network, options) => network.fit(X, binary, options));
    expect(here[0]).toMatchObject({ kind: "learningRateTooHigh", epoch: 12 });
    expect(here[0].message).toContain("by epoch 12");
    expect(await of((network, options) => trainInWorker(network, X, binary, options))).toEqual(here);
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

  it("with examples in their own order", async () => {
    await compare(binaryLayers, binary, () => ({}), { epochs: 4, shuffle: false });
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

import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  linear,
  Network,
  permutation,
  RandomState,
  RecordEncoder,
  relu,
  ShapeError,
  StandardScaler,
  seed,
  sigmoid,
  softmax,
  UnknownCategoryError,
} from "../../src/index.ts";
import { weightsOf } from "../support/weights-of.ts";

/** What `validation: share` holds out of m examples, and what is left: the first of the network's draws. */
function parts(seed: number, m: number, share: number): { kept: number[]; held: number[] } {
  const order = [...new RandomState(seed).permutation(m)];
  const most = Math.round(m * share);
  const ascending = (indices: number[]) => indices.sort((a, b) => a - b);
  return { kept: ascending(order.slice(most)), held: ascending(order.slice(0, most)) };
}

describe("of a share that validation holds out", () => {
  const { kept, held } = parts(48, 20, 0.25);
  /** Ordinary numbers, but held-out ones a thousand times as large: whoever learns from them shows it. */
  const rows = Array.from({ length: 20 }, (_, i) => [i + (held.includes(i) ? 1000 : 0), (i * 7) % 5]);
  const labels = rows.map((_, i) => (i % 3 === 0 ? 1 : 0));

  it("a scaler learns nothing: mean and deviation are those of the other examples", () => {
    const scaler = new StandardScaler();
    const network = new Network([linear(1), sigmoid()], { preprocess: scaler, seed: 48 });
    network.fitSync(rows, labels, { epochs: 1, validation: 0.25 });
    const of = new StandardScaler().fit(kept.map((i) => rows[i]));
    expect([scaler.mean, scaler.scale]).toEqual([of.mean, of.scale]);
    expect(scaler.mean[0]).toBeLessThan(20);
  });

  it("a second step learns nothing either", () => {
    const scaler = new StandardScaler();
    const network = new Network([linear(1), sigmoid()], { preprocess: ["minMax", scaler], seed: 48 });
    network.fitSync(rows, labels, { epochs: 1, validation: 0.25 });
    expect(scaler.mean[0]).toBeGreaterThan(0);
    expect(scaler.mean[0]).toBeLessThan(1);
  });

  it("the run is, to the last bit, that of the two parts given one by one", () => {
    const make = () =>
      new Network([linear(3), relu(), linear(1), sigmoid()], { preprocess: "standard", optimizer: "adam" });
    const fit = { epochs: 5, batchSize: 4, classWeights: "balanced" } as const;
    const pick = (indices: number[]) => ({
      X: indices.map((i) => rows[i]),
      Y: indices.map((i) => labels[i]),
    });
    const { X, Y } = pick(kept);
    // without a seed of its own a network draws from the library's generator: first which examples are held out
    const [shared, apart] = [make(), make()];
    seed(48);
    shared.fitSync(rows, labels, { ...fit, validation: 0.25 });
    seed(48);
    permutation(20);
    apart.fitSync(X, Y, { ...fit, validation: pick(held) });
    expect(shared.history.cost).toEqual(apart.history.cost);
    expect(shared.history.validationCost).toEqual(apart.history.validationCost);
    expect(weightsOf(shared)).toEqual(weightsOf(apart));
  });

  it("a category that stands there alone is told as such, and may be ignored", () => {
    const people = rows.map(([age], i) => ({ age, city: i === held[2] ? "Rome" : "Oslo" }));
    const make = (encoder: RecordEncoder) =>
      new Network([linear(1), sigmoid()], { preprocess: encoder, seed: 48 });
    const refused = () => make(new RecordEncoder()).fitSync(people, labels, { validation: 0.25 });
    expect(refused).toThrow(UnknownCategoryError);
    expect(refused).toThrow(
      new RegExp(`row ${held[2]}, column "city" is "Rome".* held out for validation.*unknown: "ignore"`),
    );
    const ignoring = new RecordEncoder({ unknown: "ignore" });
    make(ignoring).fitSync(people, labels, { epochs: 1, validation: 0.25 });
    expect(ignoring.names).toEqual(["age", "city=Oslo"]);
  });

  it("what is wrong with a row is told by its place among all", () => {
    for (const bad of [kept[3], held[3]]) {
      const people = rows.map(([age], i) => ({ age: i === bad ? "" : age }));
      const network = new Network([linear(1), sigmoid()], { preprocess: new RecordEncoder(), seed: 48 });
      expect(() => network.fitSync(people, labels, { validation: 0.25 })).toThrow(
        new RegExp(`row ${bad}, column "age" is missing`),
      );
    }
  });

  it("the classes are known, though none of its examples are learned from", () => {
    const names = labels.map((_, i) => (i === held[0] ? "rare" : i % 2 ? "odd" : "even"));
    const network = new Network([linear(3), softmax()], { preprocess: "standard", seed: 48 });
    network.fitSync(rows, names, { epochs: 2, validation: 0.25, classWeights: "balanced" });
    expect(network.classes).toEqual(["even", "odd", "rare"]);
  });

  it("a metric that cannot be measured there is refused before the first epoch", () => {
    const one = labels.map((label, i) => (held.includes(i) ? 0 : label));
    const network = new Network([linear(1), sigmoid()], { metrics: ["accuracy", "rocAuc"], seed: 48 });
    expect(() => network.fitSync(rows, one, { epochs: 3, validation: 0.25 })).toThrow(
      new ArgumentError(
        "of the 5 examples held out for validation, rocAuc: every example is of class 0; it takes both a class and the others",
      ),
    );
    expect(network.history.epochs).toEqual([]);
    expect(() => network.layers).toThrow(/call fit first/);
  });

  it("a cost that is not finite is told, and its epoch is never the best", () => {
    const warned: string[] = [];
    const onWarning = ({ kind, message }: { kind: string; message: string }) =>
      warned.push(`${kind} ${message}`);
    const network = new Network([linear(1), sigmoid()], { seed: 48 });
    const validation = { X: [[Number.NaN, 0]], Y: [1] };
    const earlyStopping = { patience: 3 };
    const { epochs, bestEpoch, stoppedBy } = network.fitSync(rows, labels, {
      validation,
      earlyStopping,
      onWarning,
    });
    expect([epochs.length, bestEpoch, stoppedBy]).toEqual([4, undefined, "earlyStopping"]);
    expect(warned.filter((each) => each.startsWith("costNotFinite"))).toEqual([
      "costNotFinite In epoch 0 the cost of the validation examples is NaN, while that of the others is finite; such an epoch is never the best one. Look among the validation examples for NaN, infinities and outputs far off.",
    ]);
  });

  it("a metric of outputs that are not finite is NaN, and training goes on", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 48, metrics: ["accuracy"] });
    const { epochs, stoppedBy } = network.fitSync(rows, labels, {
      epochs: 2,
      validation: { X: [[Number.NaN, 0]], Y: [1] },
    });
    expect(epochs.map(({ metrics }) => metrics)).toEqual([
      { accuracy: Number.NaN },
      { accuracy: Number.NaN },
    ]);
    expect(stoppedBy).toBe("epochs");
  });

  it("labels are looked at as those it trains on", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 48, preprocess: "standard" });
    const { warnings } = network.fitSync(rows, labels, {
      epochs: 1,
      validation: { X: rows.slice(0, 2), Y: [1, 7] },
    });
    expect(warnings).toEqual([
      {
        kind: "labelsOutOfRange",
        message:
          "Labels of the validation examples are out of range: the cost bce takes labels from 0 to 1, but 1 of 2 labels is outside, such as 7. Scale or encode the labels, or take another last layer or cost.",
        share: 0.5,
      },
    ]);
  });

  it("a fit that is refused draws nothing, and makes no layers", () => {
    const make = () =>
      new Network([linear(3), relu(), linear(1), sigmoid()], { preprocess: "standard", seed: 48 });
    const [clean, tried] = [make(), make()];
    expect(() => tried.fitSync(rows, labels.slice(1), { validation: 0.25 })).toThrow(ShapeError);
    expect(() => tried.fitSync(rows, labels, { validation: 0.25, exampleWeights: [1] })).toThrow(ShapeError);
    expect(() => tried.fitSync(rows, labels, { validation: 0.99 })).toThrow(/leaves none to train on/);
    const onWarning = () => {
      throw new Error("stop");
    };
    const off = rows.map(([a, b]) => [a, b * 1e6]);
    const plain = new Network([linear(1), sigmoid()], { seed: 1 });
    expect(() => plain.fitSync(off, labels, { onWarning })).toThrow("stop");
    expect(() => plain.layers).toThrow(/call fit first/);
    expect(() => tried.layers).toThrow(/call fit first/);
    for (const network of [clean, tried]) network.fitSync(rows, labels, { epochs: 3, validation: 0.25 });
    expect(weightsOf(tried)).toEqual(weightsOf(clean));
  });
});

describe("validation", () => {
  const [X, Y] = [[[1], [2], [3], [4]], [2, 4, 6, 8]]; // biome-ignore format: one line
  const validation = { X, Y };
  const make = () => new Network([linear(1)], { learningRate: 1e-3, seed: 48 });

  it("holds one example out where the share is less than one", () => {
    const held: number[][] = [];
    const network = new Network([linear(1)], {
      metrics: { count: (labels) => held.push([...labels.data]) },
      seed: 48,
    });
    network.fitSync(X, Y, { epochs: 1, validation: 0.1 });
    const [first] = new RandomState(48).permutation(4);
    expect(held).toEqual([[Y[first]]]);
  });

  it("costs of epochs without one are NaN", () => {
    const network = make();
    network.fitSync(X, Y, { epochs: 2 });
    network.fitSync(X, Y, { epochs: 1, validation });
    const [, , cost] = network.history.validationCost;
    expect(network.history.validationCost).toEqual([Number.NaN, Number.NaN, cost]);
    expect(network.evaluate(X, Y).cost).toBe(cost);
  });

  it("must lower the cost by minDelta to count for early stopping", () => {
    const run = (minDelta: number) =>
      make().fitSync(X, Y, { epochs: 9, validation, earlyStopping: { patience: 2, minDelta } });
    const falling = run(0);
    expect([falling.stoppedBy, falling.bestEpoch]).toEqual(["epochs", 8]);
    const [first, , , last] = falling.validationCost;
    const still = run(first - last);
    expect([still.stoppedBy, still.bestEpoch, still.epochs.length]).toEqual(["earlyStopping", 0, 4]);
  });

  it("of an earlier run says nothing of the best epoch of the latest", () => {
    const network = make();
    expect(network.fitSync(X, Y, { epochs: 3, validation, earlyStopping: 1 }).bestEpoch).toBe(2);
    expect(network.fitSync(X, Y, { epochs: 3, validation }).bestEpoch).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { describeGraph, explain } from "../../src/explain.ts";
import {
  Adam,
  ArgumentError,
  DisposedError,
  dropout,
  FeatureCrosses,
  fingerprint,
  gradientCheck,
  History,
  LabelEncoder,
  LinearLayer,
  l2,
  linear,
  Matrix,
  MinMaxScaler,
  Network,
  OneHotEncoder,
  OrderError,
  Pipeline,
  type PreprocessingStep,
  RecordEncoder,
  randn,
  ShapeError,
  StandardScaler,
  seed,
  sigmoid,
  tanh,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";

const near = [[1, 2], [3, 1], [5, 9]]; // biome-ignore format: one line
const far = near.map((row) => row.map((value) => 100 * value));
const named = near.map(([a, b]) => ({ a, b }));

/** All that a network says of itself. */
const told = (network: Network, X: object[]) => ({
  classes: network.classes,
  predicted: network.predict(X as never),
  saved: JSON.stringify(network.toJSON()),
});

/** What asks for examples before a network is trained, and learns from them. */
const askers = {
  fit: (network, X, Y) => network.fitSync(X, Y, { epochs: 1 }),
  diagnose: (network, X, Y) => network.diagnose(X, Y),
  gradientCheck: (network, X, Y) => gradientCheck(network, X, Y),
  explain: (network, X, Y) => explain(network, X, Y),
} satisfies Record<string, (network: Network, X: never, Y: never) => unknown>;
const all = Object.entries(askers);

describe("a call that is refused", () => {
  it.each(all)("%s: scales and classes that were learned stay", (_, ask) => {
    const network = new Network([linear(1), sigmoid()], { seed: 1, preprocess: "standard" });
    network.diagnose(near, ["a", "b", "b"]);
    const before = told(network, near);
    expect(before.classes).toEqual(["a", "b"]);
    expect(() => ask(network, far as never, ["c", "d"] as never)).toThrow(ShapeError);
    expect(told(network, near)).toEqual(before);
  });

  it("and so they do for an option that is misspelt", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 1, preprocess: "standard" });
    network.diagnose(near, ["a", "b", "b"]);
    const before = told(network, near);
    expect(() => network.fitSync(far, ["c", "d", "d"], { epoch: 1 } as never)).toThrow(ArgumentError);
    expect(told(network, near)).toEqual(before);
  });

  it.each(all)("%s: the order of columns and the classes are not learned by half", (_, ask) => {
    const network = new Network([linear(1)], { inputs: 2, seed: 1 });
    const swapped = near.map(([a, b]) => ({ b, a }));
    const before = told(network, named);
    expect(() => ask(network, swapped as never, ["c", "d"] as never)).toThrow(ShapeError);
    expect(told(network, named)).toEqual(before);
    expect(() => ask(network, near as never, ["c", "d"] as never)).toThrow(ShapeError);
    expect(told(network, named)).toEqual(before);
  });

  const scalers: [string, () => PreprocessingStep & { toJSON(): object }, object[]][] = [
    ["StandardScaler", () => new StandardScaler().fit(near), far],
    ["MinMaxScaler", () => new MinMaxScaler().fit(near), far],
    ["RecordEncoder", () => new RecordEncoder().fit(named), far.map(([a, b]) => ({ a, b }))],
    ["Pipeline", () => new Pipeline([new FeatureCrosses([[0, 1]]), new StandardScaler()]).fit(near), far],
    ["FeatureCrosses", () => new FeatureCrosses([[0, 1]]).fit(near), far.map((row) => [...row, 1])],
    ["OneHotEncoder", () => new OneHotEncoder().fit([1, 2]), [5, 6, 7] as never],
    ["LabelEncoder", () => new LabelEncoder().fit([1, 2]), [5, 6, 7] as never],
  ];

  it.each(scalers)("teaches the caller's own %s nothing", (_, make, X) => {
    const own = make();
    const before = JSON.stringify(own);
    const network = new Network([linear(1)], { preprocess: own, seed: 1 });
    expect(() => network.fitSync(X as never, [1, 2, 3, 4], { epochs: 1 })).toThrow();
    expect(JSON.stringify(own)).toBe(before);
    const weights = { exampleWeights: [1, -1, 1] };
    expect(() => network.fitSync(X as never, [1, 2, 3], { epochs: 1, ...weights })).toThrow();
    expect(JSON.stringify(own)).toBe(before);
  });

  it("leaves a preprocessor that has learned nothing so, and teaches it when it is taken", () => {
    const own = new StandardScaler();
    const network = new Network([linear(1)], { preprocess: own, seed: 1 });
    expect(() => network.fitSync(near, [1, 2], { epochs: 1 })).toThrow(ShapeError);
    expect(() => own.mean).toThrow("call fit first");
    network.fitSync(near, [1, 2, 3], { epochs: 1 });
    expect(own.mean).toEqual([3, 4]);
  });

  it("leaves a pipeline that has learned nothing so", () => {
    const own = new Pipeline([new StandardScaler(), new MinMaxScaler()]);
    const network = new Network([linear(1)], { preprocess: own, seed: 1 });
    expect(() => network.fitSync(near, [1, 2], { epochs: 1 })).toThrow(ShapeError);
    expect(() => own.transform(near)).toThrow("Pipeline.transform: call fit first");
  });

  it("leaves no labels of a diagnosis to a network that is trained on numbers", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 1 });
    network.diagnose(near, ["a", "b", "b"]);
    network.fitSync(near, [0, 1, 1], { epochs: 1 });
    expect(network.classes).toBeUndefined();
  });

  it("by what onWarning throws before the first step leaves the history as it was", () => {
    const network = new Network([linear(1)], { seed: 1 });
    const onWarning = () => {
      throw new RangeError("enough");
    };
    expect(() => network.fitSync([[1e5], [2]], [1, 2], { onWarning })).toThrow("enough");
    expect(network.history).toEqual(new History());
  });

  it("for weights, a rate or a metric that float32 or a report cannot hold", () => {
    const network = new Network([linear(1)], { dtype: "float32", seed: 1 });
    const Y = [1, 2];
    expect(() => network.fitSync([[1], [2]], Y, { exampleWeights: [1e39, 1] })).toThrow(
      "exampleWeights: weight 0 is 1e+39, which float32 cannot hold",
    );
    expect(() => network.fitSync([[1], [2]], Y, { classWeights: { 1: 1e39, 2: 1 } })).toThrow(
      "classWeights: the weight of class 1 is 1e+39, which float32 cannot hold",
    );
    const both = { exampleWeights: [1e30, 1], classWeights: { 1: 1e30, 2: 1 } };
    expect(() => network.fitSync([[1], [2]], Y, both)).toThrow("of example 0 is");
    expect(() => new Network([linear(1)], { dtype: "float32", learningRate: 1e39 })).toThrow(
      "the learning rate is 1e+39, which float32 cannot hold",
    );
    const optimizer = new Adam({ epsilon: 1e-50 });
    expect(() => new Network([linear(1)], { dtype: "float32", optimizer })).toThrow(
      new ArgumentError("the epsilon of adam is 1e-50, which float32 holds as 0"),
    );
    const metrics = Object.fromEntries([["__proto__", () => 7]]);
    const { metrics: found } = new Network([linear(1)], { seed: 1, metrics }).fitSync([[1], [2]], Y, {
      epochs: 1,
    }).epochs[0];
    expect(Object.entries(found ?? {})).toEqual([["__proto__", 7]]);
  });
});

describe("what a network was given", () => {
  it("is its own: lists may change behind its back", () => {
    const penalty = [l2(0.1)];
    const metrics: "accuracy"[] = ["accuracy"];
    const preprocess: ("standard" | "minMax")[] = ["standard"];
    const functions = { one: () => 1 };
    const network = new Network([linear(1), sigmoid()], { seed: 1, penalty, metrics, preprocess });
    const other = new Network([linear(1), sigmoid()], { seed: 1, metrics: functions });
    penalty.push({} as never);
    metrics.push("f1" as never);
    preprocess.push("typo" as never);
    Object.assign(functions, { two: () => 2 });
    const { epochs } = network.fitSync(near, [0, 1, 1], { epochs: 1 });
    expect(Object.keys(epochs[0].metrics ?? {})).toEqual(["accuracy"]);
    expect(network.toJSON()).toMatchObject({
      metrics: ["accuracy"],
      preprocess: [{ kind: "StandardScaler" }],
    });
    expect(other.fitSync(near, [0, 1, 1], { epochs: 1 }).epochs[0].metrics).toEqual({ one: 1 });
    const saved = network.toJSON();
    (saved.metrics as string[]).pop();
    expect(() => (saved.layers as object[]).pop()).toThrow(TypeError);
    expect(network.toJSON().metrics).toEqual(["accuracy"]);
  });

  it("stays learned once explain has trained it", () => {
    const network = new Network([linear(1)], { seed: 1, preprocess: "standard" });
    explain(network, near, [1, 2, 3], { update: true });
    const before = told(network, near);
    network.diagnose(far, [1, 2, 3]);
    expect(told(network, near)).toEqual(before);
  });

  it("must agree with itself when it was saved", () => {
    const saved = new Network([linear(1)], { inputs: 2, seed: 1 }).toJSON();
    expect(() => Network.fromJSON({ ...saved, columns: ["a", "b", "c"] })).toThrow(
      "the columns of the saved network are 3, which do not fit its 2",
    );
    expect(() => Network.fromJSON({ ...saved, labelColumns: [] })).toThrow(
      "the columns of labels of the saved network are 0, which do not fit its 1",
    );
  });
});

describe("a network that was disposed of", () => {
  const asked: [string, (network: Network) => unknown][] = [
    ["diagnose", (network) => network.diagnose(near, [1, 2, 3])],
    ["evaluate", (network) => network.evaluate(near, [1, 2, 3])],
    ["predict", (network) => network.predict(near)],
    ["fit", (network) => network.fitSync(near, [1, 2, 3])],
  ];
  it.each(asked)("says so to %s, also one that had no layers yet", (name, ask) => {
    for (const inputs of [2, undefined]) {
      const network = new Network([linear(1)], { inputs, seed: 1 });
      network.dispose();
      expect(() => ask(network)).toThrow(new DisposedError(`Network.${name}: this network was disposed`));
    }
  });
});

describe("a schedule whose first rate is none", () => {
  it("is refused before anything is learned", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 1, preprocess: "standard" });
    const schedule = { name: "own", start: () => (epoch: number) => (epoch === 0 ? Number.NaN : 1) };
    expect(() => network.fitSync(far, [0, 1, 1], { schedule })).toThrow(
      new ArgumentError(
        "of epoch 0 the schedule says: the learning rate must be a number from 0 up, not NaN",
      ),
    );
    expect(() => network.layers).toThrow(OrderError);
    expect(network.history.stoppedBy).toBeUndefined();
    network.fitSync(near, [0, 1, 1], { epochs: 1 });
    expect(network.toJSON().preprocess).toEqual([new StandardScaler().fit(near).toJSON()]);
  });

  it("of a later epoch says of which", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 1 });
    const schedule = { name: "own", start: () => (epoch: number) => 2 - epoch };
    expect(() => network.fitSync(near, [0, 1, 1], { schedule, epochs: 9 })).toThrow(
      "of epoch 3 the schedule says: the learning rate must be a number from 0 up, not -1",
    );
    expect(network.history.epochs).toHaveLength(3);
  });
});

describe("what looks at a network and refuses", () => {
  const X = [[0, 0], [0, 1], [1, 0], [1, 1]]; // biome-ignore format: one line
  const Y = [0, 1, 1, 0];
  const trained = (look: (network: Network) => unknown) => {
    const network = new Network([linear(3), tanh(), linear(1), sigmoid()], { seed: 1, preprocess: "standard" }); // biome-ignore format: one line
    expect(() => look(network)).toThrow(ArgumentError);
    expect(() => network.layers).toThrow(OrderError);
    network.fitSync(X, Y, { epochs: 3, validation: 0.25 });
    return fingerprint(network);
  };
  const alone = new Network([linear(3), tanh(), linear(1), sigmoid()], { seed: 1, preprocess: "standard" });
  alone.fitSync(X, Y, { epochs: 3, validation: 0.25 });

  it.each<[string, (network: Network) => unknown]>([
    [
      "describeGraph, of an example that is not there",
      (network) => describeGraph(network, X, Y, { example: 9 }),
    ],
    ["explain, of a cost that is none", (network) => explain(network, X, Y, { cost: {} as never })],
    ["explain, of a rate that is none", (network) => explain(network, X, Y, { learningRate: Number.NaN })],
    [
      "gradientCheck, of a cost that is not finite",
      (network) => gradientCheck(network, X, [Number.NaN, 0, 0, 0]),
    ],
  ])("leaves it as it was: %s", (_, look) => {
    expect(trained(look)).toBe(fingerprint(alone));
  });
});

describe("a network that is not made", () => {
  it("takes nothing from the library's generator, and no memory", () => {
    seed(48);
    const first = randn(1, 1).toArray();
    seed(48);
    const before = runtime().arena.usedBytes;
    expect(() => new Network([linear(3), linear(2 ** 29)], { inputs: 2 })).toThrow(ShapeError);
    expect(runtime().arena.usedBytes).toBe(before);
    expect(randn(1, 1).toArray()).toEqual(first);
  });

  it("of a file leaves the optimizer that it was to have what it remembers", () => {
    const saved = JSON.parse(JSON.stringify(new Network([linear(1)], { inputs: 1, seed: 1 })));
    saved.parameters[0].W = "!!";
    const optimizer = new Adam();
    const layer = new LinearLayer([1, 1], 1);
    layer.forward(Matrix.from([[1]]));
    layer.backward(Matrix.from([[1]]));
    optimizer.step([layer]);
    const powers = [...optimizer.powers];
    expect(() => Network.fromJSON(saved, { optimizer })).toThrow(ArgumentError);
    expect([...optimizer.powers]).toEqual(powers);
    // and it may serve another one
    expect(new Network([linear(1)], { inputs: 1, optimizer }).optimizer).toBe(optimizer);
  });
});

describe("a network that is disposed of amid its training", () => {
  const said = new DisposedError("fit: this network was disposed while it was in training");
  const options = (network: Network) => ({
    epochs: 9,
    onEpoch: ({ epoch }: { epoch: number }) => (epoch === 2 ? network.dispose() : undefined),
  });

  it("says so in the network's name, after the epoch in hand", async () => {
    const run = (network: Network) => network.fit(near, [1, 2, 3], options(network));
    const leave = async (network: Network) => {
      for await (const _ of network.epochs(near, [1, 2, 3], options(network)));
    };
    for (const train of [run, leave]) {
      const network = new Network([linear(1)], { seed: 1 });
      await expect(train(network)).rejects.toThrow(said);
      expect(network.history.epochs).toHaveLength(3);
      expect(network.history.stoppedBy).toBe("abort");
    }
  });

  it("and so where its best weights would be restored", () => {
    const network = new Network([linear(1)], { seed: 1 });
    const early = { ...options(network), epochs: 3, validation: 0.4, earlyStopping: 3 };
    expect(() => network.fitSync(near, [1, 2, 3], early)).toThrow(said);
    expect(network.history.bestEpoch).toBeUndefined();
  });
});

describe("memory comes back at once", () => {
  const used = () => runtime().arena.usedBytes;
  const failing = () => ({
    name: "failing",
    computeCost(): never {
      throw new RangeError("no cost");
    },
  });

  it("of examples that a cost of one's own refuses", () => {
    const network = new Network([linear(1)], { inputs: 2, seed: 1, cost: failing() });
    const before = used();
    for (const [, ask] of all)
      expect(() => ask(network, near as never, [1, 2, 3] as never)).toThrow("no cost");
    expect(used()).toBe(before);
  });

  it("of a run whose metrics cannot be measured, with the layers that were made for it", () => {
    for (const inputs of [2, undefined]) {
      const network = new Network([linear(4), dropout(0.5), linear(1), sigmoid()], { inputs, seed: 1, metrics: ["rocAuc"] }); // biome-ignore format: one line
      const before = used();
      // one class alone has no curve
      expect(() => network.fitSync(near, [1, 1, 1])).toThrow(ArgumentError);
      expect(used()).toBe(before);
      if (inputs !== undefined) expect(network.predict(near)).toEqual(network.predict(near));
    }
  });

  it("of predictions of a network that lost a layer, and of inputs that are not finite", () => {
    const network = new Network([linear(1), sigmoid()], { inputs: 2, seed: 1 });
    network.predict(near); // what stays is made at first
    const before = used();
    expect(() => network.classify([[1e308, 1e308]].map((row) => row.map((x) => x * 10)))).toThrow();
    expect(used()).toBe(before);
    network.linears[0].dispose();
    const without = used();
    expect(() => network.predict(near)).toThrow("disposed");
    expect(used()).toBe(without);
  });

  it("of a run whose network is disposed of amid it, which says how it ended", () => {
    const before = used();
    const network = new Network([linear(1)], { inputs: 2, seed: 1 });
    const onEpoch = () => network.dispose();
    const options = { epochs: 9, validation: 0.4, earlyStopping: 3, onEpoch };
    expect(() => network.fitSync(near, [1, 2, 3], options)).toThrow("disposed");
    expect(network.history.stoppedBy).toBe("abort");
    expect(used()).toBe(before);
  });
});

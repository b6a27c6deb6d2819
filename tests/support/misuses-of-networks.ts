import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { Adam, ArgumentError, BceCost, computeCost, DTypeError, OrderError, ShapeError, linear, sigmoid } =
  library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const any = library as any;

const rows = [
  [0, 1],
  [1, 0],
];
/** What `use` throws, with the object given back: a misuse must leave no memory in use. */
function briefly<Thing extends { dispose(): void }>(thing: Thing, use: (thing: Thing) => unknown): unknown {
  try {
    return use(thing);
  } finally {
    thing.dispose();
  }
}

const network = () => new any.Network([linear(2), sigmoid(), linear(1), sigmoid()], { inputs: 2, seed: 1 });

// biome-ignore lint/suspicious/noExplicitAny: as above
const examples = (use: (network: any, X: unknown, Y: unknown) => unknown, caller: string): Misuse[] => {
  const call = (X: unknown, Y: unknown) => briefly(network(), (net) => use(net, X, Y));
  return [
    misuse("no inputs", () => call(undefined, [0]), ArgumentError, `${caller}: X`, "undefined"),
    misuse("too few labels", () => call(rows, [0]), ShapeError, `${caller}: Y has 1 example`),
    misuse("features", () => call([[1]], [0]), ShapeError, "1 feature an", "takes 2"),
    misuse("ragged rows", () => call([[1, 2], [1]], [0, 1]), ShapeError, "row 1 has 1"),
  ];
};

/** The misuses of networks. */
export const misusesOfNetworks: Record<string, Misuse[]> = {
  gradientCheck: [
    misuse("no network", (w) => any.gradientCheck(w.linear, rows, [0, 1]), ArgumentError, "takes a Network"),
    ...examples((net, X, Y) => any.gradientCheck(net, X, Y), "gradientCheck"),
  ],
  History: [],
  Network: [
    misuse("no layers", () => new any.Network([]), ArgumentError, "list of layers"),
    misuse("an uncalled maker", () => new any.Network([sigmoid]), ArgumentError, "call it"),
    misuse("a layer", (w) => new any.Network([w.linear]), ArgumentError, "layer 1", "linear(3) where you wrote new LinearLayer(…)"), // biome-ignore format: one line
    misuse("an activation layer", (w) => new any.Network([linear(1), w.leakyRelu]), ArgumentError, "layer 2", "leakyRelu() where you wrote new LeakyReluLayer(…)"), // biome-ignore format: one line
    misuse("a class", () => new any.Network([any.LinearLayer]), ArgumentError, "linear(3) where you wrote LinearLayer"), // biome-ignore format: one line
    misuse("a class of activations", () => new any.Network([any.TanhLayer]), ArgumentError, "tanh() where you wrote TanhLayer"), // biome-ignore format: one line
    misuse("a stray field", () => new any.Network([{ kind: "leakyRelu", slop: 0.2 }]), ArgumentError, 'the leakyRelu of layer 1 has no option "slop"; did you mean "slope"'), // biome-ignore format: one line
    ...[Adam, { name: "adam" }, null].map((optimizer) => misuse(`${optimizer?.name ?? null} for an optimizer`, () => new any.Network([linear(1)], { optimizer }), ArgumentError, '"adam"', ", or an object such as new Adam({ learningRate: 0.01 }), not ")), // biome-ignore format: one line
    ...[BceCost, computeCost, null].map((cost) => misuse(`${cost?.name ?? null} for a cost`, () => new any.Network([linear(1)], { cost }), ArgumentError, '"bce"', ", or an object such as new HuberCost({ delta: 2 }), not ")), // biome-ignore format: one line
    misuse("an unknown option", () => new any.Network([linear(1)], { rate: 1 }), ArgumentError, '"rate"'),
    misuse(
      "an unknown cost",
      () => new any.Network([linear(1)], { cost: "hinge" }),
      ArgumentError,
      '"hinge"',
    ),
    misuse("a bad seed", () => new any.Network([linear(1)], { seed: -1 }), ArgumentError, "seed", "-1"),
    misuse("metrics in a Set", () => new any.Network([linear(1)], { metrics: new Set(["f1"]) }), ArgumentError, "metrics must be a list", "a Set"), // biome-ignore format: one line
    misuse("an option of fit", () => new any.Network([linear(1)], { epochs: 5 }), ArgumentError, 'Network has no option "epochs"; give it to fit(X, Y, { epochs: … })'), // biome-ignore format: one line
    misuse("a size in words", () => new any.Network([{ kind: "linear", nOut: "3" }]), ShapeError, "number of neurons", '"3"'), // biome-ignore format: one line
    misuse("a rate out of range", () => new any.Network([linear(1), { kind: "dropout", rate: 2 }]), ArgumentError, "dropout rate", "2"), // biome-ignore format: one line
    misuse("metrics null", () => new any.Network([linear(1)], { metrics: null }), ArgumentError, "metrics"),
  ],
  "Network.fromJSON": [
    misuse("nothing", () => any.Network.fromJSON(), ArgumentError, "toJSON gave, not undefined"),
    misuse("what an empty storage gives", () => any.Network.fromJSON(JSON.parse("null")), ArgumentError, "toJSON gave, not null; a storage that has nothing by the name gives null"), // biome-ignore format: one line
    misuse(
      "too few weights",
      () => briefly(network(), (net) => any.Network.fromJSON({ ...net.toJSON(), parameters: [] })),
      ShapeError,
      "0 saved parameters do not fit 2 layers",
    ),
    misuse(
      "other inputs",
      () => briefly(network(), (net) => any.Network.fromJSON(net.toJSON(), { inputs: 7 })),
      ShapeError,
      "Network.fromJSON: the saved network takes 2 inputs, not 7",
    ),
    misuse(
      "another dtype",
      () => briefly(network(), (net) => any.Network.fromJSON(net.toJSON(), { dtype: "float32" })),
      DTypeError,
      "Network.fromJSON: the saved network is float64, not float32",
    ),
  ],
  "Network.layers": [
    misuse("before fit", () => new any.Network([linear(1)]).layers, OrderError, "call fit first"),
  ],
  "Network.linears": [
    misuse("before fit", () => new any.Network([linear(1)]).linears, OrderError, "call fit first"),
  ],
  "Network.predict": [
    misuse("before fit", () => new any.Network([linear(1)]).predict(rows), OrderError, "call fit first"),
    misuse(
      "features",
      () => briefly(network(), (net) => net.predict([[1]])),
      ShapeError,
      "1 feature an",
      "takes 2",
    ),
    misuse("dtype", (w) => briefly(network(), (net) => net.predict(w.X32)), DTypeError, "float32"),
  ],
  "Network.toJSON": [
    misuse("before fit", () => new any.Network([linear(1)]).toJSON(), OrderError, "call fit first"),
  ],
  "Network.fitSync": [
    ...examples((net, X, Y) => net.fitSync(X, Y), "fit"),
    misuse(
      "no epochs",
      () => briefly(network(), (net) => net.fitSync(rows, [0, 1], { epochs: 0 })),
      ShapeError,
      "epochs",
      "not 0",
    ),
    misuse(
      "options null",
      () => briefly(network(), (net) => net.fitSync(rows, [0, 1], null)),
      ArgumentError,
      "options",
      "null",
    ),
    misuse(
      "a number for a signal",
      () => briefly(network(), (net) => net.fitSync(rows, [0, 1], { signal: 1 })),
      ArgumentError,
      "signal",
    ),
    misuse("a controller for a signal", () => briefly(network(), (net) => net.fitSync(rows, [0, 1], { signal: new AbortController() })), ArgumentError, "not an AbortController; give controller.signal"), // biome-ignore format: one line
    misuse(
      "weights null",
      () => briefly(network(), (net) => net.fitSync(rows, [0, 1], { exampleWeights: null })),
      ArgumentError,
      "null",
    ),
  ],
  "Network.evaluate": examples((net, X, Y) => net.evaluate(X, Y), "evaluate"),
  "Network.diagnose": examples((net, X, Y) => net.diagnose(X, Y), "diagnose"),
  "Network.summary": [],
};

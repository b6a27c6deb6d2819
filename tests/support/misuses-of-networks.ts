import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { ArgumentError, DisposedError, DTypeError, OrderError, ShapeError, linear, sigmoid } = library;
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

function activation(name: string): Record<string, Misuse[]> {
  const Layer = any[name];
  const make = () => new Layer([3, 4]);
  const options = (value: unknown) =>
    name === "DropoutLayer" ? new Layer([2, 4], 0.5, value) : new Layer([2, 4], value);
  return {
    [name]: [
      misuse("no shape", () => new Layer(), ShapeError, "[rows, columns]"),
      misuse("an unknown dtype", () => options({ dtype: "double" }), DTypeError, '"double"'),
      misuse("options null", () => options(null), ArgumentError, "options", "null"),
    ],
    [`${name}.forward`]: [
      misuse(
        "rows",
        (w) => briefly(make(), (layer) => layer.forward(w.X)),
        ShapeError,
        name,
        "2 rows",
        "made for 3",
      ),
      misuse(
        "no matrix",
        () => briefly(make(), (layer) => layer.forward(null)),
        ArgumentError,
        "Z must be a Matrix",
        "null",
      ),
    ],
    [`${name}.backward`]: [
      misuse(
        "no forward before",
        (w) => briefly(make(), (layer) => layer.backward(w.linear.Z)),
        OrderError,
        name,
        "forward first",
      ),
    ],
    [`${name}.output`]: [],
    [`${name}.inputGradient`]: [],
  };
}

function cost(call: (Y: unknown, YHat: unknown, weights?: unknown) => unknown): Misuse[] {
  return [
    misuse("two shapes", (w) => call(w.Y, w.X), ShapeError, "Y is 1×4", "is 2×4"),
    misuse("two dtypes", (w) => call(w.X, w.X32), DTypeError, "float32", "float64"),
    misuse("no Y", (w) => call(undefined, w.Y), ArgumentError, "Y must be a Matrix"),
    misuse("weights of another shape", (w) => call(w.Y, w.outputSigmoid.A, w.X), ShapeError, "1×4"),
  ];
}

function optimizer(name: string): Record<string, Misuse[]> {
  const Optimizer = any[name];
  return {
    [name]: [
      misuse("a negative rate", () => new Optimizer({ learningRate: -1 }), ArgumentError, "from 0 up", "-1"),
      misuse("an unknown option", () => new Optimizer({ learnRate: 1 }), ArgumentError, '"learningRate"'),
      misuse("options null", () => new Optimizer(null), ArgumentError, "options", "null"),
    ],
    [`${name}.step`]: [
      misuse("no list", (w) => new Optimizer().step(w.linear), ArgumentError, "list of layers"),
      misuse("no layers", () => new Optimizer().step([null]), ArgumentError, "W of layer 0", "undefined"),
      misuse("a disposed layer", (w) => new Optimizer().step([w.disposedLinear]), DisposedError, "layer 0"),
    ],
  };
}

const schedule = (
  call: (options: unknown) => unknown,
  bad: unknown,
  error: Misuse["error"],
  ...says: string[]
): Misuse[] => [
  misuse("options null", () => call(null), ArgumentError, "options", "null"),
  misuse("an unknown option", () => call({ rate: 1 }), ArgumentError, "no option", '"rate"'),
  misuse("a value out of range", () => call(bad), error, ...says),
];

const strengths = (call: (strength: unknown) => unknown): Misuse[] => [
  misuse("a negative strength", () => call(-1), ArgumentError, "from 0 up", "-1"),
  misuse("no number", () => call("1"), ArgumentError, '"1"'),
];

const addTo = (make: () => library.Penalty): Misuse[] => [
  misuse("two shapes", (w) => make().addTo(w.X, w.Y), ShapeError, "dW is 2×4", "W is 1×4"),
  misuse("one matrix for both", (w) => make().addTo(w.X, w.X), ArgumentError, "two matrices"),
];

// biome-ignore lint/suspicious/noExplicitAny: as above
const examples = (use: (network: any, X: unknown, Y: unknown) => unknown, caller: string): Misuse[] => {
  const call = (X: unknown, Y: unknown) => briefly(network(), (net) => use(net, X, Y));
  return [
    misuse("no inputs", () => call(undefined, [0]), ArgumentError, `${caller}: X`, "undefined"),
    misuse("too few labels", () => call(rows, [0]), ShapeError, `${caller}: Y has 1 examples`),
    misuse("features", () => call([[1]], [0]), ShapeError, "1 features", "takes 2"),
    misuse("ragged rows", () => call([[1, 2], [1]], [0, 1]), ShapeError, "row 1 has 1"),
  ];
};

/** The misuses of layers beside those of the article, costs, optimizers and networks. */
export const misusesOfNetworks: Record<string, Misuse[]> = {
  ...["TanhLayer", "ReluLayer", "LeakyReluLayer", "SoftmaxLayer", "DropoutLayer"].reduce(
    (all, name) => Object.assign(all, activation(name)),
    {},
  ),
  "SigmoidLayer.output": [],
  "SigmoidLayer.inputGradient": [],
  "LinearLayer.output": [],
  "LinearLayer.inputGradient": [
    misuse("none computed", (w) => w.noInputGrad.inputGradient, ArgumentError, "inputGrad: false"),
  ],
  ...["GradientDescent", "Momentum", "Nesterov", "RMSProp", "Adam", "AdamW"].reduce(
    (all, name) => Object.assign(all, optimizer(name)),
    {},
  ),
  ...["AbsoluteError", "Bce", "StableBce", "KerasLikeBce", "SoftmaxCrossEntropy"].reduce((all, name) => {
    const make = () => new any[`${name}Cost`]();
    const joined = "computeJoined" in any[`${name}Cost`].prototype;
    return Object.assign(all, {
      [`compute${name}Cost`]: cost(any[`compute${name}Cost`]),
      [`${name}Cost`]: [],
      ...("computeCost" in make() && {
        [`${name}Cost.computeCost`]: cost((...args) => make().computeCost(...args)),
      }),
      ...(joined && {
        [`${name}Cost.computeJoined`]: cost((Y, YHat, weights) =>
          make().computeJoined(Y, YHat, YHat, weights),
        ),
      }),
    });
  }, {}),
  computeHuberCost: cost((Y, YHat, exampleWeights) => any.computeHuberCost(Y, YHat, { exampleWeights })),
  HuberCost: [misuse("a delta of 0", () => new any.HuberCost({ delta: 0 }), ArgumentError, "above 0, not 0")],
  "HuberCost.computeCost": cost((...args) => new any.HuberCost().computeCost(...args)),
  l1: strengths(any.l1),
  l2: strengths(any.l2),
  L1Penalty: strengths((strength) => new any.L1Penalty(strength)),
  L2Penalty: strengths((strength) => new any.L2Penalty(strength)),
  "L1Penalty.addTo": addTo(() => any.l1(1)),
  "L2Penalty.addTo": addTo(() => any.l2(1)),
  clipGradients: [
    misuse("a norm of 0", (w) => any.clipGradients([w.linear], 0), ArgumentError, "above 0, not 0"),
    misuse("no layers", () => any.clipGradients([{}], 1), ArgumentError, "W of layer 0"),
  ],
  stepDecay: schedule(any.stepDecay, { every: 0 }, ShapeError, "positive whole number, not 0"),
  exponentialDecay: schedule(any.exponentialDecay, { factor: 2 }, ArgumentError, "up to 1, not 2"),
  cosineDecay: schedule(any.cosineDecay, { epochs: 0.5 }, ShapeError, "positive whole number, not 0.5"),
  warmUp: schedule(any.warmUp, { epochs: 2, after: 3 }, ArgumentError, "another schedule, not 3"),
  reduceOnPlateau: schedule(any.reduceOnPlateau, { patience: -1 }, ArgumentError, "from 0 up, not -1"),
  linear: [
    misuse("no neurons", () => any.linear(0), ShapeError, "neurons", "not 0"),
    misuse("an unknown iniType", () => any.linear(2, "xaver"), ArgumentError, 'did you mean "xavier"'),
  ],
  leakyRelu: [misuse("a steep slope", () => any.leakyRelu(2), ArgumentError, "from 0 to 1, not 2")],
  dropout: [misuse("everything", () => any.dropout(1), ArgumentError, "dropout rate", "not 1")],
  gradientCheck: [
    misuse("no network", (w) => any.gradientCheck(w.linear, rows, [0, 1]), ArgumentError, "takes a Network"),
    ...examples((net, X, Y) => any.gradientCheck(net, X, Y), "gradientCheck"),
  ],
  History: [],
  Network: [
    misuse("no layers", () => new any.Network([]), ArgumentError, "list of layers"),
    misuse("an uncalled maker", () => new any.Network([sigmoid]), ArgumentError, "call it"),
    misuse("an unknown option", () => new any.Network([linear(1)], { rate: 1 }), ArgumentError, '"rate"'),
    misuse(
      "an unknown cost",
      () => new any.Network([linear(1)], { cost: "hinge" }),
      ArgumentError,
      '"hinge"',
    ),
    misuse("a bad seed", () => new any.Network([linear(1)], { seed: -1 }), ArgumentError, "seed", "-1"),
    misuse("metrics null", () => new any.Network([linear(1)], { metrics: null }), ArgumentError, "metrics"),
  ],
  "Network.fromJSON": [
    misuse("nothing", () => any.Network.fromJSON(), ArgumentError, "toJSON"),
    misuse(
      "too few weights",
      () => briefly(network(), (net) => any.Network.fromJSON({ ...net.toJSON(), parameters: [] })),
      ShapeError,
      "0 saved parameters do not fit 2 layers",
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
      "1 features",
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

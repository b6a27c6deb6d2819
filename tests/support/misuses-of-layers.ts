import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";
import { wrongNumbers, wrongOptions } from "./misuses-of-costs.ts";
import { wrongSizes } from "./misuses-of-data.ts";

const { ArgumentError, DTypeError, DisposedError, OrderError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const wild = library as any;
const { LinearLayer, initializeParameters, predict } = wild;

const shapes: [name: string, value: unknown][] = [
  ["missing", undefined],
  ["a number", 2],
  ["of one size", [2]],
  ["of three sizes", [2, 4, 1]],
  ["a string", "24"],
];

function wrongShapes(call: (shape: unknown) => unknown): Misuse[] {
  return [
    ...shapes.map(([kind, shape]) =>
      misuse(`a shape ${kind}`, () => call(shape), ShapeError, "[rows, columns]"),
    ),
    ...wrongSizes("rows", (n) => call([n, 4])),
    ...wrongSizes("columns", (n) => call([2, n])),
  ];
}

const rates: [name: string, value: unknown][] = [
  ["NaN", Number.NaN],
  ["∞", Number.POSITIVE_INFINITY],
  ["−∞", Number.NEGATIVE_INFINITY],
  ["a string", "1"],
  ["null", null],
];

/** How the world names a layer of each kind that has gone forward, and its class. */
const activations = {
  sigmoid: "SigmoidLayer",
  tanh: "TanhLayer",
  relu: "ReluLayer",
  leakyRelu: "LeakyReluLayer",
  softmax: "SoftmaxLayer",
  dropout: "DropoutLayer",
} as const;
type Activation = keyof typeof activations;
const everyActivation = Object.entries(activations) as [Activation, string][];

/** The misuses that every activation layer's constructor has; `make` takes a shape and options. */
function makers(
  owner: string,
  known: string,
  make: (shape: unknown, options?: unknown) => unknown,
): Misuse[] {
  return [
    ...wrongShapes((shape) => make(shape)),
    misuse("an overflowing size", () => make([2 ** 20, 2 ** 20]), ShapeError, "4 GiB"),
    misuse("an unknown dtype", () => make([2, 4], { dtype: "double" }), DTypeError, '"double"', '"float32"'),
    misuse("a dtype null", () => make([2, 4], { dtype: null }), DTypeError, "null"),
    ...wrongOptions(owner, known, (options) => make([2, 4], options)),
  ];
}

/** A kind without options of its own. */
const plain = (name: string) => makers(name, "dtype", (shape, options) => new wild[name](shape, options));

const slopes = (call: (slope: unknown) => unknown) =>
  wrongNumbers("a slope", "from 0 to 1", [-0.1, 1.1], call);
const dropoutRates = (call: (rate: unknown) => unknown) =>
  wrongNumbers("a rate", "from 0 up to but not including 1", [-0.1, 1], call);

/** The misuses of a layer's passes, of one kind of activation. */
function activation(name: Activation, title: string): Record<string, Misuse[]> {
  return {
    [`${title}.forward`]: [
      misuse("rows", (w) => w[name].forward(w.X), ShapeError, title, "Z is 2×4", "takes 3×m"),
      misuse("dtype", (w) => w[name].forward(w.linear32.Z), DTypeError, title, "float64 is needed"),
      misuse("no matrix", (w) => w[name].forward(null), ArgumentError, title, "Z must be a Matrix", "null"), // biome-ignore format: one line
      misuse("a disposed matrix", (w) => w[name].forward(w.disposedLinear.Z), DisposedError, title),
      misuse("an ended layer", (w) => w.ended[name].forward(w.linear.Z), DisposedError, title, "disposed"),
    ],
    [`${title}.backward`]: [
      misuse("before forward", (w) => w.fresh[name].backward(w.sigmoid.A), OrderError, title, "forward first"), // biome-ignore format: one line
      misuse("shape", (w) => w[name].backward(w.X), ShapeError, title, "2×4", "A is 3×4"),
      misuse("dtype", (w) => w[name].backward(w.linear32.Z), DTypeError, title, "float32"),
      misuse("no matrix", (w) => w[name].backward("dA"), ArgumentError, title, "upstreamGrad must be a Matrix", '"dA"'), // biome-ignore format: one line
      misuse("a disposed matrix", (w) => w[name].backward(w.disposed), DisposedError, title),
      misuse("an ended layer", (w) => w.ended[name].backward(w.linear.Z), DisposedError, title, "disposed"),
    ],
    [`${title}.output`]: [],
    [`${title}.inputGradient`]: [],
  };
}

/** The misuses of layers and their specs, first parameters, and predictions. */
export const misusesOfLayers: Record<string, Misuse[]> = {
  LinearLayer: [
    ...wrongShapes((shape) => new LinearLayer(shape, 3)),
    ...wrongSizes("neurons", (n) => new LinearLayer([2, 4], n)),
    misuse("its input for the shape", (w) => new LinearLayer(w.X, 3), ShapeError, "[rows, columns] as in X.shape, not a Matrix"), // biome-ignore format: one line
    misuse("an overflowing size", () => new LinearLayer([2 ** 20, 1], 2 ** 20), ShapeError, "4 GiB"),
    misuse(
      "an unknown iniType",
      () => new LinearLayer([2, 4], 3, "glorot"),
      ArgumentError,
      '"xavier"',
      '"glorot"',
    ),
    misuse("an inherited name", () => new LinearLayer([2, 4], 3, "toString"), ArgumentError, '"toString"'),
    misuse(
      "an iniType that is null",
      () => new LinearLayer([2, 4], 3, null),
      ArgumentError,
      "iniType",
      "null",
    ),
    misuse("an unknown dtype", () => new LinearLayer([2, 4], 3, "he", { dtype: "f32" }), DTypeError, '"f32"'),
    misuse("options null", () => new LinearLayer([2, 4], 3, "he", null), ArgumentError, "options", "null"),
    misuse("options for iniType", () => new LinearLayer([2, 4], 3, { dtype: "float32" }), ArgumentError, 'iniType must be "plain"', 'an object with "dtype"'), // biome-ignore format: one line
    misuse(
      "the dtype for options",
      () => new LinearLayer([2, 4], 3, "he", "float32"),
      ArgumentError,
      "options",
      '"float32"',
    ),
    misuse(
      "a random of another kind",
      () => new LinearLayer([2, 4], 3, "he", { random: Math.random }),
      ArgumentError,
      "RandomState",
      "function",
    ),
    misuse(
      "an inputGrad of another kind",
      () => new LinearLayer([2, 4], 3, "he", { inputGrad: 0 }),
      ArgumentError,
      "true or false",
      "0",
    ),
  ],
  "LinearLayer.forward": [
    misuse("rows", (w) => w.linear.forward(w.Y), ShapeError, "APrev is 1×4", "takes 2×m"),
    misuse("dtype", (w) => w.linear.forward(w.X32), DTypeError, "float32", "float64 is needed"),
    misuse("no matrix", (w) => w.linear.forward([[0, 0], [1, 1]]), ArgumentError, "APrev must be a Matrix", "Matrix.from"), // biome-ignore format: one line
    misuse("a disposed matrix", (w) => w.linear.forward(w.disposed), DisposedError, "disposed"),
    misuse(
      "a disposed layer",
      (w) => w.disposedLinear.forward(w.X),
      DisposedError,
      "LinearLayer",
      "disposed",
    ),
    misuse("its own dAPrev", (w) => w.linear.forward(w.linear.dAPrev), ArgumentError, "own outputs"),
  ],
  "LinearLayer.backward": [
    misuse("before forward", (w) => w.freshLinear.backward(w.sigmoid.dZ), OrderError, "forward first"),
    misuse("shape", (w) => w.linear.backward(w.X), ShapeError, "2×4", "Z is 3×4"),
    misuse("dtype", (w) => w.linear.backward(w.linear32.Z), DTypeError, "float32", "float64 is needed"),
    misuse("no matrix", (w) => w.linear.backward(1), ArgumentError, "upstreamGrad must be a Matrix", "not 1"),
    misuse("the cost and its gradient", (w) => w.linear.backward({ cost: 1, dYHat: w.linear.Z }), ArgumentError, "upstreamGrad must be a Matrix", 'not an object with "cost"'), // biome-ignore format: one line
    misuse("a disposed matrix", (w) => w.linear.backward(w.disposed), DisposedError, "disposed"),
    misuse("a disposed layer", (w) => w.disposedLinear.backward(w.sigmoid.dZ), DisposedError, "LinearLayer"),
  ],
  "LinearLayer.updateParams": [
    ...rates.map(([kind, rate]) =>
      misuse(`a rate ${kind}`, (w) => w.linear.updateParams(rate), ArgumentError, "finite number", "not "),
    ),
    misuse("before backward", (w) => w.freshLinear.updateParams(1), OrderError, "forward and backward first"),
    misuse("a rate beyond float32", (w) => w.linear32.updateParams(1e39), ArgumentError, "float32", "1e+39"),
    misuse("a disposed layer", (w) => w.disposedLinear.updateParams(1), DisposedError, "LinearLayer"),
  ],
  "LinearLayer.dAPrev": [
    misuse("a layer without", (w) => w.noInputGrad.dAPrev, ArgumentError, "inputGrad: false", "no dAPrev"),
  ],
  "LinearLayer.params": [],
  "LinearLayer.output": [],
  "LinearLayer.inputGradient": [
    misuse("a layer without", (w) => w.noInputGrad.inputGradient, ArgumentError, "inputGrad: false"),
  ],
  SigmoidLayer: plain("SigmoidLayer"),
  TanhLayer: plain("TanhLayer"),
  ReluLayer: plain("ReluLayer"),
  SoftmaxLayer: plain("SoftmaxLayer"),
  LeakyReluLayer: [
    ...makers("LeakyReluLayer", "slope", (shape, options) => new wild.LeakyReluLayer(shape, options)),
    ...slopes((slope) => new wild.LeakyReluLayer([2, 4], { slope })),
  ],
  DropoutLayer: [
    ...makers("DropoutLayer", "random", (shape, options) => new wild.DropoutLayer(shape, 0.5, options)),
    ...dropoutRates((rate) => new wild.DropoutLayer([2, 4], rate)),
    misuse("options for the rate", () => new wild.DropoutLayer([2, 4], { rate: 0.5 }), ArgumentError, "dropout rate", "not an object"), // biome-ignore format: one line
    ...[Math.random, null, 48].map((random) =>
      misuse(
        `a random that is ${typeof random === "function" ? "a function" : random}`,
        () => new wild.DropoutLayer([2, 4], 0.5, { random }),
        ArgumentError,
        "random must be a RandomState",
        typeof random === "function" ? "function" : String(random),
      ),
    ),
  ],
  ...Object.assign({}, ...everyActivation.map(([name, title]) => activation(name, title))),
  linear: [
    ...wrongSizes("neurons", (nOut) => wild.linear(nOut)),
    misuse("an object", () => wild.linear(3, { iniType: "he" }), ArgumentError, 'as in linear(3, "he")'),
    ...["glorot", "toString", null, 7].map(
      (iniType) =>
      misuse(`an iniType ${iniType}`, () => wild.linear(3, iniType), ArgumentError, '"xavier"', String(iniType)), // biome-ignore format: one line
    ),
  ],
  leakyRelu: slopes((slope) => wild.leakyRelu(slope)),
  dropout: dropoutRates((rate) => wild.dropout(rate)),
  initializeParameters: [
    ...wrongSizes("inputs", (n) => initializeParameters(n, 3)),
    ...wrongSizes("neurons", (n) => initializeParameters(2, n)),
    misuse(
      "an unknown iniType",
      () => initializeParameters(2, 3, "zeros"),
      ArgumentError,
      '"plain"',
      '"zeros"',
    ),
    misuse("options null", () => initializeParameters(2, 3, "he", null), ArgumentError, "options", "null"),
    misuse("an unknown dtype", () => initializeParameters(2, 3, "he", { dtype: 8 }), DTypeError, "8"),
  ],
  predict: [
    misuse(
      "Y's shape",
      (w) => predict(w.X, w.X, [w.linear, w.output], [w.sigmoid, w.outputSigmoid]),
      ShapeError,
      "Y is 2×4",
      "gives 1×4",
    ),
    misuse(
      "lists of two lengths",
      (w) => predict(w.X, w.Y, [w.linear], []),
      ArgumentError,
      "length 1",
      "length 0",
    ),
    misuse("no layers", (w) => predict(w.X, w.Y, [], []), ArgumentError, "at least one"),
    misuse("no lists", (w) => predict(w.X, w.Y, w.output, w.sigmoid), ArgumentError, "LinearLayer"),
    misuse(
      "something else in a list",
      (w) => predict(w.X, w.Y, [null], [w.sigmoid]),
      ArgumentError,
      "Zs[0]",
      "null",
    ),
    misuse(
      "layers in the wrong order",
      (w) => predict(w.X, w.Y, [w.output, w.linear], [w.outputSigmoid, w.sigmoid]),
      ShapeError,
      "Zs[0] takes 3",
      "given 2",
    ),
    misuse(
      "an activation of another size",
      (w) => predict(w.X, w.Y, [w.linear, w.output], [w.sigmoid, w.sigmoid]),
      ShapeError,
      "As[1] takes 3",
      "gives 1",
    ),
    misuse(
      "X's features",
      (w) => predict(w.Y, w.Y, [w.linear], [w.sigmoid]),
      ShapeError,
      "takes 2 features",
      "given 1",
    ),
    misuse(
      "X's dtype",
      (w) => predict(w.X32, w.Y, [w.linear, w.output], [w.sigmoid, w.outputSigmoid]),
      DTypeError,
      "float64",
    ),
    misuse(
      "a disposed layer",
      (w) => predict(w.X, w.Y, [w.disposedLinear], [w.sigmoid]),
      DisposedError,
      "disposed",
    ),
    misuse(
      "a threshold NaN",
      (w) => predict(w.X, w.Y, [w.linear], [w.sigmoid], Number.NaN),
      ArgumentError,
      "threshold",
      "NaN",
    ),
    misuse(
      "a threshold null",
      (w) => predict(w.X, w.Y, [w.linear], [w.sigmoid], null),
      ArgumentError,
      "threshold",
      "null",
    ),
    misuse("no X", () => predict(), ArgumentError, "X must be a Matrix", "undefined"),
  ],
};

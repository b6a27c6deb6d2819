import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";
import { wrongSizes } from "./misuses-of-data.ts";

const { ArgumentError, DTypeError, DisposedError, OrderError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const { LinearLayer, computeCost, initializeParameters, predict } = library as any;

const shapes: [name: string, value: unknown][] = [
  ["missing", undefined],
  ["a number", 2],
  ["of one size", [2]],
  ["of three sizes", [2, 4, 1]],
  ["a string", "24"],
];

/** A wrong shape, wherever one is taken; `call` passes it on. */
export function wrongShapes(call: (shape: unknown) => unknown): Misuse[] {
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

type CostCall = (w: Parameters<Misuse["run"]>[0], Y: unknown, YHat: unknown) => unknown;

/** The misuses of a cost's two operands, of which the second goes by `called`. */
export const costs = (call: CostCall, called = "YHat"): Misuse[] => [
  misuse("two shapes", (w) => call(w, w.Y, w.X), ShapeError, "Y is 1×4", `${called} is 2×4`),
  misuse("two dtypes", (w) => call(w, w.X, w.X32), DTypeError, `${called} is float32`, "float64"),
  misuse("no Y", (w) => call(w, undefined, w.Y), ArgumentError, "Y must be a Matrix", "undefined"),
  misuse("an array", (w) => call(w, w.Y, [[1]]), ArgumentError, `${called} must be a Matrix`, "array"),
  misuse("a disposed Y", (w) => call(w, w.disposed, w.X), DisposedError, "Y", "disposed"),
  misuse(
    `Y that is the gradient of ${called}`,
    (w) => call(w, w.outputSigmoid.A.gradient(), w.outputSigmoid.A),
    ArgumentError,
    "may not be the gradient",
  ),
];

/** The misuses of layers, costs and predictions. */
export const misusesOfLayers: Record<string, Misuse[]> = {
  LinearLayer: [
    ...wrongShapes((shape) => new LinearLayer(shape, 3)),
    ...wrongSizes("neurons", (n) => new LinearLayer([2, 4], n)),
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
    misuse("rows", (w) => w.linear.forward(w.Y), ShapeError, "1 rows", "2 features"),
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
  computeCost: costs((_, Y, YHat) => computeCost(Y, YHat)),
  SquaredErrorCost: [],
  "SquaredErrorCost.computeCost": costs((w, Y, YHat) => w.cost.computeCost(Y, YHat)),
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

import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";
import { costs } from "./misuses-of-layers.ts";

const { ArgumentError, DisposedError, DTypeError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const untyped = library as any;

type Call = (Y: unknown, YHat: unknown, weights?: unknown) => unknown;

/** The misuses of a cost whose second operand goes by `called`, and of the weights of its examples. */
function weighted(call: Call, called = "YHat"): Misuse[] {
  return [
    ...costs((_, Y, YHat) => call(Y, YHat), called),
    misuse(
      "weights null",
      (w) => call(w.Y, w.outputSigmoid.A, null),
      ArgumentError,
      "exampleWeights",
      "null",
    ),
    misuse("weights of another shape", (w) => call(w.Y, w.outputSigmoid.A, w.X), ShapeError, "2×4", "1×4"),
    misuse("weights of another dtype", (w) => call(w.Y, w.outputSigmoid.A, w.Y32), DTypeError, "float32"),
    misuse("weights disposed", (w) => call(w.Y, w.outputSigmoid.A, w.disposed), DisposedError, "disposed"),
  ];
}

/** The misuses of both ways to a cost that is joined with the last layer's activation. */
const joined = (Class: string, called: string): Misuse[] =>
  weighted(
    (Y, second, weights) =>
      new untyped[Class]().computeJoined(Y, called === "Z" ? second : Y, second, weights),
    called,
  );

const computed = (Class: string, called?: string): Misuse[] =>
  weighted((Y, YHat, weights) => new untyped[Class]().computeCost(Y, YHat, weights), called);

/** What Huber's cost refuses beside bad operands; `call` takes the options. */
function huber(call: (options: unknown) => unknown): Misuse[] {
  return [
    misuse("options null", () => call(null), ArgumentError, "options", "null"),
    misuse("the delta for options", () => call(2), ArgumentError, "options", "not 2"),
    misuse("an unknown option", () => call({ dleta: 1 }), ArgumentError, '"dleta"', '"delta"'),
    ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((delta) =>
      misuse(`a delta of ${delta}`, () => call({ delta }), ArgumentError, "above 0", String(delta)),
    ),
    misuse("a delta null", () => call({ delta: null }), ArgumentError, "delta", "null"),
  ];
}

function penalty(make: (strength: unknown) => unknown): Misuse[] {
  return [undefined, null, "1", -1, Number.NaN, Number.POSITIVE_INFINITY].map((strength) =>
    misuse(`a strength ${strength}`, () => make(strength), ArgumentError, "from 0 up", String(strength)),
  );
}

function addTo(make: string): Misuse[] {
  const add = (dW: unknown, W: unknown) => untyped[make](0.1).addTo(dW, W);
  return [
    misuse("nothing", () => add(undefined, undefined), ArgumentError, "W must be a Matrix", "undefined"),
    misuse("an array", (w) => add([[1]], w.X), ArgumentError, "dW must be a Matrix", "array"),
    misuse("two shapes", (w) => add(w.Y, w.X), ShapeError, "dW is 1×4", "W is 2×4"),
    misuse("two dtypes", (w) => add(w.X32, w.X), DTypeError, "float32"),
    misuse("a disposed W", (w) => add(w.X, w.disposed), DisposedError, "disposed"),
    misuse("W as its own gradient", (w) => add(w.X, w.X), ArgumentError, "may not be"),
  ];
}

/** The misuses of costs and penalties. */
export const misusesOfCosts: Record<string, Misuse[]> = {
  AbsoluteErrorCost: [],
  "AbsoluteErrorCost.computeCost": computed("AbsoluteErrorCost"),
  computeAbsoluteErrorCost: weighted(untyped.computeAbsoluteErrorCost),
  BceCost: [],
  "BceCost.computeCost": computed("BceCost", "PHat"),
  "BceCost.computeJoined": joined("BceCost", "Z"),
  computeBceCost: weighted(untyped.computeBceCost, "PHat"),
  HuberCost: huber((options) => new untyped.HuberCost(options)),
  "HuberCost.computeCost": computed("HuberCost"),
  computeHuberCost: [
    ...weighted((Y, YHat, exampleWeights) => untyped.computeHuberCost(Y, YHat, { exampleWeights })),
    ...huber((options) => {
      const Y = library.Matrix.zeros(1, 1);
      try {
        untyped.computeHuberCost(Y, Y, options);
      } finally {
        Y.dispose();
      }
    }),
  ],
  KerasLikeBceCost: [],
  "KerasLikeBceCost.computeJoined": joined("KerasLikeBceCost", "PHat"),
  computeKerasLikeBceCost: weighted(untyped.computeKerasLikeBceCost, "PHat"),
  SoftmaxCrossEntropyCost: [],
  "SoftmaxCrossEntropyCost.computeCost": computed("SoftmaxCrossEntropyCost", "Z"),
  "SoftmaxCrossEntropyCost.computeJoined": joined("SoftmaxCrossEntropyCost", "Z"),
  computeSoftmaxCrossEntropyCost: weighted(untyped.computeSoftmaxCrossEntropyCost, "Z"),
  StableBceCost: [],
  "StableBceCost.computeCost": computed("StableBceCost", "Z"),
  "StableBceCost.computeJoined": joined("StableBceCost", "Z"),
  computeStableBceCost: weighted(untyped.computeStableBceCost, "Z"),
  l1: penalty(untyped.l1),
  l2: penalty(untyped.l2),
  L1Penalty: penalty((strength) => new untyped.L1Penalty(strength)),
  L2Penalty: penalty((strength) => new untyped.L2Penalty(strength)),
  "L1Penalty.addTo": addTo("l1"),
  "L2Penalty.addTo": addTo("l2"),
};

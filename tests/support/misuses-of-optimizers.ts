import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { ArgumentError, DisposedError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const untyped = library as any;

/** Options of another kind, and numbers that each named option cannot have; `call` takes the options. */
function options(call: (options: unknown) => unknown, names: readonly string[]): Misuse[] {
  return [
    misuse("options null", () => call(null), ArgumentError, "options", "null"),
    misuse("a number for options", () => call(0.1), ArgumentError, "options", "0.1"),
    misuse("an unknown option", () => call({ speed: 1 }), ArgumentError, '"speed"', "did you mean"),
    ...names.flatMap((name) =>
      [-1, Number.NaN, "1"].map((value) =>
        misuse(`${name} ${value}`, () => call({ [name]: value }), ArgumentError, "a number", String(value)),
      ),
    ),
  ];
}

const made = (Class: string, ...names: string[]): Misuse[] =>
  options((given) => new untyped[Class](given), ["learningRate", ...names]);

/** Lists that are no layers whose gradients were computed. */
function layers(call: (layers: unknown) => unknown): Misuse[] {
  return [
    misuse("no list", (w) => call(w.linear), ArgumentError, "list of layers", "LinearLayer"),
    misuse("nothing", () => call(undefined), ArgumentError, "list of layers", "undefined"),
    misuse("null in the list", (w) => call([w.linear, null]), ArgumentError, "layer 2", "null"),
    misuse("a layer without weights", (w) => call([w.sigmoid]), ArgumentError, "layer 1", "SigmoidLayer"),
    misuse("a disposed layer", (w) => call([w.linear, w.disposedLinear]), DisposedError, "layer 2"),
    misuse(
      "gradients of another shape",
      (w) => call([{ params: w.linear.params, dW: w.X, db: w.linear.db }]),
      ShapeError,
      "2×4",
      "3×2",
    ),
  ];
}

const rates = (call: (rate: unknown) => unknown): Misuse[] =>
  [undefined, null, "1", -1, Number.NaN, Number.POSITIVE_INFINITY].map((rate) =>
    misuse(`a rate ${rate}`, () => call(rate), ArgumentError, "the learning rate", String(rate)),
  );

/** The misuses of optimizers. */
export const misusesOfOptimizers: Record<string, Misuse[]> = {
  Optimizer: rates((rate) => new untyped.Optimizer(rate)),
  "Optimizer.learningRate": rates((rate) => {
    new untyped.Adam().learningRate = rate;
  }),
  "Optimizer.step": layers((list) => new untyped.Adam().step(list)),
  GradientDescent: made("GradientDescent"),
  "GradientDescent.step": layers((list) => new untyped.GradientDescent().step(list)),
  Momentum: made("Momentum", "momentum"),
  Nesterov: made("Nesterov", "momentum"),
  RMSProp: made("RMSProp", "decay", "epsilon"),
  Adam: made("Adam", "beta1", "beta2", "epsilon"),
  AdamW: made("AdamW", "beta1", "beta2", "epsilon", "weightDecay"),
  clipGradients: [
    ...layers((list) => untyped.clipGradients(list, 1)),
    ...[undefined, null, "1", 0, -1, Number.NaN].map((norm) =>
      misuse(`a norm ${norm}`, (w) => untyped.clipGradients([w.linear], norm), ArgumentError, "above 0"),
    ),
  ],
  reduceOnPlateau: options(untyped.reduceOnPlateau, ["patience", "factor", "threshold", "lowest"]),
  exponentialDecay: options(untyped.exponentialDecay, ["factor"]),
  stepDecay: [
    ...options(untyped.stepDecay, []),
    misuse("no epochs", () => untyped.stepDecay({}), ShapeError, "positive whole number", "undefined"),
  ],
  cosineDecay: [
    ...options(untyped.cosineDecay, []),
    misuse("no epochs", () => untyped.cosineDecay({}), ShapeError, "positive whole number", "undefined"),
  ],
  warmUp: [
    ...options(untyped.warmUp, []),
    misuse("no schedule", () => untyped.warmUp({ epochs: 2, after: null }), ArgumentError, "start", "null"),
  ],
};

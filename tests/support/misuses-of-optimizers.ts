import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";
import { wrongNumbers, wrongOptions } from "./misuses-of-costs.ts";
import { wrongSizes } from "./misuses-of-data.ts";

const { ArgumentError, DTypeError, DisposedError, OrderError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const wild = library as any;

const SHARE = "from 0 up to but not including 1";
const FROM_ZERO = "from 0 up";

/** The misuses of an optimizer's constructor; `shares` and `fromZero` are its options beside the learning rate. */
function makers(
  name: string,
  owner: string,
  shares: readonly string[],
  fromZero: readonly string[],
): Misuse[] {
  const make = (options: unknown) => new wild[name](options);
  return [
    ...wrongOptions(owner, "learningRate", make),
    ...["learningRate", ...fromZero].flatMap((option) =>
      wrongNumbers(`a ${option}`, FROM_ZERO, [-0.1], (value) => make({ [option]: value })),
    ),
    ...shares.flatMap((option) =>
      wrongNumbers(`a ${option}`, SHARE, [-0.1, 1], (value) => make({ [option]: value })),
    ),
  ];
}

/** The misuses of a step of the optimizer of this name. */
function steps(name: string): Misuse[] {
  type World = Parameters<Misuse["run"]>[0];
  const make = () => new wild[name]();
  const step = (_: World, ...layers: unknown[]) => make().step(layers);
  const spoilt = (w: World, parts: object) => ({
    params: w.linear.params,
    dW: w.linear.dW,
    db: w.linear.db,
    ...parts,
  });
  return [
    misuse("nothing", () => make().step(), ArgumentError, ".step", "list of layers", "undefined"),
    misuse("a layer without a list", (w) => make().step(w.linear), ArgumentError, "list of layers", "LinearLayer"), // biome-ignore format: one line
    misuse("null in the list", (w) => step(w, w.linear, null), ArgumentError, "layers[1]", "linear layer", "null"), // biome-ignore format: one line
    misuse("a number in the list", (w) => step(w, 7), ArgumentError, "layers[0]", "linear layer", "7"),
    misuse("a layer without weights", (w) => step(w, w.linear, w.sigmoid), ArgumentError, "layers[1]", "no params"), // biome-ignore format: one line
    misuse("a disposed layer after a good one", (w) => step(w, w.linear, w.disposedLinear), DisposedError, "layers[1]", "disposed"), // biome-ignore format: one line
    misuse("a layer before backward", (w) => step(w, w.linear, w.freshLinear), OrderError, ".step: layers[1]: call forward and backward first"), // biome-ignore format: one line
    misuse("no dW", (w) => step(w, spoilt(w, { dW: undefined })), ArgumentError, "dW must be a Matrix", "undefined"), // biome-ignore format: one line
    misuse("dW of another shape", (w) => step(w, spoilt(w, { dW: w.X })), ShapeError, "dW is 2×4", "W is 3×2"), // biome-ignore format: one line
    misuse("db of another shape", (w) => step(w, spoilt(w, { db: w.Y })), ShapeError, "db is 1×4", "b is 3×1"), // biome-ignore format: one line
    misuse("dW of another dtype", (w) => step(w, spoilt(w, { dW: w.linear32.dW })), DTypeError, "dW is float32", "float64"), // biome-ignore format: one line
    misuse("a disposed db", (w) => step(w, spoilt(w, { db: w.disposed })), DisposedError, "db", "disposed"),
    misuse("W for dW", (w) => step(w, spoilt(w, { dW: w.linear.params.W })), ArgumentError, "dW and W may not be one"), // biome-ignore format: one line
    misuse(
      "a b that is not of W",
      (w) => step(w, { params: { W: w.linear.params.W, b: w.X }, dW: w.linear.dW, db: w.product }),
      ShapeError,
      "b is 2×4",
      "takes 3×1",
    ),
    misuse(
      "a b of another dtype than W",
      (w) =>
        step(w, {
          params: { W: w.linear.params.W, b: w.linear32.params.b },
          dW: w.linear.dW,
          db: w.linear32.db,
        }),
      DTypeError,
      "b is float32",
      "float64",
    ),
    misuse(
      "a learning rate beyond float32",
      (w) => {
        const optimizer = make();
        optimizer.learningRate = 1e39;
        return optimizer.step([w.linear32]);
      },
      ArgumentError,
      "float32",
      "1e+39",
    ),
  ];
}

/** The misuses of every door of one optimizer. */
function optimizer(name: string, ...options: [owner: string, shares: string[], fromZero: string[]]) {
  return {
    [name]: makers(name, ...options),
    [`${name}.learningRate`]: wrongNumbers("a learning rate", FROM_ZERO, [-1], (rate) => {
      new wild[name]().learningRate = rate;
    }),
    [`${name}.step`]: steps(name),
  };
}

/** The misuses of optimizers, of what goes with them, and of schedules. */
export const misusesOfOptimizers: Record<string, Misuse[]> = {
  ...optimizer("GradientDescent", "GradientDescent", [], []),
  ...optimizer("Momentum", "a momentum optimizer", ["momentum"], []),
  ...optimizer("Nesterov", "a momentum optimizer", ["momentum"], []),
  ...optimizer("RMSProp", "RMSProp", ["decay"], ["epsilon"]),
  ...optimizer("Adam", "Adam", ["beta1", "beta2"], ["epsilon"]),
  ...optimizer("AdamW", "AdamW", ["beta1", "beta2"], ["epsilon", "weightDecay"]),
  clipGradients: [
    ...wrongNumbers("a norm", "above 0", [0, -1], (norm) => wild.clipGradients([], norm)),
    misuse("no norm", (w) => wild.clipGradients([w.linear]), ArgumentError, "above 0", "undefined"),
    misuse("no list", (w) => wild.clipGradients(w.linear, 1e-3), ArgumentError, "list of layers", "LinearLayer"), // biome-ignore format: one line
    misuse("null in the list", (w) => wild.clipGradients([w.linear, null], 1e-3), ArgumentError, "layers[1]", "null"), // biome-ignore format: one line
    misuse("a layer without weights", (w) => wild.clipGradients([w.linear, w.sigmoid], 1e-3), ArgumentError, "layers[1]", "dW must be a Matrix"), // biome-ignore format: one line
    misuse("a disposed layer", (w) => wild.clipGradients([w.linear, w.disposedLinear], 1e-3), DisposedError, "layers[1]: dW"), // biome-ignore format: one line
    misuse("a layer before backward", (w) => wild.clipGradients([w.linear, w.freshLinear], 1e-3), OrderError, "clipGradients: layers[1]: call forward and backward first"), // biome-ignore format: one line
    misuse("gradients of two dtypes", (w) => wild.clipGradients([{ dW: w.X, db: w.X32 }], 1e-3), DTypeError, "db is float32"), // biome-ignore format: one line
  ],
  stepDecay: [
    ...wrongOptions("stepDecay", "every", (options) => wild.stepDecay(options)),
    misuse("no options", () => wild.stepDecay(), ArgumentError, "stepDecay", "undefined"),
    ...wrongSizes("epochs", (every) => wild.stepDecay({ every })),
    ...wrongNumbers("a factor", "above 0 and up to 1", [0, -1, 1.5], (factor) =>
      wild.stepDecay({ every: 2, factor }),
    ),
  ],
  exponentialDecay: [
    ...wrongOptions("exponentialDecay", "factor", (options) => wild.exponentialDecay(options)),
    misuse("no options", () => wild.exponentialDecay(), ArgumentError, "exponentialDecay", "undefined"),
    misuse("no factor", () => wild.exponentialDecay({}), ArgumentError, "above 0 and up to 1", "undefined"),
    ...wrongNumbers("a factor", "above 0 and up to 1", [0, -1, 1.5], (factor) =>
      wild.exponentialDecay({ factor }),
    ),
  ],
  cosineDecay: [
    ...wrongOptions("cosineDecay", "epochs", (options) => wild.cosineDecay(options)),
    misuse("no options", () => wild.cosineDecay(), ArgumentError, "cosineDecay", "undefined"),
    ...wrongSizes("epochs", (epochs) => wild.cosineDecay({ epochs })),
    ...wrongNumbers("a lowest rate", FROM_ZERO, [-1], (lowest) => wild.cosineDecay({ epochs: 2, lowest })),
  ],
  warmUp: [
    ...wrongOptions("warmUp", "epochs", (options) => wild.warmUp(options)),
    misuse("no options", () => wild.warmUp(), ArgumentError, "warmUp", "undefined"),
    ...wrongSizes("epochs", (epochs) => wild.warmUp({ epochs })),
    misuse("a number for after", () => wild.warmUp({ epochs: 2, after: 7 }), ArgumentError, "after must be a schedule", "7"), // biome-ignore format: one line
    misuse("after null", () => wild.warmUp({ epochs: 2, after: null }), ArgumentError, "after must be a schedule", "null"), // biome-ignore format: one line
    misuse("a function for after", () => wild.warmUp({ epochs: 2, after: wild.cosineDecay }), ArgumentError, "after must be a schedule", "function"), // biome-ignore format: one line
  ],
  reduceOnPlateau: [
    ...wrongOptions("reduceOnPlateau", "patience", (options) => wild.reduceOnPlateau(options)),
    ...["patience", "threshold", "lowest"].flatMap((option) =>
      wrongNumbers(`a ${option}`, FROM_ZERO, [-1], (value) => wild.reduceOnPlateau({ [option]: value })),
    ),
    ...wrongNumbers("a factor", "above 0 and up to 1", [0, 2], (factor) => wild.reduceOnPlateau({ factor })),
  ],
};

import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { ArgumentError, DTypeError, DisposedError, ShapeError } = library;
type World = Parameters<Misuse["run"]>[0];
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const wild = library as any;

/** Options that no constructor or function takes; `known` is one that `owner` knows. */
export function wrongOptions(owner: string, known: string, call: (options: unknown) => unknown): Misuse[] {
  const misspelt = `${known}s`;
  return [
    misuse("options null", () => call(null), ArgumentError, owner, "an object such as", "null"),
    misuse("a string for options", () => call("float32"), ArgumentError, owner, '"float32"'),
    misuse("an array for options", () => call([1]), ArgumentError, owner, "an array of length 1"),
    misuse("a Map for options", () => call(new Map([[known, 1]])), ArgumentError, owner, "a Map"),
    misuse(
      "a misspelt option",
      () => call({ [misspelt]: 1 }),
      ArgumentError,
      owner,
      `"${misspelt}"`,
      `did you mean "${known}"`,
    ),
  ];
}

/** Values that are not in the range that is said in words; `outside` are the numbers beyond its ends. */
export function wrongNumbers(
  name: string,
  range: string,
  outside: readonly number[],
  call: (value: unknown) => unknown,
): Misuse[] {
  const values = [...outside, Number.NaN, Number.POSITIVE_INFINITY, "0.5", null, 1n];
  return values.map((value) =>
    misuse(
      `${name} ${typeof value === "string" ? `"${value}"` : value}`,
      () => call(value),
      ArgumentError,
      `a number ${range}`,
      "not ",
      typeof value === "bigint" ? "bigint" : String(value),
    ),
  );
}

type CostCall = (w: World, Y: unknown, predicted: unknown, weights?: unknown) => unknown;

/**
 * The misuses of every cost.
 * @param called how the messages name what was predicted
 */
function costs(called: string, call: CostCall): Misuse[] {
  return [
    misuse("two shapes", (w) => call(w, w.Y, w.X), ShapeError, "Y is 1×4", `${called} is 2×4`),
    misuse("two dtypes", (w) => call(w, w.X, w.X32), DTypeError, `${called} is float32`, "float64"),
    misuse("no Y", (w) => call(w, undefined, w.Y), ArgumentError, "Y must be a Matrix", "undefined"),
    misuse("an array", (w) => call(w, w.Y, [[1]]), ArgumentError, `${called} must be a Matrix`, "array"),
    misuse("a disposed Y", (w) => call(w, w.disposed, w.X), DisposedError, "Y", "disposed"),
    misuse("a disposed prediction", (w) => call(w, w.X, w.disposed), DisposedError, called, "disposed"),
    misuse(
      "Y that is the gradient of the prediction",
      (w) => call(w, w.outputSigmoid.A.gradient(), w.outputSigmoid.A),
      ArgumentError,
      "Y may not be the gradient",
    ),
    misuse(
      "weights of another shape, before it takes memory",
      (w) => call(w, w.X, w.product, w.X),
      ShapeError,
      "exampleWeights is 2×4",
      "1×4",
    ),
    misuse("weights of another number of examples", (w) => call(w, w.X, w.product, w.single), ShapeError, "1×1", "1×4"), // biome-ignore format: one line
    misuse("weights of another dtype", (w) => call(w, w.X, w.product, w.Y32), DTypeError, "exampleWeights is float32"), // biome-ignore format: one line
    misuse("an array of weights", (w) => call(w, w.Y, w.outputSigmoid.A, [1, 1]), ArgumentError, "exampleWeights must be a Matrix", "array"), // biome-ignore format: one line
    misuse("weights null", (w) => call(w, w.Y, w.outputSigmoid.A, null), ArgumentError, "exampleWeights must be a Matrix", "null"), // biome-ignore format: one line
    misuse("disposed weights", (w) => call(w, w.X, w.product, w.disposed), DisposedError, "exampleWeights", "disposed"), // biome-ignore format: one line
    misuse(
      "weights that are the gradient of the prediction",
      (w) => call(w, w.Y, w.outputSigmoid.A, w.outputSigmoid.A.gradient()),
      ArgumentError,
      "exampleWeights may not be the gradient",
    ),
    misuse(
      "weights that the prediction's gradient keeps",
      (w) => call(w, w.Y, w.outputSigmoid.A, w.outputSigmoid.A.gradient().gradient()),
      ArgumentError,
      "exampleWeights may not be",
      "kept by it",
    ),
  ];
}

/** A cost that keeps its terms beside its gradient, which the squared error without weights does not. */
function costsOfTerms(called: string, call: CostCall): Misuse[] {
  return [
    ...costs(called, call),
    misuse(
      "Y that the prediction's gradient keeps",
      (w) => call(w, w.outputSigmoid.A.gradient().gradient(), w.outputSigmoid.A),
      ArgumentError,
      "Y may not be",
      "kept by it",
    ),
  ];
}

function costsByLogits(call: CostCall): Misuse[] {
  return [
    ...costsOfTerms("PHat", call),
    ...["Y", "exampleWeights"].map((name) =>
      misuse(
        `${name} where the logits are kept`,
        (w) => {
          const { A } = w.outputSigmoid;
          const kept = A.gradient().gradient().gradient();
          return name === "Y" ? call(w, kept, A) : call(w, w.Y, A, kept);
        },
        ArgumentError,
        `${name} may not be`,
        "kept by it",
      ),
    ),
  ];
}

const deltas = (call: (delta: unknown) => unknown) => wrongNumbers("a delta", "above 0", [0, -1], call);

function strengths(call: (strength: unknown) => unknown): Misuse[] {
  return [
    ...wrongNumbers("a strength", "from 0 up", [-0.1], call),
    misuse("no strength", () => call(undefined), ArgumentError, "strength of a penalty", "undefined"),
  ];
}

function penalties(call: (dW: unknown, W: unknown) => unknown): Misuse[] {
  return [
    misuse("two shapes", (w) => call(w.linear.dW, w.X), ShapeError, "dW is 3×2", "W is 2×4"),
    misuse("two dtypes", (w) => call(w.X32, w.X), DTypeError, "dW is float32", "float64"),
    misuse("one matrix for both", (w) => call(w.X, w.X), ArgumentError, "may not be one matrix"),
    misuse("nothing", () => call(undefined, undefined), ArgumentError, "W must be a Matrix", "undefined"),
    misuse("an array for dW", (w) => call([[1]], w.X), ArgumentError, "dW must be a Matrix", "array"),
    misuse("a disposed W", (w) => call(w.X, w.disposed), DisposedError, ": W", "disposed"),
    misuse("a disposed dW", (w) => call(w.disposed, w.X), DisposedError, ": dW", "disposed"),
    misuse(
      "W that dW keeps",
      (w) => call(w.outputSigmoid.A, w.outputSigmoid.A.gradient()),
      ArgumentError,
      "W may not be the gradient of dW",
    ),
  ];
}

/** The misuses of costs and penalties. */
export const misusesOfCosts: Record<string, Misuse[]> = {
  computeCost: costs("YHat", (_, ...given) => wild.computeCost(...given)),
  SquaredErrorCost: [],
  "SquaredErrorCost.computeCost": costs("YHat", (w, ...given) => w.cost.computeCost(...given)),
  computeAbsoluteErrorCost: costsOfTerms("YHat", (_, ...given) => wild.computeAbsoluteErrorCost(...given)),
  AbsoluteErrorCost: [],
  "AbsoluteErrorCost.computeCost": costsOfTerms("YHat", (_, ...given) =>
    new wild.AbsoluteErrorCost().computeCost(...given),
  ),
  computeHuberCost: [
    ...costsOfTerms("YHat", (_, Y, YHat, exampleWeights) =>
      wild.computeHuberCost(Y, YHat, { exampleWeights }),
    ),
    ...wrongOptions("computeHuberCost", "delta", (options) => wild.computeHuberCost(undefined, undefined, options)), // biome-ignore format: one line
    ...deltas((delta) => wild.computeHuberCost(undefined, undefined, { delta })),
    misuse(
      "a delta that is 0 in float32",
      (w) => wild.computeHuberCost(w.X32, w.X32, { delta: 1e-60 }),
      ArgumentError,
      "above 0 in float32",
      "1e-60",
    ),
  ],
  HuberCost: [
    ...wrongOptions("HuberCost", "delta", (options) => new wild.HuberCost(options)),
    ...deltas((delta) => new wild.HuberCost({ delta })),
  ],
  "HuberCost.computeCost": costsOfTerms("YHat", (_, ...given) => new wild.HuberCost().computeCost(...given)),
  computeBceCost: costsOfTerms("PHat", (_, ...given) => wild.computeBceCost(...given)),
  BceCost: [],
  "BceCost.computeCost": costsOfTerms("PHat", (_, ...given) => new wild.BceCost().computeCost(...given)),
  "BceCost.computeJoined": costsOfTerms("Z", (w, Y, Z, weights) =>
    new wild.BceCost().computeJoined(Y, Z, w.outputSigmoid.A, weights),
  ),
  computeStableBceCost: costsOfTerms("Z", (_, ...given) => wild.computeStableBceCost(...given)),
  StableBceCost: [],
  "StableBceCost.computeCost": costsOfTerms("Z", (_, ...given) =>
    new wild.StableBceCost().computeCost(...given),
  ),
  "StableBceCost.computeJoined": costsOfTerms("Z", (w, Y, Z, weights) =>
    new wild.StableBceCost().computeJoined(Y, Z, w.outputSigmoid.A, weights),
  ),
  computeKerasLikeBceCost: costsByLogits((_, ...given) => wild.computeKerasLikeBceCost(...given)),
  KerasLikeBceCost: [],
  "KerasLikeBceCost.computeJoined": costsByLogits((w, Y, A, weights) =>
    new wild.KerasLikeBceCost().computeJoined(Y, w.output.Z, A, weights),
  ),
  computeSoftmaxCrossEntropyCost: costsOfTerms("Z", (_, ...given) =>
    wild.computeSoftmaxCrossEntropyCost(...given),
  ),
  SoftmaxCrossEntropyCost: [],
  "SoftmaxCrossEntropyCost.computeCost": costsOfTerms("Z", (_, ...given) =>
    new wild.SoftmaxCrossEntropyCost().computeCost(...given),
  ),
  "SoftmaxCrossEntropyCost.computeJoined": costsOfTerms("Z", (w, Y, Z, weights) =>
    new wild.SoftmaxCrossEntropyCost().computeJoined(Y, Z, w.outputSigmoid.A, weights),
  ),
  L1Penalty: strengths((strength) => new wild.L1Penalty(strength)),
  "L1Penalty.addTo": penalties((dW, W) => new wild.L1Penalty(0.1).addTo(dW, W)),
  L2Penalty: strengths((strength) => new wild.L2Penalty(strength)),
  "L2Penalty.addTo": penalties((dW, W) => new wild.L2Penalty(0.1).addTo(dW, W)),
  l1: strengths((strength) => wild.l1(strength)),
  l2: strengths((strength) => wild.l2(strength)),
};

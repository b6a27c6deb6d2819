import {
  ActivationLayer,
  computeCost,
  computeKerasLikeBceCost,
  DropoutLayer,
  LeakyReluLayer,
  LinearLayer,
  Matrix,
  Optimizer,
  RandomState,
  ReluLayer,
  randn,
  SigmoidLayer,
  SoftmaxLayer,
  SquaredErrorCost,
  seed,
  TanhLayer,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";

/** A layer of every kind of activation, 3 × 4. */
function activations() {
  return {
    sigmoid: new SigmoidLayer([3, 4]),
    tanh: new TanhLayer([3, 4]),
    relu: new ReluLayer([3, 4]),
    leakyRelu: new LeakyReluLayer([3, 4], { slope: 0.1 }),
    softmax: new SoftmaxLayer([3, 4]),
    dropout: new DropoutLayer([3, 4], 0.5, { random: new RandomState(2) }),
  };
}

/** What a misuse may touch, all of it in working order. */
export function makeWorld() {
  seed(48);
  const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]); // biome-ignore format: one line
  const Y = Matrix.from([[0, 1, 1, 0]]);
  const linear = new LinearLayer(X.shape, 3, "xavier");
  const used = activations();
  const { sigmoid } = used;
  const output = new LinearLayer([3, 4], 1, "xavier");
  const outputSigmoid = new SigmoidLayer([1, 4]);
  const YHat = outputSigmoid.forward(output.forward(sigmoid.forward(linear.forward(X))));
  computeKerasLikeBceCost(Y, YHat); // keeps the most beside the prediction
  const { dYHat } = computeCost(Y, YHat);
  const { dAPrev } = output.backward(outputSigmoid.backward(dYHat));
  for (const layer of Object.values(used)) {
    layer.forward(linear.Z);
    layer.backward(dAPrev);
  }
  linear.backward(sigmoid.dZ);
  const disposed = Matrix.zeros(2, 4);
  disposed.dispose();
  const disposedLinear = new LinearLayer([2, 4], 3);
  const ended = activations();
  disposedLinear.dispose();
  for (const layer of Object.values(ended)) layer.dispose();
  return {
    X,
    Y,
    X32: Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]], "float32"), // biome-ignore format: one line
    Y32: Matrix.from([[0, 1, 1, 0]], "float32"),
    square: Matrix.from([[1, 2], [3, 4]]), // biome-ignore format: one line
    product: Matrix.zeros(2, 4),
    turned: Matrix.zeros(2, 2),
    single: Matrix.from([[1]]),
    linear,
    ...used,
    output,
    outputSigmoid,
    freshLinear: new LinearLayer([2, 4], 3),
    linear32: new LinearLayer([2, 4], 3, "plain", { dtype: "float32" }),
    noInputGrad: new LinearLayer([2, 4], 3, "plain", { inputGrad: false }),
    disposed,
    disposedLinear,
    fresh: activations(),
    ended,
    cost: new SquaredErrorCost(),
    random: new RandomState(1),
  };
}

export type World = ReturnType<typeof makeWorld>;

/** Every byte that a failed call must leave alone, the memory in use, and the next random draw. */
export function snapshot(world: World): unknown {
  const parts = [...Object.entries(world), ...Object.entries(world.fresh), ...Object.entries(world.ended)];
  const matrices = parts.flatMap(([name, value]): [string, Matrix][] => {
    if (value instanceof Matrix) return [[name, value]];
    if (value instanceof ActivationLayer) return [[`${name}.A`, value.A], [`${name}.dZ`, value.dZ]]; // biome-ignore format: one line
    if (!(value instanceof LinearLayer)) return [];
    const { params, Z, dW, db } = value;
    const dAPrev: [string, Matrix][] = value === world.noInputGrad ? [] : [[`${name}.dAPrev`, value.dAPrev]];
    return [
      [`${name}.W`, params.W],
      [`${name}.b`, params.b],
      [`${name}.Z`, Z],
      [`${name}.dW`, dW],
      [`${name}.db`, db],
      ...dAPrev,
    ];
  });
  const contents = matrices.map(([name, matrix]) => {
    const { data } = matrix.disposed ? { data: [] } : matrix;
    return [name, matrix.shape, matrix.dtype, matrix.disposed, Array.from(data)];
  });
  return { contents, usedBytes: runtime().arena.usedBytes };
}

/** The next draw of the library's generator; the seed is set anew by makeWorld. */
export function nextDraw(): number {
  const drawn = randn(1, 1);
  const [[value]] = drawn.toArray();
  drawn.dispose();
  return value;
}

export function disposeWorld(world: World): void {
  for (const value of [...Object.values(world), ...Object.values(world.fresh)]) dispose(value);
}

/** Gives back what can be given back. */
export function dispose(value: unknown): void {
  const disposable = [Matrix, LinearLayer, ActivationLayer, Optimizer];
  if (disposable.some((Class) => value instanceof Class)) (value as Matrix).dispose();
}

/** A call that must throw an error of the class `error`, whose message contains each of `says`. */
export interface Misuse {
  readonly what: string;
  // biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
  readonly run: (world: Record<keyof World, any>) => unknown;
  readonly error: new (...args: never[]) => Error;
  readonly says: readonly string[];
}

/** A short way to write a Misuse. */
export function misuse(
  what: string,
  run: Misuse["run"],
  error: Misuse["error"],
  ...says: readonly string[]
): Misuse {
  return { what, run, error, says };
}

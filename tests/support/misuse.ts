import {
  computeCost,
  LinearLayer,
  Matrix,
  RandomState,
  randn,
  SigmoidLayer,
  SquaredErrorCost,
  seed,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";

/** What a misuse may touch, all of it in working order. */
export function makeWorld() {
  seed(48);
  const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]); // biome-ignore format: one line
  const Y = Matrix.from([[0, 1, 1, 0]]);
  const linear = new LinearLayer(X.shape, 3, "xavier");
  const sigmoid = new SigmoidLayer([3, 4]);
  const output = new LinearLayer([3, 4], 1, "xavier");
  const outputSigmoid = new SigmoidLayer([1, 4]);
  const { dYHat } = computeCost(Y, outputSigmoid.forward(output.forward(sigmoid.forward(linear.forward(X)))));
  linear.backward(sigmoid.backward(output.backward(outputSigmoid.backward(dYHat)).dAPrev));
  const disposed = Matrix.zeros(2, 4);
  disposed.dispose();
  const disposedLinear = new LinearLayer([2, 4], 3);
  const disposedSigmoid = new SigmoidLayer([3, 4]);
  disposedLinear.dispose();
  disposedSigmoid.dispose();
  return {
    X,
    Y,
    X32: Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]], "float32"), // biome-ignore format: one line
    Y32: Matrix.from([[0, 1, 1, 0]], "float32"),
    square: Matrix.from([[1, 2], [3, 4]]), // biome-ignore format: one line
    product: Matrix.zeros(2, 4),
    turned: Matrix.zeros(2, 2),
    linear,
    sigmoid,
    output,
    outputSigmoid,
    freshLinear: new LinearLayer([2, 4], 3),
    freshSigmoid: new SigmoidLayer([3, 4]),
    linear32: new LinearLayer([2, 4], 3, "plain", { dtype: "float32" }),
    noInputGrad: new LinearLayer([2, 4], 3, "plain", { inputGrad: false }),
    disposed,
    disposedLinear,
    disposedSigmoid,
    cost: new SquaredErrorCost(),
    random: new RandomState(1),
  };
}

export type World = ReturnType<typeof makeWorld>;

/** Every byte that a failed call must leave alone, the memory in use, and the next random draw. */
export function snapshot(world: World): unknown {
  const matrices = Object.entries(world).flatMap(([name, value]): [string, Matrix][] => {
    if (value instanceof Matrix) return [[name, value]];
    if (value instanceof SigmoidLayer) return [[`${name}.A`, value.A], [`${name}.dZ`, value.dZ]]; // biome-ignore format: one line
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
  for (const value of Object.values(world)) {
    if (value instanceof Matrix || value instanceof LinearLayer || value instanceof SigmoidLayer)
      value.dispose();
  }
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

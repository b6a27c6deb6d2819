import { LinearLayer, Matrix, RandomState, SigmoidLayer, SquaredErrorCost } from "../../src/index.ts";
import type { World } from "./misuse.ts";

/** Arguments that work, for every way into the library that takes some; tests/library/fuzz.test.ts spoils them. */
export function goodArguments(w: World): Record<string, readonly unknown[]> {
  const options = { dtype: "float64", random: w.random };
  return {
    "new Matrix": [2, 3, "float64"],
    "Matrix.zeros": [2, 3, "float32"],
    "Matrix.from": [[[1, 2], [3, 4]], "float64"], // biome-ignore format: one line
    "Matrix.fromFlat": [[1, 2, 3, 4, 5, 6], [2, 3], "float64"],
    "new LinearLayer": [[2, 4], 3, "xavier", { ...options, inputGrad: true }],
    "LinearLayer#forward": [w.X],
    "LinearLayer#backward": [w.sigmoid.dZ],
    "LinearLayer#updateParams": [0.1],
    "new SigmoidLayer": [[3, 4], { dtype: "float32" }],
    "SigmoidLayer#forward": [w.linear.Z],
    "SigmoidLayer#backward": [w.linear.Z],
    "SquaredErrorCost#computeCost": [w.Y, w.outputSigmoid.A],
    computeCost: [w.Y, w.outputSigmoid.A],
    initializeParameters: [2, 3, "he", options],
    predict: [w.X, w.Y, [w.linear, w.output], [w.sigmoid, w.outputSigmoid], 0.5],
    dot: [w.square, w.X, w.product],
    transpose: [w.square, w.turned],
    "new RandomState": [48],
    "RandomState#seed": [48],
    "RandomState#randn": [2, 3],
    "RandomState#shuffle": [[1, 2, 3]],
    "RandomState#permutation": [7],
    seed: [48],
    randn: [2, 3],
    permutation: [7],
    init: [],
    fingerprint: [[w.linear, w.sigmoid, w.X]],
  };
}

/** An object of each class, ready for any of its methods. */
export const objects: Record<string, (w: World) => object> = {
  Matrix: () => Matrix.from([[1, 2], [3, 4]]), // biome-ignore format: one line
  LinearLayer: (w) => {
    const layer = new LinearLayer([2, 4], 3);
    layer.forward(w.X);
    layer.backward(w.sigmoid.dZ);
    return layer;
  },
  SigmoidLayer: (w) => {
    const layer = new SigmoidLayer([3, 4]);
    layer.forward(w.linear.Z);
    return layer;
  },
  SquaredErrorCost: () => new SquaredErrorCost(),
  RandomState: () => new RandomState(1),
};

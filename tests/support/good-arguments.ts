import {
  AbsoluteErrorCost,
  type ActivationLayer,
  Adam,
  AdamW,
  BceCost,
  cosineDecay,
  DropoutLayer,
  GradientDescent,
  HuberCost,
  KerasLikeBceCost,
  L1Penalty,
  L2Penalty,
  LeakyReluLayer,
  LinearLayer,
  Matrix,
  Momentum,
  Nesterov,
  type Optimizer,
  RandomState,
  ReluLayer,
  RMSProp,
  SigmoidLayer,
  SoftmaxCrossEntropyCost,
  SoftmaxLayer,
  SquaredErrorCost,
  StableBceCost,
  TanhLayer,
} from "../../src/index.ts";
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
    "new ActivationLayer": [[3, 4], { dtype: "float32" }],
    "new TanhLayer": [[3, 4], { dtype: "float32" }],
    "new ReluLayer": [[3, 4], { dtype: "float32" }],
    "new LeakyReluLayer": [[3, 4], { dtype: "float32", slope: 0.1 }],
    "new SoftmaxLayer": [[3, 4], { dtype: "float32" }],
    "new DropoutLayer": [[3, 4], 0.5, options],
    "ActivationLayer#forward": [w.linear.Z],
    "ActivationLayer#backward": [w.linear.Z],
    linear: [3, "he"],
    leakyRelu: [0.1],
    dropout: [0.5],
    ...goodToCosts(w),
    ...goodToOptimizers(w),
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

function goodToCosts(w: World): Record<string, readonly unknown[]> {
  const operands = [w.Y, w.outputSigmoid.A, Matrix.from([[1, 2, 0, 1]])];
  const joined = [w.Y, w.output.Z, w.outputSigmoid.A, operands[2]];
  return {
    computeCost: operands,
    "SquaredErrorCost#computeCost": operands,
    computeAbsoluteErrorCost: operands,
    "AbsoluteErrorCost#computeCost": operands,
    computeHuberCost: [w.Y, w.outputSigmoid.A, { delta: 0.5, exampleWeights: operands[2] }],
    "new HuberCost": [{ delta: 0.5 }],
    "HuberCost#computeCost": operands,
    computeBceCost: operands,
    "BceCost#computeCost": operands,
    "BceCost#computeJoined": joined,
    computeStableBceCost: operands,
    "StableBceCost#computeCost": operands,
    "StableBceCost#computeJoined": joined,
    computeKerasLikeBceCost: operands,
    "KerasLikeBceCost#computeJoined": joined,
    computeSoftmaxCrossEntropyCost: operands,
    "SoftmaxCrossEntropyCost#computeCost": operands,
    "SoftmaxCrossEntropyCost#computeJoined": joined,
    "new L1Penalty": [0.1],
    "L1Penalty#addTo": [w.linear.dW, w.linear.params.W],
    "new L2Penalty": [0.1],
    "L2Penalty#addTo": [w.linear.dW, w.linear.params.W],
    l1: [0.1],
    l2: [0.1],
  };
}

function goodToOptimizers(w: World): Record<string, readonly unknown[]> {
  const layers = [w.linear, w.output];
  return {
    "new Optimizer": [0.1],
    "Optimizer#learningRate": [0.1],
    "Optimizer#step": [layers],
    "new GradientDescent": [{ learningRate: 0.1 }],
    "GradientDescent#step": [layers],
    "new Momentum": [{ learningRate: 0.1, momentum: 0.5 }],
    "new Nesterov": [{ learningRate: 0.1, momentum: 0.5 }],
    "new RMSProp": [{ learningRate: 0.1, decay: 0.5, epsilon: 1e-7 }],
    "new Adam": [{ learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-7 }],
    "new AdamW": [{ learningRate: 0.1, beta1: 0.5, weightDecay: 0.1 }],
    clipGradients: [layers, 0.5],
    stepDecay: [{ every: 2, factor: 0.5 }],
    exponentialDecay: [{ factor: 0.5 }],
    cosineDecay: [{ epochs: 3, lowest: 0.1 }],
    warmUp: [{ epochs: 3, after: cosineDecay({ epochs: 3 }) }],
    reduceOnPlateau: [{ patience: 1, factor: 0.5, threshold: 0.1, lowest: 0.1 }],
  };
}

/** An activation layer that has gone forward. */
const activated = (Layer: new (shape: [number, number]) => ActivationLayer) => (w: World) => {
  const layer = new Layer([3, 4]);
  layer.forward(w.linear.Z);
  return layer;
};

/** An optimizer that has made a step. */
const stepped = (Class: new () => Optimizer) => (w: World) => {
  const optimizer = new Class();
  optimizer.step([w.linear]);
  return optimizer;
};

/** An object of each class, ready for any of its methods. */
export const objects: Record<string, (w: World) => object> = {
  Matrix: () => Matrix.from([[1, 2], [3, 4]]), // biome-ignore format: one line
  LinearLayer: (w) => {
    const layer = new LinearLayer([2, 4], 3);
    layer.forward(w.X);
    layer.backward(w.sigmoid.dZ);
    return layer;
  },
  ActivationLayer: activated(SigmoidLayer),
  SigmoidLayer: activated(SigmoidLayer),
  TanhLayer: activated(TanhLayer),
  ReluLayer: activated(ReluLayer),
  LeakyReluLayer: activated(LeakyReluLayer),
  SoftmaxLayer: activated(SoftmaxLayer),
  DropoutLayer: activated(DropoutLayer),
  Optimizer: stepped(Momentum),
  GradientDescent: stepped(GradientDescent),
  Momentum: stepped(Momentum),
  Nesterov: stepped(Nesterov),
  RMSProp: stepped(RMSProp),
  Adam: stepped(Adam),
  AdamW: stepped(AdamW),
  AbsoluteErrorCost: () => new AbsoluteErrorCost(),
  BceCost: () => new BceCost(),
  HuberCost: () => new HuberCost(),
  KerasLikeBceCost: () => new KerasLikeBceCost(),
  SoftmaxCrossEntropyCost: () => new SoftmaxCrossEntropyCost(),
  StableBceCost: () => new StableBceCost(),
  L1Penalty: () => new L1Penalty(0.1),
  L2Penalty: () => new L2Penalty(0.1),
  SquaredErrorCost: () => new SquaredErrorCost(),
  RandomState: () => new RandomState(1),
};

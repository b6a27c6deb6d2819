import * as library from "../../src/index.ts";
import type { World } from "./misuse.ts";

const { linear, sigmoid, Network } = library;
/** Looked up by name. */
const byName = library as unknown as Record<string, new (...args: unknown[]) => object>;

const activations = ["TanhLayer", "ReluLayer", "LeakyReluLayer", "SoftmaxLayer", "DropoutLayer"] as const;
const costs = ["AbsoluteError", "Huber", "Bce", "StableBce", "SoftmaxCrossEntropy"] as const;
const optimizers = ["GradientDescent", "Momentum", "Nesterov", "RMSProp", "Adam", "AdamW"] as const;

const rows = [
  [0, 1],
  [1, 0],
];

function network(): library.Network {
  return new Network([linear(2), sigmoid(), linear(1), sigmoid()], { inputs: 2, seed: 1 });
}

/** Arguments that work, for layers beside those of the article, costs, optimizers and networks. */
export function goodArgumentsOfNetworks(w: World): Record<string, readonly unknown[]> {
  const weights = library.Matrix.from([[1, 1, 1, 1]]);
  const prediction = w.outputSigmoid.A;
  const list: Record<string, readonly unknown[]> = {
    "new LeakyReluLayer": [[3, 4], { dtype: "float64", slope: 0.1 }],
    "new DropoutLayer": [[3, 4], 0.5, { dtype: "float64", random: w.random }],
    "new HuberCost": [{ delta: 1 }],
    "KerasLikeBceCost#computeJoined": [w.Y, w.output.Z, prediction, weights],
    computeKerasLikeBceCost: [w.Y, prediction, weights],
    computeHuberCost: [w.Y, prediction, { delta: 1 }],
    clipGradients: [[w.linear, w.output], 1],
    gradientCheck: [network(), rows, [0, 1]],
    linear: [3, "xavier"],
    leakyRelu: [0.1],
    dropout: [0.5],
    l1: [0.1],
    l2: [0.1],
    stepDecay: [{ every: 2, factor: 0.5 }],
    exponentialDecay: [{ factor: 0.5 }],
    cosineDecay: [{ epochs: 5, lowest: 0 }],
    warmUp: [{ epochs: 2, after: undefined }],
    reduceOnPlateau: [{ patience: 2, factor: 0.5 }],
    "new Network": [[linear(2), sigmoid()], { cost: "bce", optimizer: "adam", seed: 1, inputs: 2 }],
    "Network.fromJSON": [network().toJSON(), { optimizer: "adam" }],
    "Network#fitSync": [rows, [0, 1], { epochs: 2 }],
    "Network#predict": [rows],
    "Network#evaluate": [rows, [0, 1]],
    "Network#diagnose": [rows, [0, 1]],
  };
  for (const name of activations) {
    list[`new ${name}`] ??= [[3, 4], { dtype: "float64" }];
    list[`${name}#forward`] = [w.linear.Z];
    list[`${name}#backward`] = [w.linear.Z];
  }
  for (const name of costs) {
    list[`${name}Cost#computeCost`] = [w.Y, prediction, weights];
    if (name !== "Huber") list[`compute${name}Cost`] = [w.Y, prediction, weights];
  }
  for (const name of ["Bce", "StableBce", "SoftmaxCrossEntropy"]) {
    list[`${name}Cost#computeJoined`] = [w.Y, w.output.Z, prediction, weights];
  }
  for (const name of optimizers) {
    list[`new ${name}`] = [{ learningRate: 0.1 }];
    list[`${name}#step`] = [[w.linear, w.output]];
  }
  for (const name of ["L1Penalty", "L2Penalty"]) {
    list[`new ${name}`] = [0.1];
    list[`${name}#addTo`] = [w.linear.dW, w.linear.params.W];
  }
  return list;
}

/** An object of each of these classes, ready for any of its methods. */
export const objectsOfNetworks: Record<string, (w: World) => object> = {
  History: () => new library.History(),
  Network: () => network(),
  L1Penalty: () => library.l1(0.1),
  L2Penalty: () => library.l2(0.1),
  KerasLikeBceCost: () => new library.KerasLikeBceCost(),
  ...Object.fromEntries(costs.map((name) => [`${name}Cost`, () => new byName[`${name}Cost`]()])),
  ...Object.fromEntries(optimizers.map((name) => [name, () => new byName[name]()])),
  ...Object.fromEntries(
    activations.map((name) => [
      name,
      (w: World) => {
        const layer = new byName[name]([3, 4]) as library.ActivationLayer;
        layer.forward(w.linear.Z);
        return layer;
      },
    ]),
  ),
};

import {
  type ActivationLayer,
  DropoutLayer,
  LeakyReluLayer,
  RandomState,
  ReluLayer,
  type Shape,
  SigmoidLayer,
  SoftmaxLayer,
  TanhLayer,
} from "../../src/index.ts";

/** Every activation layer, by its name. */
export const activations: Record<string, (shape: Shape) => ActivationLayer> = {
  SigmoidLayer: (shape) => new SigmoidLayer(shape),
  TanhLayer: (shape) => new TanhLayer(shape),
  ReluLayer: (shape) => new ReluLayer(shape),
  LeakyReluLayer: (shape) => new LeakyReluLayer(shape),
  SoftmaxLayer: (shape) => new SoftmaxLayer(shape),
  DropoutLayer: (shape) => new DropoutLayer(shape, 0.5, { random: new RandomState(1) }),
};

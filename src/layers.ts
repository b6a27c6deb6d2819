// The entry "nothing-but-wasm/layers": what the article writes a network from, for processes that begin often. It loads a
// third of the code that "nothing-but-wasm" does, which exports all of this and more.
export { computeAbsoluteErrorCost } from "./costs/absolute-error.ts";
export { computeBceCost } from "./costs/bce.ts";
export type { CostAndGradient, CostAndLogitGradient } from "./costs/cost.ts";
export type { HuberOptions } from "./costs/huber.ts";
export { computeHuberCost } from "./costs/huber.ts";
export { computeKerasLikeBceCost } from "./costs/keras-like-bce.ts";
export { computeSoftmaxCrossEntropyCost } from "./costs/softmax-cross-entropy.ts";
export { computeCost } from "./costs/squared-error.ts";
export { computeStableBceCost } from "./costs/stable-bce.ts";
export {
  ArgumentError,
  DisposedError,
  DTypeError,
  HostError,
  NothingButWasmError,
  OrderError,
  OutOfMemoryError,
  ShapeError,
  ThreadError,
} from "./errors.ts";
export type { IniType, InitializeOptions, Parameters } from "./initializers.ts";
export { initializeParameters } from "./initializers.ts";
export type { DType, DTypeArray } from "./kernels/dtype.ts";
export { init } from "./kernels/runtime.ts";
export type { ActivationOptions } from "./layers/activation-layer.ts";
export { ActivationLayer } from "./layers/activation-layer.ts";
export type { DropoutOptions } from "./layers/dropout-layer.ts";
export { DropoutLayer } from "./layers/dropout-layer.ts";
export type { Layer, TrainableLayer } from "./layers/layer.ts";
export type { LeakyReluOptions } from "./layers/leaky-relu-layer.ts";
export { LeakyReluLayer } from "./layers/leaky-relu-layer.ts";
export type { LinearGradients, LinearLayerOptions } from "./layers/linear-layer.ts";
export { LinearLayer } from "./layers/linear-layer.ts";
export { ReluLayer } from "./layers/relu-layer.ts";
export { SigmoidLayer } from "./layers/sigmoid-layer.ts";
export { SoftmaxLayer } from "./layers/softmax-layer.ts";
export { TanhLayer } from "./layers/tanh-layer.ts";
export type { ListOf, TypedArray } from "./list.ts";
export { Matrix } from "./matrix.ts";
export type { Shape } from "./matrix-checks.ts";
export type { Prediction } from "./predict.ts";
export { predict } from "./predict.ts";
export type { DotOptions } from "./products.ts";
export { dot, transpose } from "./products.ts";
export { permutation, RandomState, randn, seed } from "./random.ts";
export type { ThreadOptions } from "./threads.ts";
export { getThreads, setThreads } from "./threads.ts";

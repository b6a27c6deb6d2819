export type { CostAndGradient } from "./costs/squared-error.ts";
export { computeCost, SquaredErrorCost } from "./costs/squared-error.ts";
export {
  ArgumentError,
  DisposedError,
  DTypeError,
  HostError,
  NothingButWasmError,
  OrderError,
  OutOfMemoryError,
  ShapeError,
} from "./errors.ts";
export type { Fingerprintable } from "./fingerprint.ts";
export { fingerprint } from "./fingerprint.ts";
export type { IniType, Parameters } from "./initializers.ts";
export { initializeParameters } from "./initializers.ts";
export type { DType, DTypeArray } from "./kernels/dtype.ts";
export { init } from "./kernels/runtime.ts";
export type { LinearGradients, LinearLayerOptions } from "./layers/linear-layer.ts";
export { LinearLayer } from "./layers/linear-layer.ts";
export { SigmoidLayer } from "./layers/sigmoid-layer.ts";
export type { Shape } from "./matrix.ts";
export { Matrix } from "./matrix.ts";
export type { Prediction } from "./predict.ts";
export { predict } from "./predict.ts";
export type { DotOptions } from "./products.ts";
export { dot, transpose } from "./products.ts";
export { permutation, RandomState, randn, seed } from "./random.ts";

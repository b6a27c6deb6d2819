import { describe } from "../describe.ts";
import { ArgumentError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { areLive, checkMatrix, type Matrix } from "../matrix.ts";
import type { TrainableLayer } from "./layer.ts";

/** @internal @throws ArgumentError unless a finite `rate` is finite in `dtype` too */
export function checkRateIn(dtype: DType, rate: number): void {
  if (dtype === "float32" && !Number.isFinite(Math.fround(rate))) {
    throw new ArgumentError(`the learning rate must be a finite number in float32, not ${rate}`);
  }
}

/** Whether the two are alive, of one shape and dtype, and not one matrix. */
function goTogether(parameter: Matrix, gradient: Matrix): boolean {
  return (
    areLive(parameter, gradient) &&
    parameter !== gradient &&
    parameter.rows === gradient.rows &&
    parameter.cols === gradient.cols
  );
}

/**
 * @internal Kernels trust their pointers: nothing may reach them that is disposed, or shorter than its partner.
 * @param role how the message begins, such as "adam.step: layers[0]"
 * @param names of the parameter and of its gradient
 * @throws ArgumentError, DisposedError, DTypeError or ShapeError unless the two are matrices of one shape and dtype
 */
export function checkGradient(
  role: string,
  [parameterName, gradientName]: readonly [parameter: string, gradient: string],
  parameter: Matrix,
  gradient: Matrix,
): void {
  if (goTogether(parameter, gradient)) return;
  checkMatrix(parameter, `${role}: ${parameterName}`);
  checkMatrix(gradient, `${role}: ${gradientName}`, parameter.dtype);
  if (parameter === gradient) {
    throw new ArgumentError(`${role}: ${gradientName} and ${parameterName} may not be one matrix`);
  }
  throw new ShapeError(
    `${role}: ${gradientName} is ${gradient.rows}×${gradient.cols}, but ${parameterName} is ${parameter.rows}×${parameter.cols}`,
  );
}

/** @internal @throws ArgumentError unless `layers` is a list */
export function checkLayerList(caller: string, layers: unknown): void {
  if (!Array.isArray(layers)) {
    throw new ArgumentError(`${caller} takes a list of layers, not ${describe(layers)}`);
  }
}

/** @internal @throws ArgumentError unless `layer` is an object, as layers are */
export function checkLayer(place: string, layer: unknown): void {
  if (typeof layer !== "object" || layer === null) {
    throw new ArgumentError(`${place} must be a linear layer, not ${describe(layer)}`);
  }
}

/** @internal Says that a layer went forward and not yet backward: its gradients are of something else. */
export function refuseGradients(place: string): never {
  throw new OrderError(`${place}: call forward and backward first`);
}

/** @internal A layer's parameters, each with its gradient. */
export interface Trained {
  readonly W: Matrix;
  readonly b: Matrix;
  readonly dW: Matrix;
  readonly db: Matrix;
}

/**
 * @internal What a step moves, once every layer is checked.
 * @param optimizer its name, for messages
 */
export function checkTrainable(
  optimizer: string,
  layers: readonly TrainableLayer[],
  rate: number,
): readonly Trained[] {
  if (!Array.isArray(layers)) checkLayerList(`${optimizer}.step`, layers);
  const found: Trained[] = [];
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i];
    const { W, b } = layer?.params ?? {};
    const { dW, db } = layer ?? {};
    // One test for all that can be wrong, since a small step is mostly tests; what it was is found out apart.
    if (!(goTogether(W, dW) && goTogether(b, db) && b.dtype === W.dtype && b.size === W.rows)) {
      refuseLayer(`${optimizer}.step: layers[${i}]`, layer);
    }
    checkRateIn(W.dtype, rate);
    if (layer.hasGradients === false) refuseGradients(`${optimizer}.step: layers[${i}]`);
    found.push({ W, b, dW, db });
  }
  return found;
}

/** Says why a step cannot be made with this layer. */
function refuseLayer(place: string, layer: TrainableLayer): never {
  checkLayer(place, layer);
  const { params, dW, db } = layer;
  if (typeof params !== "object" || params === null) {
    throw new ArgumentError(`${place} must be a linear layer, but it has no params`);
  }
  const { W, b } = params;
  checkGradient(place, ["W", "dW"], W, dW);
  checkGradient(place, ["b", "db"], b, db);
  checkMatrix(b, `${place}: b`, W.dtype);
  throw new ShapeError(
    `${place}: b is ${b.rows}×${b.cols}, but W is ${W.rows}×${W.cols} and takes ${W.rows}×1`,
  );
}

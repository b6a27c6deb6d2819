import { OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkOwn, type Step } from "./step.ts";

/** The layer whose steps these are. */
export interface Stepping {
  readonly title: string;
  readonly dtype: DType;
  readonly A: Matrix;
  readonly dZ: Matrix;
  activation(kernels: Kernels, record: number, a: number, z: number, n: number): Prepared;
  derivative(kernels: Kernels, record: number, dZ: number, upstream: number, a: number, n: number): Prepared;
}

/** Checks all that `forward` needs, then makes room for so many examples. */
export function acceptInput(step: Step<Stepping>, Z: Matrix): void {
  const { layer } = step;
  const { A } = layer;
  checkMatrix(Z, `${layer.title}.forward: Z`, layer.dtype);
  if (Z.rows !== A.rows) {
    throw new ShapeError(`${layer.title}.forward: Z is ${Z.rows}×${Z.cols}, but the layer takes ${A.rows}×m`);
  }
  checkOwn(layer.title, A);
  if (A.cols !== Z.cols) A.resizeColumns(Z.cols);
  step.rely(Z, A);
  step.computeOutput = layer.activation(step.kernels, step.forwardRecord, A.pointer, Z.pointer, A.size);
  step.latest = Z;
  step.input = Z;
}

/** Checks all that `backward` needs, then makes room for dZ. */
export function acceptGradient(step: Step<Stepping>, upstreamGrad: Matrix): void {
  const { layer } = step;
  const { A, dZ } = layer;
  checkMatrix(upstreamGrad, `${layer.title}.backward: upstreamGrad`, layer.dtype);
  checkOwn(layer.title, A, dZ);
  if (step.latest === undefined) throw new OrderError(`${layer.title}.backward: call forward first`);
  if (upstreamGrad.rows !== A.rows || upstreamGrad.cols !== A.cols) {
    throw new ShapeError(
      `${layer.title}.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but A is ${A.rows}×${A.cols}`,
    );
  }
  if (dZ.cols !== A.cols) dZ.resizeColumns(A.cols);
  step.rely(upstreamGrad, A, dZ);
  const { pointer } = upstreamGrad;
  step.computeGradients = layer.derivative(
    step.kernels,
    step.backwardRecord,
    dZ.pointer,
    pointer,
    A.pointer,
    A.size,
  );
  step.upstreamGrad = upstreamGrad;
}

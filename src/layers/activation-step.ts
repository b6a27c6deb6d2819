import { DisposedError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { Knowing, NOTHING } from "../kernels/layout.ts";
import { type Prepared, RECORD_BYTES, unprepared } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";

/** Bytes of room for the records of the two steps. */
export const ACTIVATION_RECORDS = 2 * RECORD_BYTES;

/** The layer whose steps these are. */
interface Stepping {
  readonly title: string;
  readonly dtype: DType;
  readonly A: Matrix;
  readonly dZ: Matrix;
  activation(kernels: Kernels, record: number, a: number, z: number, n: number): Prepared;
  derivative(kernels: Kernels, record: number, dZ: number, upstream: number, a: number, n: number): Prepared;
}

/** The steps of an activation layer, and what is known of them, as linear-step.ts has it; cut for V8 likewise. */
export class ActivationStep extends Knowing {
  layer!: Stepping;
  A!: Matrix;
  dZ!: Matrix;
  kernels!: Kernels;
  /** What was accepted, as long as it fits. */
  Z = NOTHING;
  upstreamGrad = NOTHING;
  /** What runs each step. */
  activate: Prepared = unprepared;
  derive: Prepared = unprepared;
  /** Where the operands of each lie. */
  forwardRecord = 0;
  backwardRecord = 0;
  /** The input of the latest forward. */
  latest: Matrix | undefined = undefined;

  /** Comes before all else. @param records room of ACTIVATION_RECORDS bytes */
  begin(layer: Stepping, records: Matrix): void {
    this.layer = layer;
    this.A = layer.A;
    this.dZ = layer.dZ;
    this.kernels = runtime().kernels[layer.dtype];
    this.forwardRecord = records.pointer;
    this.backwardRecord = records.pointer + RECORD_BYTES;
  }

  protected forget(): void {
    this.Z = NOTHING;
    this.upstreamGrad = NOTHING;
  }
}

/** Checks all that `forward` needs, then makes room for so many examples. */
export function acceptInput(step: ActivationStep, Z: Matrix): void {
  const { A, layer } = step;
  checkMatrix(Z, `${layer.title}.forward: Z`, layer.dtype);
  if (Z.rows !== A.rows) {
    throw new ShapeError(
      `${layer.title}.forward: Z has ${Z.rows} rows, but the layer was made for ${A.rows}`,
    );
  }
  if (A.disposed) throw disposedError(layer);
  if (A.cols !== Z.cols) A.resizeColumns(Z.cols);
  step.rely();
  step.activate = layer.activation(step.kernels, step.forwardRecord, A.pointer, Z.pointer, A.size);
  step.latest = Z;
  step.Z = Z;
}

/** Checks all that `backward` needs, then makes room for dZ. */
export function acceptGradient(step: ActivationStep, upstreamGrad: Matrix): void {
  const { A, dZ, layer } = step;
  checkMatrix(upstreamGrad, `${layer.title}.backward: upstreamGrad`, layer.dtype);
  if (A.disposed || dZ.disposed) throw disposedError(layer);
  if (step.latest === undefined) throw new OrderError(`${layer.title}.backward: call forward first`);
  if (upstreamGrad.rows !== A.rows || upstreamGrad.cols !== A.cols) {
    throw new ShapeError(
      `${layer.title}.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but A is ${A.rows}×${A.cols}`,
    );
  }
  if (dZ.cols !== A.cols) dZ.resizeColumns(A.cols);
  step.rely();
  const { pointer } = upstreamGrad;
  step.derive = layer.derivative(step.kernels, step.backwardRecord, dZ.pointer, pointer, A.pointer, A.size);
  step.upstreamGrad = upstreamGrad;
}

function disposedError({ title }: Stepping): DisposedError {
  return new DisposedError(`this ${title}, or one of its matrices, was disposed`);
}

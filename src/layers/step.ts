import { DisposedError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { Knowing, NOTHING } from "../kernels/layout.ts";
import { type Prepared, RECORD_BYTES, unprepared } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import type { Matrix } from "../matrix.ts";

/**
 * What is known of a layer's steps: the operands that they were handed last and that fit, and what runs the kernels on those. The
 * same operands again need no check; others are accepted first, or refused before anything changes.
 *
 * A layer makes its own where it names the field, empty, and begins it later: V8 knows what the field holds then, and need not
 * look at every step.
 */
export class Step<Layer extends { readonly dtype: DType }> extends Knowing {
  layer!: Layer;
  kernels!: Kernels;
  /** What was accepted, as long as it fits. */
  input = NOTHING;
  upstreamGrad = NOTHING;
  /** What computes each step. */
  computeOutput: Prepared = unprepared;
  computeGradients: Prepared = unprepared;
  /** Where the operands of each lie. */
  forwardRecord = 0;
  backwardRecord = 0;
  /** The input of the latest forward, whatever has changed since. */
  latest: Matrix | undefined = undefined;

  /** Comes before all else. @param records room for the two */
  begin(layer: Layer, records: Matrix): void {
    this.layer = layer;
    this.kernels = runtime().kernels[layer.dtype];
    this.forwardRecord = records.pointer;
    this.backwardRecord = records.pointer + RECORD_BYTES;
  }

  protected forget(): void {
    this.input = NOTHING;
    this.upstreamGrad = NOTHING;
  }
}

/** What is thrown where a layer, or a matrix that it owns, is no more. */
export function disposedError(layer: string): DisposedError {
  return new DisposedError(`this ${layer}, or one of its matrices, was disposed`);
}

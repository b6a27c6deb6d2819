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
  /** Every matrix of the layer's own: kernels write to them by their addresses, whoever else forgets them. */
  own: readonly Matrix[] = [];

  /** Comes before all else. @param records room for the two, one of the layer's own matrices */
  begin(layer: Layer, records: Matrix, own: readonly Matrix[]): void {
    this.layer = layer;
    this.own = own;
    this.kernels = runtime().kernels[layer.dtype];
    this.forwardRecord = records.pointer;
    this.backwardRecord = records.pointer + RECORD_BYTES;
  }

  protected forget(): void {
    this.input = NOTHING;
    this.upstreamGrad = NOTHING;
  }

  /** Gives the layer's matrices back. */
  dispose(): void {
    this.latest = undefined;
    for (const matrix of this.own) matrix.dispose();
  }
}

/** @throws DisposedError where the layer of this title is no more, or one of these matrices of its own */
export function checkOwn(title: string, ...own: readonly Matrix[]): void {
  for (const { disposed } of own) {
    if (disposed) throw new DisposedError(`this ${title}, or one of its matrices, was disposed`);
  }
}

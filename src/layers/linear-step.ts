import { describe } from "../describe.ts";
import { ArgumentError, OrderError, ShapeError } from "../errors.ts";
import type { Parameters } from "../initializers.ts";
import type { DType } from "../kernels/dtype.ts";
import { NOTHING } from "../kernels/layout.ts";
import { type Prepared, RECORD_BYTES, unprepared } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { checkOwn, Step } from "./step.ts";
import { checkRateIn, refuseGradients } from "./trainable.ts";

/** What `LinearLayer.backward` computes. */
export interface LinearGradients {
  /** ∂cost/∂W (nOut × nIn) */
  readonly dW: Matrix;
  /** ∂cost/∂b (nOut × 1) */
  readonly db: Matrix;
  /** ∂cost/∂APrev (nIn × m); throws when read if the layer was made with `inputGrad: false` */
  readonly dAPrev: Matrix;
}

/** The layer whose steps these are. */
interface Stepping extends LinearGradients {
  readonly params: Parameters;
  readonly Z: Matrix;
  readonly dtype: DType;
  readonly nIn: number;
  readonly nOut: number;
}

/** What is known of a linear layer's steps. */
export class LinearStep extends Step<Stepping> {
  dAPrev: Matrix | undefined = undefined;
  /** What was accepted; NaN equals nothing. V8 compares numbers by itself where a field holds nothing else. */
  learningRate = Number.NaN;
  update: Prepared = unprepared;
  updateRecord = 0;
  hasGradients = false;

  /** Comes before all else. @param records room for the three */
  override begin(layer: Stepping, records: Matrix, own: readonly Matrix[], dAPrev?: Matrix): void {
    super.begin(layer, records, own);
    this.dAPrev = dAPrev;
    this.updateRecord = records.pointer + 2 * RECORD_BYTES;
  }

  protected override forget(): void {
    super.forget();
    this.learningRate = Number.NaN;
    this.update = unprepared;
  }
}

/** Checks all that `forward` needs, then makes room for so many examples; what fails changes nothing. */
export function acceptInput(step: LinearStep, APrev: Matrix): void {
  const { layer, dAPrev } = step;
  const { Z, dtype, nIn, nOut } = layer;
  checkMatrix(APrev, "LinearLayer.forward: APrev", dtype);
  if (APrev.rows !== nIn) {
    throw new ShapeError(
      `LinearLayer.forward: APrev is ${APrev.rows}×${APrev.cols}, but the layer takes ${nIn}×m (rows are features, columns are examples)`,
    );
  }
  if (APrev === Z || APrev === layer.dW || APrev === layer.db || APrev === dAPrev) {
    throw new ArgumentError("LinearLayer.forward: APrev may not be one of the layer's own outputs");
  }
  const { W, b } = layer.params;
  checkOwn("LinearLayer", Z, W, b);
  const m = APrev.cols;
  runtime().reserve?.(dtype, nOut, m, nIn);
  if (Z.cols !== m) Z.resizeColumns(m);
  step.rely(APrev, Z, W, b);
  const operands = [Z.pointer, W.pointer, APrev.pointer, b.pointer, nOut, m, nIn];
  step.computeOutput = step.kernels.prepare("linearForward", step.forwardRecord, operands);
  step.latest = APrev;
  step.input = APrev;
  // whose record holds APrev too
  step.upstreamGrad = NOTHING;
}

/** Checks all that `backward` needs, then makes room for dAPrev. */
export function acceptGradient(step: LinearStep, upstreamGrad: Matrix): void {
  const { layer, dAPrev, latest } = step;
  const { Z, dW, db, dtype, nIn, nOut } = layer;
  const { W } = layer.params;
  checkMatrix(upstreamGrad, "LinearLayer.backward: upstreamGrad", dtype);
  checkOwn("LinearLayer", Z, W, dW, db, dAPrev ?? Z);
  if (latest === undefined) throw new OrderError("LinearLayer.backward: call forward first");
  checkMatrix(latest, "LinearLayer.backward: the APrev of forward");
  const m = Z.cols;
  if (upstreamGrad.rows !== nOut || upstreamGrad.cols !== m) {
    throw new ShapeError(
      `LinearLayer.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but Z is ${nOut}×${m}`,
    );
  }
  if (latest.cols !== m) {
    throw new ShapeError(
      `LinearLayer.backward: APrev had ${m} examples in forward and has ${latest.cols} now; call forward again`,
    );
  }
  if (upstreamGrad === dAPrev || upstreamGrad === dW || upstreamGrad === db) {
    throw new ArgumentError("LinearLayer.backward: upstreamGrad may not be one of the layer's own gradients");
  }
  if (dAPrev !== undefined && dAPrev.cols !== m) dAPrev.resizeColumns(m);
  // after that change, of which this step would be told
  step.rely(upstreamGrad, latest, Z, W, dW, db, dAPrev ?? Z);
  const dA = dAPrev?.pointer ?? 0;
  const { pointer } = upstreamGrad;
  const operands = [dW.pointer, db.pointer, dA, pointer, latest.pointer, W.pointer, nOut, m, nIn];
  step.computeGradients = step.kernels.prepare("linearBackward", step.backwardRecord, operands);
  step.upstreamGrad = upstreamGrad;
}

export function acceptRate(step: LinearStep, learningRate: number): void {
  const { dW, db, dtype, params } = step.layer;
  const { W, b } = params;
  checkLearningRate(learningRate, dtype);
  checkOwn("LinearLayer", W, b, dW, db);
  if (!step.hasGradients) refuseGradients("LinearLayer.updateParams");
  step.rely(W, b, dW, db);
  if (step.update === unprepared) {
    const operands = [W.pointer, b.pointer, dW.pointer, db.pointer, W.size, b.size];
    step.update = step.kernels.prepare("linearUpdate", step.updateRecord, operands);
  }
  step.learningRate = learningRate;
}

/** @throws ArgumentError unless `rate` is a finite number, also in `dtype` */
function checkLearningRate(rate: unknown, dtype: DType): void {
  if (typeof rate !== "number" || !Number.isFinite(rate)) {
    throw new ArgumentError(`the learning rate must be a finite number, not ${describe(rate)}`);
  }
  checkRateIn(dtype, rate);
}

import { describe } from "../describe.ts";
import { ArgumentError, DisposedError, OrderError, ShapeError } from "../errors.ts";
import { type IniType, initializeParameters, type Parameters } from "../initializers.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { LinearStep } from "../kernels/linear-step.ts";
import { runtime } from "../kernels/runtime.ts";
import { allOrNone, checkMatrix, layoutVersion, Matrix } from "../matrix.ts";
import { checkShape, checkSize, type Shape } from "../matrix-checks.ts";
import { checkOptions } from "../options.ts";
import type { RandomState } from "../random.ts";
import type { Layer, TrainableLayer } from "./layer.ts";
import { checkRateIn } from "./trainable.ts";

/** Options of a `LinearLayer`. */
export interface LinearLayerOptions {
  /** Element type of the parameters and of every matrix that passes; "float64" unless given. */
  dtype?: DType;
  /**
   * Whether `backward` computes `dAPrev`; true unless given. A network's first layer has nobody to hand it to, and
   * saves a third of its work without.
   */
  inputGrad?: boolean;
  /** Where the first weights are drawn; the generator of `seed` unless given. */
  random?: RandomState;
}

/** What `LinearLayer.backward` computes. */
export interface LinearGradients {
  /** ∂cost/∂W (nOut × nIn) */
  readonly dW: Matrix;
  /** ∂cost/∂b (nOut × 1) */
  readonly db: Matrix;
  /** ∂cost/∂APrev (nIn × m); throws when read if the layer was made with `inputGrad: false` */
  readonly dAPrev: Matrix;
}

/**
 * The linear node Z = W · APrev + b.
 *
 * Shapes: APrev (nIn × m), W (nOut × nIn), b (nOut × 1), Z (nOut × m); m, the number of examples, may change from
 * call to call. The layer owns its outputs and overwrites them with the next call.
 *
 * @example
 * const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]);   // 2 features × 4 examples
 * const Z1 = new LinearLayer(X.shape, 3, "xavier");
 * Z1.forward(X);
 * Z1.Z.shape;   // [3, 4]
 */
export class LinearLayer implements Layer, TrainableLayer {
  /** W (nOut × nIn) and b (nOut × 1). Set them by hand with `layer.params.W.data.set([…])`. */
  readonly params: Parameters;
  /** W · APrev + b (nOut × m), of the latest `forward`. */
  readonly Z: Matrix;
  /** ∂cost/∂W (nOut × nIn), of the latest `backward`. */
  readonly dW: Matrix;
  /** ∂cost/∂b (nOut × 1), of the latest `backward`. */
  readonly db: Matrix;
  readonly dtype: DType;
  readonly nIn: number;
  readonly nOut: number;
  readonly #dAPrev: Matrix | undefined;
  readonly #kernels: Kernels;
  /** Every matrix that the layer owns: the kernels write to them by their addresses, whoever else forgets them. */
  readonly #own: readonly Matrix[];
  /** Their addresses, and those of the operands of the latest calls. */
  readonly #step = new LinearStep();
  /** Those operands, and the layout in which they were checked: the same ones need no check. */
  #APrev: Matrix | undefined;
  #upstreamGrad: Matrix | undefined;
  #forwardLayout = -1;
  #backwardLayout = -1;
  #learningRate = Number.NaN;
  #hasGradients = false;

  /**
   * @param inputShape [nIn, examples], the shape of the data that comes in
   * @param nOut number of neurons
   * @param iniType how the first weights are drawn: "plain", "xavier" or "he"
   * @throws ShapeError for bad sizes, ArgumentError for an unknown iniType, DTypeError for an unknown dtype
   */
  constructor(inputShape: Shape, nOut: number, iniType: IniType = "plain", options: LinearLayerOptions = {}) {
    const [nIn, m] = checkShape(inputShape, "inputShape");
    checkOptions(options, ["dtype", "inputGrad", "random"], "LinearLayer");
    const { dtype = "float64", inputGrad = true, random } = options;
    if (typeof inputGrad !== "boolean") {
      throw new ArgumentError(`the option inputGrad must be true or false, not ${describe(inputGrad)}`);
    }
    this.dtype = checkDType(dtype);
    this.nIn = nIn;
    this.nOut = checkSize(nOut, "the number of neurons");
    const matrices = allOrNone((keep) => ({
      Z: keep(Matrix.zeros(nOut, m, dtype)),
      dW: keep(Matrix.zeros(nOut, nIn, dtype)),
      db: keep(Matrix.zeros(nOut, 1, dtype)),
      dAPrev: inputGrad ? keep(Matrix.zeros(nIn, m, dtype)) : undefined,
      // last, so that no weight is drawn for a layer that finds no room
      params: initializeParameters(nIn, nOut, iniType, { dtype, random }),
    }));
    this.params = Object.freeze(matrices.params);
    this.Z = matrices.Z;
    this.dW = matrices.dW;
    this.db = matrices.db;
    this.#dAPrev = matrices.dAPrev;
    const { W, b } = this.params;
    this.#own = [W, b, this.Z, this.dW, this.db, ...(this.#dAPrev ? [this.#dAPrev] : [])];
    const step = this.#step;
    step.w = W.pointer;
    step.b = b.pointer;
    step.dW = this.dW.pointer;
    step.db = this.db.pointer;
    step.nOut = nOut;
    step.nIn = nIn;
    this.#kernels = runtime().kernels[dtype];
  }

  /**
   * ∂cost/∂APrev (nIn × m), of the latest `backward`.
   * @throws ArgumentError when the layer was made with `inputGrad: false`
   */
  get dAPrev(): Matrix {
    if (this.#dAPrev === undefined) {
      throw new ArgumentError("this layer was made with inputGrad: false and computes no dAPrev");
    }
    return this.#dAPrev;
  }

  /** Z, as every layer names its output. */
  get output(): Matrix {
    return this.Z;
  }

  /** dAPrev, as every layer names the gradient of its input. */
  get inputGradient(): Matrix {
    return this.dAPrev;
  }

  /**
   * Computes Z = W · APrev + b.
   * @param APrev (nIn × m) of the layer's dtype; must stay as it is until `backward`
   * @returns Z (nOut × m)
   * @throws ShapeError, DTypeError, DisposedError or ArgumentError when APrev does not fit; nothing changes then
   */
  forward(APrev: Matrix): Matrix {
    if (APrev !== this.#APrev || this.#forwardLayout !== layoutVersion) this.#acceptInput(APrev);
    this.#kernels.linearForward(this.#step);
    this.#hasGradients = false;
    return this.Z;
  }

  /**
   * Computes dW = upstreamGrad · APrevᵀ, db = the row sums of upstreamGrad, and dAPrev = Wᵀ · upstreamGrad.
   * @param upstreamGrad ∂cost/∂Z (nOut × m)
   * @returns the gradients; `dAPrev` throws when read if the layer was made with `inputGrad: false`
   * @throws OrderError before `forward`; ShapeError, DTypeError, DisposedError or ArgumentError when upstreamGrad
   *   does not fit; nothing changes then
   */
  backward(upstreamGrad: Matrix): LinearGradients {
    if (upstreamGrad !== this.#upstreamGrad || this.#backwardLayout !== layoutVersion) {
      this.#acceptGradient(upstreamGrad);
    }
    this.#kernels.linearBackward(this.#step);
    this.#hasGradients = true;
    return this;
  }

  /**
   * One step of gradient descent: W −= learningRate · dW, b −= learningRate · db.
   * @throws OrderError before `backward`, ArgumentError unless the learning rate is a finite number; nothing
   *   changes then
   */
  updateParams(learningRate = 0.1): void {
    if (
      learningRate !== this.#learningRate ||
      !this.#hasGradients ||
      this.#backwardLayout !== layoutVersion
    ) {
      this.#checkUpdate(learningRate);
    }
    this.#kernels.linearUpdate(this.#step, learningRate);
  }

  /** Gives the parameters, outputs and gradients back. */
  dispose(): void {
    this.#APrev = undefined;
    this.#upstreamGrad = undefined;
    this.#hasGradients = false;
    for (const matrix of this.#own) matrix.dispose();
  }

  /** `dispose()`, for `using layer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Checks all that `forward` needs, then makes room for so many examples; what fails changes nothing. */
  #acceptInput(APrev: Matrix): void {
    const { Z } = this;
    checkMatrix(APrev, "LinearLayer.forward: APrev", this.dtype);
    if (APrev.rows !== this.nIn) {
      throw new ShapeError(
        `LinearLayer.forward: APrev has ${APrev.rows} rows, but the layer takes ${this.nIn} features (rows are features, columns are examples)`,
      );
    }
    if (APrev === Z || APrev === this.dW || APrev === this.db || APrev === this.#dAPrev) {
      throw new ArgumentError("LinearLayer.forward: APrev may not be one of the layer's own outputs");
    }
    const { W, b } = this.params;
    if (Z.disposed || W.disposed || b.disposed) throw new DisposedError(DISPOSED);
    const m = APrev.cols;
    runtime().reserve?.(this.dtype, this.nOut, m, this.nIn);
    if (Z.cols !== m) Z.resizeColumns(m);
    const step = this.#step;
    step.a = APrev.pointer;
    step.z = Z.pointer;
    step.m = m;
    step.forwardsDirectly = undefined;
    this.#APrev = APrev;
    this.#forwardLayout = layoutVersion;
  }

  /** Checks all that `backward` needs, then makes room for dAPrev. */
  #acceptGradient(upstreamGrad: Matrix): void {
    checkMatrix(upstreamGrad, "LinearLayer.backward: upstreamGrad", this.dtype);
    const { Z, dW, db, nOut } = this;
    const { W } = this.params;
    const APrev = this.#APrev;
    const dAPrev = this.#dAPrev;
    if (Z.disposed) throw new DisposedError(DISPOSED);
    if (APrev === undefined) throw new OrderError("LinearLayer.backward: call forward first");
    checkMatrix(APrev, "LinearLayer.backward: the APrev of forward");
    if (upstreamGrad.rows !== nOut || upstreamGrad.cols !== Z.cols) {
      throw new ShapeError(
        `LinearLayer.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but Z is ${nOut}×${Z.cols}`,
      );
    }
    if (APrev.cols !== Z.cols) {
      throw new ShapeError(
        `LinearLayer.backward: APrev had ${Z.cols} examples in forward and has ${APrev.cols} now; call forward again`,
      );
    }
    if (upstreamGrad === dAPrev || upstreamGrad === dW || upstreamGrad === db) {
      throw new ArgumentError(
        "LinearLayer.backward: upstreamGrad may not be one of the layer's own gradients",
      );
    }
    if (W.disposed || dW.disposed || db.disposed || dAPrev?.disposed) throw new DisposedError(DISPOSED);
    if (dAPrev !== undefined && dAPrev.cols !== Z.cols) dAPrev.resizeColumns(Z.cols);
    const step = this.#step;
    step.dZ = upstreamGrad.pointer;
    step.dA = dAPrev === undefined ? 0 : dAPrev.pointer;
    step.backwardsDirectly = undefined;
    this.#upstreamGrad = upstreamGrad;
    this.#backwardLayout = layoutVersion;
  }

  #checkUpdate(learningRate: number): void {
    checkLearningRate(learningRate, this.dtype);
    const { W, b } = this.params;
    if (W.disposed || b.disposed || this.dW.disposed || this.db.disposed) throw new DisposedError(DISPOSED);
    if (!this.#hasGradients) {
      throw new OrderError("LinearLayer.updateParams: call forward and backward first");
    }
    this.#learningRate = learningRate;
  }
}

const DISPOSED = "this LinearLayer, or one of its matrices, was disposed";

/** @throws ArgumentError unless `rate` is a finite number, also in `dtype` */
function checkLearningRate(rate: unknown, dtype: DType): void {
  if (typeof rate !== "number" || !Number.isFinite(rate)) {
    throw new ArgumentError(`the learning rate must be a finite number, not ${describe(rate)}`);
  }
  checkRateIn(dtype, rate);
}

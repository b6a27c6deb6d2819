import { ArgumentError } from "../errors.ts";
import { type IniType, initializeParameters, type Parameters } from "../initializers.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import { allOrNone, Matrix } from "../matrix.ts";
import { checkShape, checkSize, type Shape } from "../matrix-checks.ts";
import { checkFlag, checkOptions } from "../options.ts";
import type { RandomState } from "../random.ts";
import { roomForRecords } from "../record-room.ts";
import type { Layer, TrainableLayer } from "./layer.ts";
import { acceptGradient, acceptInput, acceptRate, type LinearGradients, LinearStep } from "./linear-step.ts";

export type { LinearGradients };

/** Options of a `LinearLayer`. */
export interface LinearLayerOptions {
  /** Element type of the parameters and of every matrix that passes; "float64" unless given. */
  dtype?: DType | undefined;
  /**
   * Whether `backward` computes `dAPrev`; true unless given. A network's first layer has nobody to hand it to, and
   * saves a third of its work without.
   */
  inputGrad?: boolean | undefined;
  /** Where the first weights are drawn; the generator of `seed` unless given. */
  random?: RandomState | undefined;
}

/**
 * The linear node Z = W · APrev + b.
 *
 * Shapes: APrev (nIn × m), W (nOut × nIn), b (nOut × 1), Z (nOut × m); m, the number of examples, may change from
 * call to call. The layer owns its outputs and overwrites them with the next call.
 *
 * Each element of dW is one sum over the examples in order, whose rounding grows with them: in float32 one of 10⁵ equal terms is
 * 0.1 % off, one of 10⁶ 1 %. Batches keep it small, and float64 does.
 *
 * `JSON.stringify(layer)` writes neither W nor b: save `layer.params`.
 *
 * @example
 * const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]);   // 2 features × 4 examples
 * const Z1 = new LinearLayer(X.shape, 3, "xavier");
 * Z1.forward(X);
 * Z1.Z.shape;   // [3, 4]
 */
export class LinearLayer implements Layer, TrainableLayer {
  /** W · APrev + b (nOut × m), of the latest `forward`. */
  readonly Z: Matrix;
  /** ∂cost/∂W (nOut × nIn), of the latest `backward`. */
  readonly dW: Matrix;
  /** ∂cost/∂b (nOut × 1), of the latest `backward`. */
  readonly db: Matrix;
  /** Element type of the parameters and of every matrix that passes. */
  readonly dtype: DType;
  /** How many numbers an example has when it comes in. */
  readonly nIn: number;
  /** How many neurons there are, of which each gives an example a number. */
  readonly nOut: number;
  readonly #params: Parameters;
  readonly #dAPrev: Matrix | undefined;
  readonly #step = new LinearStep();

  /**
   * @param inputShape [nIn, examples], the shape of the data that comes in
   * @param nOut number of neurons
   * @param iniType how the first weights are drawn: "plain", "xavier" or "he"
   * @throws ShapeError for bad sizes, ArgumentError for an unknown iniType or option or a value that is none of it, DTypeError for
   *   an unknown dtype
   */
  constructor(inputShape: Shape, nOut: number, iniType: IniType = "plain", options: LinearLayerOptions = {}) {
    const [nIn, m] = checkShape(inputShape, "inputShape");
    checkOptions(options, ["dtype", "inputGrad", "random"], "LinearLayer");
    const { dtype = "float64", inputGrad = true, random } = options;
    checkFlag(inputGrad, "the option inputGrad");
    this.dtype = checkDType(dtype);
    this.nIn = nIn;
    this.nOut = checkSize(nOut, "the number of neurons");
    const { Z, dW, db, dAPrev, records, params } = allOrNone((keep) => ({
      Z: keep(Matrix.zeros(nOut, m, dtype)),
      dW: keep(Matrix.zeros(nOut, nIn, dtype)),
      db: keep(Matrix.zeros(nOut, 1, dtype)),
      dAPrev: inputGrad ? keep(Matrix.zeros(nIn, m, dtype)) : undefined,
      records: keep(roomForRecords(3)),
      // last, so that no weight is drawn for a layer that finds no room
      params: initializeParameters(nIn, nOut, iniType, { dtype, random }),
    }));
    this.#params = Object.freeze(params);
    this.Z = Z;
    this.dW = dW;
    this.db = db;
    this.#dAPrev = dAPrev;
    const own = [params.W, params.b, Z, dW, db, records, ...(dAPrev ? [dAPrev] : [])];
    this.#step.begin(this, records, own, dAPrev);
  }

  /** W (nOut × nIn) and b (nOut × 1), which stay. Set them by hand with `layer.params.W.data.set([…])`. */
  get params(): Parameters {
    return this.#params;
  }

  /** @internal Whether the gradients are those of the latest `forward`. */
  get hasGradients(): boolean {
    return this.#step.hasGradients;
  }

  /**
   * ∂cost/∂APrev (nIn × m), of the latest `backward`.
   * @throws ArgumentError when the layer was made with `inputGrad: false`
   */
  get dAPrev(): Matrix {
    return this.#dAPrev ?? refuseInputGradient();
  }

  /** Z, as every layer names its output. */
  get output(): Matrix {
    return this.Z;
  }

  /** dAPrev, as every layer names the gradient of its input. @throws ArgumentError where `dAPrev` does */
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
    const step = this.#step;
    if (APrev !== step.input) acceptInput(step, APrev);
    // before the call: behind one V8 looks anew at what the object is, five operations of the 170 that a call takes
    step.hasGradients = false;
    step.computeOutput(step.forwardRecord);
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
    const step = this.#step;
    if (upstreamGrad !== step.upstreamGrad) acceptGradient(step, upstreamGrad);
    step.computeGradients(step.backwardRecord);
    step.hasGradients = true;
    return this;
  }

  /**
   * One step of gradient descent: W −= learningRate · dW, b −= learningRate · db; the rate is 0.1 unless given.
   * @throws OrderError before `backward`, ArgumentError unless the learning rate is a finite number, DisposedError after `dispose()`;
   *   nothing changes then
   */
  updateParams(learningRate = 0.1): void {
    const step = this.#step;
    // Compared with true: V8 asks of any other condition whether it is true, or false, or neither.
    if (learningRate !== step.learningRate || step.hasGradients !== true) acceptRate(step, learningRate);
    step.update(step.updateRecord, learningRate);
  }

  /** Gives the parameters, outputs and gradients back. */
  dispose(): void {
    this.#step.dispose();
  }

  /** `dispose()`, for `using layer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

function refuseInputGradient(): never {
  throw new ArgumentError("this layer was made with inputGrad: false and computes no dAPrev");
}

import { DisposedError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { runtime } from "../kernels/runtime.ts";
import { allOrNone, checkMatrix, Matrix } from "../matrix.ts";
import { checkShape, type Shape } from "../matrix-checks.ts";
import { checkOptions } from "../options.ts";
import type { Layer } from "./layer.ts";

/** Options of every activation layer. */
export interface ActivationOptions {
  /** Element type of every matrix that passes; "float64" unless given. */
  dtype?: DType;
}

/**
 * What the activation nodes A = f(Z) share: their matrices, checks and order of calls. A subclass names itself and
 * says which kernels compute A and dZ.
 *
 * Shapes: Z, A, dZ (n × m); m, the number of examples, may change from call to call. The layer owns its outputs and
 * overwrites them with the next call.
 * @example
 * new TanhLayer([1, 1]) instanceof ActivationLayer;   // true
 */
export abstract class ActivationLayer implements Layer {
  /** f(Z) (n × m), of the latest `forward`. */
  readonly A: Matrix;
  /** ∂cost/∂Z (n × m), of the latest `backward`. */
  readonly dZ: Matrix;
  readonly dtype: DType;
  readonly #kernels: Kernels;
  #hasForward = false;

  /**
   * @param shape [n, examples], the shape of the Z that comes in
   * @throws ShapeError for bad sizes, ArgumentError for an unknown option, DTypeError for an unknown dtype
   */
  constructor(shape: Shape, options: ActivationOptions = {}) {
    const [n, m] = checkShape(shape);
    checkOptions(options, ["dtype"], this.title);
    const { dtype = "float64" } = options;
    this.dtype = checkDType(dtype);
    const { A, dZ } = allOrNone((keep) => ({
      A: keep(Matrix.zeros(n, m, dtype)),
      dZ: keep(Matrix.zeros(n, m, dtype)),
    }));
    this.A = A;
    this.dZ = dZ;
    this.#kernels = runtime().kernels[dtype];
  }

  /** The class's name, for messages: a minifier may change the class's own. */
  protected get title(): string {
    return "ActivationLayer";
  }

  /** @internal Writes f(Z) to A. */
  protected abstract activate(kernels: Kernels, A: Matrix, Z: Matrix): void;

  /** @internal Writes ∂cost/∂Z to dZ. */
  protected abstract derive(kernels: Kernels, dZ: Matrix, upstreamGrad: Matrix, A: Matrix): void;

  /** A, as every layer names its output. */
  get output(): Matrix {
    return this.A;
  }

  /** dZ, as every layer names the gradient of its input. */
  get inputGradient(): Matrix {
    return this.dZ;
  }

  /**
   * Computes A = f(Z).
   * @param Z (n × m) of the layer's dtype
   * @returns A (n × m)
   * @throws ShapeError, DTypeError, DisposedError or ArgumentError when Z does not fit; nothing changes then
   */
  forward(Z: Matrix): Matrix {
    const { A } = this;
    // One test for all that can be wrong; what it was is found out apart, since a small step is mostly tests.
    if (!(Z?.dtype === this.dtype && Z.rows === A.rows && Z.pointer > 0 && A.pointer > 0))
      this.#refuseInput(Z);
    if (A.cols !== Z.cols) A.resizeColumns(Z.cols);
    this.#hasForward = true;
    this.activate(this.#kernels, A, Z);
    return A;
  }

  /**
   * Computes dZ = upstreamGrad · f′(Z).
   * @param upstreamGrad ∂cost/∂A (n × m)
   * @returns dZ (n × m)
   * @throws OrderError before `forward`; ShapeError, DTypeError, DisposedError or ArgumentError when upstreamGrad
   *   does not fit; nothing changes then
   */
  backward(upstreamGrad: Matrix): Matrix {
    const { A, dZ } = this;
    const m = A.cols;
    if (
      !(
        upstreamGrad?.dtype === this.dtype &&
        upstreamGrad.rows === A.rows &&
        upstreamGrad.cols === m &&
        upstreamGrad.pointer > 0 &&
        this.#hasForward &&
        A.pointer > 0 &&
        dZ.pointer > 0
      )
    ) {
      this.#refuseGradient(upstreamGrad);
    }
    if (dZ.cols !== m) dZ.resizeColumns(m);
    this.derive(this.#kernels, dZ, upstreamGrad, A);
    return dZ;
  }

  /** Gives the outputs back. */
  dispose(): void {
    this.A.dispose();
    this.dZ.dispose();
  }

  /** `dispose()`, for `using layer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Says why `forward` cannot take Z. */
  #refuseInput(Z: Matrix): never {
    checkMatrix(Z, `${this.title}.forward: Z`, this.dtype);
    if (Z.rows !== this.A.rows) {
      throw new ShapeError(
        `${this.title}.forward: Z has ${Z.rows} rows, but the layer was made for ${this.A.rows}`,
      );
    }
    throw this.#disposedError();
  }

  /** Says why `backward` cannot take upstreamGrad, or cannot run at all. */
  #refuseGradient(upstreamGrad: Matrix): never {
    const { A } = this;
    checkMatrix(upstreamGrad, `${this.title}.backward: upstreamGrad`, this.dtype);
    if (A.disposed || this.dZ.disposed) throw this.#disposedError();
    if (!this.#hasForward) throw new OrderError(`${this.title}.backward: call forward first`);
    throw new ShapeError(
      `${this.title}.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but A is ${A.rows}×${A.cols}`,
    );
  }

  #disposedError(): DisposedError {
    return new DisposedError(`this ${this.title}, or one of its matrices, was disposed`);
  }
}

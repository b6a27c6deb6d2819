import { DisposedError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { runtime } from "../kernels/runtime.ts";
import { allOrNone, checkMatrix, layoutVersion, Matrix } from "../matrix.ts";
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
  /** The operands of the latest calls, and the layout in which they were checked: the same ones need no check. */
  #Z: Matrix | undefined;
  #upstreamGrad: Matrix | undefined;
  #forwardLayout = -1;
  #backwardLayout = -1;
  /** Addresses and number of elements of those calls. */
  #aAt = 0;
  #zAt = 0;
  #dZAt = 0;
  #upstreamAt = 0;
  #size = 0;

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

  /** @internal Writes f(z) to a, both n elements, of A's shape. */
  protected abstract activate(kernels: Kernels, a: number, z: number, n: number): void;

  /** @internal Writes ∂cost/∂Z to dZ, of n elements as the other operands. */
  protected abstract derive(kernels: Kernels, dZ: number, upstream: number, a: number, n: number): void;

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
    if (Z !== this.#Z || this.#forwardLayout !== layoutVersion) this.#acceptInput(Z);
    this.activate(this.#kernels, this.#aAt, this.#zAt, this.#size);
    return this.A;
  }

  /**
   * Computes dZ = upstreamGrad · f′(Z).
   * @param upstreamGrad ∂cost/∂A (n × m)
   * @returns dZ (n × m)
   * @throws OrderError before `forward`; ShapeError, DTypeError, DisposedError or ArgumentError when upstreamGrad
   *   does not fit; nothing changes then
   */
  backward(upstreamGrad: Matrix): Matrix {
    if (upstreamGrad !== this.#upstreamGrad || this.#backwardLayout !== layoutVersion) {
      this.#acceptGradient(upstreamGrad);
    }
    this.derive(this.#kernels, this.#dZAt, this.#upstreamAt, this.#aAt, this.#size);
    return this.dZ;
  }

  /** Gives the outputs back. */
  dispose(): void {
    this.#Z = undefined;
    this.#upstreamGrad = undefined;
    this.A.dispose();
    this.dZ.dispose();
  }

  /** `dispose()`, for `using layer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Checks all that `forward` needs, then makes room for so many examples. */
  #acceptInput(Z: Matrix): void {
    const { A } = this;
    checkMatrix(Z, `${this.title}.forward: Z`, this.dtype);
    if (Z.rows !== A.rows) {
      throw new ShapeError(
        `${this.title}.forward: Z has ${Z.rows} rows, but the layer was made for ${A.rows}`,
      );
    }
    if (A.disposed) throw this.#disposedError();
    if (A.cols !== Z.cols) A.resizeColumns(Z.cols);
    this.#Z = Z;
    this.#zAt = Z.pointer;
    this.#aAt = A.pointer;
    this.#size = A.size;
    this.#forwardLayout = layoutVersion;
  }

  /** Checks all that `backward` needs, then makes room for dZ. */
  #acceptGradient(upstreamGrad: Matrix): void {
    const { A, dZ } = this;
    checkMatrix(upstreamGrad, `${this.title}.backward: upstreamGrad`, this.dtype);
    if (A.disposed || dZ.disposed) throw this.#disposedError();
    if (this.#Z === undefined) throw new OrderError(`${this.title}.backward: call forward first`);
    if (upstreamGrad.rows !== A.rows || upstreamGrad.cols !== A.cols) {
      throw new ShapeError(
        `${this.title}.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but A is ${A.rows}×${A.cols}`,
      );
    }
    if (dZ.cols !== A.cols) dZ.resizeColumns(A.cols);
    this.#upstreamGrad = upstreamGrad;
    this.#upstreamAt = upstreamGrad.pointer;
    this.#dZAt = dZ.pointer;
    this.#backwardLayout = layoutVersion;
  }

  #disposedError(): DisposedError {
    return new DisposedError(`this ${this.title}, or one of its matrices, was disposed`);
  }
}

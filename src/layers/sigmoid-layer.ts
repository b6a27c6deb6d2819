import { DisposedError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { runtime } from "../kernels/runtime.ts";
import { checkMatrix, checkOptions, checkShape, Matrix, type Shape } from "../matrix.ts";

/**
 * The sigmoid node A = 1 / (1 + e^−Z), element by element; stable for every Z.
 *
 * Shapes: Z, A, dZ (n × m); m, the number of examples, may change from call to call. The layer owns its outputs and
 * overwrites them with the next call.
 *
 * @example
 * const A1 = new SigmoidLayer([1, 2]);
 * A1.forward(Matrix.from([[0, 1]])).toArray();   // [[0.5, 0.7310585786300049]]
 */
export class SigmoidLayer {
  /** 1 / (1 + e^−Z) (n × m), of the latest `forward`. */
  readonly A: Matrix;
  /** ∂cost/∂Z (n × m), of the latest `backward`. */
  readonly dZ: Matrix;
  readonly dtype: DType;
  readonly #kernels: Kernels;
  #hasForward = false;

  /**
   * @param shape [n, examples], the shape of the Z that comes in
   * @throws ShapeError for bad sizes, DTypeError for an unknown dtype
   */
  constructor(shape: Shape, options: { dtype?: DType } = {}) {
    const [n, m] = checkShape(shape);
    checkOptions(options, "SigmoidLayer");
    const { dtype = "float64" } = options;
    this.dtype = checkDType(dtype);
    this.A = Matrix.zeros(n, m, dtype);
    this.dZ = Matrix.zeros(n, m, dtype);
    this.#kernels = runtime().kernels[dtype];
  }

  /**
   * Computes A = 1 / (1 + e^−Z).
   * @param Z (n × m) of the layer's dtype
   * @returns A (n × m)
   * @throws ShapeError, DTypeError, DisposedError or ArgumentError when Z does not fit; nothing changes then
   */
  forward(Z: Matrix): Matrix {
    const { A } = this;
    if (!(Z?.dtype === this.dtype && Z.rows === A.rows && Z.pointer > 0 && A.pointer > 0))
      this.#refuseInput(Z);
    const m = Z.cols;
    if (A.cols !== m) A.resizeColumns(m);
    this.#hasForward = true;
    this.#kernels.sigmoid(A.pointer, Z.pointer, A.rows * m);
    return A;
  }

  /**
   * Computes dZ = upstreamGrad · A · (1 − A), element by element.
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
    this.#kernels.sigmoidGradient(dZ.pointer, upstreamGrad.pointer, A.pointer, A.rows * m);
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
    checkMatrix(Z, "SigmoidLayer.forward: Z", this.dtype);
    if (Z.rows !== this.A.rows) {
      throw new ShapeError(
        `SigmoidLayer.forward: Z has ${Z.rows} rows, but the layer was made for ${this.A.rows}`,
      );
    }
    throw new DisposedError(DISPOSED);
  }

  /** Says why `backward` cannot take upstreamGrad, or cannot run at all. */
  #refuseGradient(upstreamGrad: Matrix): never {
    const { A } = this;
    checkMatrix(upstreamGrad, "SigmoidLayer.backward: upstreamGrad", this.dtype);
    if (A.disposed || this.dZ.disposed) throw new DisposedError(DISPOSED);
    if (!this.#hasForward) throw new OrderError("SigmoidLayer.backward: call forward first");
    throw new ShapeError(
      `SigmoidLayer.backward: upstreamGrad is ${upstreamGrad.rows}×${upstreamGrad.cols}, but A is ${A.rows}×${A.cols}`,
    );
  }
}

const DISPOSED = "this SigmoidLayer, or one of its matrices, was disposed";

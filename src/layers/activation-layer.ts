import type { DType } from "../kernels/dtype.ts";
import { checkDType } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { allOrNone, Matrix } from "../matrix.ts";
import { checkShape, type Shape } from "../matrix-checks.ts";
import { checkOptions } from "../options.ts";
import { roomForRecords } from "../record-room.ts";
import { acceptGradient, acceptInput, type Stepping } from "./activation-step.ts";
import type { Layer } from "./layer.ts";
import { Step } from "./step.ts";

/** Options of every activation layer. */
export interface ActivationOptions {
  /** Element type of every matrix that passes; "float64" unless given. */
  dtype?: DType | undefined;
}

/**
 * What the library's activation nodes A = f(Z) share: their matrices, checks and order of calls. A layer of your own implements
 * `Layer` instead: the kernels that compute A and dZ here are the library's, and no class but its own can name them.
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
  /** Element type of every matrix that passes. */
  readonly dtype: DType;
  readonly #step = new Step<Stepping>();

  /**
   * @param shape [n, examples], the shape of the Z that comes in
   * @throws ShapeError for bad sizes, ArgumentError for an unknown option, DTypeError for an unknown dtype
   */
  constructor(shape: Shape, options: ActivationOptions = {}) {
    const [n, m] = checkShape(shape);
    checkOptions(options, ["dtype"], this.title);
    const { dtype = "float64" } = options;
    this.dtype = checkDType(dtype);
    const { A, dZ, records } = allOrNone((keep) => ({
      A: keep(Matrix.zeros(n, m, dtype)),
      dZ: keep(Matrix.zeros(n, m, dtype)),
      records: keep(roomForRecords(2)),
    }));
    this.A = A;
    this.dZ = dZ;
    this.#step.begin(this, records, [A, dZ, records]);
  }

  /** @internal The class's name, for messages: a minifier may change the class's own. */
  get title(): string {
    return "ActivationLayer";
  }

  /** @internal What writes f(z) to a, both n elements, of A's shape; these operands stay. The record is room for them. */
  abstract activation(kernels: Kernels, record: number, a: number, z: number, n: number): Prepared;

  /** @internal What writes ∂cost/∂Z to dZ, of n elements as the other operands, which stay. */
  abstract derivative(
    kernels: Kernels,
    record: number,
    dZ: number,
    upstream: number,
    a: number,
    n: number,
  ): Prepared;

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
    const step = this.#step;
    if (Z !== step.input) acceptInput(step, Z);
    step.computeOutput(step.forwardRecord);
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
    const step = this.#step;
    if (upstreamGrad !== step.upstreamGrad) acceptGradient(step, upstreamGrad);
    step.computeGradients(step.backwardRecord);
    return this.dZ;
  }

  /** Gives the outputs back. */
  dispose(): void {
    this.#step.dispose();
  }

  /** `dispose()`, for `using layer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

import { OrderError } from "../errors.ts";
import { bytesOf } from "../kernels/dtype.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { Prepared } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import { Matrix } from "../matrix.ts";
import type { Shape } from "../matrix-checks.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { checkRandom, type RandomState, sharedRandom } from "../random.ts";
import { ActivationLayer, type ActivationOptions } from "./activation-layer.ts";

/** Options of a `DropoutLayer`. */
export interface DropoutOptions extends ActivationOptions {
  /** Where the masks are drawn; the generator of `seed` unless given. */
  random?: RandomState | undefined;
}

/**
 * The dropout node: in training each element is put to 0 with probability `rate` and the others are divided by
 * 1 − rate, which keeps the expected value; in prediction A = Z. A network sets `training` itself.
 *
 * The mask is drawn anew by each forward, row after row, as NumPy's `(rand(n, m) >= rate) / (1 - rate)`.
 *
 * @example
 * const A1 = new DropoutLayer([1, 4], 0.5, { random: new RandomState(1) });
 * A1.forward(Matrix.from([[1, 1, 1, 1]])).toArray();   // [[0, 2, 0, 0]]
 */
export class DropoutLayer extends ActivationLayer {
  /** The share of elements that is dropped. */
  readonly rate: number;
  /** Whether `forward` drops anything. */
  training = true;
  /** @internal Keeps the mask of the latest forward for the next: a gradient is checked against one mask. */
  keepsMask = false;
  /** @internal */
  override get title(): string {
    return "DropoutLayer";
  }
  /** @internal Where the masks are drawn. */
  readonly random: RandomState;
  readonly #mask: Matrix;
  #masked = false;

  /**
   * @throws ArgumentError for an unknown option, or unless 0 ≤ rate < 1 and random is a RandomState; ShapeError for bad sizes,
   *   DTypeError for an unknown dtype
   */
  constructor(shape: Shape, rate = 0.5, options: DropoutOptions = {}) {
    checkRate(rate);
    checkOptions(options, ["dtype", "random"], "DropoutLayer");
    const { random = sharedRandom(), ...rest } = options;
    checkRandom(random);
    super(shape, rest);
    this.rate = rate;
    this.random = random;
    try {
      this.#mask = Matrix.zeros(this.A.rows, this.A.cols, this.dtype);
    } catch (error) {
      super.dispose();
      throw error;
    }
  }

  /** @internal */
  activation(kernels: Kernels, _: number, a: number, z: number, n: number): Prepared {
    return () => this.#drop(kernels, a, z, n);
  }

  /** @internal */
  derivative(kernels: Kernels, _: number, dZ: number, upstream: number, __: number, n: number): Prepared {
    return () => {
      // a forward whose mask found no room has left the one before, of other examples
      if (this.#masked && this.#mask.size !== n) {
        throw new OrderError("DropoutLayer.backward: call forward first");
      }
      if (this.#masked) kernels.multiply(dZ, upstream, this.#mask.pointer, n);
      else this.#copy(dZ, upstream, n);
    };
  }

  #drop(kernels: Kernels, a: number, z: number, n: number): void {
    this.#masked = this.training;
    if (!this.training) {
      this.#copy(a, z, n);
      return;
    }
    if (!this.keepsMask) this.#draw(this.A.cols);
    kernels.multiply(a, z, this.#mask.pointer, n);
  }

  #copy(to: number, from: number, n: number): void {
    runtime().memory.u8.copyWithin(to, from, from + n * bytesOf(this.dtype));
  }

  #draw(cols: number): void {
    const mask = this.#mask;
    if (mask.cols !== cols) mask.resizeColumns(cols);
    const { rate, random } = this;
    const kept = 1 / (1 - rate);
    const { data } = mask;
    // no branch, which would be guessed wrong nearly as often as it drops
    for (let i = 0; i < data.length; i++) data[i] = Number(random.random() >= rate) * kept;
  }

  override dispose(): void {
    super.dispose();
    this.#mask.dispose();
  }
}

/** @internal @throws ArgumentError unless `rate` is a number from 0 up to but not including 1 */
export function checkRate(rate: unknown): number {
  const range = "from 0 up to but not including 1";
  return checkNumber(rate, "the dropout rate", range, (value) => value >= 0 && value < 1);
}

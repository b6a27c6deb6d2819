import { counted } from "../describe.ts";
import { OutOfMemoryError } from "../errors.ts";
import { bytesOf, type DType } from "../kernels/dtype.ts";
import { Matrix } from "../matrix.ts";
import type { RandomState } from "../random.ts";
import { MAX_BYTES } from "../wasm/memory.ts";
import type { Table } from "./table.ts";

/** Inputs with their labels and, perhaps, their weights, all of one count. */
export interface Examples {
  readonly X: Table;
  readonly Y: Table;
  /** One number an example. */
  readonly weights?: Table;
}

/** The examples as matrices, one batch at a time. The matrices are made once and refilled; a last batch may be short. */
export class Batches {
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly weights: Matrix | undefined;
  readonly size: number;
  readonly #examples: Examples;
  /** The places of the examples in the order that was drawn last. */
  #order: Int32Array | undefined;
  #holdsAll = false;

  /**
   * @param size the most examples in a batch; no more than there are
   * @throws OutOfMemoryError when the memory cannot hold a batch
   */
  constructor(examples: Examples, size: number, dtype: DType) {
    this.#examples = examples;
    this.size = Math.min(size, examples.X.count);
    const bytes = examples.X.width * this.size * bytesOf(dtype);
    if (bytes >= MAX_BYTES) {
      throw new OutOfMemoryError(
        `a batch of ${this.size} examples of ${counted(examples.X.width, "feature")} takes ${bytes} bytes, more than a 4 GiB memory can hold; take fewer at a time, as fit does with a smaller batchSize`,
      );
    }
    this.X = Matrix.zeros(examples.X.width, this.size, dtype);
    this.Y = Matrix.zeros(examples.Y.width, this.size, dtype);
    this.weights = examples.weights === undefined ? undefined : Matrix.zeros(1, this.size, dtype);
  }

  /** Number of examples. */
  get count(): number {
    return this.#examples.X.count;
  }

  /** Draws the order in which the examples come from here on, as `random.permutation` would, but into the list of the last time. */
  shuffle(random: RandomState): void {
    this.#order ??= new Int32Array(this.count);
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i;
    random.shuffle(order);
  }

  /**
   * Fills the matrices with the batch that begins at `start`, in the order that was drawn or that of the examples.
   * @returns how many examples it has
   */
  load(start: number): number {
    const { X, Y, weights } = this.#examples;
    const order = this.#order;
    const count = Math.min(this.size, X.count - start);
    if (this.#holdsAll) return count;
    X.load(this.X, start, count, order);
    Y.load(this.Y, start, count, order);
    if (this.weights !== undefined) weights?.load(this.weights, start, count, order);
    this.#holdsAll = order === undefined && count === X.count;
    return count;
  }

  dispose(): void {
    this.X.dispose();
    this.Y.dispose();
    this.weights?.dispose();
  }
}

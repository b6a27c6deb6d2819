import { type Prepared, RECORD_BYTES, subtractScaled } from "../kernels/records.ts";
import { runtime } from "../kernels/runtime.ts";
import type { TrainableLayer } from "../layers/layer.ts";
import type { Trained } from "../layers/trainable.ts";
import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { roomForRecords } from "../record-room.ts";
import { Optimizer } from "./optimizer.ts";

/** Options of `GradientDescent`. */
export interface GradientDescentOptions {
  /** 0.1 unless given. */
  learningRate?: number | undefined;
}

/**
 * Plain gradient descent: p −= learningRate · g, of learning rate 0.1 unless given.
 * @example
 * new Network([linear(1)], { optimizer: new GradientDescent({ learningRate: 0.5 }) });
 */
export class GradientDescent extends Optimizer {
  readonly name = "gradientDescent";
  /** The parameters of the latest step, what updates each layer's, and room for the records. */
  #trained: readonly Trained[] | undefined;
  #updates: readonly { readonly run: Prepared; readonly record: number }[] = [];
  #room: Matrix | undefined;

  /** @throws ArgumentError for an unknown option or a bad learning rate */
  constructor(options: GradientDescentOptions = {}) {
    checkOptions(options, ["learningRate"], "GradientDescent");
    const { learningRate = 0.1 } = options;
    super(learningRate);
  }

  /**
   * W and b of a layer in one call: a small network's calls cost more than its arithmetic.
   * @throws what `Optimizer.step` throws
   */
  override step(layers: readonly TrainableLayer[]): void {
    // a class of the caller's own that moves parameters in another way
    if (this.update !== GradientDescent.prototype.update) {
      super.step(layers);
      return;
    }
    const trained = this.trainedOf(layers);
    if (trained !== this.#trained) this.#prepare(trained);
    this.begin();
    const { learningRate } = this;
    for (const { run, record } of this.#updates) run(record, learningRate);
  }

  #prepare(trained: readonly Trained[]): void {
    const bytes = RECORD_BYTES * trained.length;
    let room = this.#room;
    if (room === undefined || 4 * room.size < bytes) {
      room = roomForRecords(trained.length);
      // only now: were there no memory for the larger, the smaller would still be needed
      this.#room?.dispose();
      this.#room = room;
    }
    const { pointer } = room;
    this.#updates = trained.map(({ W, b, dW, db }, i) => {
      const record = pointer + i * RECORD_BYTES;
      const operands = [W.pointer, b.pointer, dW.pointer, db.pointer, W.size, b.size];
      return { run: runtime().kernels[W.dtype].prepare("linearUpdate", record, operands), record };
    });
    this.#trained = trained;
  }

  override dispose(): void {
    super.dispose();
    this.#room?.dispose();
    this.#room = undefined;
    this.#trained = undefined;
  }

  protected update(parameter: Matrix, gradient: Matrix): void {
    const kernels = runtime().kernels[parameter.dtype];
    subtractScaled(kernels, parameter.pointer, gradient.pointer, parameter.size, this.learningRate);
  }
}

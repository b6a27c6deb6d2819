import type { TrainableLayer } from "../layers/layer.ts";
import { checkTrainable } from "../layers/trainable.ts";
import { allOrNone, Matrix } from "../matrix.ts";
import { checkNumber } from "../options.ts";

/**
 * What the optimizers share: the learning rate, and the memory that some keep for each parameter. One optimizer serves
 * one network.
 */
export abstract class Optimizer {
  abstract readonly name: string;
  #learningRate = 0;
  readonly #memory = new Map<Matrix, Matrix[]>();

  /** @throws ArgumentError unless the learning rate is a finite number from 0 up */
  constructor(learningRate: number) {
    this.learningRate = learningRate;
  }

  /** How far a step goes; a schedule sets it before each epoch. */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    this.#learningRate = checkNumber(rate, "the learning rate", "from 0 up", (value) => value >= 0);
  }

  /**
   * One step: every W by its dW and every b by its db.
   * @param layers linear layers after their `backward`
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when a layer does not fit; nothing changes then
   * @example
   * optimizer.step([Z1, Z2]);
   */
  step(layers: readonly TrainableLayer[]): void {
    checkTrainable(this.name, layers, this.#learningRate);
    this.begin();
    for (const { params, dW, db } of layers) {
      this.update(params.W, dW);
      this.update(params.b, db);
    }
  }

  /** @internal Copies of what is remembered of a parameter, in order; none before the first step. */
  memoriesOf(parameter: Matrix): number[][][] {
    return (this.#memory.get(parameter) ?? []).map((matrix) => matrix.toArray());
  }

  /** @internal Gives what puts the memory back as it is now, for a step that is shown but not kept. */
  remember(): () => void {
    const kept = new Map(
      [...this.#memory].map(([parameter, all]) => [parameter, all.map(({ data }) => data.slice())]),
    );
    return () => {
      for (const [parameter, matrices] of this.#memory) {
        const old = kept.get(parameter);
        if (old === undefined) this.#memory.delete(parameter);
        for (const [i, matrix] of matrices.entries()) {
          if (old === undefined) matrix.dispose();
          else matrix.data.set(old[i]);
        }
      }
    };
  }

  /** Forgets what earlier steps left, as before the first one. */
  reset(): void {
    for (const matrices of this.#memory.values()) for (const matrix of matrices) matrix.dispose();
    this.#memory.clear();
  }

  /** Gives the memory back; a later step begins anew. */
  dispose(): void {
    this.reset();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Comes once before the updates of a step. */
  protected begin(): void {}

  /** Moves one parameter by its gradient. */
  protected abstract update(parameter: Matrix, gradient: Matrix): void;

  /** The `count` matrices, zeros at first, that go with a parameter. */
  protected memoryOf(parameter: Matrix, count: number): Matrix[] {
    let kept = this.#memory.get(parameter);
    if (kept === undefined) {
      const { rows, cols, dtype } = parameter;
      kept = allOrNone((keep) => Array.from({ length: count }, () => keep(Matrix.zeros(rows, cols, dtype))));
      this.#memory.set(parameter, kept);
    }
    return kept;
  }
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up to but not including 1 */
export function checkShare(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up to but not including 1", (share) => share >= 0 && share < 1);
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up */
export function checkFromZero(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up", (number) => number >= 0);
}

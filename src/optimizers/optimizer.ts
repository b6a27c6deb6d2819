import type { DTypeArray } from "../kernels/dtype.ts";
import { layoutVersion } from "../kernels/layout.ts";
import type { TrainableLayer } from "../layers/layer.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import { checkTrainable, type Trained } from "../layers/trainable.ts";
import { allOrNone, Matrix } from "../matrix.ts";
import { checkNumber } from "../options.ts";

/** @internal What an optimizer remembers: matrices for each parameter, and numbers. */
export interface OptimizerState {
  readonly memory: readonly (readonly DTypeArray[])[];
  readonly counters: readonly number[];
}

/**
 * What the optimizers share: the learning rate, and the memory that some keep for each parameter. One optimizer serves
 * one network.
 * @example
 * new Adam({ learningRate: 0.01 }) instanceof Optimizer;   // true
 */
export abstract class Optimizer {
  /** What it is called where it is told of. */
  abstract readonly name: string;
  #learningRate = 0;
  readonly #memory = new Map<Matrix, Matrix[]>();
  /** The latest list, if it stays as a network's does, and what it was found to hold, for which layout and learning rate. */
  #known: { list: unknown; trained: readonly Trained[]; layout: number; rate: number } | undefined;

  /** @throws ArgumentError unless the learning rate is a finite number from 0 up */
  constructor(learningRate: number) {
    this.learningRate = learningRate;
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "Optimizer";
  }

  /** How far a step goes; a schedule sets it before each epoch. */
  get learningRate(): number {
    return this.#learningRate;
  }

  /** @throws ArgumentError unless it is a finite number from 0 up */
  set learningRate(rate: number) {
    this.#learningRate = checkNumber(rate, "the learning rate", "from 0 up", (value) => value >= 0);
  }

  /**
   * One step: every W by its dW and every b by its db.
   * @param layers linear layers after their `backward`
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when a layer does not fit, OrderError before its
   *   `backward`; nothing changes then
   * @example
   * const Z1 = new LinearLayer([1, 1], 1, "plain");
   * Z1.forward(Matrix.from([[3]]));
   * Z1.backward(Matrix.from([[1]]));
   * new Adam().step([Z1]);
   */
  step(layers: readonly TrainableLayer[]): void {
    const trained = this.trainedOf(layers);
    this.begin();
    for (const { W, b, dW, db } of trained) {
      this.update(W, dW);
      this.update(b, db);
    }
  }

  /**
   * @internal What a step moves, checked: of a list that can hold nothing else, once for a layout. Checked at every step it
   * takes an epoch of XOR in `fit` a tenth of its time. As long as it is the same, so is the list that is returned.
   */
  protected trainedOf(layers: readonly TrainableLayer[]): readonly Trained[] {
    const rate = this.#learningRate;
    const known = this.#known;
    if (
      known !== undefined &&
      known.list === layers &&
      known.layout === layoutVersion &&
      known.rate === rate
    ) {
      return known.trained;
    }
    const found = checkTrainable(this.name, layers, rate);
    const trained = known?.layout === layoutVersion && areSame(found, known.trained) ? known.trained : found;
    // another list may hold other layers tomorrow, and a layer of the caller's own have a gradient of another shape
    const stays = Object.isFrozen(layers) && layers.every((layer) => layer instanceof LinearLayer);
    const list = stays ? layers : undefined;
    this.#known = { list, trained, layout: layoutVersion, rate };
    return trained;
  }

  /** @internal Copies of what is remembered of a parameter, in order; none before the first step. */
  memoriesOf(parameter: Matrix): number[][][] {
    return (this.#memory.get(parameter) ?? []).map((matrix) => matrix.toArray());
  }

  /** Forgets what earlier steps left, as before the first one. */
  reset(): void {
    for (const parameter of [...this.#memory.keys()]) this.#forget(parameter);
  }

  /** Gives the memory back; a later step begins anew. */
  dispose(): void {
    this.reset();
    this.#known = undefined;
  }

  /** `dispose()`, for `using optimizer = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal What it remembers of these parameters, copied. */
  stateFor(parameters: readonly Matrix[]): OptimizerState {
    const memory = parameters.map((parameter) =>
      (this.#memory.get(parameter) ?? []).map(({ data }) => data.slice()),
    );
    return { memory, counters: this.counters };
  }

  /** @internal Remembers this of these parameters instead. */
  restoreFor(parameters: readonly Matrix[], { memory, counters }: OptimizerState): void {
    for (const [i, parameter] of parameters.entries()) {
      if (memory[i].length === 0) this.#forget(parameter);
      else {
        for (const [j, matrix] of this.memoryOf(parameter, memory[i].length).entries()) {
          matrix.data.set(memory[i][j]);
        }
      }
    }
    this.counters = counters;
  }

  #forget(parameter: Matrix): void {
    for (const matrix of this.#memory.get(parameter) ?? []) matrix.dispose();
    this.#memory.delete(parameter);
  }

  /** @internal What it remembers beside matrices. */
  protected get counters(): readonly number[] {
    return [];
  }

  /** @internal */
  protected set counters(_: readonly number[]) {}

  /** Comes once before the updates of a step. */
  protected begin(): void {}

  /** Moves one parameter by its gradient. */
  protected abstract update(parameter: Matrix, gradient: Matrix): void;

  /** The `count` matrices, zeros at first, that go with a parameter; the first call makes them, and later ones ask for as many. */
  protected memoryOf(parameter: Matrix, count: 1): [Matrix];
  protected memoryOf(parameter: Matrix, count: 2): [Matrix, Matrix];
  protected memoryOf(parameter: Matrix, count: number): Matrix[];
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

function areSame(a: readonly Trained[], b: readonly Trained[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ W, b: bias, dW, db }, i) => {
    const other = b[i];
    return W === other.W && bias === other.b && dW === other.dW && db === other.db;
  });
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up to but not including 1 */
export function checkShare(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up to but not including 1", (share) => share >= 0 && share < 1);
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up */
export function checkFromZero(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up", (number) => number >= 0);
}

import { describe } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { TrainableLayer } from "../layers/layer.ts";
import { checkMatrix, Matrix } from "../matrix.ts";
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
   * @example
   * optimizer.step([Z1, Z2]);
   */
  step(layers: readonly TrainableLayer[]): void {
    checkLayers(layers, `${this.name}.step`);
    this.begin();
    for (const { params, dW, db } of layers) {
      this.update(params.W, dW);
      this.update(params.b, db);
    }
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
      kept = Array.from({ length: count }, () => Matrix.zeros(rows, cols, dtype));
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

/**
 * @internal
 * @throws ArgumentError, ShapeError, DTypeError or DisposedError unless every layer's gradients fit its parameters
 */
export function checkLayers(layers: readonly TrainableLayer[], where: string): void {
  if (!Array.isArray(layers)) {
    throw new ArgumentError(`${where} takes a list of layers, not ${describe(layers)}`);
  }
  for (let i = 0; i < layers.length; i++) {
    const layer: TrainableLayer = layers[i];
    const W = layer?.params?.W;
    const b = layer?.params?.b;
    if (!(W instanceof Matrix && b instanceof Matrix)) {
      throw new ArgumentError(`${where}: layer ${i + 1} has no params W and b: it is ${describe(layer)}`);
    }
    checkGradient(layer.dW, W, `${where}: layer ${i + 1}'s dW`);
    checkGradient(layer.db, b, `${where}: layer ${i + 1}'s db`);
    if (b.rows !== W.rows || b.cols !== 1) {
      throw new ShapeError(`${where}: layer ${i + 1}'s b is ${b.rows}×${b.cols}, but W has ${W.rows} rows`);
    }
  }
}

function checkGradient(gradient: Matrix, parameter: Matrix, role: string): void {
  checkMatrix(parameter, `${role}'s parameter`);
  checkMatrix(gradient, role, parameter.dtype);
  if (gradient.rows !== parameter.rows || gradient.cols !== parameter.cols) {
    throw new ShapeError(
      `${role} is ${gradient.rows}×${gradient.cols}, but its parameter is ${parameter.rows}×${parameter.cols}`,
    );
  }
}

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

  /** @throws ArgumentError unless it is a finite number from 0 up */
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

  /** `dispose()`, for `using optimizer = …`. */
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

/**
 * @internal
 * @throws ArgumentError, ShapeError, DTypeError or DisposedError unless `layers` are layers with weights
 */
export function checkLayers(layers: readonly TrainableLayer[], role: string): void {
  if (!Array.isArray(layers)) {
    throw new ArgumentError(`${role} takes a list of layers, not ${describe(layers)}`);
  }
  for (let i = 0; i < layers.length; i++) {
    const layer: TrainableLayer = layers[i];
    checkPair(layer?.params?.W, layer?.dW, `${role}: W`, i);
    checkPair(layer.params.b, layer.db, `${role}: b`, i);
  }
}

function checkPair(parameter: Matrix, gradient: Matrix, role: string, i: number): void {
  if (
    parameter instanceof Matrix &&
    gradient instanceof Matrix &&
    parameter.pointer > 0 &&
    gradient.pointer > 0 &&
    parameter.dtype === gradient.dtype &&
    parameter.rows === gradient.rows &&
    parameter.cols === gradient.cols
  ) {
    return;
  }
  checkMatrix(parameter, `${role} of layer ${i}`);
  checkMatrix(gradient, `${role}'s gradient of layer ${i}`, parameter.dtype);
  throw new ShapeError(
    `${role} of layer ${i} is ${parameter.rows}×${parameter.cols}, but its gradient is ${gradient.rows}×${gradient.cols}`,
  );
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up to but not including 1 */
export function checkShare(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up to but not including 1", (share) => share >= 0 && share < 1);
}

/** @internal @throws ArgumentError unless `value` is a number from 0 up */
export function checkFromZero(value: unknown, role: string): number {
  return checkNumber(value, role, "from 0 up", (number) => number >= 0);
}

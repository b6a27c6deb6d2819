import type { Cost } from "../costs/cost.ts";
import type { Penalty } from "../costs/penalties.ts";
import { ArgumentError, DisposedError, OrderError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { DropoutLayer } from "../layers/dropout-layer.ts";
import type { Layer } from "../layers/layer.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import { createLayer, type LayerSpec } from "../layers/specs.ts";
import { withoutDropout } from "../layers/without-dropout.ts";
import { Matrix } from "../matrix.ts";
import type { Shape } from "../matrix-checks.ts";
import type { RandomState } from "../random.ts";

/** What a graph is made of beside its layers. */
export interface GraphParts {
  readonly cost: Cost;
  readonly penalties: readonly Penalty[];
  readonly dtype: DType;
  readonly random: RandomState;
  /** Where first weights are drawn, if not from `random`. */
  readonly weights?: RandomState;
}

/** The outputs of such layers for nIn inputs. */
export function widthAfter(specs: readonly LayerSpec[], nIn: number): number {
  return specs.reduce((width, spec) => (spec.kind === "linear" ? spec.nOut : width), nIn);
}

/**
 * Whether the cost goes past the last activation; see `Cost.joins`.
 * @throws ArgumentError when it must, and the last layer is no such activation
 */
export function joinsLast(cost: Cost, specs: readonly LayerSpec[]): boolean {
  const last = specs[specs.length - 1];
  const joins = cost.computeJoined !== undefined && cost.joins === last.kind && specs.length > 1;
  if (!joins && cost.computeCost === undefined) {
    throw new ArgumentError(
      `the cost ${cost.name ?? "given"} needs ${cost.joins}() as the network's last layer, ${last.kind === cost.joins ? "with another before it" : `not ${last.kind}`}`,
    );
  }
  return joins;
}

/**
 * The layers of a network, made for a number of inputs, with the cost at their end: forward, cost, backward, on
 * matrices whose columns are examples.
 */
export class Graph {
  readonly nIn: number;
  readonly layers: readonly Layer[];
  /** The layers with weights, in order. */
  readonly linears: readonly LinearLayer[];
  readonly #cost: Cost;
  readonly #penalties: readonly Penalty[];
  /** The first layer with weights: nobody asks for a gradient before it. */
  readonly #first: number;
  /** Whether the cost goes past the last activation; see `Cost.joins`. */
  readonly #joined: boolean;
  #gradient: Matrix | undefined;
  #input: Matrix | undefined;
  #training = false;
  #disposed = false;
  /** How many times it went forward. */
  #forwards = 0;

  /** @throws ArgumentError when the cost needs an activation that the last layer is not */
  constructor(
    specs: readonly LayerSpec[],
    nIn: number,
    { cost, penalties, dtype, random, weights }: GraphParts,
  ) {
    this.#joined = joinsLast(cost, specs);
    this.nIn = nIn;
    this.#cost = cost;
    this.#penalties = penalties;
    this.#first = specs.findIndex(({ kind }) => kind === "linear");
    const layers: Layer[] = [];
    this.layers = layers;
    try {
      let width = nIn;
      for (const [i, spec] of specs.entries()) {
        const inputGrad = i > this.#first;
        const shape: Shape = [width, 1];
        const layer = createLayer(spec, { shape, dtype, random, weights, inputGrad, next: specs[i + 1] });
        layers.push(layer);
        width = layer.output.rows;
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.linears = Object.freeze(layers.filter((layer) => layer instanceof LinearLayer));
    this.setTraining(false);
  }

  get last(): Layer {
    return this.layers[this.layers.length - 1];
  }

  /** Room for inputs (nIn × m) that are the network's own, made once: of as many columns as are written to it. */
  get input(): Matrix {
    this.#input ??= Matrix.zeros(this.nIn, 1, this.layers[0].dtype);
    return this.#input;
  }

  /** Whether the cost is of outputs from 0 to 1, as its labels are, and not of logits. */
  get takesProbabilities(): boolean {
    const { labels = "any", name } = this.#cost;
    return !this.#joined && labels !== "any" && name !== "stableBce";
  }

  get nOut(): number {
    return this.last.output.rows;
  }

  /** Whether dropout drops anything; it does not unless told. */
  setTraining(training: boolean, keepsMask = false): void {
    this.#training = training;
    for (const layer of this.layers) {
      if (!(layer instanceof DropoutLayer)) continue;
      layer.training = training;
      layer.keepsMask = keepsMask;
    }
  }

  /** Does `work` as in prediction, and then goes on as before: a prediction may come in between two batches. */
  withoutDropout<Result>(work: () => Result): Result {
    return withoutDropout(this.layers, work);
  }

  /** Does `work` as in training, and then goes on as before. */
  withDropout<Result>(work: () => Result): Result {
    const training = this.#training;
    this.setTraining(true);
    try {
      return work();
    } finally {
      this.setTraining(training);
    }
  }

  /** The output (nOut × m) for X (nIn × m). It belongs to the last layer. */
  forward(X: Matrix): Matrix {
    if (X.rows !== this.nIn) {
      throw new ShapeError(`X is ${X.rows}×${X.cols}, but the network takes ${this.nIn}×m`);
    }
    this.#forwards++;
    let A = X;
    for (const layer of this.layers) A = layer.forward(A);
    return A;
  }

  /**
   * The cost of the latest `forward`, without penalties; its gradient is kept for `backward`.
   * @throws OrderError when a cost of the caller's own had the network go forward meanwhile; and what it throws
   */
  computeCost(Y: Matrix, weights?: Matrix): number {
    const before = this.#forwards;
    let cost: number;
    try {
      cost = this.#computeCost(Y, weights);
    } catch (error) {
      this.#checkOutputs(before, error);
      throw error;
    }
    this.#checkOutputs(before);
    return cost;
  }

  /** @param cause what the cost threw, which may be for outputs of another size that it found then */
  #checkOutputs(before: number, cause?: unknown): void {
    if (this.#forwards === before) return;
    throw new OrderError(
      "a cost cannot predict by the network whose cost it is: that overwrites the outputs, and what backward needs; call predict in onEpoch, or in a metric",
      { cause },
    );
  }

  #computeCost(Y: Matrix, weights: Matrix | undefined): number {
    const { layers } = this;
    const { output } = this.last;
    if (this.#joined) {
      const Z = layers[layers.length - 2].output;
      const { cost, dZ } = this.#cost.computeJoined!(Y, Z, output, weights);
      this.#gradient = dZ;
      return cost;
    }
    const { cost, dYHat } = this.#cost.computeCost!(Y, output, weights) ?? {};
    if (typeof cost !== "number" || dYHat === undefined) {
      throw new ArgumentError("the computeCost of a cost must give { cost, dYHat }, a number and a Matrix");
    }
    this.#gradient = dYHat;
    return cost;
  }

  /** Every gradient of the latest cost, without penalties. */
  backward(): void {
    let gradient = this.#gradient!;
    for (let i = this.layers.length - (this.#joined ? 2 : 1); i >= this.#first && i >= 0; i--) {
      const layer = this.layers[i];
      layer.backward(gradient);
      if (i > this.#first) gradient = layer.inputGradient;
    }
  }

  /** The penalties of all weights, whose gradients are added to what `backward` left. */
  penalize(): number {
    let total = 0;
    for (const penalty of this.#penalties) {
      for (const { dW, params } of this.linears) total += penalty.addTo(dW, params.W);
    }
    return total;
  }

  /** @throws DisposedError, in the name of the caller that trains it, after `dispose` */
  checkAlive(caller: string): void {
    if (this.#disposed) {
      throw new DisposedError(`${caller}: this network was disposed while it was in training`);
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const layer of this.layers) layer.dispose();
    this.#input?.dispose();
  }
}

import type { Cost } from "../costs/cost.ts";
import type { Category } from "../data/categories.ts";
import { rowsFromMatrix } from "../data/rows.ts";
import { DisposedError, OrderError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Layer } from "../layers/layer.ts";
import type { LinearLayer } from "../layers/linear-layer.ts";
import { checkSpecs, type LayerSpec } from "../layers/specs.ts";
import { checkSize, Matrix } from "../matrix.ts";
import { predictedClasses } from "../metrics/classes.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { RandomState } from "../random.ts";
import { assess, type Evaluation, outputsOf } from "./assessor.ts";
import { Batches, type Examples } from "./batches.ts";
import { examine, examineForward } from "./doctor.ts";
import { drive, driveEpochs, driveSync } from "./drive.ts";
import { exampleWeightsOf } from "./example-weights.ts";
import { type FitOptions, planOf } from "./fit-options.ts";
import { Graph, widthAfter } from "./graph.ts";
import { type EpochReport, History } from "./history.ts";
import { holdOut, Intake } from "./intake.ts";
import {
  type Metrics,
  metricsOf,
  type NetworkOptions,
  type NetworkPlan,
  networkPlan,
} from "./network-options.ts";
import { checkSaved, restoreParameters, type SavedNetwork, savedHead, savedParameters } from "./saved.ts";
import { summaryOf } from "./summary.ts";
import type { Inputs, Labels, Rows, Table } from "./table.ts";
import { Training } from "./training.ts";
import type { Warning } from "./warnings.ts";

/**
 * A network: layers in a row with a cost at their end, trained by an optimizer.
 *
 * Examples go in as rows (arrays, typed arrays or records with named columns; labels also as a list of numbers or
 * classes) or as a `Matrix`, in which columns are examples. Nothing is printed.
 *
 * @example
 * const network = new Network([linear(3), sigmoid(), linear(1), sigmoid()], { learningRate: 1, seed: 48 });
 * await network.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 5000 });
 * network.predict([[0, 1]]);   // [[0.99…]]
 */
export class Network {
  readonly dtype: DType;
  readonly optimizer: Optimizer;
  /** What is made small: of the network's output and the labels. */
  readonly cost: Cost;
  /** What training came to, over all runs. */
  readonly history = new History();
  readonly #specs: readonly LayerSpec[];
  readonly #plan: NetworkPlan;
  #graph: Graph | undefined;
  #intake: Intake;
  #isTraining = false;
  #disposed = false;

  /**
   * @param layers what linear(…), sigmoid() and their like give, in order
   * @throws ArgumentError, ShapeError or DTypeError for bad layers or options; names the nearest known option
   */
  constructor(layers: readonly LayerSpec[], options: NetworkOptions = {}) {
    this.#specs = Object.freeze([...checkSpecs(layers)]);
    this.#plan = networkPlan(this.#specs, options);
    this.dtype = this.#plan.dtype;
    this.optimizer = this.#plan.optimizer;
    this.cost = this.#plan.cost;
    this.#intake = new Intake(this.#plan.preprocess, this.dtype);
    if (this.#plan.inputs !== undefined) this.#build(this.#plan.inputs);
  }

  /**
   * The network that `toJSON` saved, with the same weights to the last bit. What the optimizer remembered is not saved.
   * @param options what to change; a cost, penalties, metrics or steps of your own have to be given anew
   * @throws ArgumentError or ShapeError when `saved` is not what `toJSON` gives
   */
  static fromJSON(saved: SavedNetwork, options: NetworkOptions = {}): Network {
    const { layers, dtype, inputs, cost, optimizer, parameters } = checkSaved(saved);
    const given = { cost, optimizer, dtype } as NetworkOptions;
    const network = new Network(layers, { ...given, ...options, inputs: undefined });
    try {
      // a generator of its own: weights that are replaced at once take nothing from the library's
      const { linears } = network.#build(checkSize(inputs, "inputs"), new RandomState(0));
      restoreParameters(linears, parameters);
    } catch (error) {
      network.dispose();
      throw error;
    }
    network.#intake = new Intake(options.preprocess, network.dtype, saved);
    return network;
  }

  /** The layers, in order. @throws OrderError before the first `fit`, unless the option `inputs` was given */
  get layers(): readonly Layer[] {
    return this.#built("layers").layers;
  }

  /** The layers with weights, in order. @throws OrderError as `layers` does */
  get linears(): readonly LinearLayer[] {
    return this.#built("linears").linears;
  }

  /**
   * Trains the network, and lets the event loop turn every few milliseconds: a page stays alive, an AbortSignal is
   * heard. Later runs go on where earlier ones ended.
   *
   * @returns the history; `stoppedBy` says why the run ended. An aborted run keeps what it learned and does not throw
   * @throws ArgumentError, ShapeError or DTypeError for data or options that do not fit; nothing changes then
   * @throws OrderError while another run is under way
   * @example
   * const { stoppedBy } = await network.fit(X, Y, { epochs: 200, validation: 0.2, earlyStopping: 10 });
   */
  async fit(X: Inputs, Y: Labels, options: FitOptions = {}): Promise<History> {
    const training = this.#start(X, Y, options);
    try {
      await drive(training, options.onEpoch, options.signal);
    } finally {
      this.#isTraining = false;
    }
    return this.history;
  }

  /** `fit` in one go, for scripts and workers. */
  fitSync(X: Inputs, Y: Labels, options: FitOptions = {}): History {
    const training = this.#start(X, Y, options);
    try {
      driveSync(training, options.onEpoch, options.signal);
    } finally {
      this.#isTraining = false;
    }
    return this.history;
  }

  /**
   * `fit` as a loop over its epochs, which may be left at any time.
   * @example
   * for await (const { epoch, cost } of network.epochs(X, Y, { epochs: 1000 })) if (cost < 0.01) break;
   */
  async *epochs(X: Inputs, Y: Labels, options: FitOptions = {}): AsyncGenerator<EpochReport, void, void> {
    const training = this.#start(X, Y, options);
    try {
      yield* driveEpochs(training, options.onEpoch, options.signal);
    } finally {
      this.#isTraining = false;
    }
  }

  /**
   * The network's outputs, dropout left out: probabilities after sigmoid() or softmax(), logits after a linear layer
   * that a cost from logits trained.
   *
   * @returns a new matrix (nOut × m) for a matrix, a row per example for rows
   * @throws ArgumentError, ShapeError or DTypeError when X does not fit, OrderError before the first `fit`
   */
  predict(X: Matrix): Matrix;
  predict(X: Rows): number[][];
  predict(X: Inputs): Matrix | number[][];
  predict(X: Inputs): Matrix | number[][] {
    const outputs = this.#outputs(X, "predict");
    if (X instanceof Matrix) return outputs;
    const rows = rowsFromMatrix(outputs);
    outputs.dispose();
    return rows;
  }

  /**
   * The class that the outputs predict for each example: with one output, class 1 above a probability of 0.5, else 0;
   * with several, the one of the largest. Where `fit` was given class labels, these; else the classes from 0 on.
   *
   * @throws ArgumentError, ShapeError or DTypeError when X does not fit, OrderError before the first `fit`
   * @example
   * await network.fit([[1], [2], [8], [9]], ["few", "few", "many", "many"]);
   * network.classify([[0], [10]]);   // ["few", "many"]
   */
  classify(X: Inputs): Category[] {
    const outputs = this.#outputs(X, "classify");
    const places = predictedClasses(outputs, this.#plan.threshold);
    outputs.dispose();
    return this.#intake.reader.labels(places);
  }

  /** The class labels that `fit` was given, in the order of the outputs; undefined when labels are numbers. */
  get classes(): readonly Category[] | undefined {
    return this.#intake.reader.classes;
  }

  /**
   * The cost and the metrics of labelled examples.
   * @param metrics what to measure instead of the network's own metrics
   * @throws ArgumentError, ShapeError or DTypeError when they do not fit, OrderError before the first `fit`
   */
  evaluate(X: Inputs, Y: Labels, metrics?: Metrics): Evaluation {
    const graph = this.#built("evaluate");
    const measures = metricsOf(metrics ?? this.#plan.metrics, this.#plan.threshold);
    const { inputs, labels } = this.#tablesOf(X, Y, "evaluate: ");
    return assess(graph, inputs, labels, measures);
  }

  /**
   * What the training doctor finds without a step: inputs that are not scaled, labels out of range, units alike, dead or
   * saturated, a cost that is not finite.
   * @throws ArgumentError, ShapeError or DTypeError when the examples do not fit
   */
  diagnose(X: Inputs, Y: Labels): Warning[] {
    const { graph, batches, inputs, labels } = this.examples(X, Y, "diagnose: ");
    const warnings = [...examine(graph, inputs, labels, this.#plan.cost), ...examineForward(graph, batches)];
    batches.dispose();
    return warnings;
  }

  /** The layers, their shapes and their parameter counts as text; layers are counted by their weights. */
  summary(): string {
    return summaryOf(this.#specs, this.#graph?.layers);
  }

  /** Plain data for JSON and `postMessage`, which `fromJSON` takes back. @throws OrderError as `layers` does */
  toJSON(): SavedNetwork {
    const { linears, nIn } = this.#built("toJSON");
    return {
      ...savedHead,
      dtype: this.dtype,
      layers: this.#specs,
      cost: this.#plan.cost.name,
      optimizer: this.optimizer.name,
      inputs: nIn,
      ...this.#intake.toJSON(),
      parameters: savedParameters(linears),
    };
  }

  /** Gives every layer and the optimizer's memory back. */
  dispose(): void {
    this.#disposed = true;
    this.#graph?.dispose();
    this.optimizer.dispose();
  }

  /** `dispose()`, for `using network = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal The examples as tables and as one batch; makes the layers if they are the first. */
  examples(X: Inputs, Y: Labels, role: string) {
    const { inputs, labels } = this.#tablesOf(X, Y, role, true);
    const graph = this.#graph ?? this.#build(inputs.width);
    return {
      graph,
      batches: new Batches({ X: inputs, Y: labels }, inputs.count, this.dtype),
      inputs,
      labels,
    };
  }

  #build(nIn: number, weights = this.#plan.random): Graph {
    this.#graph = new Graph(this.#specs, nIn, { ...this.#plan, weights });
    return this.#graph;
  }

  #built(caller: string): Graph {
    this.#checkAlive(caller);
    if (this.#graph === undefined) {
      throw new OrderError(
        `Network.${caller}: the number of inputs is not known yet; call fit first, or give the option inputs`,
      );
    }
    return this.#graph;
  }

  #outputs(X: Inputs, caller: string): Matrix {
    const graph = this.#built(caller);
    return outputsOf(graph, this.#intake.inputs(X, { role: `${caller}: X`, nIn: graph.nIn }));
  }

  #checkAlive(caller: string): void {
    if (this.#disposed) throw new DisposedError(`Network.${caller}: this network was disposed`);
  }

  #tablesOf(X: Inputs, Y: Labels, role: string, learns = false): { inputs: Table; labels: Table } {
    this.#checkAlive(role.replace(": ", ""));
    const inputs = this.#intake.inputs(X, { role: `${role}X`, nIn: this.#graph?.nIn, learns });
    const width = widthAfter(this.#specs, inputs.width);
    return { inputs, labels: this.#intake.labels(Y, width, inputs.count, { role: `${role}Y`, learns }) };
  }

  /** Checks everything, and only then makes the layers. */
  #start(X: Inputs, Y: Labels, options: FitOptions): Training {
    if (this.#isTraining) throw new OrderError("fit: this network is in training; await the run under way");
    const plan = planOf(options);
    const { inputs, labels } = this.#tablesOf(X, Y, "fit: ", true);
    let examples: Examples = { X: inputs, Y: labels, weights: exampleWeightsOf(labels, options) };
    const { validation } = options;
    let held: Examples | undefined;
    if (typeof validation === "object") held = this.#intake.held(validation, inputs.width, labels.width);
    const graph = this.#graph ?? this.#build(inputs.width);
    if (typeof validation === "number")
      ({ kept: examples, held } = holdOut(examples, validation, this.#plan.random));
    const training = new Training({ ...this.#plan, graph, examples, held, plan, history: this.history });
    training.warnAll(examine(graph, examples.X, examples.Y, this.#plan.cost));
    this.#intake.reader.settle();
    this.#isTraining = true;
    return training;
  }
}

import type { Cost } from "../costs/cost.ts";
import type { Category } from "../data/categories.ts";
import type { Inputs, Labels } from "../data/example-reader.ts";
import { rowsFromMatrix } from "../data/rows.ts";
import { OrderError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Layer } from "../layers/layer.ts";
import type { LinearLayer } from "../layers/linear-layer.ts";
import type { LayerSpec } from "../layers/specs.ts";
import { Matrix } from "../matrix.ts";
import { predictedClasses } from "../metrics/classes.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { assess, type Evaluation } from "./assessor.ts";
import { Batches } from "./batches.ts";
import { examine, examineForward } from "./doctor.ts";
import { drive, driveEpochs, driveSync } from "./drive.ts";
import type { FitOptions } from "./fit-options.ts";
import type { Graph } from "./graph.ts";
import { type EndedHistory, type EpochReport, History } from "./history.ts";
import { Model } from "./model.ts";
import { type Metrics, metricsOf, type NetworkOptions, type NetworkPlan } from "./network-options.ts";
import { checkNetworkOptions } from "./option-names.ts";
import type { RunToGive } from "./run.ts";
import { checkSaved, type SavedNetwork, savedOptions } from "./saved.ts";
import { summaryOf } from "./summary.ts";
import type { Rows } from "./table.ts";
import type { Training } from "./training.ts";
import type { Warning } from "./warnings.ts";

/**
 * A network: layers in a row with a cost at their end, trained by an optimizer.
 *
 * Examples go in as rows (arrays, typed arrays or records with named columns; labels also as a list of numbers or
 * classes) or as a `Matrix`, in which columns are examples. Nothing is printed. `structuredClone` and `postMessage` do not see its
 * weights: send `toJSON()`.
 *
 * @example
 * const network = new Network([linear(3), sigmoid(), linear(1), sigmoid()], { learningRate: 1, seed: 48 });
 * await network.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 5000 });
 * network.predict([[0, 1]])[0][0] > 0.98;   // true
 */
export class Network {
  /** Element type of parameters and data. */
  readonly dtype: DType;
  /** What trains it; its `learningRate` may be set between runs. */
  readonly optimizer: Optimizer;
  /** What is made small: of the network's output and the labels. */
  readonly cost: Cost;
  /** What training came to, over all runs. */
  readonly history = new History();
  readonly #model: Model;
  #isTraining = false;

  /**
   * @param layers what linear(…), sigmoid() and their like give, in order
   * @throws ArgumentError, ShapeError or DTypeError for bad layers or options; names the nearest known option
   */
  constructor(layers: readonly LayerSpec[], options: NetworkOptions = {}) {
    this.#model = new Model(layers, options);
    const { dtype, optimizer, cost } = this.#model.plan;
    this.dtype = dtype;
    this.optimizer = optimizer;
    this.cost = cost;
  }

  /**
   * The network that `toJSON` saved, with the same weights to the last bit. Not saved are what the optimizer remembered, the
   * history, and where the generator stood.
   * @param options what to change; a cost, optimizer, penalty, metrics or preprocessing steps of your own are functions,
   *   which no file holds: give them anew. Metrics may be left out, since they change nothing that the network predicts; of several
   *   preprocessing steps give the whole list, the library's of them by name or as they were made
   * @throws ArgumentError, ShapeError or DTypeError when `saved` is not what `toJSON` gives, something of your own is not given, or
   *   the options ask for other inputs or another dtype
   */
  static fromJSON(saved: unknown, options: NetworkOptions = {}): Network {
    checkNetworkOptions(options);
    const known = checkSaved(saved);
    const given = savedOptions(known, options);
    const network = new Network(known.layers, { ...given, inputs: undefined });
    try {
      network.#model.restore(known, options.preprocess);
    } catch (error) {
      network.#model.abandon();
      throw error;
    }
    return network;
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "Network";
  }

  /** The layers, in order. @throws OrderError before the first `fit`, unless the option `inputs` was given */
  get layers(): readonly Layer[] {
    return this.#model.built("layers").layers;
  }

  /** The layers with weights, in order. @throws OrderError as `layers` does */
  get linears(): readonly LinearLayer[] {
    return this.#model.built("linears").linears;
  }

  /**
   * Trains the network, and lets the event loop turn every few milliseconds: a page stays alive, an AbortSignal is
   * heard. Before the first step it reads and preprocesses the examples in one go, a second for a million rows of 20.
   * Later runs go on where earlier ones ended.
   *
   * @returns the history; `stoppedBy` says why the run ended. An aborted run keeps what it learned and does not throw
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError for data or options that do not fit, and for numbers that are not
   *   finite; nothing changes then
   * @throws OrderError while another run is under way
   * @example
   * const network = new Network([linear(1), sigmoid()]);
   * const { stoppedBy, cost } = await network.fit([[1], [2], [8], [9]], [0, 0, 1, 1], { epochs: 20 });
   * stoppedBy;     // "epochs"
   * cost.length;   // 20
   */
  async fit(X: Inputs, Y: Labels, options: FitOptions = {}): Promise<EndedHistory> {
    const training = this.#start(X, Y, options);
    try {
      await drive(training, options.onEpoch, options.signal);
    } finally {
      this.#isTraining = false;
    }
    return this.history as EndedHistory;
  }

  /**
   * `fit` in one go, for scripts and workers.
   * @throws what `fit` throws; ArgumentError where `onEpoch` gives a promise
   */
  fitSync(X: Inputs, Y: Labels, options: FitOptions = {}): EndedHistory {
    const training = this.#start(X, Y, options);
    try {
      driveSync(training, options.onEpoch, options.signal);
    } finally {
      this.#isTraining = false;
    }
    return this.history as EndedHistory;
  }

  /**
   * `fit` as a loop over its epochs, which may be left at any time.
   * @throws what `fit` throws, when the loop begins
   * @example
   * const network = new Network([linear(1), sigmoid()]);
   * for await (const { cost } of network.epochs([[1], [9]], [0, 1], { epochs: 1000 })) if (cost < 0.1) break;
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
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when X does not fit, OrderError before the first `fit`
   */
  predict(X: Matrix): Matrix;
  predict(X: Rows): number[][];
  predict(X: Inputs): Matrix | number[][];
  predict(X: Inputs): Matrix | number[][] {
    if (X instanceof Matrix) return this.#model.outputs(X, "predict");
    return this.#model.readOutputs(X, "predict", rowsFromMatrix);
  }

  /**
   * The class that the outputs predict for each example: with one output, class 1 above a probability of 0.5, else 0;
   * with several, the one of the largest. Where `fit` was given class labels, these; else the classes from 0 on.
   *
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when X does not fit, ArgumentError where an output is NaN,
   *   OrderError before the first `fit`
   * @example
   * const network = new Network([linear(1), sigmoid()], { seed: 48 });
   * await network.fit([[1], [2], [8], [9]], ["few", "few", "many", "many"], { epochs: 500 });
   * network.classify([[0], [10]]);   // ["few", "many"]
   */
  classify(X: Inputs): Category[] {
    const { plan, reader } = this.#model;
    const classes = this.#model.readOutputs(X, "classify", (outputs) =>
      predictedClasses(outputs, plan.threshold),
    );
    return reader.labels(classes);
  }

  /** The class labels that `fit` was given, in the order of the outputs; undefined when labels are numbers. */
  get classes(): readonly Category[] | undefined {
    return this.#model.reader.classes;
  }

  /**
   * The cost and the metrics of labelled examples.
   * @param metrics what to measure instead of the network's own metrics
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when they do not fit or a metric cannot measure them, OrderError
   *   before the first `fit`
   */
  evaluate(X: Inputs, Y: Labels, metrics?: Metrics): Evaluation {
    const { plan } = this.#model;
    const graph = this.#model.built("evaluate");
    const measures = metricsOf(metrics ?? plan.metrics, plan.threshold);
    const tables = this.#model.tables(X, Y, { role: "evaluate: " });
    return assess(graph, tables.X, tables.Y, measures);
  }

  /**
   * What the training doctor finds without a step: inputs that are not scaled, labels out of range, units alike, dead or
   * saturated, a cost that is not finite. Before the first `fit` it makes the layers, for as many features as X has.
   * @throws ArgumentError, ShapeError, DTypeError or DisposedError when the examples do not fit
   */
  diagnose(X: Inputs, Y: Labels): Warning[] {
    const { graph, batches, tables } = this.examples(X, Y, "diagnose: ");
    try {
      return [...examine(graph, tables, this.cost), ...examineForward(graph, batches)];
    } finally {
      batches.dispose();
    }
  }

  /** Above which output a network of one predicts class 1: 0 for logits, else 0.5. */
  get threshold(): number {
    return this.#model.plan.threshold;
  }

  /** The layers, their shapes and their parameter counts as text; layers are counted by their weights. */
  summary(): string {
    return summaryOf(this.#model.specs, this.#model.graph);
  }

  /**
   * Plain data for JSON and `postMessage`, which `fromJSON` takes back.
   * @throws OrderError as `layers` does, and before preprocessing has learned
   */
  toJSON(): SavedNetwork {
    return this.#model.toJSON();
  }

  /**
   * Gives every layer's memory and the optimizer's back, at once: a network that is dropped gives it back when the engine has collected
   * it, whose size that does not see, and the event loop has turned, which a loop of new networks with `fitSync` does not let it.
   * Training and predicting throw `DisposedError` from then on.
   */
  dispose(): void {
    this.#model.dispose();
  }

  /** `dispose()`, for `using network = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal The examples as tables and as one batch, and what trains on them; makes the layers if they are the first. */
  examples(X: Inputs, Y: Labels, role: string) {
    const { graph, tables, undo } = this.#model.firstExamples(X, Y, role, this.history);
    return {
      graph,
      undo,
      plan: this.#model.plan,
      batches: new Batches(tables, tables.X.count, this.dtype),
      tables,
      /** Comes when the network is trained on them. */
      settle: () => this.#model.reader.settle(),
    };
  }

  /** @internal A run of `fit` for another thread to do, if `take` takes it. The network is in training until `end`. */
  give<Taken>(X: Inputs, Y: Labels, options: FitOptions, take: (run: RunToGive) => Taken): Taken {
    return this.#occupied(() => this.#model.give(X, Y, options, this.history, take));
  }

  /** @internal The run that was given is over. */
  end(): void {
    this.#isTraining = false;
  }

  /** @internal What it consists of, once the layers are made. */
  get parts(): { graph: Graph; plan: NetworkPlan } {
    return { graph: this.#model.built("parts"), plan: this.#model.plan };
  }

  #start(X: Inputs, Y: Labels, options: FitOptions): Training {
    return this.#occupied(() => this.#model.begin(X, Y, options, this.history));
  }

  /** Begins a run, which nothing that it calls meanwhile may do, too; what throws has begun none. */
  #occupied<Begun>(begin: () => Begun): Begun {
    this.#checkIdle();
    this.#isTraining = true;
    try {
      return begin();
    } catch (error) {
      this.#isTraining = false;
      throw error;
    }
  }

  #checkIdle(): void {
    this.#model.checkAlive("fit");
    if (this.#isTraining)
      throw new OrderError(
        "fit: this network is in training; await the run under way, or call return() on what epochs() gave",
      );
  }
}

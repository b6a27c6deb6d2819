import { DisposedError, OrderError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Layer } from "../layers/layer.ts";
import type { LinearLayer } from "../layers/linear-layer.ts";
import { checkSpecs, type LayerSpec } from "../layers/specs.ts";
import { checkSize, Matrix } from "../matrix.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { RandomState } from "../random.ts";
import { Assessor, type Evaluation, outputsOf } from "./assessor.ts";
import { Batches, type Examples } from "./batches.ts";
import { checkFinite, checkUnits, examine } from "./doctor.ts";
import { drive, driveEpochs, driveSync } from "./drive.ts";
import {
  baggageOf,
  type Departure,
  departureOf,
  type NetworkState,
  restoreState,
  stateOf,
} from "./errand.ts";
import { exampleWeightsOf } from "./example-weights.ts";
import { type FitOptions, type FitPlan, planOf } from "./fit-options.ts";
import { Graph, widthAfter } from "./graph.ts";
import { type EpochReport, History } from "./history.ts";
import { holdOut, Intake, rowsOf } from "./intake.ts";
import { type NetworkOptions, type NetworkPlan, networkPlan } from "./network-options.ts";
import { checkSaved, restoreParameters, type SavedNetwork, savedHead, savedParameters } from "./saved.ts";
import { summaryOf } from "./summary.ts";
import { type Inputs, type Labels, labelsOf, type Rows, type Table } from "./table.ts";
import { Training } from "./training.ts";
import type { Warning } from "./warnings.ts";

/**
 * A network: layers in a row with a cost at their end, trained by an optimizer.
 *
 * Examples go in as rows (arrays, typed arrays or records with named columns; labels also as a plain list) or as a
 * `Matrix`, in which columns are examples. Nothing is printed.
 *
 * @example
 * const network = new Network([linear(3), sigmoid(), linear(1), sigmoid()], { learningRate: 1, seed: 48 });
 * await network.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 5000 });
 * network.predict([[0, 1]]);   // [[0.99…]]
 */
export class Network {
  readonly dtype: DType;
  readonly optimizer: Optimizer;
  /** What training came to, over all runs. */
  readonly history = new History();
  readonly #specs: readonly LayerSpec[];
  readonly #plan: NetworkPlan;
  #graph: Graph | undefined;
  readonly #intake: Intake;
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
    this.#intake = new Intake(this.#plan.preprocess, this.dtype);
    if (this.#plan.inputs !== undefined) this.#build(this.#plan.inputs);
  }

  /**
   * The network that `toJSON` saved, with the same weights to the last bit. What the optimizer remembered is not saved.
   * @param options what to change; a cost, penalties, metrics or steps of your own have to be given anew
   * @throws ArgumentError or ShapeError when `saved` is not what `toJSON` gives
   */
  static fromJSON(saved: SavedNetwork, options: NetworkOptions = {}): Network {
    const { layers, dtype, inputs, cost, optimizer, columns, parameters } = checkSaved(saved);
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
    network.#intake.columns = columns;
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
    const graph = this.#built("predict");
    const outputs = outputsOf(graph, this.#intake.tableOf(X, "predict: X", graph.nIn));
    if (X instanceof Matrix) return outputs;
    const rows = rowsOf(outputs);
    outputs.dispose();
    return rows;
  }

  /**
   * The cost and the metrics of labelled examples.
   * @throws ArgumentError, ShapeError or DTypeError when they do not fit, OrderError before the first `fit`
   */
  evaluate(X: Inputs, Y: Labels): Evaluation {
    const graph = this.#built("evaluate");
    const { inputs, labels } = this.#tablesOf(X, Y, "evaluate: ");
    const assessor = new Assessor(graph, inputs, labels, this.#plan.metrics);
    try {
      return assessor.run();
    } finally {
      assessor.dispose();
    }
  }

  /**
   * What the training doctor finds without a step: inputs that are not scaled, labels out of range, units alike, dead or
   * saturated, a cost that is not finite.
   * @throws ArgumentError, ShapeError or DTypeError when the examples do not fit
   */
  diagnose(X: Inputs, Y: Labels): Warning[] {
    const { graph, batches, inputs, labels } = this.examples(X, Y, "diagnose: ");
    const warnings = examine(graph, this.#plan.cost, inputs, labels);
    graph.withoutDropout(() => {
      batches.load(0);
      graph.forward(batches.X);
      const cost = graph.computeCost(batches.Y);
      if (Number.isFinite(cost)) warnings.push(...checkUnits(graph));
      else warnings.push(checkFinite(graph, batches.X));
    });
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
    const { columns } = this.#intake;
    return {
      ...savedHead,
      dtype: this.dtype,
      layers: this.#specs,
      cost: this.#plan.cost.name,
      optimizer: this.optimizer.name,
      inputs: nIn,
      ...(columns === undefined ? undefined : { columns }),
      parameters: savedParameters(linears),
    };
  }

  /** Gives every layer and the optimizer's memory back. */
  dispose(): void {
    this.#disposed = true;
    this.#graph?.dispose();
    this.optimizer.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal The examples as tables and as one batch; makes the layers if they are the first. */
  examples(X: Inputs, Y: Labels, role: string) {
    const { inputs, labels } = this.#tablesOf(X, Y, role);
    const graph = this.#graph ?? this.#build(inputs.width);
    const batches = new Batches({ X: inputs, Y: labels }, inputs.count, this.dtype);
    return { graph, batches, inputs, labels };
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

  #checkAlive(caller: string): void {
    if (this.#disposed) throw new DisposedError(`Network.${caller}: this network was disposed`);
  }

  #tablesOf(X: Inputs, Y: Labels, role: string): { inputs: Table; labels: Table } {
    this.#checkAlive(role.replace(": ", ""));
    const inputs = this.#intake.tableOf(X, `${role}X`, this.#graph?.nIn);
    const width = widthAfter(this.#specs, inputs.width);
    const place = { dtype: this.dtype, width, count: inputs.count, role: `${role}Y` };
    return { inputs, labels: labelsOf(Y, place) };
  }

  /** @internal A run of `fit` for another thread to do. The network is in training until its `end`. */
  depart(X: Inputs, Y: Labels, options: FitOptions): Departure {
    const baggage = baggageOf(this.#plan, planOf(options));
    const prepared = this.#prepare(X, Y, options);
    const end = () => {
      this.#isTraining = false;
    };
    this.#isTraining = true;
    return departureOf(
      { ...prepared, ...baggage, specs: this.#specs, network: this.#plan },
      this.history,
      end,
    );
  }

  /** @internal What it has learned so far, copied. */
  state(): NetworkState {
    return stateOf(this.#built("state"), this.#plan);
  }

  /** @internal Goes on from what another has learned. */
  resume(state: NetworkState): void {
    restoreState(this.#built("resume"), this.#plan, state);
  }

  /** Checks everything, and only then makes the layers. */
  #prepare(
    X: Inputs,
    Y: Labels,
    options: FitOptions,
  ): { plan: FitPlan; graph: Graph; examples: Examples; held: Examples | undefined } {
    if (this.#isTraining) throw new OrderError("fit: this network is in training; await the run under way");
    const plan = planOf(options);
    const { inputs, labels } = this.#tablesOf(X, Y, "fit: ");
    let examples: Examples = { X: inputs, Y: labels, weights: exampleWeightsOf(labels, options) };
    const { validation } = options;
    let held: Examples | undefined;
    if (typeof validation === "object") {
      const X = this.#intake.tableOf(validation.X, "validation: X", inputs.width);
      const place = { dtype: this.dtype, width: labels.width, count: X.count, role: "validation: Y" };
      held = { X, Y: labelsOf(validation.Y, place) };
    }
    const graph = this.#graph ?? this.#build(inputs.width);
    if (typeof validation === "number") {
      ({ kept: examples, held } = holdOut(examples, validation, this.#plan.random));
    }
    return { plan, graph, examples, held };
  }

  #start(X: Inputs, Y: Labels, options: FitOptions): Training {
    const { plan, graph, examples, held } = this.#prepare(X, Y, options);
    const { optimizer, clipNorm, random, metrics, cost } = this.#plan;
    const { history } = this;
    const measured = held ?? (Object.keys(metrics).length > 0 ? examples : undefined);
    const assessor = measured && new Assessor(graph, measured.X, measured.Y, metrics);
    const training = new Training({
      graph,
      optimizer,
      clipNorm,
      random,
      history,
      examples,
      assessor,
      held: held !== undefined,
      plan,
    });
    training.warnAll(examine(graph, cost, examples.X, examples.Y));
    this.#isTraining = true;
    return training;
  }
}

import { classesOf, type ExampleReader, type Inputs, type Labels } from "../data/example-reader.ts";
import type { Preprocess } from "../data/preprocessing-steps.ts";
import { counted } from "../describe.ts";
import { ArgumentError, DisposedError, OrderError } from "../errors.ts";
import { checkSpecs, type LayerSpec } from "../layers/specs.ts";
import type { Matrix } from "../matrix.ts";
import { checkSize } from "../matrix-checks.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { isSameStanding, RandomState } from "../random.ts";
import { outputsOf, readOutputs } from "./assessor.ts";
import type { Examples } from "./batches.ts";
import { examine } from "./doctor.ts";
import { fitExamples } from "./fit-examples.ts";
import { type FitOptions, type FitPlan, planOf } from "./fit-options.ts";
import { Graph } from "./graph.ts";
import type { History } from "./history.ts";
import { Intake } from "./intake.ts";
import { type NetworkOptions, type NetworkPlan, networkPlan } from "./network-options.ts";
import { plainParts } from "./plain-parts.ts";
import type { Run, RunToGive, Undo } from "./run.ts";
import { restoreParameters, type SavedNetwork, savedHead, savedParameters } from "./saved.ts";
import type { Table } from "./table.ts";
import { Training } from "./training.ts";

/** The optimizers of networks that are not disposed: what one counts of its steps would be of two networks' steps. */
const serving = /* @__PURE__ */ new WeakSet<Optimizer>();

/** What a network consists of: the intake of examples, and behind it the layers, made when their inputs are known. */
export class Model {
  readonly specs: readonly LayerSpec[];
  readonly plan: NetworkPlan;
  #graph: Graph | undefined;
  #intake: Intake;
  #disposed = false;

  /** @throws ArgumentError, ShapeError or DTypeError for bad layers or options */
  constructor(layers: readonly LayerSpec[], options: NetworkOptions) {
    this.specs = Object.freeze(checkSpecs(layers).map(Object.freeze) as LayerSpec[]);
    this.plan = networkPlan(this.specs, options);
    const { optimizer } = this.plan;
    if (serving.has(optimizer)) {
      // by its name, since a minifier changes that of its class
      throw new ArgumentError(
        `this optimizer, ${optimizer.name}, serves another network already; give each one of its own, or dispose of the other network`,
      );
    }
    this.#intake = new Intake(this.plan.preprocess, this.plan.dtype);
    const { inputs, random } = this.plan;
    const { standing } = random;
    const undo = () => {
      random.standing = standing;
    };
    if (inputs !== undefined) this.#orAsBefore(undo, () => this.graphFor(inputs));
    serving.add(optimizer);
  }

  /** The layers, once they are made. */
  get graph(): Graph | undefined {
    return this.#graph;
  }

  get reader(): ExampleReader {
    return this.#intake.reader;
  }

  /** The layers, made for nIn inputs if there are none yet. */
  graphFor(nIn: number, weights = this.plan.random): Graph {
    this.#graph ??= new Graph(this.specs, nIn, { ...this.plan, weights });
    return this.#graph;
  }

  /** @throws OrderError before the layers are made, DisposedError after `dispose` */
  built(caller: string): Graph {
    this.checkAlive(caller);
    if (this.#graph === undefined) {
      throw new OrderError(
        `Network.${caller}: the number of inputs is not known yet; call fit first, or give the option inputs`,
      );
    }
    return this.#graph;
  }

  /** @throws DisposedError after `dispose` */
  checkAlive(caller: string): void {
    if (this.#disposed) throw new DisposedError(`Network.${caller}: this network was disposed`);
  }

  /** The outputs (nOut × m) in a new matrix. */
  outputs(X: Inputs, caller: string): Matrix {
    const graph = this.built(caller);
    return outputsOf(graph, this.#inputs(X, caller, graph));
  }

  /** What `read` makes of the same outputs, which go after that. */
  readOutputs<Result>(X: Inputs, caller: string, read: (outputs: Matrix) => Result): Result {
    const graph = this.built(caller);
    return readOutputs(graph, this.#inputs(X, caller, graph), read);
  }

  #inputs(X: Inputs, caller: string, { nIn }: Graph): Table {
    return this.#intake.inputs(X, { role: `${caller}: X`, nIn });
  }

  /** Examples as tables. @throws ArgumentError, ShapeError or DTypeError when they do not fit */
  tables(X: Inputs, Y: Labels, { role, learns }: { role: string; learns?: boolean }): { X: Table; Y: Table } {
    this.checkAlive(role.replace(": ", ""));
    return this.#intake.tables(X, Y, this.specs, { role, nIn: this.#graph?.nIn, learns });
  }

  /**
   * Examples that may be the first: it learns from them until it is trained, and makes the layers if there are none yet.
   * @returns with `undo`, for whoever makes nothing of them
   * @throws ArgumentError, ShapeError or DTypeError when they do not fit; all is as it was then
   */
  firstExamples(
    X: Inputs,
    Y: Labels,
    role: string,
    history: History,
  ): { graph: Graph; tables: Examples; undo: Undo } {
    const undo = this.#before(history);
    return this.#orAsBefore(undo, () => {
      const tables = this.tables(X, Y, { role, learns: true });
      return { graph: this.graphFor(tables.X.width), tables, undo };
    });
  }

  /** Checks everything, and only then begins to train; a failure leaves all as it was, the generator too. */
  begin(X: Inputs, Y: Labels, options: FitOptions, history: History): Training {
    const training = this.#orAsBefore(this.#before(history), () => {
      const run = this.#prepare(X, Y, planOf(options));
      const begun = new Training({ ...this.plan, ...run, history });
      try {
        begun.tryMetrics();
        begun.setRate();
        begun.warnAll(examine(run.graph, run.examples, this.plan.cost, run.held));
      } catch (error) {
        begun.finish();
        throw error;
      }
      return begun;
    });
    this.reader.settle();
    return training;
  }

  /** Hands a run of training on, and learns no more but by it; if it is not taken, all is left as it was. */
  give<Taken>(
    X: Inputs,
    Y: Labels,
    options: FitOptions,
    history: History,
    take: (run: RunToGive) => Taken,
  ): Taken {
    const undo = this.#before(history);
    const taken = this.#orAsBefore(undo, () => {
      const plan = planOf(options);
      return take({
        specs: this.specs,
        network: this.plan,
        plan,
        history,
        prepare: () => this.#prepare(X, Y, plan),
        undo,
      });
    });
    this.reader.settle();
    return taken;
  }

  #prepare(X: Inputs, Y: Labels, plan: FitPlan): Run {
    const place = { specs: this.specs, nIn: this.#graph?.nIn, random: this.plan.random };
    const { examples, held } = fitExamples(this.#intake, X, Y, plan.options, place);
    const graph = this.graphFor(examples.X.width);
    if (graph.linears.length === 0) {
      throw new ArgumentError("fit: no layer of this network is linear(…), so there is nothing to train");
    }
    return { plan, graph, examples, held };
  }

  #orAsBefore<Result>(undo: Undo, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Looks how all is now; what it gives puts it back. */
  #before(history: History): Undo {
    const { random } = this.plan;
    const { standing } = random;
    const { stoppedBy, bestEpoch } = history;
    const [epochs, warnings] = [history.epochs.length, history.warnings.length];
    const graph = this.#graph;
    const learned = this.#intake.standing;
    return (drawn) => {
      if (graph === undefined) this.#graph?.dispose();
      this.#graph = graph;
      this.#intake.standing = learned;
      if (drawn === undefined || isSameStanding(random.standing, drawn)) random.standing = standing;
      // a run that did not begin is not the latest, and said nothing
      Object.assign(history, { stoppedBy, bestEpoch });
      history.epochs.length = epochs;
      history.warnings.length = warnings;
    };
  }

  /** What a saved network needs. @throws OrderError before the layers are made */
  toJSON(): SavedNetwork {
    const { linears, nIn } = this.built("toJSON");
    return {
      ...savedHead,
      dtype: this.plan.dtype,
      layers: this.specs,
      ...plainParts(this.plan),
      inputs: nIn,
      ...this.#intake.toJSON(),
      parameters: savedParameters(linears),
    };
  }

  /**
   * Takes weights and intake of a saved network.
   * @param preprocess the steps to take instead of the saved ones, as learned
   * @throws ArgumentError or ShapeError when they do not fit
   */
  restore(saved: SavedNetwork, preprocess: Preprocess | undefined): void {
    // a generator of its own: weights that are replaced at once take nothing from the library's
    const graph = this.graphFor(checkSize(saved.inputs, "inputs"), new RandomState(0));
    restoreParameters(graph.linears, saved.parameters);
    const intake = new Intake(preprocess, this.plan.dtype, saved);
    const count = intake.reader.classes?.length;
    const { nIn, nOut } = graph;
    for (const [of, names, width] of [
      ["columns", saved.columns, nIn],
      ["columns of labels", saved.labelColumns, nOut],
    ] as const) {
      if (names === undefined || names.length === width) continue;
      throw new ArgumentError(
        `the ${of} of the saved network are ${names.length}, which do not fit its ${width}`,
      );
    }
    if (count !== undefined && count !== classesOf(nOut)) {
      throw new ArgumentError(
        `the saved classes are ${count}, which do not fit a network of ${counted(nOut, "output")}`,
      );
    }
    this.#intake = intake;
  }

  dispose(): void {
    // a second time the optimizer may serve another network
    if (this.#disposed) return;
    this.abandon();
    this.plan.optimizer.dispose();
  }

  /** `dispose`, but for what the optimizer remembers: of a network that was never finished that is of other layers. */
  abandon(): void {
    this.#disposed = true;
    serving.delete(this.plan.optimizer);
    this.#graph?.dispose();
  }
}

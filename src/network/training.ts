import { counted } from "../describe.ts";
import { ArgumentError, OutOfMemoryError, ShapeError } from "../errors.ts";
import { clipGradients } from "../optimizers/clipping.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type RateOf, ratesOf } from "../optimizers/schedule.ts";
import type { RandomState } from "../random.ts";
import { Assessor, type Evaluation } from "./assessor.ts";
import { Batches, type Examples } from "./batches.ts";
import { examineNotFinite, examineProgress, examineWeights, validationNotFinite } from "./doctor.ts";
import type { FitPlan } from "./fit-options.ts";
import type { Graph } from "./graph.ts";
import type { EpochReport, History, StopReason } from "./history.ts";
import type { Metric, Metrics } from "./network-options.ts";
import { UnitTally } from "./unit-tally.ts";
import type { Warning } from "./warnings.ts";

/** What a run of training works with. */
export interface TrainingParts {
  readonly graph: Graph;
  readonly optimizer: Optimizer;
  readonly clipNorm: number | undefined;
  readonly random: RandomState;
  readonly history: History;
  readonly examples: Examples;
  /** Held-out examples, on which the network is measured after each epoch. */
  readonly held: Examples | undefined;
  /** What is measured too: on the held-out examples or, without them, on those it trains on. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly givenMetrics: Metrics;
  readonly plan: FitPlan;
}

/** A run of training, batch by batch: whoever drives it may stop or rest between any two. */
export class Training {
  readonly #parts: TrainingParts;
  readonly #batches: Batches;
  readonly #assessor: Assessor | undefined;
  readonly #shuffles: boolean;
  readonly #rateOf: RateOf | undefined;
  readonly #costs = noNumbers();
  readonly #warned = new Set<string>();
  readonly #baseRate: number;
  /** The weights of the best epoch so far. */
  #best: { cost: number; epoch: number; weights: Float64Array[] } | undefined;
  #waited = 0;
  /** Watches the units during the epochs 1, 2, 4, 8 and so on of the run, and the last. */
  #tally: UnitTally | undefined;
  /** First example of the next batch. */
  #start = 0;
  /** Σ cost · examples over the batches of the epoch so far. */
  #total = 0;
  /** The mean cost of the epoch whose batches are done, while it is being measured. */
  #trained: number | undefined;
  #stoppedBy: StopReason | undefined;
  /** The report of the run's latest epoch: who trains without end empties the history's list. */
  #latest: EpochReport | undefined;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
    const { examples, held, metrics, plan, graph, optimizer, history } = parts;
    const { schedule } = plan.options;
    this.#baseRate = optimizer.learningRate;
    this.#rateOf = schedule && ratesOf(schedule, this.#baseRate);
    const measured = held ?? (Object.keys(metrics).length > 0 ? examples : undefined);
    this.#assessor = measured && new Assessor(graph, measured.X, measured.Y, metrics, true);
    this.#batches = new Batches(examples, plan.batchSize, graph.layers[0].dtype);
    this.#shuffles = plan.shuffle ?? this.#batches.size < examples.X.count;
    history.stoppedBy = undefined;
    history.bestEpoch = undefined;
    graph.setTraining(true);
  }

  /**
   * Looks whether the metrics can be measured. Those of the caller's own are let be: they may rely on real outputs.
   * @throws ArgumentError or ShapeError when one cannot
   */
  tryMetrics(): void {
    const { givenMetrics, held } = this.#parts;
    if (!Array.isArray(givenMetrics)) return;
    try {
      this.#assessor?.tryMetrics();
    } catch (error) {
      if (held === undefined || !(error instanceof ArgumentError || error instanceof ShapeError)) throw error;
      const Refusal = error instanceof ShapeError ? ShapeError : ArgumentError;
      throw new Refusal(
        `of the ${counted(held.X.count, "example")} held out for validation, ${error.message}`,
        { cause: error },
      );
    }
  }

  /**
   * Takes the rate of the epoch that comes, the first one's before anything is trained.
   * @throws ArgumentError when the schedule gives none
   */
  setRate(): void {
    if (this.#rateOf === undefined) return;
    const epoch = this.#costs.length;
    const rate = this.#rateOf(epoch, this.#watched());
    try {
      this.#parts.optimizer.learningRate = rate;
    } catch (cause) {
      if (!(cause instanceof ArgumentError)) throw cause;
      throw new ArgumentError(`of epoch ${epoch} the schedule says: ${cause.message}`, { cause });
    }
  }

  get finished(): boolean {
    return this.#stoppedBy !== undefined;
  }

  /**
   * One batch: forward, cost, backward, update; after the epoch's last batch, one chunk of what is measured.
   * Returns the epoch's report when all is done.
   * @throws OutOfMemoryError, which speaks of the batch's size, DisposedError when the network was disposed of meanwhile, and what
   *   the parts of the run throw
   */
  step(): EpochReport | undefined {
    this.#parts.graph.checkAlive("fit");
    if (this.#trained !== undefined) return this.#measure(this.#trained);
    try {
      return this.#train();
    } catch (error) {
      const { size } = this.#batches;
      if (!(error instanceof OutOfMemoryError) || size === 1) throw error;
      throw new OutOfMemoryError(`${error.message}, or give fit a batchSize below ${size}`);
    }
  }

  #train(): EpochReport | undefined {
    const { graph, optimizer, clipNorm, random } = this.#parts;
    const batches = this.#batches;
    if (this.#start === 0) {
      if (this.#costs.length > 0) this.setRate();
      const nth = this.#costs.length + 1;
      const isWatched = (nth & (nth - 1)) === 0 || nth === this.#parts.plan.epochs;
      this.#tally = isWatched ? new UnitTally(graph) : undefined;
      if (this.#shuffles) batches.shuffle(random);
    }
    const count = batches.load(this.#start);
    graph.forward(batches.X);
    let cost = graph.computeCost(batches.Y, batches.weights);
    if (!Number.isFinite(cost)) {
      this.#warn(examineNotFinite(graph, batches, this.#epoch));
      this.#stoppedBy = "notFinite";
      return undefined;
    }
    this.#tally?.count();
    graph.backward();
    cost += graph.penalize();
    if (clipNorm !== undefined) clipGradients(graph.linears, clipNorm);
    optimizer.step(graph.linears);
    this.#start += count;
    if (this.#start < batches.count) {
      this.#total += cost * count;
      return undefined;
    }
    const mean =
      this.#total === 0 && count === batches.count ? cost : (this.#total + cost * count) / batches.count;
    this.#start = 0;
    this.#total = 0;
    return this.#measure(mean);
  }

  #measure(cost: number): EpochReport | undefined {
    const assessed = this.#assessor?.step();
    const isDone = assessed !== undefined || this.#assessor === undefined;
    this.#trained = isDone ? undefined : cost;
    return isDone ? this.#endEpoch(cost, assessed) : undefined;
  }

  /** Ends the run after the batch in hand. */
  stop(reason: StopReason): void {
    this.#stoppedBy ??= reason;
  }

  /** Restores the best weights if there is early stopping, and gives everything back. Comes once, after the last step. */
  finish(): void {
    const { graph, optimizer, history } = this.#parts;
    this.stop("abort");
    history.stoppedBy = this.#stoppedBy;
    optimizer.learningRate = this.#baseRate;
    graph.setTraining(false);
    this.#batches.dispose();
    this.#assessor?.dispose();
    if (this.#best === undefined) return;
    // last: of a network that was disposed of meanwhile there are no weights to restore
    graph.checkAlive("fit");
    for (const [i, { params }] of graph.linears.entries()) {
      params.W.data.set(this.#best.weights[2 * i]);
      params.b.data.set(this.#best.weights[2 * i + 1]);
    }
    history.bestEpoch = this.#best.epoch;
  }

  /** The epoch that is under way, over all runs. */
  get #epoch(): number {
    return this.#parts.history.epochs.length;
  }

  #watched(): number | undefined {
    return this.#latest?.validationCost ?? this.#latest?.cost;
  }

  #endEpoch(cost: number, assessed: Evaluation | undefined): EpochReport {
    const { optimizer, history, held, plan } = this.#parts;
    const epoch = this.#epoch;
    const { learningRate } = optimizer;
    const report: { -readonly [Field in keyof EpochReport]: EpochReport[Field] } = {
      epoch,
      cost,
      learningRate,
    };
    if (assessed !== undefined) {
      if (held !== undefined) report.validationCost = assessed.cost;
      if (Object.keys(assessed.metrics).length > 0) report.metrics = assessed.metrics;
    }
    this.#costs.push(cost);
    const warning = examineProgress(this.#costs, epoch);
    if (warning !== undefined) this.#warn(warning);
    if (held !== undefined && assessed !== undefined && !Number.isFinite(assessed.cost)) {
      this.#warn(validationNotFinite(assessed.cost, epoch));
    }
    if (this.#tally !== undefined) {
      for (const finding of this.#tally.warnings()) this.#warn({ ...finding, epoch });
    }
    history.epochs.push(report);
    this.#latest = report;
    if (plan.earlyStopping !== undefined && assessed !== undefined) {
      this.#consider(assessed.cost, epoch, plan.earlyStopping);
    }
    if (this.#costs.length === plan.epochs) this.#complete(epoch);
    return report;
  }

  /** Ends the run after its last epoch. Early stopping gives it the best weights, which are finite. */
  #complete(epoch: number): void {
    const finding = this.#best === undefined ? examineWeights(this.#parts.graph, epoch) : undefined;
    if (finding !== undefined) this.#warn(finding);
    this.stop(finding === undefined ? "epochs" : "notFinite");
  }

  #consider(
    cost: number,
    epoch: number,
    { patience, minDelta }: { patience: number; minDelta: number },
  ): void {
    // what is not finite is no best, even the first time
    if (this.#best === undefined ? Number.isFinite(cost) : cost < this.#best.cost - minDelta) {
      const { linears } = this.#parts.graph;
      const weights =
        this.#best?.weights ??
        linears.flatMap(({ params: { W, b } }) => [new Float64Array(W.size), new Float64Array(b.size)]);
      for (const [i, { params }] of linears.entries()) {
        weights[2 * i].set(params.W.data);
        weights[2 * i + 1].set(params.b.data);
      }
      this.#best = { cost, epoch, weights };
      this.#waited = 0;
    } else if (++this.#waited > patience) {
      this.stop("earlyStopping");
    }
  }

  /** Hands a finding on, each kind once a run for a layer. */
  #warn(warning: Warning): void {
    const key = `${warning.kind} ${warning.layer}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#parts.history.warnings.push(warning);
    this.#parts.plan.options.onWarning?.(warning);
  }

  /** Findings from before the first step. */
  warnAll(warnings: readonly Warning[]): void {
    for (const warning of warnings) this.#warn(warning);
  }
}

/**
 * An empty list that V8 takes for one of doubles from the start: it would call a function to add to one that has been of whole
 * numbers, and after the 256-bit vectors of the turbo build that function takes 130 ns, a quarter of an epoch of XOR.
 */
function noNumbers(): number[] {
  const numbers = [0.5];
  numbers.length = 0;
  return numbers;
}

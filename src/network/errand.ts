import { ArgumentError } from "../errors.ts";
import type { DType, DTypeArray } from "../kernels/dtype.ts";
import type { LayerSpec } from "../layers/specs.ts";
import { Matrix } from "../matrix.ts";
import type { OptimizerState } from "../optimizers/optimizer.ts";
import { isSameStanding, type Standing } from "../random.ts";
import type { FitOptions } from "./fit-options.ts";
import type { Graph } from "./graph.ts";
import type { EpochReport, StopReason } from "./history.ts";
import type { NetworkOptions, NetworkPlan } from "./network-options.ts";
import { optionsOf, type PlainParts, plainParts } from "./plain-parts.ts";
import { blindRates } from "./rates.ts";
import type { RunToGive } from "./run.ts";
import { Table } from "./table.ts";
import type { Warning } from "./warnings.ts";

/** How messages name what sends errands. */
const caller = "trainInWorker";

/** What a network is besides its layers' kinds, at one moment of its training. */
export interface NetworkState {
  /** W and b of each linear layer. */
  readonly parameters: readonly DTypeArray[];
  readonly optimizer: OptimizerState;
  readonly random: Standing;
}

interface TableData {
  readonly values: DTypeArray;
  readonly width: number;
}

/** A run of training as plain data, which another thread can do. */
export interface Errand {
  readonly layers: readonly LayerSpec[];
  readonly dtype: DType;
  readonly inputs: number;
  readonly parts: PlainParts;
  readonly state: NetworkState;
  readonly X: TableData;
  readonly Y: TableData;
  readonly weights: DTypeArray | undefined;
  readonly held: { readonly X: TableData; readonly Y: TableData } | undefined;
  readonly fit: Pick<FitOptions, "epochs" | "batchSize" | "shuffle" | "earlyStopping">;
  /** The number of its first epoch: how many earlier runs had. */
  readonly first: number;
  /** The learning rate of each epoch, where a schedule sets it. */
  readonly rates: Float64Array | undefined;
}

/** What comes back from an errand. */
export interface Outcome {
  readonly state: NetworkState;
  readonly stoppedBy: StopReason;
  readonly bestEpoch: number | undefined;
}

/**
 * What the network trains with.
 * @throws ArgumentError for what cannot leave this thread because it is a function of the caller's own
 */
function partsToSend(network: NetworkPlan): PlainParts {
  const parts = plainParts(network);
  const { cost, optimizer, penalties, metrics } = parts;
  if (cost === "custom") refuse("this cost is your own", "take one of the library's");
  if (optimizer === "custom") refuse("this optimizer is your own", "take one of the library's");
  if (penalties.includes("custom")) refuse("a penalty is your own", "take l1(…) or l2(…)");
  if (metrics === "custom")
    refuse("metrics of your own are functions", "name the library's, call evaluate afterwards");
  return parts;
}

/** A run that another thread does, seen from this one. */
export interface Departure {
  readonly errand: Errand;
  /** Takes what the run says as `fit` would; `isTold` says whether onEpoch hears of it. An epoch of a network that was disposed of
   *  throws, which ends the run. */
  readonly hear: { epoch(report: EpochReport, isTold: boolean): unknown; warning(warning: Warning): void };
  /** Takes what the run has learned. @throws DisposedError when the network was disposed of meanwhile */
  arrive(outcome: Outcome): void;
  /** Leaves all as it was before the run, which came to nothing. */
  undo(): void;
}

/** @throws ArgumentError for what cannot leave this thread, and what `prepare` throws */
export function departureOf({ specs, network, plan, history, prepare, undo }: RunToGive): Departure {
  const parts = partsToSend(network);
  const { schedule } = plan.options;
  const rates = schedule && blindRates(schedule, network.optimizer.learningRate, plan.epochs);
  if (schedule !== undefined && rates === undefined) {
    refuse("this schedule looks at the cost", "take one of epochs alone");
  }
  const { graph, examples, held } = prepare();
  const { onEpoch, onWarning } = plan.options;
  const state = stateOf(graph, network);
  // The generator's numbers go along; a copy of them stays, to see whether somebody draws meanwhile.
  const { random } = network;
  const drawn = random.standing;
  history.stoppedBy = undefined;
  history.bestEpoch = undefined;
  return {
    errand: {
      layers: specs,
      dtype: network.dtype,
      inputs: graph.nIn,
      parts,
      state,
      // made for this run alone, so they may be handed over
      X: dataOf(examples.X),
      Y: dataOf(examples.Y),
      weights: examples.weights?.values,
      held: held && { X: dataOf(held.X), Y: dataOf(held.Y) },
      fit: {
        epochs: plan.epochs,
        batchSize: plan.batchSize,
        shuffle: plan.shuffle,
        earlyStopping: plan.earlyStopping,
      },
      first: history.epochs.length,
      rates,
    },
    hear: {
      epoch(report, isTold) {
        graph.checkAlive(caller);
        history.epochs.push(report);
        return isTold ? onEpoch?.(report) : undefined;
      },
      warning(warning) {
        history.warnings.push(warning);
        onWarning?.(warning);
      },
    },
    arrive({ state: learned, stoppedBy, bestEpoch }) {
      history.stoppedBy = "abort";
      graph.checkAlive(caller);
      restoreState(graph, network, learned, drawn);
      history.stoppedBy = stoppedBy;
      history.bestEpoch = bestEpoch;
    },
    undo: () => undo(drawn),
  };
}

/** Every buffer of an errand or outcome: they are handed over, not copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}

/** The state of a network, copied. */
export function stateOf(graph: Graph, { optimizer, random }: NetworkPlan): NetworkState {
  const parameters = parametersOf(graph);
  return {
    parameters: parameters.map(({ data }) => data.slice()),
    optimizer: optimizer.stateFor(parameters),
    random: random.standing,
  };
}

/**
 * Puts a state into a network of the same layers.
 * @param drawn where the generator must stand to be moved on; anywhere if left out
 * @throws DisposedError when the network was disposed of meanwhile; nothing changes then
 */
export function restoreState(
  graph: Graph,
  { optimizer, random }: NetworkPlan,
  state: NetworkState,
  drawn?: Standing,
): void {
  const parameters = parametersOf(graph);
  // every view first: one of a disposed matrix throws, and nothing may be written then
  const views = parameters.map(({ data }) => data);
  for (const [i, view] of views.entries()) view.set(state.parameters[i]);
  optimizer.restoreFor(parameters, state.optimizer);
  if (drawn === undefined || isSameStanding(random.standing, drawn)) random.standing = state.random;
}

/** The options of a network that can do the errand. */
export function networkOptionsOf(errand: Errand): NetworkOptions {
  const { parts, dtype, inputs } = errand;
  return { ...optionsOf(parts), dtype, inputs, seed: 0 };
}

/** Table data as a matrix, whose columns are examples. */
export function matrixOf({ values, width }: TableData, dtype: DType): Matrix {
  const table = new Table(values, width);
  const matrix = Matrix.zeros(width, table.count, dtype);
  table.load(matrix, 0, table.count);
  return matrix;
}

function parametersOf({ linears }: Graph): Matrix[] {
  return linears.flatMap(({ params: { W, b } }) => [W, b]);
}

function dataOf({ values, width }: Table): TableData {
  return { values, width };
}

function refuse(what: string, instead: string): never {
  throw new ArgumentError(`${caller}: ${what} and cannot go to another thread; ${instead}, or use fit`);
}

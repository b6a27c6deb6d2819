import type { LayerSpec } from "../layers/specs.ts";
import type { Standing } from "../random.ts";
import type { Examples } from "./batches.ts";
import type { FitPlan } from "./fit-options.ts";
import type { Graph } from "./graph.ts";
import type { History } from "./history.ts";
import type { NetworkPlan } from "./network-options.ts";

/** What a run of training works with, on this thread or another. */
export interface Run {
  readonly plan: FitPlan;
  readonly graph: Graph;
  readonly examples: Examples;
  /** Held-out examples, to measure the network on. */
  readonly held: Examples | undefined;
}

/**
 * Puts a network back to what it was when this was made.
 * @param drawn where the generator must stand to be moved back; anywhere if left out
 */
export type Undo = (drawn?: Standing) => void;

/** What makes a run, for whoever has another thread do it. */
export interface RunToGive {
  readonly specs: readonly LayerSpec[];
  readonly network: NetworkPlan;
  readonly plan: FitPlan;
  readonly history: History;
  /** Checks the examples and makes the layers, if they are not yet made. */
  prepare(): Run;
  /** Comes when the run has trained nothing, and will not. */
  readonly undo: Undo;
}

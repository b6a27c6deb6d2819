import type { Examples } from "./batches.ts";
import type { FitPlan } from "./fit-options.ts";
import type { Graph } from "./graph.ts";

/** What a run of training works with, on this thread or another. */
export interface Run {
  readonly plan: FitPlan;
  readonly graph: Graph;
  readonly examples: Examples;
  /** Held-out examples, to measure the network on. */
  readonly held: Examples | undefined;
}

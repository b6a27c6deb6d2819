import type { RandomState } from "../random.ts";
import type { Examples } from "./batches.ts";
import { exampleWeightsOf } from "./example-weights.ts";
import type { FitPlan } from "./fit-options.ts";
import type { Graph } from "./graph.ts";
import { holdOut, type Intake } from "./intake.ts";
import type { Table } from "./table.ts";

/** What a run of training works with, on this thread or another. */
export interface Run {
  readonly plan: FitPlan;
  readonly graph: Graph;
  readonly examples: Examples;
  /** Held-out examples, to measure the network on. */
  readonly held: Examples | undefined;
}

/** What a run is prepared by. */
interface Means {
  readonly plan: FitPlan;
  readonly intake: Intake;
  readonly random: RandomState;
  /** The network's layers for so many inputs, made if they are not yet. */
  graphFor(nIn: number): Graph;
}

/**
 * Weighs the examples and holds some of them out. Checks come first; then weights are drawn, then what is held out.
 * @throws ArgumentError, ShapeError or DTypeError when weights or held-out examples do not fit
 */
export function prepareRun(
  { inputs, labels }: { inputs: Table; labels: Table },
  { plan, intake, random, graphFor }: Means,
): Run {
  const { validation } = plan.options;
  const examples: Examples = { X: inputs, Y: labels, weights: exampleWeightsOf(labels, plan.options) };
  if (typeof validation === "number") {
    const graph = graphFor(inputs.width);
    const { kept, held } = holdOut(examples, validation, random);
    return { plan, graph, examples: kept, held };
  }
  const held = validation && intake.held(validation, inputs.width, labels.width);
  return { plan, graph: graphFor(inputs.width), examples, held };
}

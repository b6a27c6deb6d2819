import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { backwardStep } from "./backward-steps.ts";
import { costStep } from "./cost-step.ts";
import type { Explanation, Step } from "./explanation.ts";
import { forwardStep, givenStep } from "./forward-steps.ts";
import { checkDecimals, checkRate, checkUpdate, readSubject } from "./input.ts";
import { isLinear, runIteration, takeStep } from "./iteration.ts";
import { costName, nameRecords } from "./names.ts";
import type { Cost, Layer } from "./parts.ts";
import { updateStep } from "./update-steps.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** How far the update goes along the gradient; 0.1 unless given, as in `updateParams`. */
  learningRate?: number;
  /** How many decimals `toText` and `toMarkdown` write, from 0 to 15; 3 unless given. */
  decimals?: number;
  /** What the network's output costs; the squared error unless given. */
  cost?: Cost;
  /** Whether the layers keep the new parameters; false unless given: the update is shown and taken back. */
  update?: boolean;
}

/**
 * Runs one iteration of training and gives it as the article writes it down: each forward step in symbols, in numbers and
 * its result; the cost; each backward step with its upstream gradient, local gradients and their products; the update.
 *
 * The layers' outputs and gradients are overwritten, as by any iteration. Their parameters are what they were, bit for
 * bit, unless `update` is true.
 *
 * @param layers in order, such as [Z1, A1, Z2, A2]
 * @param X (features × m), columns are examples
 * @param Y labels (outputs × m)
 * @returns plain data with whole numbers, for `toText`, `toMarkdown` and JSON
 * @throws ArgumentError for layers that are none, an unknown option or a value out of its range; ShapeError, DTypeError
 *   or DisposedError when matrices do not fit; the parameters do not change then
 * @example
 * const X = Matrix.from([[0], [0]]);
 * const [Z1, A1] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 1])];
 * Z1.params.W.data.set([0.1, 0.6]);
 * explain([Z1, A1], X, Matrix.from([[0]]), { learningRate: 1 }).cost;   // 0.125
 */
export function explain(
  layers: readonly Layer[],
  X: Matrix,
  Y: Matrix,
  options: ExplainOptions = {},
): Explanation {
  checkOptions(options, ["learningRate", "decimals", "cost", "update"], "explain");
  const { learningRate = 0.1, decimals = 3, update = false } = options;
  checkRate("explain", learningRate);
  checkDecimals("explain", decimals);
  checkUpdate("explain", update);
  const subject = readSubject("explain", layers, X, Y, options.cost);
  const iteration = runIteration(subject.layers, X, Y, subject.cost, subject.joined);
  takeStep(iteration, learningRate, update);

  const named = nameRecords(iteration);
  const C = costName(iteration);
  const back = named.filter(({ record }) => record.upstream !== undefined).reverse();
  const updates = back.map((each) => updateStep(each, C, learningRate)).filter((step) => step !== undefined);
  const steps: Step[] = [
    givenStep(iteration, named),
    ...named.map(forwardStep),
    costStep(iteration, named, subject.cost),
    ...back.map((each) => backwardStep(each, C)),
    ...updates,
  ];
  const widths = iteration.records.filter(isLinear).map(({ output }) => output.length);
  return {
    sizes: [iteration.X.length, ...widths],
    examples: X.cols,
    learningRate,
    cost: iteration.cost,
    decimals,
    updated: update,
    steps,
  };
}

import type { Matrix } from "../matrix.ts";
import { checkOptions } from "../options.ts";
import { backwardStep } from "./backward-steps.ts";
import { costStep } from "./cost-step.ts";
import type { Explanation, Step } from "./explanation.ts";
import { forwardStep, givenStep } from "./forward-steps.ts";
import { checkDecimals, checkRate, checkUpdate, readSubject } from "./input.ts";
import { isLinear, runIteration, takeStep } from "./iteration.ts";
import { costName, nameRecords } from "./names.ts";
import type { Cost, Layer, NetworkLike } from "./parts.ts";
import { updateStep } from "./update-steps.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** How far the update goes along the gradient; a network's own, else 0.1, unless given. */
  learningRate?: number;
  /** How many decimals `toText` and `toMarkdown` write, from 0 to 15; 3 unless given. */
  decimals?: number;
  /** What the network's output costs; a network's own, else the squared error, unless given. */
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
 * @param layers in order, such as [Z1, A1, Z2, A2], or a network. The update shown is plain gradient descent
 * @param X (features × m) as the first layer takes it, columns are examples
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
  layers: readonly Layer[] | NetworkLike,
  X: Matrix,
  Y: Matrix,
  options: ExplainOptions = {},
): Explanation {
  checkOptions(options, ["learningRate", "decimals", "cost", "update"], "explain");
  const { decimals = 3, update = false } = options;
  checkDecimals("explain", decimals);
  checkUpdate("explain", update);
  const subject = readSubject("explain", layers, X, Y, options.cost);
  const learningRate = options.learningRate ?? subject.optimizer?.learningRate ?? 0.1;
  checkRate("explain", learningRate);
  const iteration = runIteration(subject.layers, X, Y, subject.cost, subject.joined);
  takeStep(iteration, learningRate, update);

  const named = nameRecords(iteration);
  const C = costName(iteration);
  const back = named.filter(({ record }) => record.upstream !== undefined).reverse();
  const trained = subject.optimizer?.name ?? PLAIN;
  const updates = back.map((each) => updateStep(each, C, learningRate)).filter((step) => step !== undefined);
  const steps: Step[] = [
    givenStep(iteration, named),
    ...named.map(forwardStep),
    costStep(iteration, named, subject.cost),
    ...back.map((each) => backwardStep(each, C)),
    ...updates.map((step) => (trained === PLAIN ? step : { ...step, notes: [otherwise(trained)] })),
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

const PLAIN = "gradientDescent";

function otherwise(optimizer: string): string {
  return `This is a step of plain gradient descent; the network itself trains with ${optimizer}.`;
}

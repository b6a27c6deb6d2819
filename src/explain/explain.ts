import type { Inputs, Labels } from "../data/example-reader.ts";
import type { Matrix } from "../matrix.ts";
import type { Network } from "../network/network.ts";
import { isLibraryOptimizer } from "../optimizers/optimizers.ts";
import { checkFlag, checkOptions } from "../options.ts";
import { backwardStep } from "./backward-steps.ts";
import { clippingStep } from "./clipping-step.ts";
import { costStep } from "./cost-step.ts";
import type { Explanation, Step } from "./explanation.ts";
import { forwardStep, givenStep } from "./forward-steps.ts";
import { checkDecimals, checkRate } from "./input.ts";
import { type Iteration, isLinear, runIteration } from "./iteration.ts";
import { costName, nameRecords } from "./names.ts";
import { formulaOf } from "./optimizer-formulas.ts";
import type { Cost, Layer, NetworkLike } from "./parts.ts";
import { penaltyStep } from "./penalties.ts";
import { readSubject, type Subject, withSubject } from "./subject.ts";
import { descend, remember, type StepTaken, train } from "./taking-the-step.ts";
import { type UpdateRule, updateStep } from "./update-steps.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** How far the update goes along the gradient; a network's own, else 0.1, unless given. */
  learningRate?: number | undefined;
  /** How many decimals `toText` and `toMarkdown` write, from 0 to 15; 3 unless given. */
  decimals?: number | undefined;
  /** What the network's output costs; a network's own, else the squared error, unless given. */
  cost?: Cost | undefined;
  /** Whether the layers keep the new parameters; false unless given: the update is shown and taken back. */
  update?: boolean | undefined;
}

/**
 * Runs one iteration of training and gives it as the article writes it down: each forward step in symbols, in numbers and
 * its result; the cost; each backward step with its upstream gradient, local gradients and their products; the update.
 *
 * Of a `Network` it is the step that `fit` would take next with these examples as one batch, each of weight 1: after its
 * preprocessing, with dropout, penalties and clipping, by its own optimizer.
 *
 * The layers' outputs and gradients are overwritten, as by any iteration. Parameters, what an optimizer remembers and the
 * generator of dropout are what they were, bit for bit, unless `update` is true. Of a network without layers it makes them, as its first
 * `fit` would, for as many features as X has.
 *
 * @param layers in order, such as [Z1, A1, Z2, A2], whose update is plain gradient descent; or a network
 * @param X (features × m) as the first layer takes it, columns are examples; of a network all that its `fit` takes
 * @param Y labels (outputs × m); of a network all that its `fit` takes
 * @returns plain data with whole numbers, for `toText`, `toMarkdown` and JSON
 * @throws ArgumentError for layers that are none, an unknown option or a value out of its range; ShapeError, DTypeError
 *   or DisposedError when matrices do not fit; the parameters do not change then
 * @example
 * const X = Matrix.from([[0], [0]]);
 * const [Z1, A1] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 1])];
 * Z1.params.W.data.set([0.1, 0.6]);
 * explain([Z1, A1], X, Matrix.from([[0]]), { learningRate: 1 }).cost;   // 0.125
 */
export function explain(layers: Network, X: Inputs, Y: Labels, options?: ExplainOptions): Explanation;
export function explain(
  layers: readonly Layer[] | NetworkLike,
  X: Matrix,
  Y: Matrix,
  options?: ExplainOptions,
): Explanation;
export function explain(
  layers: readonly Layer[] | NetworkLike,
  X: unknown,
  Y: unknown,
  options: ExplainOptions = {},
): Explanation {
  checkOptions(options, ["learningRate", "decimals", "cost", "update"], "explain");
  const { decimals = 3, update = false, learningRate } = options;
  checkDecimals("explain", decimals);
  checkFlag(update, "explain: update");
  if (learningRate !== undefined) checkRate("explain", learningRate);
  return withSubject(readSubject("explain", layers, X, Y, options.cost), (subject) => {
    const rate = learningRate ?? subject.optimizer?.learningRate ?? 0.1;
    checkRate("explain", rate);
    return explainSubject(subject, { learningRate: rate, decimals, update });
  });
}

type Settings = Required<Pick<ExplainOptions, "learningRate" | "decimals" | "update">>;

function explainSubject(subject: Subject, { learningRate, decimals, update }: Settings): Explanation {
  const { training } = subject;
  const { iteration, taken } = runAll(subject, learningRate, update);
  const penalties = training?.plan.penalties ?? [];
  const named = nameRecords(iteration);
  const C = costName(iteration);
  const back = named.filter(({ record }) => record.upstream !== undefined).reverse();
  const clipped = taken.clipping !== undefined && taken.clipping.factor < 1;
  const names = { C, penalized: penalties.length > 0, clipped };
  const cost = iteration.cost + (taken.penalty ?? 0);
  const measured = { name: C, value: iteration.cost };
  const steps: Step[] = [
    givenStep(iteration, named, training?.plan.preprocess === undefined ? [] : [PREPROCESSED]),
    ...named.map(forwardStep),
    costStep(iteration, named, subject.cost),
    ...(names.penalized ? [penaltyStep(named, penalties, measured, cost)] : []),
    ...back.map((each) => backwardStep(each, C, penalties)),
    ...(taken.clipping === undefined ? [] : [clippingStep(back, names, taken.clipping)]),
    ...updateSteps(subject, taken, back, { learningRate, names }),
  ];
  const widths = iteration.records.filter(isLinear).map(({ output }) => output.length);
  return {
    sizes: [iteration.X.length, ...widths],
    examples: iteration.X[0].length,
    learningRate,
    cost,
    decimals,
    updated: update,
    steps,
  };
}

const PREPROCESSED = "X is what the network's preprocessing makes of the inputs.";

/** Forward, cost, backward and the update, which is taken back unless it is to be kept. */
function runAll(
  subject: Subject,
  learningRate: number,
  keep: boolean,
): { iteration: Iteration; taken: StepTaken } {
  const { layers, X, Y, cost, joined, training } = subject;
  const restore = remember(subject);
  const rate = training?.plan.optimizer.learningRate;
  let keeps = false;
  try {
    if (training !== undefined) training.plan.optimizer.learningRate = learningRate;
    const run = () => runIteration(layers, X, Y, cost, joined);
    const iteration = training === undefined ? run() : training.graph.withDropout(run);
    const taken =
      training === undefined ? descend(iteration, learningRate) : train(iteration, training, keep);
    keeps = keep;
    return { iteration, taken };
  } finally {
    if (rate !== undefined) training!.plan.optimizer.learningRate = rate;
    if (!keeps) restore();
  }
}

const PLAIN = "gradientDescent";

function updateSteps(
  { optimizer, training }: Subject,
  { moved, powers = [0, 0] }: StepTaken,
  back: ReturnType<typeof nameRecords>,
  { learningRate, names }: Pick<UpdateRule, "learningRate" | "names">,
): Step[] {
  const own = training?.plan.optimizer;
  const trained = optimizer?.name ?? PLAIN;
  if (!moved) {
    const note = `The update is left out: ${trained} is an optimizer of your own, and what it remembers could not be put back. Give { update: true } to take its step and see it.`;
    return [{ phase: "update", title: trained, equations: [], notes: [note] }];
  }
  const writing = own === undefined ? formulaOf(PLAIN, true) : formulaOf(trained, isLibraryOptimizer(own));
  const rule: UpdateRule = { writing, optimizer: own, learningRate, powers, names };
  const steps = back
    .map((each) => updateStep(each, rule))
    .filter((step) => step !== undefined)
    .map(({ definition, ...step }, i) => (i === 0 && definition ? { ...step, definition } : step));
  if (own === undefined && trained !== PLAIN) {
    return steps.map((step) => ({ ...step, notes: [otherwise(trained)] }));
  }
  return steps.map((step) =>
    trained === PLAIN ? step : { ...step, title: `${step.title}, by ${writing.title}` },
  );
}

function otherwise(optimizer: string): string {
  return `This is a step of plain gradient descent; the network itself trains with ${optimizer}.`;
}

// From the gradients to new parameters: by plain gradient descent, or as the network that is explained does it.
import type { Penalty } from "../costs/penalties.ts";
import { DropoutLayer } from "../layers/dropout-layer.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import { Matrix } from "../matrix.ts";
import { clipFactor, clipGradients } from "../optimizers/clipping.ts";
import { isLibraryOptimizer } from "../optimizers/optimizers.ts";
import { type Iteration, isLinear } from "./iteration.ts";
import type { Subject, TrainingParts } from "./subject.ts";

/** What became of an iteration's gradients on the way to the update. */
export interface StepTaken {
  /** What all penalties came to; undefined without penalties. */
  readonly penalty?: number;
  /** The norm of all gradients and what they were multiplied by; undefined without clipping. */
  readonly clipping?: { readonly most: number; readonly norm: number; readonly factor: number };
  /** Adam's beta1^t and beta2^t. */
  readonly powers?: readonly [number, number];
  /** Whether the parameters moved: a step of somebody's own optimizer is not taken where it could not be taken back. */
  readonly moved: boolean;
}

const linearsOf = ({ records }: Iteration) => records.filter(isLinear);

/** Plain gradient descent, as `updateParams` does it. */
export function descend(iteration: Iteration, learningRate: number): StepTaken {
  for (const record of linearsOf(iteration)) {
    record.layer.updateParams(learningRate);
    record.newW = record.layer.params.W.toArray();
    record.newb = record.layer.params.b.toArray();
  }
  return { moved: true };
}

/** Penalties, clipping and the optimizer's step, in the order of a network's training. */
export function train(
  iteration: Iteration,
  { graph, plan, settle }: TrainingParts,
  keep: boolean,
): StepTaken {
  const { optimizer, clipNorm, penalties } = plan;
  const records = linearsOf(iteration);
  const linears = records.map(({ layer }) => layer);
  let penalty: number | undefined;
  if (penalties.length > 0) {
    penalty = graph.penalize();
    for (const record of records) {
      record.penalizedW = record.layer.dW.toArray();
      record.penalty = penaltyOf(record.layer, penalties);
    }
  }
  let clipping: StepTaken["clipping"];
  if (clipNorm !== undefined) {
    const norm = clipGradients(linears, clipNorm);
    const factor = clipFactor(clipNorm, norm);
    clipping = { most: clipNorm, norm, factor };
    if (factor < 1) {
      for (const record of records) {
        record.clippedW = record.layer.dW.toArray();
        record.clippedb = record.layer.db.toArray();
      }
    }
  }
  if (!keep && !isLibraryOptimizer(optimizer)) return { penalty, clipping, moved: false };
  const memories = () =>
    records.map(({ layer: { params } }) => [optimizer.memoriesOf(params.W), optimizer.memoriesOf(params.b)]);
  const before = memories();
  optimizer.step(linears);
  if (keep) settle();
  const after = memories();
  for (const [i, record] of records.entries()) {
    const { W, b } = record.layer.params;
    record.newW = W.toArray();
    record.newb = b.toArray();
    // Before its first step an optimizer remembers nothing, which is zeros.
    const memory = (k: 0 | 1) => ({
      before: before[i][k].length > 0 ? before[i][k] : after[i][k].map(zeros),
      after: after[i][k],
    });
    record.memoryW = memory(0);
    record.memoryb = memory(1);
  }
  const powers = "powers" in optimizer ? (optimizer.powers as [number, number]) : undefined;
  return { penalty, clipping, powers, moved: true };
}

/** What all penalties ask for one layer's weights. */
function penaltyOf({ params: { W } }: LinearLayer, penalties: readonly Penalty[]): number {
  const unused = Matrix.zeros(W.rows, W.cols, W.dtype);
  let total = 0;
  for (const penalty of penalties) total += penalty.addTo(unused, W);
  unused.dispose();
  return total;
}

const zeros = (rows: number[][]) => rows.map((row) => row.map(() => 0));

/** Gives what puts all back that an iteration changes: parameters, the optimizer and its rate, the dropout's generator. */
export function remember({ layers, training }: Subject): () => void {
  const parameters = layers
    .filter((layer) => layer instanceof LinearLayer)
    .flatMap(({ params: { W, b } }) => [W, b]);
  const values = parameters.map(({ data }) => data.slice());
  const { optimizer } = training?.plan ?? {};
  const memory = optimizer?.stateFor(parameters);
  const generators = new Set(
    layers.flatMap((layer) => (layer instanceof DropoutLayer ? [layer.random] : [])),
  );
  const standings = Array.from(generators, (random) => ({ random, standing: random.standing }));
  return () => {
    for (const [i, matrix] of parameters.entries()) matrix.data.set(values[i]);
    if (optimizer && memory) optimizer.restoreFor(parameters, memory);
    for (const { random, standing } of standings) random.standing = standing;
  };
}

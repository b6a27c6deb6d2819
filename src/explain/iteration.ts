// One iteration of training, recorded: every matrix is copied while it is what the text speaks of.
import { LinearLayer } from "../layers/linear-layer.ts";
import { Matrix } from "../matrix.ts";
import { activationOf } from "./activations.ts";
import type { Rows } from "./explanation.ts";
import type { Cost, Layer } from "./parts.ts";

interface Passed {
  /** The place in the list of layers, from 0. */
  readonly at: number;
  /** What came in (n × m). */
  readonly input: Rows;
  /** What went out (n × m). */
  readonly output: Rows;
  /** ∂cost/∂output; absent where no gradient came by. */
  upstream?: Rows;
  /** ∂cost/∂input; absent where nobody asks for it. */
  inputGradient?: Rows;
}

export interface LinearRecord extends Passed {
  readonly layer: LinearLayer;
  readonly W: Rows;
  readonly b: Rows;
  /** The gradients of the cost alone. */
  dW?: Rows;
  db?: Rows;
  /** What the penalties come to for W, and the gradient of the cost with them, where there are any. */
  penalty?: number;
  penalizedW?: Rows;
  /** The gradients that the update goes by, where clipping made others of them. */
  clippedW?: Rows;
  clippedb?: Rows;
  /** What the optimizer remembers of each parameter. */
  memoryW?: Memory;
  memoryb?: Memory;
  newW?: Rows;
  newb?: Rows;
}

/** What an optimizer remembers of one parameter, each part shaped like it: before the step and after it. */
export interface Memory {
  readonly before: readonly Rows[];
  readonly after: readonly Rows[];
}

export interface ActivationRecord extends Passed {
  readonly layer: Layer;
  /** ∂output/∂input element by element; absent for a node that mixes elements. */
  local?: Rows;
}

export type LayerRecord = LinearRecord | ActivationRecord;

/** A recorded iteration. */
export interface Iteration {
  readonly X: Rows;
  readonly Y: Rows;
  readonly records: readonly LayerRecord[];
  readonly cost: number;
  /** ∂cost/∂Ŷ, or ∂cost/∂Z of the last activation where the cost is joined with it. */
  readonly costGradient: Rows;
  /** Whether the cost goes past the last activation. */
  readonly joined: boolean;
}

export function isLinear(record: LayerRecord): record is LinearRecord {
  return record.layer instanceof LinearLayer;
}

/** Runs X forward, the cost, and its gradient backward as far as the first layer with weights. */
export function runIteration(
  layers: readonly Layer[],
  X: Matrix,
  Y: Matrix,
  cost: Cost,
  joined: boolean,
): Iteration {
  const outputs: Matrix[] = [];
  const records = layers.map((layer, at): LayerRecord => {
    const input = outputs[at - 1] ?? X;
    const output = layer.forward(input);
    outputs.push(output);
    const passed = { at, input: input.toArray(), output: output.toArray() };
    if (!(layer instanceof LinearLayer)) return { ...passed, layer };
    return { ...passed, layer, W: layer.params.W.toArray(), b: layer.params.b.toArray() };
  });
  const last = layers.length - 1;
  const measured = measure(cost, Y, outputs, joined);
  const iteration = {
    X: X.toArray(),
    Y: Y.toArray(),
    records,
    cost: measured.cost,
    costGradient: measured.gradient.toArray(),
    joined,
  };
  const first = layers.findIndex((layer) => layer instanceof LinearLayer);
  let upstream = measured.gradient;
  for (let at = joined ? last - 1 : last; at >= first; at--) {
    upstream = passBack(records[at], upstream, at > first);
  }
  return iteration;
}

function measure(cost: Cost, Y: Matrix, outputs: readonly Matrix[], joined: boolean) {
  const output = outputs[outputs.length - 1];
  if (joined) {
    const { cost: value, dZ } = cost.computeJoined!(Y, outputs[outputs.length - 2], output);
    return { cost: value, gradient: dZ };
  }
  const { cost: value, dYHat } = cost.computeCost!(Y, output);
  return { cost: value, gradient: dYHat };
}

/** Gives the gradient of the layer's input, or, where nobody asks for it, the upstream gradient itself. */
function passBack(record: LayerRecord, upstream: Matrix, wanted: boolean): Matrix {
  record.upstream = upstream.toArray();
  if (isLinear(record)) {
    const { layer } = record;
    layer.backward(upstream);
    record.dW = layer.dW.toArray();
    record.db = layer.db.toArray();
    if (!wanted) return upstream;
    record.inputGradient = layer.dAPrev.toArray();
    return layer.dAPrev;
  }
  // The layer's own answer to an upstream gradient of ones is its local gradient, to the last bit.
  if (activationOf(record.layer).local !== undefined) {
    const ones = Matrix.zeros(upstream.rows, upstream.cols, upstream.dtype);
    ones.data.fill(1);
    record.local = (record.layer.backward(ones) as Matrix).toArray();
    ones.dispose();
  }
  const dZ = record.layer.backward(upstream) as Matrix;
  record.inputGradient = dZ.toArray();
  return dZ;
}

import type { Inputs, Labels } from "../data/example-reader.ts";
import { counted, describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { withoutDropout } from "../layers/without-dropout.ts";
import { Matrix } from "../matrix.ts";
import type { Network } from "../network/network.ts";
import { checkOptions } from "../options.ts";
import type { GraphDescription, GraphLayer } from "../plot/graph-description.ts";
import { activationOf } from "./activations.ts";
import { writingOf } from "./costs.ts";
import type { Rows } from "./explanation.ts";
import { type Iteration, isLinear, type LinearRecord, runIteration } from "./iteration.ts";
import type { Cost, Layer, NetworkLike } from "./parts.ts";
import { readSubject, type Subject, withSubject } from "./subject.ts";

/** Options of `describeGraph`. */
export interface DescribeGraphOptions {
  /** Which example, a column of X, from 0; the first unless given. */
  example?: number | undefined;
  /** What the network's output costs; a network's own, else the squared error, unless given. */
  cost?: Cost | undefined;
}

/**
 * The computational graph of one example with every value on its way forward and every gradient on its way back, for
 * `drawGraph`. The layers' outputs and gradients are overwritten; the parameters stay as they are. The gradients are those
 * of this one example's cost; dropout is left out.
 *
 * @param layers in order, such as [Z1, A1, Z2, A2], or a network, which takes X and Y as `fit` does
 * @param X (features × m), of which one column is shown
 * @param Y labels (outputs × m)
 * @throws ArgumentError for layers that are none, an example that there is not or an unknown option; ShapeError,
 *   DTypeError or DisposedError when matrices do not fit
 * @example
 * const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]);
 * const [Z1, A1] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 4])];
 * const svg = drawGraph(describeGraph([Z1, A1], X, Matrix.from([[0, 1, 1, 1]]), { example: 2 }));
 */
export function describeGraph(
  layers: Network,
  X: Inputs,
  Y: Labels,
  options?: DescribeGraphOptions,
): GraphDescription;
export function describeGraph(
  layers: readonly Layer[] | NetworkLike,
  X: Matrix,
  Y: Matrix,
  options?: DescribeGraphOptions,
): GraphDescription;
export function describeGraph(
  layers: readonly Layer[] | NetworkLike,
  X: unknown,
  Y: unknown,
  options: DescribeGraphOptions = {},
): GraphDescription {
  checkOptions(options, ["example", "cost"], "describeGraph");
  const { example = 0, cost } = options;
  return withSubject(readSubject("describeGraph", layers, X, Y, cost), (subject) =>
    describeExample(subject, example),
  );
}

function describeExample({ layers, X, Y, cost, joined }: Subject, example: unknown): GraphDescription {
  if (typeof example !== "number" || !Number.isInteger(example) || example < 0 || example >= X.cols) {
    throw new ArgumentError(
      `describeGraph: example must be a whole number from 0 to ${X.cols - 1}, since X has ${counted(X.cols, "example")}, not ${describe(example)}`,
    );
  }
  const [x, y] = [columnOf(X, example), columnOf(Y, example)];
  try {
    const iteration = withoutDropout(layers, () => runIteration(layers, x, y, cost, joined));
    return describeIteration(iteration, cost);
  } finally {
    x.dispose();
    y.dispose();
  }
}

function columnOf(matrix: Matrix, j: number): Matrix {
  return Matrix.from(
    matrix.toArray().map((row) => [row[j]]),
    matrix.dtype,
  );
}

const flat = (rows: Rows): number[] => rows.map((row) => row[0]);

function describeIteration(iteration: Iteration, cost: Cost): GraphDescription {
  const { records } = iteration;
  const first = records.findIndex(isLinear);
  const layers: GraphLayer[] = [];
  for (const [i, record] of records.entries()) {
    if (isLinear(record)) layers.push(describeLayer(iteration, i, record));
  }
  return {
    // Activations before the first weights belong to the inputs.
    input: { n: records[first].input.length, A: flat(records[first].input) },
    layers,
    cost: { name: writingOf(cost).title.toLowerCase(), value: iteration.cost, Y: flat(iteration.Y) },
  };
}

/** A linear layer with the activations that follow it, which a picture shows as one node. */
function describeLayer({ records }: Iteration, at: number, linear: LinearRecord): GraphLayer {
  let end = at + 1;
  while (end < records.length && !isLinear(records[end])) end++;
  const activations = records.slice(at + 1, end);
  const last = records[end - 1];
  return {
    kind: activations.map(({ layer }) => activationOf(layer).kind).join(" + ") || "linear",
    n: linear.output.length,
    W: linear.W,
    b: flat(linear.b),
    dW: linear.dW,
    db: linear.db && flat(linear.db),
    Z: flat(linear.output),
    dZ: linear.upstream && flat(linear.upstream),
    ...(activations.length > 0 && { A: flat(last.output), dA: last.upstream && flat(last.upstream) }),
  };
}

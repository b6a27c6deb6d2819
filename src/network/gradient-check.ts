import type { Inputs, Labels } from "../data/example-reader.ts";
import { describeOther } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import type { LinearLayer } from "../layers/linear-layer.ts";
import type { Matrix } from "../matrix.ts";
import type { Graph } from "./graph.ts";
import { Network } from "./network.ts";

/** Distances at which the cost is looked at, from the one with the least rounding to the one nearest by. */
const STEPS = [1e-3, 1e-4, 1e-5];
/** Two estimates that agree this well are taken for the derivative. */
const AGREEMENT = 1e-8;
/** Slopes on the two sides of a parameter that are further apart than this, beside its gradient, and stay so when looked at
 *  from half the distance, meet in a kink. */
const KINK = 3e-8;
/** Gradients below this share of the network's largest are compared with that share of it: beside the rounding of the
 *  cost, smaller ones cannot be seen. */
const SMALLEST_SHARE = 1e-3;
/** The cost's rounding over the distance looks like a slope. Beside this many times that an error of 1e-7 is more than rounding, and
 *  smaller slopes are compared with it. */
const ROUNDING = 1e9;
/** A slope that is smaller than that by more than this is hidden. */
const HIDDEN = 1e3;

/** A parameter whose gradient was compared. */
export interface ComparedGradient {
  /** The layer, counted from 1 as the list of layers has it. */
  readonly layer: number;
  /** Which of its matrices. */
  readonly parameter: "W" | "b";
  /** Where in the matrix, counted from 0. */
  readonly row: number;
  /** Where in the row, counted from 0. */
  readonly column: number;
  /** What `backward` computed. */
  readonly analytic: number;
  /** What the differences of the cost give. */
  readonly numeric: number;
  /** Their distance, relative to the larger of the two, to a thousandth of the network's largest gradient, or to the least slope
   *  that the rounding of the cost leaves to be seen, whichever is the largest. */
  readonly error: number;
}

/** What `gradientCheck` found. */
export interface GradientCheck {
  /** The parameter with the largest error. */
  readonly worst: ComparedGradient;
  /** The largest error; a right gradient's is far below 1e-7. Where "kerasLikeBce" holds a probability to its bounds its gradient is the
   *  article's and not the slope of its cost, which is 0 there. */
  readonly error: number;
  /** How many parameters were compared. */
  readonly compared: number;
  /** How many lie so near a kink (of ReLU, of an absolute value) that the cost has no one slope there, or have one that is hidden
   *  in the rounding of a large cost. */
  readonly skipped: number;
}

/**
 * Compares the gradient of every parameter with differences of the cost: (8·(c(h) − c(−h)) − (c(2h) − c(−2h))) / 12h,
 * penalties included. A parameter is skipped when these differ from h to h/2 at each of three distances: then a kink
 * lies within them; or when it lies on a kink itself, as a ReLU's input of exactly 0 does; or when its slope is hidden in the
 * rounding of a cost that is far larger. Dropout keeps one mask, drawn from the network's generator. The weights are as
 * before afterwards.
 *
 * @throws ArgumentError unless the network is of dtype float64, and where all are skipped; what `fit` throws for X and Y that do
 *   not fit
 * @example
 * const { error, worst } = gradientCheck(new Network([linear(1), sigmoid()]), [[0, 1], [1, 0]], [0, 1]);
 * error < 1e-7;   // true
 */
export function gradientCheck(network: Network, X: Inputs, Y: Labels): GradientCheck {
  if (!(network instanceof Network)) {
    throw new ArgumentError(`gradientCheck takes a Network, not ${describeOther("Network", network)}`);
  }
  if (network.dtype !== "float64") {
    throw new ArgumentError(
      `gradientCheck needs a network of dtype float64: in ${network.dtype} the cost is too coarse for its differences`,
    );
  }
  const { graph, batches, undo } = network.examples(X, Y, "gradientCheck: ");
  const cost = () => {
    graph.forward(batches.X);
    return graph.computeCost(batches.Y) + graph.penalize();
  };
  try {
    if (graph.linears.length === 0) {
      throw new ArgumentError(
        "gradientCheck: no layer of this network is linear(…), so there is no gradient to compare",
      );
    }
    batches.load(0);
    return graph.withDropout(() => {
      graph.forward(batches.X);
      graph.setTraining(true, true);
      return compareAll(graph, cost);
    });
  } catch (error) {
    undo();
    throw error;
  } finally {
    batches.dispose();
  }
}

function compareAll(graph: Graph, cost: () => number): GradientCheck {
  const here = cost();
  if (!Number.isFinite(here)) {
    throw new ArgumentError(
      `gradientCheck: the cost is ${here}, so there is no slope to compare; network.diagnose(X, Y) says where that begins`,
    );
  }
  graph.backward();
  graph.penalize();
  const gradients = graph.linears.map(({ dW, db }) => [Array.from(dW.data), Array.from(db.data)]);
  let largest = 0;
  for (const value of gradients.flat(2)) largest = Math.max(largest, Math.abs(value));
  const smallest = Math.max(largest * SMALLEST_SHARE, Number.MIN_VALUE * 2 ** 52);
  let worst: ComparedGradient | undefined;
  let compared = 0;
  let skipped = 0;
  for (const [k, linear] of graph.linears.entries()) {
    for (const [which, matrix] of [linear.params.W, linear.params.b].entries()) {
      for (let i = 0; i < matrix.size; i++) {
        const analytic = gradients[k][which][i];
        const size = Math.max(Math.abs(analytic), smallest);
        const found = slopeAt(matrix, i, { cost, here, size });
        if (found === undefined) {
          skipped++;
          continue;
        }
        compared++;
        const [numeric, beside] = found;
        const error = Math.abs(analytic - numeric) / beside;
        if (worst !== undefined && error <= worst.error) continue;
        worst = { ...placeOf(graph, linear, matrix, i), analytic, numeric, error };
      }
    }
  }
  if (worst === undefined) {
    throw new ArgumentError(
      "gradientCheck: the cost has no slope at any parameter, or so large a value that its rounding hides them; take other examples or weights, or scale the labels",
    );
  }
  return { worst, error: worst.error, compared, skipped };
}

function placeOf(graph: Graph, linear: LinearLayer, matrix: Matrix, i: number) {
  return {
    layer: graph.layers.indexOf(linear) + 1,
    parameter: matrix === linear.params.W ? ("W" as const) : ("b" as const),
    row: Math.floor(i / matrix.cols),
    column: i % matrix.cols,
  };
}

/** What a parameter's slope is found by. */
interface Measure {
  readonly cost: () => number;
  /** The cost at the parameters as they are. */
  readonly here: number;
  /** What a gradient is compared with. */
  readonly size: number;
}

/** ∂cost/∂matrix[i] by differences and what an error of it is seen beside, or undefined where they do not settle, meet in a kink or
 *  are hidden. */
function slopeAt(
  matrix: Matrix,
  i: number,
  { cost, here, size }: Measure,
): [slope: number, beside: number] | undefined {
  const value = matrix.data[i];
  /** c(value + h) − c(value − h), and how far the slopes of the two sides are apart. */
  const sides = (h: number) => {
    matrix.data[i] = value + h;
    const above = cost();
    matrix.data[i] = value - h;
    const below = cost();
    return { difference: above - below, bend: Math.abs(above - here + (below - here)) / h };
  };
  try {
    for (const h of STEPS) {
      const [near, middle, far] = [sides(h / 2), sides(h), sides(2 * h)];
      const wide = (8 * middle.difference - far.difference) / (12 * h);
      const narrow = (8 * near.difference - middle.difference) / (6 * h);
      const seen = Math.max(Math.abs(narrow), size);
      const rounding = (ROUNDING * Number.EPSILON * Math.abs(here)) / h;
      // from nearer by it hides the more
      if (rounding > HIDDEN * seen) return undefined;
      const beside = Math.max(seen, rounding);
      if (Math.abs(wide - narrow) > AGREEMENT * beside) continue;
      // Half the distance halves the bend of a curve and leaves that of a kink. The differences of a kink at the very
      // value agree with each other: they give the mean of the two slopes.
      const isKink = near.bend > KINK * beside && near.bend > 0.75 * middle.bend;
      return isKink ? undefined : [narrow, beside];
    }
    return undefined;
  } finally {
    matrix.data[i] = value;
  }
}

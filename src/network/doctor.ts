import type { Cost } from "../costs/cost.ts";
import { someOf } from "../describe.ts";
import type { Layer } from "../layers/layer.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import { ReluLayer } from "../layers/relu-layer.ts";
import { SigmoidLayer } from "../layers/sigmoid-layer.ts";
import { TanhLayer } from "../layers/tanh-layer.ts";
import type { Matrix } from "../matrix.ts";
import type { Batches, Examples } from "./batches.ts";
import type { Graph } from "./graph.ts";
import { examineLabelScale, examineScale } from "./scales.ts";
import type { Table } from "./table.ts";
import { UnitTally } from "./unit-tally.ts";
import type { Warning } from "./warnings.ts";

/** Outputs below it have squares that are finite in both dtypes: a cost that is not takes something else. */
const SQUARABLE = 1e18;
/** How far from 1 labels of a distribution may sum: what rounding to float32 adds up to over a hundred classes. */
const SUM_TOLERANCE = 1e-5;
/** A cost that rose for two epochs and is above this many times its first, or as far above a first below zero, runs away. */
const RUNAWAY = 4;
/** Epochs after which a cost that fell by less than the share below is crawling. */
const CRAWLING_AFTER = 50;
const CRAWLING_SHARE = 0.005;
/** How much of the way that a crawling cost goes, up and down, is its fall. */
const STEADY_SHARE = 0.5;

/** What keeps numbers from running away. */
const LESS = "Lower the learning rate, clip the gradients, or look at the data.";

/** What is found before a step is taken: of the examples, those held out too, and of the first weights. */
export function examine(graph: Graph, { X, Y }: Examples, cost: Cost, held?: Examples): Warning[] {
  return [
    ...examineScale(X),
    ...examineLabels(Y, cost, graph.last),
    ...examineLabelScale(Y, cost, graph),
    ...(held === undefined
      ? []
      : examineLabels(held.Y, cost, graph.last, "Labels of the validation examples")),
    ...examineSymmetry(graph),
  ];
}

/** What is found when all examples go forward once, dropout left out. */
export function examineForward(graph: Graph, batches: Batches): Warning[] {
  return graph.withoutDropout(() => {
    batches.load(0);
    graph.forward(batches.X);
    const cost = graph.computeCost(batches.Y);
    if (!Number.isFinite(cost)) return [examineNotFinite(graph, batches)];
    const tally = new UnitTally(graph);
    tally.count();
    return tally.warnings();
  });
}

/** Labels that the cost or the last layer cannot reach. */
function examineLabels(Y: Table, cost: Cost, last: Layer, whose = "Labels"): Warning[] {
  const { values, width, count } = Y;
  const odd = values.filter((label) => !Number.isFinite(label));
  if (odd.length > 0) {
    return [
      {
        kind: "labelsOutOfRange",
        message: `${whose} are out of range: ${someOf(odd.length, values.length, "label")} not finite, such as ${odd[0]}. Mend or leave out such examples.`,
        share: odd.length / values.length,
      },
    ];
  }
  const takesShares = cost.labels === "unit" || cost.labels === "distribution";
  const [lowest, highest, why] = takesShares
    ? [0, 1, `the cost ${cost.name ?? "given"} takes labels`]
    : outputRange(last);
  const outside = values.filter((label) => !(label >= lowest && label <= highest));
  if (outside.length > 0) {
    const range = highest === Infinity ? `from ${lowest} up` : `from ${lowest} to ${highest}`;
    const example = `${someOf(outside.length, values.length, "label")} outside, such as ${outside[0]}`;
    return [
      {
        kind: "labelsOutOfRange",
        message: `${whose} are out of range: ${why} ${range}, but ${example}. Scale or encode the labels, or take another last layer or cost.`,
        share: outside.length / values.length,
      },
    ];
  }
  if (cost.labels !== "distribution") return [];
  let unequal = 0;
  for (let j = 0; j < count; j++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += values[j * width + i];
    if (!(Math.abs(sum - 1) < SUM_TOLERANCE)) unequal++;
  }
  if (unequal === 0) return [];
  return [
    {
      kind: "labelsOutOfRange",
      message: `${whose} are out of range: the cost ${cost.name ?? "given"} takes labels that sum to 1 in each example, but ${unequal} of ${count} examples do not. Encode classes one-hot.`,
      share: unequal / count,
    },
  ];
}

/** From where to where the outputs of a layer reach, and what is said of it. */
function outputRange(layer: Layer): [lowest: number, highest: number, why: string] {
  if (layer instanceof SigmoidLayer) return [0, 1, "a sigmoid gives outputs"];
  if (layer instanceof TanhLayer) return [-1, 1, "tanh gives outputs"];
  if (layer instanceof ReluLayer) return [0, Infinity, "ReLU gives outputs"];
  return [-Infinity, Infinity, ""];
}

/** Hidden layers whose units are all alike, coming in and going out, and therefore stay alike. */
function examineSymmetry(graph: Graph): Warning[] {
  const warnings: Warning[] = [];
  for (const [k, { params, nOut, nIn }] of graph.linears.slice(0, -1).entries()) {
    const { data } = params.W;
    const biases = params.b.data;
    const onward = graph.linears[k + 1].params.W.data;
    if (
      nOut === 1 ||
      !data.every((weight, i) => weight === data[i % nIn]) ||
      !biases.every((bias) => bias === biases[0]) ||
      !onward.every((weight, i) => weight === onward[i - (i % nOut)])
    ) {
      continue;
    }
    const layer = graph.layers.indexOf(graph.linears[k]) + 1;
    warnings.push({
      kind: "equalWeights",
      message: `All ${nOut} units of layer ${layer} have equal weights, so they get equal gradients and stay one unit ${nOut} times over. Draw the first weights at random.`,
      layer,
      share: 1,
    });
  }
  return warnings;
}

/** Whether every element is a finite number. */
export function areFinite({ data }: Matrix): boolean {
  // a loop: every calls its function for each number, and a run looks at all outputs in each epoch
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}

/** Where the first number that is not finite came up, after a forward whose cost is not. */
export function examineNotFinite(graph: Graph, { X, Y }: Batches, epoch?: number): Warning {
  const what = (place: string, advice: string, layer?: number): Warning => ({
    kind: "costNotFinite",
    message: `${epoch === undefined ? "The cost is not finite" : `In epoch ${epoch} the cost stopped being finite, and training ended before that update`}; it began ${place}. ${advice}`,
    ...(epoch === undefined ? {} : { epoch }),
    ...(layer === undefined ? {} : { layer }),
  });
  if (!areFinite(X)) {
    return what("in the inputs, which hold NaN or an infinity", "Fill them, or leave these examples out.");
  }
  if (!areFinite(Y)) {
    return what("in the labels, which hold NaN or an infinity", "Mend them, or leave these examples out.");
  }
  for (const [i, layer] of graph.layers.entries()) {
    if (layer instanceof LinearLayer && !(areFinite(layer.params.W) && areFinite(layer.params.b))) {
      return what(`in the weights of layer ${i + 1}`, LESS, i + 1);
    }
    if (!areFinite(layer.output)) return what(`in the output of layer ${i + 1}`, LESS, i + 1);
  }
  const n = graph.layers.length;
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of graph.last.output.data) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const most = Math.max(-least, greatest);
  if (graph.takesProbabilities && (least < 0 || greatest > 1) && most < SQUARABLE) {
    return what(
      `in the cost, since outputs of layer ${n} from ${least.toPrecision(3)} to ${greatest.toPrecision(3)} are no probabilities`,
      'End the network with sigmoid() or softmax(), or take the cost "stableBce".',
      n,
    );
  }
  const atEnds = graph.takesProbabilities ? ", or a wrong one exactly 0 or 1" : "";
  return what(
    `in the cost, for which an output of layer ${n} is too large (${most.toPrecision(3)})${atEnds}`,
    LESS,
    n,
  );
}

/** What is said when a run's last update left weights that are not finite, which no later cost will show. */
export function examineWeights(graph: Graph, epoch: number): Warning | undefined {
  const broken = graph.linears.find(({ params }) => !(areFinite(params.W) && areFinite(params.b)));
  if (broken === undefined) return undefined;
  const layer = graph.layers.indexOf(broken) + 1;
  return {
    kind: "costNotFinite",
    message: `The last update, in epoch ${epoch}, left weights of layer ${layer} that are not finite, and so is no cost from here on. Lower the learning rate, clip the gradients, or look at the data.`,
    epoch,
    layer,
  };
}

/** What is said when the cost of the validation examples is not finite, while that of the others is. */
export function validationNotFinite(cost: number, epoch: number): Warning {
  return {
    kind: "costNotFinite",
    message: `In epoch ${epoch} the cost of the validation examples is ${cost}, while that of the others is finite; such an epoch is never the best one. Look among the validation examples for NaN, infinities and outputs far off.`,
    epoch,
  };
}

/** What the costs of a run's epochs say of the learning rate. It is looked at after each epoch. */
export function examineProgress(costs: readonly number[], epoch: number): Warning | undefined {
  const n = costs.length;
  const last = costs[n - 1];
  const bound = costs[0] + (RUNAWAY - 1) * Math.abs(costs[0]);
  if (n >= 3 && last > bound && last > costs[n - 2] && costs[n - 2] > costs[n - 3]) {
    return {
      kind: "learningRateTooHigh",
      message: `The learning rate is too high: the cost rose from ${costs[0].toPrecision(4)} to ${last.toPrecision(4)} by epoch ${epoch}. Try a tenth of it.`,
      epoch,
    };
  }
  if (n === CRAWLING_AFTER && isCrawling(costs)) {
    return {
      kind: "learningRateTooLow",
      message: `The learning rate is too low: in ${n} epochs the cost fell only from ${costs[0].toPrecision(4)} to ${last.toPrecision(4)}. Try ten times as much.`,
      epoch,
    };
  }
  return undefined;
}

/**
 * Whether the cost hardly falls and yet goes on to: what has arrived, as a network that is trained again may have before it begins,
 * falls no more in the second half, or goes up and down.
 */
function isCrawling(costs: readonly number[]): boolean {
  const first = costs[0];
  const last = costs[costs.length - 1];
  const fall = first - last;
  if (!(fall > 0 && fall < CRAWLING_SHARE * Math.abs(first))) return false;
  let way = 0;
  for (let i = 1; i < costs.length; i++) way += Math.abs(costs[i] - costs[i - 1]);
  return fall >= STEADY_SHARE * way && costs[costs.length >> 1] - last >= fall / 4;
}

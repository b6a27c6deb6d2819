// Asking a model about the plane of two features: a grid of points in, a field of values for each class out.
import { blur2 } from "d3-array";
import { ArgumentError } from "../errors.ts";
import { type Field, nodesOver } from "./contours.ts";
import type { FeatureCrosses, FeaturePlane } from "./feature-plane.ts";
import type { Frame } from "./frame.ts";
import { extent, type Numbers, readNumbers } from "./input.ts";

/**
 * What a picture asks the model: `points` holds `n` points one after the other, each `x1 x2` and then its feature crosses
 * (n × (2 + crosses), row-major). The answer is one of
 * - n numbers, for two classes: the probability of class 1, or any score that is compared with `threshold`;
 * - n numbers, for more classes: each point's class, 0, 1, 2, …;
 * - n × classes numbers, row-major: a score for each class, of which the largest wins.
 */
export type Model = (points: Float64Array, n: number) => Numbers;

/** What a model says about a grid of points: one field of margins for each class, at least zero where that class wins. */
export interface Survey {
  readonly margins: readonly Field[];
  /** For two classes answered by one probability each: the probabilities. */
  readonly chance?: Field;
}

/** A node of the grid every so many pixels. */
const SPACING = 3;
const MOST_NODES = 400;
/** The margin of a class where it is level with one before it, which wins: level lines and areas take it for 0, but not for at least 0. */
const TIE_LOST = -Number.MIN_VALUE;

/** Asks the model about the nodes of a grid over the frame. */
export function surveyPlane(
  { caller, model, points, threshold, crosses }: FeaturePlane,
  frame: Frame,
): Survey {
  const { classes } = points;
  const { grid, nodes } = nodesOver(frame, SPACING, MOST_NODES);
  const x1 = Float64Array.from(nodes, ([x]) => x);
  const x2 = Float64Array.from(nodes, ([, y]) => y);
  const answer = askModel(caller, model, x1, x2, classes, crosses);
  const field = (values: Float64Array): Field => ({ ...grid, values });
  if (answer.length > x1.length) {
    return { margins: Array.from({ length: classes }, (_, c) => field(scoreMargins(answer, classes, c))) };
  }
  if (classes > 2) refuseUnknownClass(caller, answer, classes);
  const areVotes = threshold >= 0 && threshold < 1 && answer.every((value) => value === 0 || value === 1);
  if (classes > 2 || areVotes) {
    const scores = smoothVotes(answer, classes, grid.columns);
    return { margins: Array.from({ length: classes }, (_, c) => field(scoreMargins(scores, classes, c))) };
  }
  const [low, high] = extent(answer);
  const isChance = low >= 0 && high <= 1 && threshold > 0 && threshold < 1;
  const one = answer.map((value) => {
    const margin = isChance ? logit(value) - logit(threshold) : value - threshold;
    return margin === 0 ? TIE_LOST : margin;
  });
  return {
    margins: [field(one.map((margin) => -margin)), field(one)],
    chance: isChance ? field(answer) : undefined,
  };
}

/** The model's answer for some points, checked. */
function askModel(
  caller: string,
  model: Model,
  x1: Float64Array,
  x2: Float64Array,
  classes: number,
  crosses: FeatureCrosses,
): Float64Array {
  const n = x1.length;
  const each = 2 + crosses.length;
  const points = new Float64Array(n * each);
  for (let i = 0; i < n; i++) {
    points[i * each] = x1[i];
    points[i * each + 1] = x2[i];
    crosses.forEach(([a, b], k) => {
      points[i * each + 2 + k] = points[i * each + a] * points[i * each + b];
    });
  }
  const answer = readNumbers(caller, "the model's answer", model(points, n));
  if (answer.length === n || answer.length === n * classes) return answer;
  const more = answer.length > n * classes && answer.length % n === 0;
  const hint = more
    ? " The option classes says how many classes there are, where Y does not hold them all."
    : "";
  throw new ArgumentError(
    `${caller}: the model must answer ${n} points with ${n} numbers or with ${n} × ${classes} scores, got ${answer.length}.${hint}`,
  );
}

/** By how much the votes of a node's own class exceed the others at least: little, or lines would be staircases once more. */
const OWN_LEAD = 0.02;

/**
 * Bare class numbers as scores: how many of a node's neighbours belong to each class. The level lines of the bare numbers
 * would be staircases. A node's own class wins all the same, or strips of few nodes would be outvoted.
 */
function smoothVotes(answer: Float64Array, classes: number, columns: number): Float64Array {
  const scores = new Float64Array(answer.length * classes);
  for (let c = 0; c < classes; c++) {
    const votes = Float64Array.from(answer, (value) => (value === c ? 1 : 0));
    blur2({ data: votes, width: columns }, 2);
    for (let i = 0; i < votes.length; i++) scores[i * classes + c] = votes[i];
  }
  for (let i = 0; i < answer.length; i++) {
    const own = i * classes + answer[i];
    for (let k = i * classes; k < (i + 1) * classes; k++) {
      if (k !== own) scores[own] = Math.max(scores[own], scores[k] + OWN_LEAD);
    }
  }
  return scores;
}

/** How far a class's score is above the best of the others; of equals the first wins. */
function scoreMargins(scores: Float64Array, classes: number, c: number): Float64Array {
  return Float64Array.from({ length: scores.length / classes }, (_, i) => {
    const own = scores[i * classes + c];
    let [best, isFirst] = [-Infinity, true];
    for (let k = 0; k < classes; k++) {
      if (k === c) continue;
      const other = scores[i * classes + k];
      best = Math.max(best, other);
      if (k < c && other === own) isFirst = false;
    }
    return own === best && !isFirst ? TIE_LOST : own - best;
  });
}

function refuseUnknownClass(caller: string, answer: Float64Array, classes: number): void {
  const bad = answer.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= classes);
  if (bad < 0) return;
  throw new ArgumentError(
    `${caller}: with ${classes} classes the model must answer with class numbers 0 to ${classes - 1} or n × ${classes} scores, got ${answer[bad]}.`,
  );
}

/**
 * The input of the sigmoid that gives a probability. Level lines are interpolated between nodes, which is exact for a linear
 * function and wrong for its sigmoid.
 */
export function logit(p: number): number {
  const safe = Math.min(Math.max(p, 1e-15), 1 - 1e-15);
  return Math.log(safe / (1 - safe));
}

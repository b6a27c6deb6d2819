import { ArgumentError } from "../errors.ts";
import { classEntries, drawPoints } from "./data-points.ts";
import { boundaryLines, boundaryOf } from "./decision-boundary.ts";
import { type Box, boxesCollide } from "./edge-labels.ts";
import {
  type ClassLabels,
  type Examples,
  type FeaturePlane,
  type FeaturePlaneOptions,
  PLANE_OPTIONS,
  planeFrame,
  readPlane,
} from "./feature-plane.ts";
import { clipToFrame, type Frame } from "./frame.ts";
import type { Table } from "./input.ts";
import { type LegendEntry, lineSample } from "./legend.ts";
import { type Model, surveyPlane } from "./model-survey.ts";
import { shortNumber } from "./numbers.ts";
import { readFlag } from "./options.ts";
import { nearestOnSegment, type Point } from "./paths.ts";
import type { Predictor } from "./predictor.ts";
import { element, svgDocument, text } from "./svg.ts";
import { textWidth } from "./text.ts";

/** Options of `plotBoundaryDistances`. */
export interface BoundaryDistancesOptions extends FeaturePlaneOptions {
  /** Whether each distance is written beside its line: by default for up to 20 points. */
  values?: boolean | undefined;
}

const CALLER = "plotBoundaryDistances";
const SIZE = 11;
/** Ranges that differ by more than this are not drawn to one scale: one of them would become a sliver. */
const MOST_ASPECT = 4;
/** A foot within this part of the frame's length counts as on its edge. */
const EDGE = 0.02;
/** A frame that has to grow grows by no more than this many times its length on each side. */
const MOST_GROWTH = 4;

/**
 * Draws the boundary with the shortest way from each data point to it, in the features' own units. Where the two ranges are
 * alike, both axes have one scale, so that the shortest way meets the boundary at a right angle.
 *
 * @param model a `Network` of two features, with X and Y as its `fit` takes them, rows, records or matrices; or a function that
 *   answers for points of the plane, see `Model`, with X and Y in columns.
 * @param X the examples' features: for a function 2 × m, columns are examples.
 * @param Y the examples' classes: for a function m or 1 × m numbers 0, 1, 2, …, or classes × m with a 1 for each example's class.
 * @param options ranges, names, feature crosses. Only the boundary within the ranges is looked at.
 * @returns one standalone SVG.
 * @throws ArgumentError if X, Y or the model's answer has the wrong shape or a number that is not finite, if there is no
 *   boundary within the ranges, or if an option is unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotBoundaryDistances(
 *   (points, n) => Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(5 - 10 * points[2 * i] - 10 * points[2 * i + 1]))),
 *   [[0, 0, 1, 1], [0, 1, 0, 1]],
 *   [[0, 1, 1, 1]],
 * );
 */
export function plotBoundaryDistances(
  model: Model | Predictor,
  X: Examples,
  Y: Table | ClassLabels,
  options: BoundaryDistancesOptions = {},
): string {
  const own = [...PLANE_OPTIONS, "values"];
  const plane = readPlane(CALLER, model, X, Y, options, own, "Distances to the decision boundary");
  const { picture, points, names } = plane;
  const values = readFlag(CALLER, "values", options.values, points.labels.length <= 20);
  const legend = [
    ...classEntries(names),
    { label: "decision boundary", sample: lineSample("ink", 2) },
    { label: "distance", sample: lineSample("muted", 1.5, "4 3") },
  ];
  let found = measure(plane, legend);
  // A boundary that goes on beyond the frame may come nearer there: the frame grows where its ranges are ours to choose.
  const wider = {
    xRange: options.xRange === undefined ? grown(plane.xRange, found.feet, 0, points.x1) : plane.xRange,
    yRange: options.yRange === undefined ? grown(plane.yRange, found.feet, 1, points.x2) : plane.yRange,
  };
  if (wider.xRange !== plane.xRange || wider.yRange !== plane.yRange) {
    found = measure({ ...plane, ...wider }, legend);
  }
  const { frame, survey, feet, lengths } = found;
  const toPixels = ([x, y]: Point): Point => [frame.x.at(x), frame.y.at(y)];
  const ways = feet.map(({ foot }, i): [Point, Point] => [
    toPixels([points.x1[i], points.x2[i]]),
    toPixels(foot),
  ]);
  const drawn = boundaryLines(survey, 2) + ways.map(drawWay).join("");
  const labels = values ? placeLengths(ways, lengths, frame) : "";
  const body = frame.back + clipToFrame(frame, drawn) + frame.front + drawPoints(points, frame) + labels;
  return svgDocument({ ...picture, title: picture.name }, body);
}

/** The boundary within the ranges, and for each data point the nearest point of it and how far that is. */
function measure(plane: FeaturePlane, legend: readonly LegendEntry[]) {
  const { points, xRange, yRange } = plane;
  const [xLength, yLength] = [xRange[1] - xRange[0], yRange[1] - yRange[0]];
  const equal = Math.max(xLength / yLength, yLength / xLength) <= MOST_ASPECT;
  const frame = planeFrame(plane, legend, { equal });
  const survey = surveyPlane(plane, frame);
  const toData = ([x, y]: Point): Point => [frame.x.valueAt(x), frame.y.valueAt(y)];
  const boundary = boundaryOf(survey).map((line) => line.map(toData));
  if (boundary.length === 0) {
    const range = (axis: Frame["x"]) => axis.domain.map((value) => shortNumber(value)).join(" to ");
    throw new ArgumentError(
      `${CALLER}: the model gives one class to all of x1 ${range(frame.x)}, x2 ${range(frame.y)}: there is no boundary to measure to. Widen xRange and yRange.`,
    );
  }
  const feet = Array.from(points.labels, (_, i) => nearestOn(boundary, [points.x1[i], points.x2[i]]));
  const lengths = feet.map((foot, i) => Math.hypot(foot[0] - points.x1[i], foot[1] - points.x2[i]));
  const [left, right] = frame.x.domain;
  const [low, high] = frame.y.domain;
  // Where a foot stands on an edge, the boundary may go on towards its point beyond it.
  const onEdge = feet.map(([x, y]) => {
    const [nearX, nearY] = [(right - left) * EDGE, (high - low) * EDGE];
    return [x < left + nearX || x > right - nearX, y < low + nearY || y > high - nearY] as const;
  });
  return {
    frame,
    survey,
    lengths,
    feet: feet.map((foot, i) => ({ foot, onEdge: onEdge[i], length: lengths[i] })),
  };
}

/** The range with room for every foot that stood on its edge: none is farther from its point than it was found to be. */
function grown(
  range: readonly [number, number],
  feet: ReturnType<typeof measure>["feet"],
  axis: 0 | 1,
  values: Float64Array,
): readonly [number, number] {
  let [low, high] = range;
  const length = high - low;
  for (const [i, { onEdge, length: distance }] of feet.entries()) {
    if (!onEdge[axis]) continue;
    low = Math.min(low, Math.max(values[i] - distance, range[0] - MOST_GROWTH * length));
    high = Math.max(high, Math.min(values[i] + distance, range[1] + MOST_GROWTH * length));
  }
  return low === range[0] && high === range[1] ? range : [low, high];
}

/** The point of some lines that lies nearest to `p`. */
function nearestOn(lines: readonly (readonly Point[])[], p: Point): Point {
  let best = lines[0][0];
  let least = Infinity;
  for (const points of lines) {
    for (let i = 1; i < points.length; i++) {
      const q = nearestOnSegment(p, points[i - 1], points[i]);
      const distance = Math.hypot(q[0] - p[0], q[1] - p[1]);
      if (distance < least) {
        least = distance;
        best = q;
      }
    }
  }
  return best;
}

function drawWay([from, to]: readonly [Point, Point]): string {
  return (
    element("line", {
      class: "s-muted",
      x1: from[0],
      y1: from[1],
      x2: to[0],
      y2: to[1],
      "stroke-width": 1.5,
      "stroke-dasharray": "4 3",
      "data-part": "distance",
    }) + element("circle", { class: "f-muted", cx: to[0], cy: to[1], r: 2.5 })
  );
}

/** Writes each length beside its line where it touches no mark and no other label; one that finds no place is left out. */
function placeLengths(
  ways: readonly (readonly [Point, Point])[],
  lengths: readonly number[],
  frame: Frame,
): string {
  const taken: Box[] = ways.map(([[x, y]]) => ({ x, y, width: 20, height: 20 }));
  return ways
    .map(([from, to], i) => {
      const words = shortNumber(lengths[i]);
      const width = textWidth(words, SIZE);
      const dx = to[0] - from[0];
      const dy = to[1] - from[1];
      const length = Math.hypot(dx, dy) || 1;
      const reach = (Math.abs(dy / length) * width) / 2 + (Math.abs(dx / length) * SIZE) / 2 + 5;
      for (const t of [0.5, 0.35, 0.65, 0.2, 0.8, 0, 1]) {
        for (const side of [1, -1]) {
          const x = from[0] + t * dx + (side * -dy * reach) / length;
          const y = from[1] + t * dy + (side * dx * reach) / length;
          const box = { x, y, width, height: SIZE };
          const within =
            x - width / 2 > frame.left + 2 &&
            x + width / 2 < frame.right - 2 &&
            y - SIZE / 2 > frame.top + 2 &&
            y + SIZE / 2 < frame.bottom - 2;
          if (!within || taken.some((other) => boxesCollide(box, other, 2))) continue;
          taken.push(box);
          return text(words, x, y, { size: SIZE, anchor: "middle", halo: true });
        }
      }
      return "";
    })
    .join("");
}

import { line as lineShape } from "d3-shape";
import { ArgumentError } from "../errors.ts";
import { drawableRange, niceRange } from "./axis.ts";
import { layoutFrame } from "./frame.ts";
import { extent, type Numbers } from "./input.ts";
import { type CostHistory, type Curve, type LearningRun, readEpochs, readRuns } from "./learning-runs.ts";
import { lineSample } from "./legend.ts";
import { plainNumber } from "./numbers.ts";
import { type PictureOptions, readChoice, readNumber, readPicture, readText } from "./options.ts";
import type { Point } from "./paths.ts";
import { coordinate, element, svgDocument } from "./svg.ts";
import { SERIES_HUES } from "./theme.ts";

/** Options of `plotLearningCurve`. */
export interface LearningCurveOptions extends PictureOptions {
  /** Epochs from one recorded cost to the next, so that the x axis counts epochs: 1 by default, 100 in the article. */
  epochsPerCost?: number | undefined;
  /** The scale of the cost axis: `"linear"` (the default) or `"log"`, which needs costs above zero. */
  scale?: "linear" | "log" | undefined;
  /** Titles the picture "Learning rate = …", as the article does, unless `title` says otherwise. */
  learningRate?: number | undefined;
  /** The x axis's label, "Epochs" by default. */
  xLabel?: string | undefined;
  /** The y axis's label, "Cost" by default. */
  yLabel?: string | undefined;
}

const CALLER = "plotLearningCurve";
const OWN = ["epochsPerCost", "scale", "learningRate", "xLabel", "yLabel"];
const DASHES = [undefined, "7 4", "2 3", "10 3 2 3", "14 4", "7 3 2 3 2 3"];
/** Costs below this count as nothing on a linear scale and stand on the floor of a logarithmic one: beyond, floats run out. */
const LEAST_COST = 1e-290;

/**
 * Draws how the cost fell while a network trained: one run, or several laid over one another with a legend. Where a cost is NaN
 * or an infinity, as when training ran away or nothing was validated, the line has a gap.
 *
 * @param runs the recorded costs (an array or typed array, the first cost at epoch 0), an array of
 *   `{ label, costs, epochsPerCost }`, one for each run, or what `fit` gives, with its validation beside it.
 * @param options what to call it and how to scale it.
 * @returns one standalone SVG.
 * @throws ArgumentError if there is no finite cost, a cost is no number, a logarithmic scale is given a cost that is not above
 *   zero, or an option is unknown or unusable.
 *
 * @example
 * const svg = plotLearningCurve([0.35, 0.21, 0.09, 0.03], { epochsPerCost: 100, learningRate: 1 });
 */
export function plotLearningCurve(
  runs: Numbers | readonly LearningRun[] | CostHistory,
  options: LearningCurveOptions = {},
): string {
  const rate = options?.learningRate;
  const known = typeof rate === "number" && Number.isFinite(rate);
  const title = known ? `Learning rate = ${plainNumber(rate)}` : "Learning curve";
  const picture = readPicture(CALLER, options, OWN, { title, width: 640, height: 420 });
  if (rate !== undefined) readNumber(CALLER, "learningRate", rate, 1);
  const scale = readChoice(CALLER, "scale", options.scale, ["linear", "log"]);
  const every = readEpochs(CALLER, "epochsPerCost", options.epochsPerCost, 1);
  const curves = readRuns(CALLER, runs, every);
  if (scale === "log") refuseNonPositive(curves);

  const lastEpoch = Math.max(...curves.map((curve) => curve.epochs[curve.epochs.length - 1]));
  const frame = layoutFrame({
    caller: CALLER,
    region: { left: 0, top: 0, width: picture.width, height: picture.height },
    heading: picture.heading,
    x: {
      domain: [0, lastEpoch > 0 ? lastEpoch : every],
      kind: curves.every((curve) => Number.isInteger(curve.epochs[1] ?? every)) ? "integer" : "linear",
      label: readText(CALLER, "xLabel", options.xLabel, "Epochs"),
    },
    y: {
      domain: scale === "log" ? logRange(curves) : linearRange(curves),
      kind: scale,
      label: readText(CALLER, "yLabel", options.yLabel, "Cost"),
    },
    legend: curves.flatMap((curve, i) =>
      curve.label === undefined ? [] : [{ label: curve.label, sample: lineSample(role(i), 2.5, dash(i)) }],
    ),
  });
  const at = (curve: Curve, i: number): Point => {
    const cost = scale === "log" ? Math.max(curve.costs[i], LEAST_COST) : curve.costs[i];
    return [frame.x.at(curve.epochs[i]), frame.y.at(cost)];
  };
  const path = lineShape<Point>();
  const lines = curves.map((curve, i) => {
    const pieces = finitePieces(curve.costs).map((piece) => thinToColumns(piece.map((k) => at(curve, k))));
    const data = pieces
      .filter((points) => points.length > 1)
      .map((points) => path(points.map(([x, y]) => [Number(coordinate(x)), Number(coordinate(y))])) ?? "");
    const stroke = element("path", {
      class: `s-${role(i)}`,
      d: data.join(""),
      fill: "none",
      "stroke-width": 2.25,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
      "stroke-dasharray": dash(i),
      "data-run": curve.label ?? String(i),
    });
    // A few costs are shown as what they are, single measurements; a lone one would be invisible without its dot.
    const few = pieces.flat().length <= 30;
    const dots = pieces.flatMap((points) => (few || points.length === 1 ? points : []));
    const dot = ([cx, cy]: Point) => element("circle", { class: `f-${role(i)}`, cx, cy, r: 3 });
    return (data.length > 0 ? stroke : "") + dots.map(dot).join("");
  });
  // Not clipped: the ranges hold every point, and a clip would halve the stroke where the curve runs along the axis.
  return svgDocument({ ...picture, title: picture.name }, frame.back + frame.front + lines.join(""));
}

function role(run: number): string {
  return `series${run % SERIES_HUES}`;
}

function dash(run: number): string | undefined {
  // Of the six hues the last three are near the first ones to many of the colour-blind: sky to blue, orange to vermillion.
  return DASHES[Math.floor(run / (SERIES_HUES / 2)) % DASHES.length];
}

function refuseNonPositive(curves: readonly Curve[]): void {
  for (const [k, { costs }] of curves.entries()) {
    const i = costs.findIndex((cost) => cost <= 0);
    if (i < 0) continue;
    const where = `cost ${i}${curves.length > 1 ? ` of run ${k}` : ""}`;
    throw new ArgumentError(
      `${CALLER}: a logarithmic scale needs costs above 0, got ${costs[i]} as ${where}. Use scale: "linear".`,
    );
  }
}

function costExtent(curves: readonly Curve[]): [number, number] {
  return extent(curves.flatMap((curve) => extent(curve.costs.filter(Number.isFinite))));
}

/** The places of finite costs, those that follow one another together. */
function finitePieces(costs: Float64Array): number[][] {
  const pieces: number[][] = [];
  for (let i = 0; i < costs.length; i++) {
    if (!Number.isFinite(costs[i])) continue;
    if (i === 0 || !Number.isFinite(costs[i - 1])) pieces.push([]);
    pieces.at(-1)!.push(i);
  }
  return pieces;
}

function linearRange(curves: readonly Curve[]): [number, number] {
  const [low, high] = costExtent(curves);
  // A cost has a floor at zero; a curve that comes near it is read against it.
  if (low >= 0 && high < LEAST_COST) return [0, 1];
  if (low >= 0 && low < high * 0.4) return niceRange([0, high]);
  return niceRange(drawableRange(low, high, 0.04));
}

function logRange(curves: readonly Curve[]): [number, number] {
  const [low, high] = costExtent(curves).map((cost) => Math.max(cost, LEAST_COST));
  const decades = Math.log10(high) - Math.log10(low);
  const room = decades < 0.02 ? 1.5 : 10 ** (0.04 * decades);
  return [low / room, Math.min(high * room, Number.MAX_VALUE)];
}

/**
 * Long runs keep the first, lowest, highest and last point of each pixel column: the picture is the same, the file small.
 */
function thinToColumns(points: readonly Point[]): readonly Point[] {
  const width = points[points.length - 1][0] - points[0][0];
  if (points.length < 4 * width) return points;
  const kept: Point[] = [];
  let start = 0;
  while (start < points.length) {
    const column = Math.floor(points[start][0]);
    let end = start;
    let low = start;
    let high = start;
    while (end < points.length && Math.floor(points[end][0]) === column) {
      if (points[end][1] < points[low][1]) low = end;
      if (points[end][1] > points[high][1]) high = end;
      end++;
    }
    const chosen = [...new Set([start, low, high, end - 1])].sort((a, b) => a - b);
    kept.push(...chosen.map((i) => points[i]));
    start = end;
  }
  return kept;
}

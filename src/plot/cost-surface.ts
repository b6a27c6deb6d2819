import { scaleLinear } from "d3-scale";
import { ArgumentError } from "../errors.ts";
import { arrowHead } from "./arrow.ts";
import { drawableRange } from "./axis.ts";
import { rampRole } from "./cells.ts";
import { layoutColorBar } from "./color-bar.ts";
import { areaPath, type Field, nodesOver, wholeFrame } from "./contours.ts";
import { clipToFrame, type Frame, layoutFrame } from "./frame.ts";
import { describe, extent, isCallable, readNumbers, readTable, type Table } from "./input.ts";
import { type LegendEntry, lineSample } from "./legend.ts";
import {
  type PictureOptions,
  readChoice,
  readInteger,
  readNames,
  readPicture,
  readRange,
  readText,
} from "./options.ts";
import { type Point, pathData, simplifyLine } from "./paths.ts";
import { element, svgDocument } from "./svg.ts";

/** The cost at many pairs of weights at once: `weights` holds n pairs, w1 w2 one after the other; n costs come back. */
export type CostAt = (weights: Float64Array, n: number) => ArrayLike<number>;

/** Options of `plotCostSurface`. */
export interface CostSurfaceOptions extends PictureOptions {
  /** The weights that training visited, k × 2 (a row each: w1, w2), in order. */
  path?: Table | undefined;
  /** The range of the first weight; around the path by default. */
  xRange?: readonly [number, number] | undefined;
  /** The range of the second weight; around the path by default. */
  yRange?: readonly [number, number] | undefined;
  /** About how many bands of cost are told apart: 12 by default. */
  levels?: number | undefined;
  /** Bands of equal steps in the cost (`"linear"`, the default) or in its logarithm (`"log"`, for costs above zero). */
  scale?: "linear" | "log" | undefined;
  /** The names of the two weights, as axis labels. */
  weightNames?: readonly [string, string] | undefined;
  /** The colour bar's label, "cost" by default. */
  costLabel?: string | undefined;
}

const CALLER = "plotCostSurface";
const OWN = ["path", "xRange", "yRange", "levels", "scale", "weightNames", "costLabel"];
/** A node of the grid every so many pixels: a cost is smooth, and dear to compute. */
const SPACING = 6;
const MOST_NODES = 200;
/** A line that leaves the contour or the path by less than this many pixels looks the same. */
const TOLERANCE = 0.1;

/**
 * Draws the cost over two chosen weights as filled bands seen from above, with the path that training took.
 *
 * @param cost the cost at pairs of weights, all others being held; see `CostAt`.
 * @param options the path, ranges and names. Without a path both ranges are needed.
 * @returns one standalone SVG.
 * @throws ArgumentError if neither a path nor both ranges are given, the cost answers with what is not finite or too few
 *   numbers, or an option is unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotCostSurface(
 *   (w, n) => Array.from({ length: n }, (_, i) => w[2 * i] ** 2 + 3 * w[2 * i + 1] ** 2),
 *   { path: [[2, 1], [1.6, 0.4], [1.28, 0.16], [1.02, 0.06]] },
 * );
 *
 * @example
 * // two weights of a network, which ends with those that it had learned
 * const [X, Y] = [[[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 1]];
 * const network = new Network([linear(1), sigmoid()], { learningRate: 1, seed: 48 });
 * const held = () => network.linears[0].params.W.data;
 * const path: number[][] = [];
 * network.fitSync(X, Y, { epochs: 60, onEpoch: () => void path.push([...held()]) });
 * const costAt = (pair: Float64Array) => {
 *   held().set(pair);
 *   return network.evaluate(X, Y).cost;
 * };
 * const svg = plotCostSurface((w, n) => Array.from({ length: n }, (_, i) => costAt(w.subarray(2 * i, 2 * i + 2))), { path });
 * held().set(path[path.length - 1]);
 */
export function plotCostSurface(cost: CostAt, options: CostSurfaceOptions = {}): string {
  const picture = readPicture(CALLER, options, OWN, {
    title: "Cost over two weights",
    width: 620,
    height: 500,
  });
  if (!isCallable(cost)) {
    throw new ArgumentError(
      `${CALLER}: cost must be a function (weights, n) => costs, got ${describe(cost)}.`,
    );
  }
  const path = readPath(options.path);
  const count = readInteger(CALLER, "levels", options.levels, 12, 2, 40);
  const names = readNames(CALLER, "weightNames", options.weightNames, ["w₁", "w₂"]);
  const xRange = readRange(CALLER, "xRange", options.xRange) ?? pathRange(path, 0);
  const yRange = readRange(CALLER, "yRange", options.yRange) ?? pathRange(path, 1);
  const log = readChoice(CALLER, "scale", options.scale, ["linear", "log"]) === "log";
  const costLabel = readText(CALLER, "costLabel", options.costLabel, "cost");
  const label = log ? `log₁₀ ${costLabel}` : costLabel;
  const legend: LegendEntry[] = [];
  if (path.length > 0) {
    legend.push({ label: "path of training", sample: lineSample("ink", 2) });
    legend.push({ label: "start", sample: startMark }, { label: "end", sample: endMark });
  }
  const lay = (reserve: number) =>
    layoutFrame({
      caller: CALLER,
      region: { left: 0, top: 0, width: picture.width, height: picture.height },
      heading: picture.heading,
      x: { domain: xRange, label: names[0] },
      y: { domain: yRange, label: names[1] },
      legend,
      reserve,
      boxed: true,
      grid: false,
    });
  // The colour bar's width depends on the costs and these on the frame: a first look at the costs settles the bar.
  const first = surveyCost(cost, lay(90), log);
  const levels = chooseLevels(first, count);
  const bands = levels.slice(1).map((_, i) => rampRole("sequential", i / Math.max(1, levels.length - 2)));
  const domain: [number, number] = [levels[0], levels[levels.length - 1]];
  const bar = layoutColorBar({ domain, label, bands, height: picture.height * 0.7 });
  const frame = lay(bar.width);
  const field = surveyCost(cost, frame, log);
  const areas = levels.slice(1, -1).map((level, i) => {
    const d = areaPath(field, level, TOLERANCE);
    return d === ""
      ? ""
      : element("path", { class: `f-${bands[i + 1]} s-faint`, d, "stroke-width": 0.5, "data-level": level });
  });
  const base = wholeFrame(frame, bands[0]);
  const walk = path.map(([w1, w2]): Point => [frame.x.at(w1), frame.y.at(w2)]);
  const body =
    clipToFrame(frame, base + areas.join("") + drawPath(walk)) +
    frame.front +
    bar.draw(frame.right, frame.top, frame.bottom);
  return svgDocument({ ...picture, title: picture.name }, body);
}

function readPath(given: Table | undefined): Point[] {
  if (given === undefined) return [];
  const table = readTable(CALLER, "path", given);
  if (table.cols !== 2) {
    throw new ArgumentError(`${CALLER}: path must be steps × 2 (w1, w2), got ${table.rows} × ${table.cols}.`);
  }
  return Array.from({ length: table.rows }, (_, i): Point => [table.data[2 * i], table.data[2 * i + 1]]);
}

function pathRange(path: readonly Point[], which: 0 | 1): [number, number] {
  if (path.length === 0)
    throw new ArgumentError(`${CALLER}: without a path, xRange and yRange are both needed.`);
  const [low, high] = extent(path.map((point) => point[which]));
  return drawableRange(low, high, 0.3);
}

function surveyCost(cost: CostAt, frame: Frame, log: boolean): Field {
  const { grid, nodes } = nodesOver(frame, SPACING, MOST_NODES);
  const n = nodes.length;
  const values = readNumbers(CALLER, "the cost's answer", cost(Float64Array.from(nodes.flat()), n));
  const bad = log ? values.findIndex((value) => value <= 0) : -1;
  if (bad >= 0) {
    throw new ArgumentError(
      `${CALLER}: scale "log" needs costs above 0, got ${values[bad]}. Use scale: "linear".`,
    );
  }
  if (values.length === n) return { ...grid, values: log ? values.map(Math.log10) : values };
  throw new ArgumentError(
    `${CALLER}: the cost must answer ${n} pairs of weights with ${n} numbers, got ${values.length}.`,
  );
}

/** Round levels from below the least cost to above the largest. */
function chooseLevels(field: Field, count: number): number[] {
  const [low, high] = drawableRange(...extent(field.values));
  const scale = scaleLinear().domain([low, high]).nice(count);
  const [from, to] = scale.domain();
  const inner = scale.ticks(count).filter((level) => level > from && level < to);
  return [from, ...inner, to];
}

/** The path with an arrowhead wherever there is room for one, a ring at its start and a dot at its end. */
function drawPath(points: readonly Point[]): string {
  if (points.length === 0) return "";
  const line = pathData(simplifyLine(points, TOLERANCE));
  const common = { d: line, fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" };
  const heads: string[] = [];
  let since = 0;
  for (let i = 1; i < points.length; i++) {
    since += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
    if (since < 45) continue;
    heads.push(arrowHead(points[i], points[i - 1], "ink", 9));
    since = 0;
  }
  const [sx, sy] = points[0];
  const [ex, ey] = points[points.length - 1];
  const strokes =
    points.length === 1
      ? ""
      : element("path", { class: "s-surface", ...common, "stroke-width": 4.5 }) +
        element("path", { class: "s-ink", ...common, "stroke-width": 2, "data-part": "path" });
  return strokes + heads.join("") + startMark(sx, sy) + endMark(ex, ey);
}

function startMark(cx: number, cy: number): string {
  return element("circle", { class: "f-surface s-ink", cx, cy, r: 4.5, "stroke-width": 2 });
}

function endMark(cx: number, cy: number): string {
  return element("circle", { class: "f-vermillion s-surface", cx, cy, r: 5.5, "stroke-width": 1.5 });
}

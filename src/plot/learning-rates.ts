import { line as lineShape } from "d3-shape";
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { arrow } from "./arrow.ts";
import { drawableRange, niceRange } from "./axis.ts";
import { clipToFrame, layoutFrame, layoutHeading } from "./frame.ts";
import { describe, extent, isCallable, readNumbers } from "./input.ts";
import { plainNumber } from "./numbers.ts";
import {
  checkFields,
  type PictureOptions,
  readInteger,
  readNumber,
  readPicture,
  readRange,
  readText,
} from "./options.ts";
import type { Point } from "./paths.ts";
import { coordinate, element, line, svgDocument } from "./svg.ts";

/** One panel of the picture: a learning rate and what to call it. */
export interface LearningRate {
  /** The learning rate, above zero. */
  rate: number;
  /** What the panel is called. */
  label?: string | undefined;
}

/** Options of `plotLearningRates`. */
export interface LearningRatesOptions extends PictureOptions {
  /** The cost at a weight; (w − 2)² + 1 by default. */
  cost?: ((w: number) => number) | undefined;
  /** The cost's slope at a weight; 2 (w − 2) by default. */
  gradient?: ((w: number) => number) | undefined;
  /** The learning rates, one panel each, up to four; by default 0.05 (too low), 0.3 (right) and 1.05 (too high). */
  rates?: readonly (number | LearningRate)[] | undefined;
  /** The weight at which every panel starts: -1 by default. */
  start?: number | undefined;
  /** How many steps are taken: 8 by default. */
  steps?: number | undefined;
  /** The range of weights; by default as wide as the cost's own curve and the start ask for. */
  range?: readonly [number, number] | undefined;
  /** The x axis's label, "weight" by default. */
  xLabel?: string | undefined;
  /** The y axis's label, "cost" by default. */
  yLabel?: string | undefined;
}

const CALLER = "plotLearningRates";
const OWN = ["cost", "gradient", "rates", "start", "steps", "range", "xLabel", "yLabel"];
const DEFAULT_RATES: readonly LearningRate[] = [
  { rate: 0.05, label: "too low" },
  { rate: 0.3, label: "right" },
  { rate: 1.05, label: "too high" },
];
const SAMPLES = 200;
/** The cost where none is given. */
const parabola = (w: number) => (w - 2) ** 2 + 1;

/**
 * Draws the steps that gradient descent takes down a cost curve for several learning rates side by side: too low, right and
 * too high. Each step is computed, w ← w − rate · gradient(w), not sketched.
 *
 * @param options another cost with its gradient, other rates, another start.
 * @returns one standalone SVG.
 * @throws ArgumentError if only one of `cost` and `gradient` is given, one of them answers with what is not finite, or an
 *   option is unknown or unusable.
 *
 * @example
 * const svg = plotLearningRates({ cost: (w) => w ** 2, gradient: (w) => 2 * w, rates: [0.02, 0.3, 1.02], start: 3 });
 */
export function plotLearningRates(options: LearningRatesOptions = {}): string {
  const title = "Learning rate: too low, right, too high";
  const given = options?.rates === undefined ? title : "Steps of gradient descent";
  const picture = readPicture(CALLER, options, OWN, { title: given, width: 960, height: 360 });
  if ((options.cost === undefined) !== (options.gradient === undefined)) {
    throw new ArgumentError(`${CALLER}: cost and gradient belong together, got only one of them.`);
  }
  const cost = checked("cost", options.cost === undefined ? parabola : options.cost);
  const gradient = checked(
    "gradient",
    options.gradient === undefined ? (w) => 2 * (w - 2) : options.gradient,
  );
  const rates = readRates(options.rates);
  const start = readNumber(CALLER, "start", options.start, -1, -1e100, 1e100);
  const count = readInteger(CALLER, "steps", options.steps, 8, 1, 100);
  const walks = rates.map(({ rate }) => walk(start, rate, count, gradient));
  const range = readRange(CALLER, "range", options.range) ?? weightRange(walks, options.cost ?? parabola);
  const ws = Array.from({ length: SAMPLES + 1 }, (_, i) => range[0] + ((range[1] - range[0]) * i) / SAMPLES);
  const costs = ws.map(cost);
  const heights = extent(costs);
  const floor = heights[0] >= 0 && heights[0] < 0.4 * heights[1] ? 0 : heights[0];
  const costRange = niceRange(drawableRange(floor, heights[1], floor === 0 ? 0 : 0.06));
  const labels = {
    x: readText(CALLER, "xLabel", options.xLabel, "weight"),
    y: readText(CALLER, "yLabel", options.yLabel, "cost"),
  };

  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const heading = layoutHeading(picture.heading, whole, 16);
  const width = picture.width / rates.length;
  const panels = rates.map(({ rate, label }, i) => {
    const frame = layoutFrame({
      caller: CALLER,
      region: { left: i * width, top: heading.height, width, height: picture.height - heading.height },
      heading: label === undefined ? `α = ${plainNumber(rate)}` : `${label}: α = ${plainNumber(rate)}`,
      headingSize: 13,
      x: { domain: range, label: labels.x },
      y: { domain: costRange, label: labels.y },
    });
    const at = (w: number): Point => [frame.x.at(w), frame.y.at(cost(w))];
    const curve = lineShape<number>()
      .x((k) => Number(coordinate(frame.x.at(ws[k]))))
      .y((k) => Number(coordinate(frame.y.at(costs[k]))))([...ws.keys()]);
    const shape = element("path", { class: "s-axis", d: curve ?? "", fill: "none", "stroke-width": 2 });
    const inside = (w: number) => w >= range[0] && w <= range[1];
    const role = `series${[0, 2, 1][i % 3]}`;
    const reached = walks[i];
    const left = reached.findIndex((w) => !inside(w));
    // the start is shown even where the range leaves it out
    const visible = left < 0 ? reached : reached.slice(0, Math.max(1, left));
    const steps = visible.slice(1).map((w, k) => step(at(visible[k]), at(w), role));
    // A step that leaves the picture is drawn until beyond its edge, so that it is seen to leave, and no farther: where it ends may
    // be so many pixels away that a renderer draws nothing.
    if (visible.length < reached.length) {
      const reach = range[1] - range[0];
      const end = Math.max(range[0] - reach, Math.min(range[1] + reach, reached[visible.length]));
      steps.push(step(at(visible[visible.length - 1]), at(end), role));
    }
    const dots = visible.map((w) => {
      const [cx, cy] = at(w);
      return element("circle", { class: `f-${role} s-surface`, cx, cy, r: 4, "stroke-width": 1 });
    });
    const content = shape + steps.join("") + dots.join("");
    return frame.back + frame.front + clipToFrame(frame, content, `panel${i}`);
  });
  return svgDocument({ ...picture, title: picture.name }, heading.draw(picture.width / 2) + panels.join(""));
}

/** The function with its answers checked. */
function checked(name: string, f: (w: number) => number): (w: number) => number {
  if (!isCallable(f)) throw new ArgumentError(`${CALLER}: ${name} must be a function, got ${describe(f)}.`);
  return (w) => {
    const value = f(w);
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new ArgumentError(
      `${CALLER}: ${name} must answer with finite numbers, got ${describe(value)} at ${w}.`,
    );
  };
}

function readRates(given: LearningRatesOptions["rates"]): readonly LearningRate[] {
  if (given === undefined) return DEFAULT_RATES;
  if (!isList(given) || given.length < 1 || given.length > 4) {
    throw new ArgumentError(`${CALLER}: rates must hold one to four learning rates, got ${describe(given)}.`);
  }
  return Array.from(given, (item, i) => {
    if (typeof item === "object" && item !== null) {
      checkFields(CALLER, `rates[${i}]`, item, ["rate", "label"]);
    }
    const rate = typeof item === "number" ? item : (item as LearningRate | null)?.rate;
    readNumbers(CALLER, `rates[${i}]`, [rate]);
    if (!(rate! > 0))
      throw new ArgumentError(`${CALLER}: rates[${i}] must be above 0, got ${describe(rate)}.`);
    const label = typeof item === "number" ? undefined : (item as LearningRate).label;
    return {
      rate: rate!,
      label: label === undefined ? undefined : readText(CALLER, `label of rates[${i}]`, label, ""),
    };
  });
}

/** How far from the start a walk has run away, whatever the cost. */
const farFrom = (start: number) => 1e6 * (1 + Math.abs(start));

/** The weights visited; the walk ends once it has run far off, held to where it did, since no picture would show more. */
function walk(start: number, rate: number, count: number, gradient: (w: number) => number): number[] {
  const far = farFrom(start);
  const visited = [start];
  for (let k = 0; k < count && Math.abs(visited[k] - start) < far; k++) {
    const w = visited[k] - rate * gradient(visited[k]);
    visited.push(Math.max(start - far, Math.min(start + far, w)));
  }
  return visited;
}

/**
 * From a little behind the start to well beyond the widest walk that converges, so that steps show their size and a diverging
 * walk is seen to leave. Where none converges, the middle one by width is shown.
 */
function weightRange(walks: readonly (readonly number[])[], cost: (w: number) => number): [number, number] {
  const [[start]] = walks;
  const width = ([low, high]: readonly [number, number]) => high - low;
  const spansOf = (some: typeof walks) => some.map(extent).sort((a, b) => width(a) - width(b));
  const spans = spansOf(walks);
  const widest = spansOf(walks.filter((walk) => converges(walk, cost))).at(-1);
  const [low, high] = widest ?? spans[Math.floor((spans.length - 1) / 2)];
  const reach = Math.max(high - low, 1e-6 * Math.abs(start), 1e-100);
  const down = start - low > high - start;
  const behind = 0.4 * reach;
  const beyond = 1.4 * reach;
  return drawableRange(low - (down ? beyond : behind), high + (down ? behind : beyond));
}

/** Whether the cost is lower where the walk ends, which is not far off: there, costs may fall without end, or be no numbers. */
function converges(walk: readonly number[], cost: (w: number) => number): boolean {
  const [start, end] = [walk[0], walk[walk.length - 1]];
  const reached = cost(end);
  return Math.abs(end - start) < farFrom(start) && Number.isFinite(reached) && reached < cost(start);
}

/** A step as an arrow; a short one as a line, since its head would hide it. */
function step(from: Point, to: Point, role: string): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length >= 22) {
    // The tip touches the dot's rim.
    const t = 1 - 4 / length;
    return arrow(from, [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t], role, 1.5, 7);
  }
  return line(from[0], from[1], to[0], to[1], role, 1.5);
}

import { scaleLinear, scaleLog } from "d3-scale";
import { scientific, shortNumber, tickLabels } from "./numbers.ts";
import { textWidth } from "./text.ts";

export const TICK_SIZE = 12;
/** The least free space between two tick labels, in pixels. */
const GAP = 10;
/** The same between names one above the other, or side by side on their sides: they are lines of text. */
const NAMES_GAP = 2;

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** A range of values laid along a stretch of pixels. */
export interface Axis {
  readonly domain: readonly [number, number];
  /** The pixel of a value. */
  at(value: number): number;
  /** The value at a pixel. */
  valueAt(pixel: number): number;
  readonly ticks: readonly Tick[];
}

export interface AxisPlan {
  readonly kind: "linear" | "log" | "integer";
  readonly domain: readonly [number, number];
  readonly pixels: readonly [number, number];
  /** Whether labels lie side by side (so that their widths count) or one above the other. */
  readonly horizontal: boolean;
  /** Whether the labels of a horizontal axis stand on their sides. */
  readonly turned?: boolean;
  /** Fixed ticks in place of computed ones. */
  readonly ticks?: readonly Tick[];
}

/**
 * A range that can be drawn: an empty one, or one too narrow for floating point to divide into ticks, is opened around its
 * middle, and a padding (a part of its length) is added.
 */
export function drawableRange(low: number, high: number, padding = 0): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-290) return [-1, 1];
  // Halved, since the difference of two numbers near the limits of a double overflows.
  const half = high / 2 - low / 2;
  if (half < size * 1e-9) return [clampFinite(low - size / 2), clampFinite(high + size / 2)];
  return [clampFinite(low - 2 * padding * half), clampFinite(high + 2 * padding * half)];
}

function clampFinite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** A range widened to round numbers. */
export function niceRange(range: readonly [number, number], count = 8): [number, number] {
  const [low, high] = scaleLinear().domain(range).nice(count).domain();
  return [low, high];
}

/** Whether the labels of any two neighbouring ticks come too close. */
function collide(ticks: readonly Tick[], at: (v: number) => number, plan: AxisPlan): boolean {
  const flat = plan.horizontal && !plan.turned;
  const space = (tick: Tick) => (flat ? textWidth(tick.label, TICK_SIZE) : TICK_SIZE * 0.8);
  const gap = !flat && plan.ticks !== undefined ? NAMES_GAP : GAP;
  const sorted = [...ticks].sort((a, b) => at(a.value) - at(b.value));
  return sorted.some(
    (tick, i) =>
      i > 0 && at(tick.value) - at(sorted[i - 1].value) < (space(tick) + space(sorted[i - 1])) / 2 + gap,
  );
}

/** Places a range on pixels, with as many round ticks as their labels leave room for. */
export function makeAxis(plan: AxisPlan): Axis {
  return plan.kind === "log" ? logAxis(plan) : linearAxis(plan);
}

function linearAxis(plan: AxisPlan): Axis {
  const [low, high] = plan.domain;
  // d3 subtracts and divides freely, which overflows near the limits of a double: such ranges are brought nearer first.
  const unit = Math.max(Math.abs(low), Math.abs(high)) > 1e200 ? 1e200 : 1;
  const scale = scaleLinear([low / unit, high / unit], [plan.pixels[0], plan.pixels[1]]);
  const at = (value: number) => scale(value / unit);
  const valueAt = (pixel: number) => scale.invert(pixel) * unit;
  const length = Math.abs(plan.pixels[1] - plan.pixels[0]);
  let ticks: readonly Tick[] = plan.ticks ?? [];
  if (plan.ticks === undefined) {
    const most = plan.horizontal ? Math.min(11, length / 45) : Math.min(11, length / 36);
    for (let count = Math.max(2, Math.floor(most)); count >= 1; count--) {
      const values = scale
        .ticks(count)
        .filter((value) => plan.kind !== "integer" || Number.isInteger(value))
        .map((value) => value * unit)
        .filter(Number.isFinite);
      const labels = tickLabels(values);
      ticks = values.map((value, i) => ({ value, label: labels[i] }));
      if (!collide(ticks, at, plan)) break;
    }
    if (collide(ticks, at, plan)) ticks = ticks.slice(0, 1);
  } else if (collide(ticks, at, plan)) {
    ticks = thin(ticks, at, plan);
  }
  return { domain: plan.domain, at, valueAt, ticks };
}

/**
 * Every second, third, … tick, until the labels have room.
 * @param first the power of the first tick, where ticks are powers of ten: those of round powers are kept, if these are two
 */
function thin(ticks: readonly Tick[], at: (v: number) => number, plan: AxisPlan, first = 0): readonly Tick[] {
  for (const every of [2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000]) {
    const round = ticks.filter((_, i) => (first + i) % every === 0);
    const fewer = round.length > 1 ? round : ticks.filter((_, i) => i % every === 0);
    if (!collide(fewer, at, plan)) return fewer;
  }
  return ticks.slice(0, 1);
}

function logAxis(plan: AxisPlan): Axis {
  const scale = scaleLog([plan.domain[0], plan.domain[1]], [plan.pixels[0], plan.pixels[1]]);
  const at = (value: number) => scale(value);
  const decades: number[] = [];
  const first = Math.ceil(Math.log10(plan.domain[0]) - 1e-9);
  const last = Math.floor(Math.log10(plan.domain[1]) + 1e-9);
  for (let power = first; power <= last; power++) decades.push(power);
  const powers = Math.abs(first) > 3 || Math.abs(last) > 3;
  const label = (value: number, power: number) =>
    powers ? scientific(value, 0) : shortNumber(value, Math.max(0, -power));
  let ticks: readonly Tick[];
  if (decades.length >= 3) {
    ticks = decades.map((power) => ({
      value: Number(`1e${power}`),
      label: label(Number(`1e${power}`), power),
    }));
    if (collide(ticks, at, plan)) ticks = thin(ticks, at, plan, first);
  } else {
    // Within a decade or two the powers of ten alone say too little: 1, 2, 5 beside them, else evenly spaced ticks.
    const values = decades
      .concat(first - 1)
      .sort((a, b) => a - b)
      .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
      .filter(Number.isFinite)
      .filter((value) => value >= plan.domain[0] * (1 - 1e-9) && value / (1 + 1e-9) <= plan.domain[1]);
    ticks = values.map((value) => ({ value, label: label(value, Math.floor(Math.log10(value) + 1e-9)) }));
    if (ticks.length < 2) {
      const even = scaleLinear([plan.domain[0], plan.domain[1]], [0, 1]).ticks(4);
      const labels = tickLabels(even);
      ticks = even.map((value, i) => ({ value, label: labels[i] }));
    }
    if (collide(ticks, at, plan)) ticks = thin(ticks, at, plan);
  }
  return { domain: plan.domain, at, valueAt: (pixel) => scale.invert(pixel), ticks };
}

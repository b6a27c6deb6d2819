// The frame that pictures with axes share: title, legend, axes with their ticks, and the stretch of pixels left for data.
import { ArgumentError } from "../errors.ts";
import { type Axis, type AxisPlan, makeAxis, TICK_SIZE, type Tick } from "./axis.ts";
import { type LegendEntry, layoutLegend } from "./legend.ts";
import { element, line, OWN_ID, text } from "./svg.ts";
import { fitText, textWidth, wrapText } from "./text.ts";

const LABEL_SIZE = 13;
const MARGIN = 10;
const TICK_LENGTH = 5;
/** Fewer pixels show no data. */
const LEAST_SIDE = 8;

/** A rectangle of the picture, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface AxisSpec {
  readonly domain: readonly [number, number];
  readonly kind?: AxisPlan["kind"];
  readonly label: string;
  readonly ticks?: readonly Tick[];
}

export interface FrameSpec {
  /** Who is asked for the picture, for messages. */
  readonly caller: string;
  readonly region: Region;
  readonly heading: string;
  readonly headingSize?: number;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  readonly legend?: readonly LegendEntry[];
  /** Pixels kept free on the right, for a colour bar. */
  readonly reserve?: number;
  /** The same pixels per unit on both axes: the range of one is widened until that holds. */
  readonly equal?: boolean;
  /** A line all around (for pictures of a plane), or an axis on the left and below alone. */
  readonly boxed?: boolean;
  /** Lines across at the ticks. */
  readonly grid?: boolean;
}

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
  /** What lies beneath the data: the grid. */
  readonly back: string;
  /** What lies above the data: axes, ticks and text. */
  readonly front: string;
}

export interface Heading {
  readonly height: number;
  /** The lines, each centred on `centre` but moved as far as it takes to stay inside the region. */
  draw(centre: number): string;
}

/** A heading of up to two lines at the top of a region. */
export function layoutHeading(content: string, region: Region, size: number): Heading {
  const lines = wrapText(content, region.width - 2 * MARGIN, size, 2, true);
  const lineHeight = Math.round(size * 1.3);
  return {
    height: lines.length === 0 ? 0 : lines.length * lineHeight + 6,
    draw(centre) {
      const half = Math.max(0, ...lines.map((words) => textWidth(words, size, true))) / 2;
      return lines
        .map((words, i) => {
          const least = region.left + MARGIN + half;
          const most = region.left + region.width - MARGIN - half;
          const x = Math.max(least, Math.min(most, centre));
          const y = region.top + MARGIN + lineHeight * (i + 0.5);
          return text(words, x, y, { size, anchor: "middle", bold: true });
        })
        .join("");
    },
  };
}

/**
 * Lays out everything around the data of one picture with two axes.
 * @throws ArgumentError when that leaves no room for the data
 */
export function layoutFrame(spec: FrameSpec): Frame {
  const { region, reserve = 0 } = spec;
  const heading = layoutHeading(spec.heading, region, spec.headingSize ?? 16);
  const maxRows = Math.max(1, Math.floor(region.height / 110));
  const legend = layoutLegend(spec.legend ?? [], region.width - 2 * MARGIN, maxRows);
  const top = region.top + MARGIN + heading.height + (legend.height > 0 ? legend.height + 6 : 0) + 4;
  const given = (ticks: readonly Tick[] | undefined, width: number) =>
    ticks?.map((tick) => ({ ...tick, label: fitText(tick.label, width, TICK_SIZE) }));
  const yTicks = given(spec.y.ticks, region.width * 0.28);
  const besideAll = MARGIN + LABEL_SIZE + 8 + widest(yTicks ?? []) + TICK_LENGTH + 2 * MARGIN + reserve;
  const turned = wantsTurning(spec.x.ticks, region.width - besideAll);
  const xNames = turned ? given(spec.x.ticks, region.height * 0.28) : undefined;
  const tickHeight = xNames === undefined ? TICK_SIZE : widest(xNames);
  const below = TICK_LENGTH + 5 + tickHeight + (spec.x.label === "" ? 4 : LABEL_SIZE + 8) + MARGIN - 4;
  const bottom = region.top + region.height - below;
  const yPlan = (domain: readonly [number, number]): AxisPlan => ({
    kind: spec.y.kind ?? "linear",
    domain,
    pixels: [bottom, top],
    horizontal: false,
    ticks: yTicks,
  });
  const beside = (axis: Axis) =>
    MARGIN + (spec.y.label === "" ? 0 : LABEL_SIZE + 8) + widest(axis.ticks) + 4 + TICK_LENGTH;
  const edge = region.left + region.width;
  let y = makeAxis(yPlan(spec.y.domain));
  let left = region.left + beside(y);
  let right = edge - MARGIN - 4 - reserve;
  const xPlan = (domain: readonly [number, number]): AxisPlan => ({
    kind: spec.x.kind ?? "linear",
    domain,
    pixels: [left, right],
    horizontal: true,
    turned,
    ticks: xNames ?? given(spec.x.ticks, Math.max(30, (right - left) / (spec.x.ticks?.length ?? 1) - 11)),
  });
  let x = makeAxis(xPlan(spec.x.domain));
  const last = x.ticks.at(-1);
  if (last !== undefined && !turned) {
    const over = x.at(last.value) + textWidth(last.label, TICK_SIZE) / 2 + 4 - (edge - reserve);
    if (over > 0 && over < region.width / 8) right -= over;
  }
  x = makeAxis(xPlan(spec.x.domain));
  if (spec.equal) {
    y = makeAxis(yPlan(equalise(spec, right - left, bottom - top)[1]));
    left = region.left + beside(y);
    // once more, now that the labels of y have their room
    const [xDomain, yDomain] = equalise(spec, right - left, bottom - top);
    y = makeAxis(yPlan(yDomain));
    x = makeAxis(xPlan(xDomain));
  }
  for (const [side, pixels] of [
    ["width", right - left],
    ["height", bottom - top],
  ] as const) {
    if (pixels >= LEAST_SIDE) continue;
    const more = Math.ceil(LEAST_SIDE - pixels);
    throw new ArgumentError(
      `${spec.caller}: beside its labels the picture has no ${side} for the data; ${region[side]} pixels must be ${more} more at least.`,
    );
  }
  if (!turned) x = { ...x, ticks: x.ticks.filter((tick) => inside(x, tick, region.left, edge)) };
  const middle = (left + right) / 2;
  const furniture: string[] = [heading.draw(middle)];
  if (legend.height > 0) {
    furniture.push(legend.draw(region.left + region.width / 2, region.top + MARGIN + heading.height));
  }
  furniture.push(drawAxes(x, y, { left, right, top, bottom }, { boxed: spec.boxed ?? false, turned }));
  const labelY = bottom + TICK_LENGTH + 5 + tickHeight + 4 + LABEL_SIZE / 2;
  if (spec.x.label !== "") {
    const words = fitText(spec.x.label, right - left, LABEL_SIZE);
    furniture.push(text(words, middle, labelY, { size: LABEL_SIZE, anchor: "middle" }));
  }
  if (spec.y.label !== "") {
    const words = fitText(spec.y.label, bottom - top, LABEL_SIZE);
    const place = { size: LABEL_SIZE, anchor: "middle", rotate: -90 } as const;
    furniture.push(text(words, region.left + MARGIN + LABEL_SIZE / 2, (top + bottom) / 2, place));
  }
  const back = spec.grid === false ? "" : drawGrid(x, y, { left, right, top, bottom });
  return { left, top, right, bottom, x, y, back, front: furniture.join("") };
}

/** Whether names do not fit side by side, so that they had better stand on their sides; numbers may be left out instead. */
function wantsTurning(ticks: readonly Tick[] | undefined, width: number): boolean {
  if (ticks === undefined || ticks.every(({ label }) => /^\d*$/.test(label))) return false;
  return ticks.length > 2 && widest(ticks) > width / ticks.length - 11;
}

function widest(ticks: readonly Tick[]): number {
  return Math.max(0, ...ticks.map((tick) => textWidth(tick.label, TICK_SIZE)));
}

function inside(axis: Axis, tick: Tick, least: number, most: number): boolean {
  const half = textWidth(tick.label, TICK_SIZE) / 2;
  const at = axis.at(tick.value);
  return at - half >= least && at + half <= most;
}

/** The two ranges, one of them widened, such that a unit is as many pixels on either axis. */
function equalise(
  spec: FrameSpec,
  width: number,
  height: number,
): [readonly [number, number], readonly [number, number]] {
  const widen = ([low, high]: readonly [number, number], length: number): [number, number] => {
    const middle = low / 2 + high / 2;
    return [middle - length / 2, middle + length / 2];
  };
  const xLength = spec.x.domain[1] - spec.x.domain[0];
  const yLength = spec.y.domain[1] - spec.y.domain[0];
  const perPixel = Math.max(xLength / width, yLength / height);
  return [widen(spec.x.domain, perPixel * width), widen(spec.y.domain, perPixel * height)];
}

interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function drawGrid(x: Axis, y: Axis, edges: Edges): string {
  const { left, right, top, bottom } = edges;
  return (
    x.ticks.map((tick) => line(x.at(tick.value), top, x.at(tick.value), bottom, "grid")).join("") +
    y.ticks.map((tick) => line(left, y.at(tick.value), right, y.at(tick.value), "grid")).join("")
  );
}

function drawAxes(
  x: Axis,
  y: Axis,
  edges: Edges,
  { boxed, turned }: { readonly boxed: boolean; readonly turned: boolean },
): string {
  const { left, right, top, bottom } = edges;
  const outline = boxed
    ? element("rect", {
        class: "s-axis",
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        fill: "none",
      })
    : line(left, top, left, bottom, "axis") + line(left, bottom, right, bottom, "axis");
  const xTicks = x.ticks.map((tick) => {
    const at = x.at(tick.value);
    const label = turned
      ? text(tick.label, at, bottom + TICK_LENGTH + 4, { anchor: "end", role: "muted", rotate: -90 })
      : text(tick.label, at, bottom + TICK_LENGTH + 5 + TICK_SIZE / 2, { anchor: "middle", role: "muted" });
    return line(at, bottom, at, bottom + TICK_LENGTH, "axis") + label;
  });
  const yTicks = y.ticks.map((tick) => {
    const at = y.at(tick.value);
    return (
      line(left - TICK_LENGTH, at, left, at, "axis") +
      text(tick.label, left - TICK_LENGTH - 4, at, { anchor: "end", role: "muted" })
    );
  });
  return [outline, ...xTicks, ...yTicks].join("");
}

/** Keeps what is drawn inside a frame's stretch of pixels. `name` tells several frames of one picture apart. */
export function clipToFrame(frame: Edges, content: string, name = "clip"): string {
  if (content === "") return "";
  const id = `${OWN_ID}-${name}`;
  const rect = element("rect", {
    x: frame.left,
    y: frame.top,
    width: frame.right - frame.left,
    height: frame.bottom - frame.top,
  });
  return element("clipPath", { id }, rect) + element("g", { "clip-path": `url(#${id})` }, content);
}

// The time per flop of a product against its size, which is to be flat: one panel a dtype, a hue for each form, a dash for
// each shape, and the limit of 128-bit arithmetic below.

import { extent, groups } from "d3-array";
import { line as lineShape } from "d3-shape";
import { type Frame, layoutFrame, type Region } from "../src/plot/frame.ts";
import { type LegendEntry, lineSample } from "../src/plot/legend.ts";
import { coordinate, element } from "../src/plot/svg.ts";

export interface SizePoint {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly form: string;
  readonly dtype: string;
  /** Picoseconds a flop of this product, and where only 128-bit arithmetic is done, if that was measured. */
  readonly picoseconds: number;
  readonly limit?: number;
}

const HUES: Readonly<Record<string, string>> = { NN: "series0", NT: "series1", TN: "series2" };
const SHAPES = ["square", "one row", "one column", "784, 128, 64"] as const;
type Shape = (typeof SHAPES)[number];
const DASHES: Readonly<Record<Shape, string | undefined>> = {
  square: undefined,
  "one row": "7 4",
  "one column": "2 3",
  "784, 128, 64": undefined,
};

/** The edge of the cube with as many multiplications. */
const edge = ({ m, n, k }: SizePoint) => Math.cbrt(m * n * k);

function shapeOf({ m, n, k }: SizePoint): Shape {
  if (m === n && n === k) return "square";
  return m === 1 ? "one row" : n === 1 ? "one column" : "784, 128, 64";
}

/** One panel beside the other in a region. */
export function drawCostBySize(points: readonly SizePoint[], region: Region): string {
  const dtypes = [...new Set(points.map(({ dtype }) => dtype))];
  const width = region.width / dtypes.length;
  // One scale for all panels, so that a height means the same time in each.
  const times = padded(points.flatMap(({ picoseconds, limit = picoseconds }) => [picoseconds, limit]));
  return dtypes
    .map((dtype, i) =>
      drawPanel(
        dtype,
        points.filter((point) => point.dtype === dtype),
        times,
        { ...region, left: region.left + i * width, width },
      ),
    )
    .join("");
}

function drawPanel(
  dtype: string,
  points: readonly SizePoint[],
  times: [number, number],
  region: Region,
): string {
  const frame = layoutFrame({
    caller: "the cost by size",
    region,
    heading: `Matrix products, ${dtype}`,
    headingSize: 14,
    x: { domain: padded(points.map(edge)), kind: "log", label: "Size: cube root of m·k·n" },
    y: { domain: times, kind: "log", label: "Picoseconds per flop" },
    legend: legendOf(points),
    grid: true,
  });
  const lines = groups(
    points,
    ({ form }) => form,
    (point) => shapeOf(point),
  ).flatMap(([form, shapes]) =>
    shapes.map(([shape, members]) => drawSeries(members, frame, HUES[form] ?? "faint", shape)),
  );
  return frame.back + drawLimit(points, frame) + frame.front + lines.join("");
}

/** Some room around all the values, on a logarithmic axis. */
function padded(values: readonly number[]): [number, number] {
  const [low, high] = extent(values) as [number, number];
  return [low / 1.2, high * 1.2];
}

function legendOf(points: readonly SizePoint[]): LegendEntry[] {
  const forms = Object.keys(HUES).filter((form) => points.some((point) => point.form === form));
  const shapes = SHAPES.filter((shape) => points.some((point) => shapeOf(point) === shape));
  return [
    ...forms.map((form) => ({ label: form, sample: lineSample(HUES[form], 2.5) })),
    ...shapes.map((shape) => ({
      label: shape,
      sample: shape === "784, 128, 64" ? diamondSample : lineSample("ink", 2, DASHES[shape]),
    })),
    ...limitOf(points).map((limit) => ({
      label: `128-bit limit, ${limit.toFixed(1)} ps`,
      sample: lineSample("faint", 3),
    })),
  ];
}

const diamondSample: LegendEntry["sample"] = (x, y) => diamond(x, y, "ink");

function diamond(x: number, y: number, role: string): string {
  const [left, right] = [x - 4.5, x + 4.5].map(coordinate);
  const [above, below] = [y - 4.5, y + 4.5].map(coordinate);
  const d = `M${coordinate(x)},${above}L${right},${coordinate(y)}L${coordinate(x)},${below}L${left},${coordinate(y)}Z`;
  return element("path", { class: `f-${role}`, d });
}

function drawSeries(members: readonly SizePoint[], frame: Frame, role: string, shape: Shape): string {
  const places = [...members]
    .sort((a, b) => edge(a) - edge(b))
    .map((point): [number, number] => [frame.x.at(edge(point)), frame.y.at(point.picoseconds)]);
  if (shape === "784, 128, 64") return places.map(([x, y]) => diamond(x, y, role)).join("");
  const dots = places.map(([cx, cy]) => element("circle", { class: `f-${role}`, cx, cy, r: 2 }));
  const stroke = path(places, role, 1.75, DASHES[shape], shape);
  return (places.length > 1 ? stroke : "") + dots.join("");
}

function drawLimit(points: readonly SizePoint[], frame: Frame): string {
  const [low, high] = frame.x.domain;
  return limitOf(points)
    .map((limit) => {
      const y = frame.y.at(limit);
      const ends: [number, number][] = [
        [frame.x.at(low), y],
        [frame.x.at(high), y],
      ];
      return path(ends, "faint", 3, undefined, "limit");
    })
    .join("");
}

/** The middle one of the limits measured beside the points; none where none was. */
function limitOf(points: readonly SizePoint[]): number[] {
  const sorted = points.flatMap(({ limit }) => limit ?? []).sort((a, b) => a - b);
  return sorted.slice(sorted.length >> 1, (sorted.length >> 1) + 1);
}

function path(
  places: readonly [number, number][],
  role: string,
  width: number,
  dash: string | undefined,
  name: string,
): string {
  const rounded = places.map(([x, y]): [number, number] => [Number(coordinate(x)), Number(coordinate(y))]);
  return element("path", {
    class: `s-${role}`,
    d: lineShape()(rounded) ?? undefined,
    fill: "none",
    "stroke-width": width,
    "stroke-linejoin": "round",
    "stroke-dasharray": dash,
    "data-shape": name,
  });
}

// Bars: each contender's time as a multiple of ours, on a logarithmic axis, with its figures in words beside it. float64
// stands on the left, float32 on the right.
import { type Axis, makeAxis } from "../src/plot/axis.ts";
import { element, line, text } from "../src/plot/svg.ts";
import { fitText, textWidth } from "../src/plot/text.ts";
import { SERIES_HUES } from "../src/plot/theme.ts";

export interface Bar {
  readonly name: string;
  /** The median time as a multiple of ours, and where its quartiles lie. */
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
  /** The median time in words. */
  readonly time: string;
}

export interface BarRow {
  readonly name: string;
  readonly dtype?: string;
  readonly bars: readonly Bar[];
}

export interface BarGroup {
  readonly name: string;
  readonly rows: readonly BarRow[];
}

export interface Drawing {
  readonly svg: string;
  readonly height: number;
}

const LINE = 16;
/** The room for names grows with them, within these bounds. */
const NAMES = { least: 70, most: 190 };
const FIGURES = 122;
const MARGIN = 14;
const SIZE = 11.5;

/** The least multiple of ours that a bar reaches to: where the machine is busy a difference can be nothing, or less, for which the
 *  axis has no place. */
const LEAST = 0.02;
const drawn = (ratio: number) => Math.max(LEAST, ratio);

/** The groups one below the other, from `top` down; two columns share `width`. */
export function drawBars(groups: readonly BarGroup[], top: number, width: number): Drawing {
  const names = [
    ...new Set(groups.flatMap(({ rows }) => rows.flatMap(({ bars }) => bars.map((b) => b.name)))),
  ];
  // Hues repeat, since there are more contenders, but none has that of ours.
  const others = names.filter((name) => name !== "ours");
  const hue = (name: string) =>
    name === "ours" ? "series0" : `series${1 + (others.indexOf(name) % (SERIES_HUES - 1))}`;
  const longest = Math.max(...names.map((name) => textWidth(name, SIZE)));
  const room = Math.min(NAMES.most, Math.max(NAMES.least, longest));
  const domain = ratioRange(groups);
  let y = top;
  let svg = "";
  for (const group of groups) {
    svg += text(group.name, MARGIN, y + 12, { size: 15, bold: true });
    y += 30;
    const dtypes = [...new Set(group.rows.map(({ dtype }) => dtype))];
    let lowest = y;
    for (const [i, dtype] of dtypes.entries()) {
      const left = MARGIN + (i * width) / 2;
      const right = left + width / 2 - 2 * MARGIN;
      // A title has the room of the other column where there is none.
      const titleEnd = dtypes.length === 1 ? width - MARGIN : right;
      const column: Column = { left, right, titleEnd, domain, hue, room };
      const rows = group.rows.filter((row) => row.dtype === dtype);
      const drawn = drawColumn(rows, column, y, dtype);
      svg += drawn.svg;
      lowest = Math.max(lowest, y + drawn.height);
    }
    y = lowest + 18;
  }
  return { svg, height: y - top };
}

/** One range for all, so that lengths can be compared down the whole picture. */
function ratioRange(groups: readonly BarGroup[]): [number, number] {
  const all = groups.flatMap(({ rows }) =>
    rows.flatMap(({ bars }) => bars.flatMap(({ ratio, quartiles }) => [ratio, ...quartiles].map(drawn))),
  );
  return [Math.min(0.5, ...all) / 1.1, Math.max(2, ...all) * 1.1];
}

interface Column {
  readonly left: number;
  readonly right: number;
  /** How far the titles of rows may reach. */
  readonly titleEnd: number;
  readonly domain: readonly [number, number];
  /** The width of the names. */
  readonly room: number;
  readonly hue: (name: string) => string;
}

function drawColumn(
  rows: readonly BarRow[],
  column: Column,
  top: number,
  dtype: string | undefined,
): Drawing {
  const { left, right, titleEnd, domain, room } = column;
  const x = makeAxis({
    kind: "log",
    domain,
    pixels: [left + room + 8, right - FIGURES],
    horizontal: true,
  });
  let body = "";
  let y = top + 22;
  for (const row of rows) {
    body += text(fitText(row.name, titleEnd - left, 12, true), left, y + LINE / 2, {
      size: 12,
      bold: true,
      halo: true,
    });
    y += LINE + 2;
    for (const bar of row.bars) {
      body += drawBar(bar, x, y + LINE / 2, column);
      y += LINE;
    }
    y += 8;
  }
  const bottom = y - 4;
  const grid = x.ticks.map(({ value, label }) => {
    const at = x.at(value);
    return (
      line(at, top + 18, at, bottom, value === 1 ? "axis" : "grid") +
      text(label, at, top + 8, { size: 11, anchor: "middle", role: "muted" })
    );
  });
  const heading = dtype === undefined ? "" : text(dtype, left, top + 8, { size: 12, role: "muted" });
  const unit = text("× ours", right, top + 8, { size: 11, anchor: "end", role: "muted" });
  return { svg: heading + unit + grid.join("") + body, height: y - top };
}

function drawBar(bar: Bar, x: Axis, y: number, { left, right, hue, room }: Column): string {
  const [one, end] = [x.at(1), x.at(drawn(bar.ratio))];
  const [low, high] = bar.quartiles.map((value) => x.at(drawn(value)));
  // Ours has no length: it stands as a mark on the axis.
  const width = Math.max(3, Math.abs(end - one));
  const start = Math.abs(end - one) < 3 ? one - 1.5 : Math.min(one, end);
  return (
    text(fitText(bar.name, room, SIZE), left + room, y, { size: SIZE, anchor: "end" }) +
    element("rect", {
      class: `f-${hue(bar.name)}`,
      x: start,
      y: y - 5,
      width,
      height: 10,
      "data-bar": bar.name,
    }) +
    line(low, y, high, y, "ink", 1.5) +
    text(bar.time, right - 56, y, { size: SIZE, anchor: "end" }) +
    text(`${ratioInWords(bar.ratio)}×`, right, y, { size: SIZE, anchor: "end", role: "muted" })
  );
}

/** Three digits: 0.47, 1.00, 12.3, 118, 1180. */
export function ratioInWords(ratio: number): string {
  return ratio >= 100 ? String(Math.round(ratio)) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

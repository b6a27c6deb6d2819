// A table as a picture: a coloured cell for each number, names of its rows and columns, and a bar that says what colours mean.
import { type Cell, drawCells } from "./cells.ts";
import { layoutColorBar } from "./color-bar.ts";
import { layoutFrame } from "./frame.ts";
import type { Picture } from "./options.ts";
import { svgDocument } from "./svg.ts";

export interface HeatMap {
  /** Who is asked for the picture, for messages. */
  readonly caller: string;
  readonly picture: Picture;
  readonly cells: readonly (readonly Cell[])[];
  readonly ramp: "sequential" | "diverging";
  /** What the two ends of the ramp stand for, and how the bar is called. */
  readonly bar: {
    readonly domain: readonly [number, number];
    readonly label: string;
    readonly kind?: "linear" | "integer";
  };
  readonly rows: { readonly label: string; readonly names: readonly string[] };
  readonly columns: { readonly label: string; readonly names: readonly string[] };
}

/** The whole picture of a table, its first row above. */
export function heatMap({ caller, picture, cells, ramp, bar: meaning, rows, columns }: HeatMap): string {
  const bar = layoutColorBar({ ...meaning, ramp, height: picture.height * 0.7 });
  const ticks = (names: readonly string[]) => names.map((label, i) => ({ value: i + 0.5, label }));
  const frame = layoutFrame({
    caller,
    region: { left: 0, top: 0, width: picture.width, height: picture.height },
    heading: picture.heading,
    x: { domain: [0, columns.names.length], label: columns.label, ticks: ticks(columns.names) },
    y: { domain: [rows.names.length, 0], label: rows.label, ticks: ticks(rows.names) },
    reserve: bar.width,
    boxed: true,
    grid: false,
  });
  const body =
    drawCells(cells, frame, ramp, picture.theme) +
    frame.front +
    bar.draw(frame.right, frame.top, frame.bottom);
  return svgDocument({ ...picture, title: picture.name }, body);
}

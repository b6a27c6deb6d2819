// The picture of a whole run of the benchmark: where it ran, the bars, the time per flop by size.
import { layoutHeading } from "../src/plot/frame.ts";
import { svgDocument, text } from "../src/plot/svg.ts";
import { wrapText } from "../src/plot/text.ts";
import type { Theme } from "../src/plot/theme.ts";
import { type BarGroup, drawBars } from "./chart.ts";
import { drawCostBySize, type SizePoint } from "./cost-by-size.ts";

export interface Report {
  readonly machine: string;
  readonly theme: Theme;
  readonly groups: readonly BarGroup[];
  readonly sizes: readonly SizePoint[];
}

const WIDTH = 1120;
const PLOT_HEIGHT = 460;

/** One standalone SVG. */
export function reportPicture({ machine, theme, groups, sizes }: Report): string {
  const title =
    groups.length > 0
      ? "nothing-but-wasm beside its reference and its peers"
      : "nothing-but-wasm: the time of a product, by its size";
  const heading = layoutHeading(title, { left: 0, top: 0, width: WIDTH, height: 100 }, 18);
  let body = heading.draw(WIDTH / 2);
  let y = heading.height + 22;
  const bars =
    " Bars: a turn's time as a multiple of ours in the same turn, the median of all, on a logarithmic axis: left of 1 is faster. A line joins the quartiles.";
  const cold = " Cold, these are whole processes, and the difference is what ours adds to an empty one.";
  const dots = " Dots: the fastest turn, of ours and of the limit.";
  const explained =
    (groups.length > 0 ? bars : "") +
    (groups.some(({ name }) => name === "cold") ? cold : "") +
    (sizes.length > 0 ? dots : "");
  for (const words of wrapText(`${machine}.${explained}`, WIDTH - 40, 12, 4)) {
    body += text(words, WIDTH / 2, y, { anchor: "middle", role: "muted" });
    y += 17;
  }
  y += 12;
  if (groups.length > 0) {
    const chart = drawBars(groups, y, WIDTH);
    body += chart.svg;
    y += chart.height;
  }
  if (sizes.length > 0) {
    body += drawCostBySize(sizes, { left: 0, top: y, width: WIDTH, height: PLOT_HEIGHT });
    y += PLOT_HEIGHT;
  }
  return svgDocument({ title, width: WIDTH, height: Math.ceil(y), theme }, body);
}

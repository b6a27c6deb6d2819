// A network too large to show every weight: one box a layer, with the shapes of what it holds and of what flows.
import { arrow } from "./arrow.ts";
import { BACKWARD, type Drawing, FORWARD } from "./expanded-graph.ts";
import type { Graph } from "./graph-description.ts";
import { shortNumber } from "./numbers.ts";
import { element, text } from "./svg.ts";
import { fitText, textWidth } from "./text.ts";

const BOX_HEIGHT = 132;
const GAP = 74;
const MARGIN = 24;
const ROW_GAP = 44;
const WIDEST_ROW = 1000;
const SIZE = 12;

interface Stage {
  readonly heading: string;
  readonly lines: readonly { words: string; role: string }[];
  /** How many numbers leave it for each example, and whether a gradient comes back. */
  readonly out?: { n: number; back: boolean };
  readonly round: boolean;
}

/** Draws the layers in reading order, in as many rows as they need. */
export function drawLayers(graph: Graph, decimals: number, topSpace: number, leastWidth: number): Drawing {
  const stages = listStages(graph, decimals);
  const widths = stages.map(({ heading, lines }) =>
    Math.max(84, textWidth(heading, 13, true) + 24, ...lines.map(({ words }) => textWidth(words, SIZE) + 24)),
  );
  const rows: number[][] = [[]];
  let used = 0;
  widths.forEach((width, i) => {
    if (rows.at(-1)!.length > 0 && used + GAP + width > WIDEST_ROW) {
      rows.push([]);
      used = 0;
    }
    used += (rows.at(-1)!.length > 0 ? GAP : 0) + width;
    rows.at(-1)!.push(i);
  });
  const rowWidth = (row: readonly number[]) =>
    row.reduce((sum, i) => sum + widths[i] + GAP, 0) - (row.at(-1) === stages.length - 1 ? GAP : 0);
  const width = Math.max(leastWidth, 2 * MARGIN + Math.max(...rows.map(rowWidth)));
  const parts: string[] = [];
  rows.forEach((row, r) => {
    const top = topSpace + r * (BOX_HEIGHT + ROW_GAP);
    let left = rows.length > 1 ? MARGIN : (width - rowWidth(row)) / 2;
    for (const i of row) {
      parts.push(box(stages[i], left, top, widths[i]));
      left += widths[i];
      const { out } = stages[i];
      if (out) parts.push(flow(out.n, out.back, left, top + BOX_HEIGHT / 2, GAP));
      left += GAP;
    }
  });
  const parameters = countParameters(graph);
  const height = topSpace + rows.length * (BOX_HEIGHT + ROW_GAP) - ROW_GAP + 44;
  const total = `${parameters.toLocaleString("en-US")} parameters · m examples at a time`;
  parts.push(
    text(fitText(total, width - 2 * MARGIN, SIZE), width / 2, height - 22, {
      anchor: "middle",
      role: "muted",
    }),
  );
  return { width, height, body: parts.join("") };
}

function countParameters(graph: Graph): number {
  let before = graph.input.n;
  return graph.layers.reduce((sum, { n }) => {
    const own = n * before + n;
    before = n;
    return sum + own;
  }, 0);
}

function listStages(graph: Graph, decimals: number): Stage[] {
  const hasBack = graph.layers.some((layer) => layer.dW || layer.dZ || layer.dA);
  const stages: Stage[] = [
    {
      heading: "inputs",
      lines: [{ words: `X  ${graph.input.n} × m`, role: FORWARD }],
      out: { n: graph.input.n, back: false },
      round: true,
    },
  ];
  let before = graph.input.n;
  graph.layers.forEach((layer, i) => {
    const { n, kind } = layer;
    const last = i === graph.layers.length - 1;
    const lines = [
      { words: kind === "linear" ? "linear" : `linear, ${kind}`, role: "ink" },
      { words: `W  ${n} × ${before}`, role: FORWARD },
      { words: `b  ${n} × 1`, role: FORWARD },
    ];
    if (layer.dW || layer.db) lines.push({ words: `dW, db  alike`, role: BACKWARD });
    const goesOn = !last || graph.cost !== undefined;
    stages.push({
      heading: `layer ${i + 1}`,
      lines,
      out: goesOn ? { n, back: hasBack } : undefined,
      round: false,
    });
    before = n;
  });
  if (graph.cost) {
    const { name, value, Y } = graph.cost;
    const lines = [];
    if (value !== undefined) lines.push({ words: shortNumber(value, decimals), role: FORWARD });
    if (Y) lines.push({ words: `Y  ${Y.length} × m`, role: FORWARD });
    stages.push({ heading: fitText(name, 200, 13, true), lines, round: true });
  }
  return stages;
}

function box(stage: Stage, left: number, top: number, width: number): string {
  const middle = left + width / 2;
  const rectangle = element("rect", {
    class: "f-node s-axis",
    x: left,
    y: top,
    width,
    height: BOX_HEIGHT,
    rx: stage.round ? 28 : 8,
    "stroke-width": 1.5,
  });
  const first = top + BOX_HEIGHT / 2 - (stage.lines.length * 20) / 2;
  const heading = text(stage.heading, middle, first, { size: 13, anchor: "middle", bold: true });
  const lines = stage.lines.map(({ words, role }, i) =>
    text(words, middle, first + 22 + 20 * i, { size: SIZE, anchor: "middle", role }),
  );
  return rectangle + heading + lines.join("");
}

function flow(n: number, back: boolean, x: number, y: number, length: number): string {
  const middle = x + length / 2;
  const words = fitText(`${n} × m`, length - 6, 11);
  const forward = arrow([x + 3, y], [x + length - 3, y], "axis");
  const shape = text(words, middle, y - 12, { size: 11, anchor: "middle", role: FORWARD });
  if (!back) return forward + shape;
  return (
    forward +
    shape +
    arrow([x + length - 6, y + 7], [x + 6, y + 7], BACKWARD, 1, 6) +
    text(words, middle, y + 19, { size: 11, anchor: "middle", role: BACKWARD })
  );
}

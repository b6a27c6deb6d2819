// The weights between two layers of an expanded network: a wire for each, with its numbers on it.
import { arrow } from "./arrow.ts";
import { type Box, type LabelledEdge, placeEdgeLabels } from "./edge-labels.ts";
import { type ReadLayer, subscript } from "./graph-description.ts";
import type { Point } from "./paths.ts";
import { element, text } from "./svg.ts";
import { textWidth } from "./text.ts";

/** The colours of what flows forward and of what flows back. */
export const FORWARD = "blue";
export const BACKWARD = "vermillion";

export const RADIUS = 22;
export const BIAS_RADIUS = 13;
export const BIAS_DROP = 50;
export const EDGE_VALUE = 11;
const ROW = 13;

/** What stands on one wire: the weight's name, if there is room for names, its value and its gradient. */
interface EdgeWords {
  readonly name: string;
  readonly rows: readonly { readonly words: string; readonly role: string }[];
  readonly width: number;
}

/** The weights between two columns: how far apart these must stand, the lines, and the labels to lay above all lines. */
export function spreadEdges(
  layer: ReadLayer,
  starts: readonly Point[],
  ys: readonly number[],
  { write, named }: { write: (value: number) => string; named: boolean },
) {
  const from = starts[0][0];
  const words = (i: number, j: number): EdgeWords => {
    const cell = i * starts.length + j;
    const rows = [];
    if (layer.W) rows.push({ words: write(layer.W[cell]), role: FORWARD });
    if (layer.dW) rows.push({ words: write(layer.dW[cell]), role: BACKWARD });
    const name = named && layer.W ? `w${subscript(i + 1)}${subscript(j + 1)}` : "";
    const gap = name === "" ? 0 : textWidth(name, EDGE_VALUE) + 5;
    return { name, rows, width: gap + Math.max(0, ...rows.map((row) => textWidth(row.words, EDGE_VALUE))) };
  };
  const labels = ys.flatMap((_, i) => starts.map((_, j) => words(i, j)));
  // Many wires want more room than their labels alone would need, or it is hard to see which label is whose.
  const least = Math.min(240, (named ? 150 : 110) + 7 * ys.length * starts.length);
  for (let gap = least; gap <= 900; gap += 20) {
    const x = from + gap + RADIUS;
    const edges = labels.map(({ rows, width }, k): LabelledEdge => {
      const start = starts[k % starts.length];
      const to = edgeEnd(start, [x, ys[Math.floor(k / starts.length)]]);
      return { from: start, to, width, height: rows.length * ROW };
    });
    const obstacles = ys.flatMap((y): Box[] => [
      { x, y, width: 2 * RADIUS, height: 2 * RADIUS },
      { x, y: y + BIAS_DROP, width: 2 * BIAS_RADIUS, height: 2 * BIAS_RADIUS },
    ]);
    // What a stub carries stands just before the edges begin.
    obstacles.push(...starts.map(([sx, y]): Box => ({ x: sx - 30, y, width: 60, height: 44 })));
    const places = layer.W || layer.dW ? placeEdgeLabels(edges, obstacles) : [];
    if (places === undefined) continue;
    const lines = edges.map((edge) => arrow(edge.from, edge.to, "faint", 1.25, 7));
    return { x, lines, labels: places.map((place, k) => edgeLabel(labels[k], place)) };
  }
  return undefined;
}

/** A label on a ground of its own, so that no wire runs through its letters. */
function edgeLabel({ name, rows, width }: EdgeWords, [cx, cy]: Point): string {
  const height = rows.length * ROW;
  const left = cx - width / 2;
  const ground = element("rect", {
    class: "f-surface",
    x: left - 2,
    y: cy - height / 2,
    width: width + 4,
    height,
    rx: 3,
  });
  const nameWidth = name === "" ? 0 : textWidth(name, EDGE_VALUE) + 5;
  const middle = left + nameWidth + (width - nameWidth) / 2;
  const values = rows.map(({ words, role }, row) =>
    text(words, middle, cy + (row - (rows.length - 1) / 2) * ROW, {
      size: EDGE_VALUE,
      anchor: "middle",
      role,
    }),
  );
  const title =
    name === ""
      ? ""
      : text(name, left, cy - ((rows.length - 1) / 2) * ROW, { size: EDGE_VALUE, role: "muted" });
  return ground + title + values.join("");
}

/** Where an edge meets the rim of the node that it leads to. */
export function edgeEnd(from: Point, center: Point): Point {
  const length = Math.hypot(center[0] - from[0], center[1] - from[1]);
  const t = 1 - (RADIUS + 1) / length;
  return [from[0] + (center[0] - from[0]) * t, from[1] + (center[1] - from[1]) * t];
}

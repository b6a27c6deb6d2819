// The network with every node and every weight, as the article expands it.
import { arrow } from "./arrow.ts";
import type { Graph, ReadLayer } from "./graph-description.ts";
import { shortNumber } from "./numbers.ts";
import type { Point } from "./paths.ts";
import { element, line, text } from "./svg.ts";
import { fitText, textWidth, wrapText } from "./text.ts";
import {
  BACKWARD,
  BIAS_DROP,
  BIAS_RADIUS,
  EDGE_VALUE,
  edgeEnd,
  FORWARD,
  RADIUS,
  spreadEdges,
} from "./weight-edges.ts";

const PITCH = 116;
const VALUE = 12;
const MARGIN = 24;
const CAPTIONS = 46;
const WIDEST_CAPTION = 150;
/** Where more weights than this lie between two layers, their names would crowd their numbers out. */
const MOST_NAMED = 8;

/** A drawing with its own size; `undefined` stands for one that would not be readable. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** The signs that stand for activations inside their nodes. */
const SIGNS: Readonly<Record<string, string>> = {
  sigmoid: "σ",
  relu: "ReLU",
  leakyRelu: "LReLU",
  tanh: "tanh",
};

/** The signs of a layer's activations. Dropout, which changes no value here, has one only where it is alone. */
function signOf(kind: string): string {
  const kinds = kind.split(" + ");
  const shown = kinds.filter((each) => each !== "dropout");
  return (shown.length > 0 ? shown : kinds).map((each) => SIGNS[each] ?? each).join("+");
}

interface Column {
  readonly x: number;
  readonly ys: readonly number[];
}

/** Draws all nodes, wires and numbers. The space between layers grows until every weight's numbers have a place. */
export function drawExpanded(
  graph: Graph,
  decimals: number,
  topSpace: number,
  leastWidth: number,
): Drawing | undefined {
  const write = (value: number) => shortNumber(value, decimals);
  const most = Math.max(graph.input.n, ...graph.layers.map((layer) => layer.n), 2);
  const middle = topSpace + CAPTIONS + RADIUS + ((most - 1) * PITCH) / 2;
  const rows = (n: number): number[] => {
    const pitch = n < 2 ? 0 : Math.min(PITCH * 1.5, ((most - 1) * PITCH) / (n - 1));
    return Array.from({ length: n }, (_, i) => middle + (i - (n - 1) / 2) * pitch);
  };
  // Only neurons have a bias below them.
  const lowest = Math.max(...graph.layers.map(({ n }) => rows(n)[n - 1])) + BIAS_DROP + BIAS_RADIUS;
  const height = Math.max(lowest, rows(graph.input.n)[graph.input.n - 1] + RADIUS) + 14 + MARGIN / 2;

  const parts: string[] = [];
  const above: string[] = [];
  const named = graph.layers.every(({ n }, i) => n * (graph.layers[i - 1]?.n ?? graph.input.n) <= MOST_NAMED);
  const captionY = topSpace + 12;
  const caption = (words: string, x: number, lower: boolean) =>
    parts.push(
      text(words, x, captionY + (lower ? 16 : 0), { anchor: "middle", role: "muted", bold: !lower }),
    );
  const wire = wireWriter(write, parts);

  let column: Column = { x: MARGIN + RADIUS + 6, ys: rows(graph.input.n) };
  caption("inputs", column.x, false);
  column.ys.forEach((y, i) => {
    parts.push(node(column.x, y, graph.nameOf(i)));
  });
  let values = graph.input.A;
  let gradients = graph.input.dA;
  let lastWidth = 0;

  for (const [index, layer] of graph.layers.entries()) {
    const stub = wire.length(values, gradients);
    const starts = column.ys.map((y, i): Point => {
      wire.draw(column.x + RADIUS, y, stub, values?.[i], gradients?.[i], false);
      return [column.x + RADIUS + stub, y];
    });
    const fan = spreadEdges(layer, starts, rows(layer.n), { write, named });
    if (fan === undefined) return undefined;
    parts.push(...fan.lines);
    above.push(...fan.labels);
    const linear: Column = { x: fan.x, ys: rows(layer.n) };
    linear.ys.forEach((y, i) => {
      parts.push(node(linear.x, y, "Σ"), bias(linear.x, y, layer, i, write));
    });
    caption("linear", linear.x, true);
    lastWidth = textWidth("linear", 12);
    column = linear;
    values = layer.Z;
    gradients = layer.dZ;
    if (layer.kind !== "linear") {
      const words = fitText(layer.kind, WIDEST_CAPTION, 12);
      const length = Math.max(wire.length(values, gradients), 66, textWidth(words, 12) - 40);
      const x = linear.x + 2 * RADIUS + length;
      linear.ys.forEach((y, i) => {
        wire.draw(linear.x + RADIUS, y, length, layer.Z?.[i], layer.dZ?.[i], true);
        parts.push(node(x, y, signOf(layer.kind)));
      });
      caption(words, x, true);
      lastWidth = textWidth(words, 12);
      column = { x, ys: linear.ys };
      values = layer.A;
      gradients = layer.dA;
    }
    caption(`layer ${index + 1}`, (linear.x + column.x) / 2, false);
  }
  const words = wrapText(graph.cost?.name ?? "", WIDEST_CAPTION, 12, 2, true);
  // its second line stands beside the caption of the last activation
  const apart = words.length < 2 ? 0 : (lastWidth + textWidth(words[1], 12, true)) / 2 + 10;
  const end = drawEnd(graph, column, middle, values, gradients, wire, parts, write, apart);
  words.forEach((line, i) => {
    const y = captionY + 16 * i;
    parts.push(text(line, end.costX, y, { anchor: "middle", role: "muted", bold: true }));
  });
  const width = Math.max(end.right + MARGIN, leastWidth);
  const shift = (width - end.right - MARGIN) / 2;
  const body = parts.join("") + above.join("");
  return {
    width,
    height,
    body: shift > 0 ? element("g", { transform: `translate(${Math.round(shift)} 0)` }, body) : body,
  };
}

/** A round node with a sign inside. */
function node(x: number, y: number, sign: string, radius = RADIUS): string {
  let size = 17;
  while (size > 9 && textWidth(sign, size) > 1.7 * radius) size--;
  return (
    element("circle", {
      class: "f-node s-axis",
      cx: x,
      cy: y,
      r: radius,
      "stroke-width": 1.5,
      "data-node": sign,
    }) + text(fitText(sign, 1.8 * radius, size), x, y, { size, anchor: "middle" })
  );
}

/** The bias below its linear node, with its value and gradient to the right. */
function bias(x: number, y: number, layer: ReadLayer, i: number, write: (value: number) => string): string {
  const at = y + BIAS_DROP;
  const beside = x + BIAS_RADIUS + 6;
  const both = layer.b && layer.db;
  return [
    arrow([x, at - BIAS_RADIUS], [x, y + RADIUS + 1], "axis", 1.25, 6),
    node(x, at, "b", BIAS_RADIUS),
    layer.b ? text(write(layer.b[i]), beside, at - (both ? 6 : 0), { size: EDGE_VALUE, role: FORWARD }) : "",
    layer.db
      ? text(write(layer.db[i]), beside, at + (both ? 7 : 0), { size: EDGE_VALUE, role: BACKWARD })
      : "",
  ].join("");
}

/** Draws wires that carry one value: it stands above, its gradient below, each with the direction it flows in. */
function wireWriter(write: (value: number) => string, parts: string[]) {
  const longest = (list?: Float64Array) =>
    Math.max(0, ...Array.from(list ?? [], (value) => textWidth(write(value), VALUE)));
  return {
    length: (values?: Float64Array, gradients?: Float64Array) =>
      Math.max(30, longest(values) + 12, longest(gradients) + 12),
    draw(x: number, y: number, length: number, value?: number, gradient?: number, head = true) {
      const center = x + length / 2;
      if (head) parts.push(arrow([x, y], [x + length - 1, y], "axis"));
      else parts.push(line(x, y, x + length, y, "axis", 1.25));
      if (value !== undefined) {
        parts.push(
          text(write(value), center, y - 10, { size: VALUE, anchor: "middle", role: FORWARD, bold: true }),
        );
      }
      if (gradient === undefined) return;
      parts.push(arrow([x + length - 7, y + 5], [x + 5, y + 5], BACKWARD, 1, 5));
      parts.push(
        text(write(gradient), center, y + 15, { size: VALUE, anchor: "middle", role: BACKWARD, bold: true }),
      );
    },
  };
}

type Wire = ReturnType<typeof wireWriter>;

/** The outputs' wires, the cost node with its targets, and the cost. */
function drawEnd(
  graph: Graph,
  column: Column,
  middle: number,
  values: Float64Array | undefined,
  gradients: Float64Array | undefined,
  wire: Wire,
  parts: string[],
  write: (value: number) => string,
  apart: number,
): { right: number; costX: number } {
  const stub = Math.max(wire.length(values, gradients), 56, apart - 2 * RADIUS);
  const alone = column.ys.length === 1;
  const start = column.x + RADIUS;
  column.ys.forEach((y, i) => {
    wire.draw(start, y, stub, values?.[i], gradients?.[i], alone || !graph.cost);
  });
  if (!graph.cost) return { right: start + stub, costX: 0 };
  const fan = alone ? 0 : 70;
  const x = start + stub + fan + RADIUS;
  if (!alone)
    for (const y of column.ys)
      parts.push(arrow([start + stub, y], edgeEnd([start + stub, y], [x, middle]), "axis"));
  parts.push(node(x, middle, "C"));
  const { value, Y } = graph.cost;
  let right = x + RADIUS;
  if (Y) {
    const at = middle + BIAS_DROP;
    parts.push(
      arrow([x, at - BIAS_RADIUS], [x, middle + RADIUS + 1], "axis", 1.25, 6),
      node(x, at, "y", BIAS_RADIUS),
    );
    const words = fitText(Array.from(Y, write).join(", "), 120, EDGE_VALUE);
    parts.push(text(words, x + BIAS_RADIUS + 6, at, { size: EDGE_VALUE, role: FORWARD }));
    right = Math.max(right, x + BIAS_RADIUS + 6 + textWidth(words, EDGE_VALUE));
  }
  if (value !== undefined) {
    const length = wire.length(Float64Array.of(value));
    wire.draw(x + RADIUS, middle, length, value);
    right = Math.max(right, x + RADIUS + length);
  }
  return { right: Math.max(right, x + 50), costX: x };
}

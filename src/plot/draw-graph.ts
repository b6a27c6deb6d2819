import { ArgumentError } from "../errors.ts";
import { arrow } from "./arrow.ts";
import { type Drawing, drawExpanded } from "./expanded-graph.ts";
import { layoutHeading } from "./frame.ts";
import { type Graph, type GraphDescription, readGraph } from "./graph-description.ts";
import { drawLayers } from "./layer-graph.ts";
import { layoutLegend } from "./legend.ts";
import { type PictureOptions, readChoice, readInteger, readPicture } from "./options.ts";
import { svgDocument } from "./svg.ts";
import { BACKWARD, FORWARD } from "./weight-edges.ts";

/** Options of `drawGraph`. */
export interface GraphOptions extends PictureOptions {
  /** How many decimals the numbers have: 3 by default. */
  decimals?: number | undefined;
  /**
   * `"expanded"` shows every node and weight, `"layers"` one box a layer with shapes; `"auto"` (the default) expands what
   * stays readable.
   */
  detail?: "auto" | "expanded" | "layers" | undefined;
}

const CALLER = "drawGraph";
/** What stays readable when every weight is written out, and what can be drawn at all. */
const READABLE = { neurons: 8, weights: 40, all: 96, layers: 4 };
const POSSIBLE = { neurons: 12, weights: 100, all: 300, layers: 8 };

/**
 * Draws a network as the article does: inputs, a weight on each edge, linear nodes with their biases, activations and the
 * cost; the values that flow forward in one colour, above the wires, and the gradients that flow back in another, below.
 * Networks too large for that are drawn as layers with their shapes.
 *
 * @param description the network with its numbers for one example; absent numbers are left out.
 * @param options `width` and `height` scale the drawing; by default it has the size that its numbers need.
 * @returns one standalone SVG.
 * @throws ArgumentError if sizes do not agree, a number is not finite, `detail: "expanded"` is asked of too large a network,
 *   or an option is unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = drawGraph({
 *   input: { n: 2, A: [0, 1] },
 *   layers: [{ kind: "sigmoid", n: 1, W: [[0.1, 0.6]], b: [0], Z: [0.6], A: [0.646], dA: [-0.354], dZ: [-0.081], dW: [[0, -0.081]], db: [-0.081] }],
 *   cost: { name: "squared error", value: 0.063, Y: [1] },
 * });
 */
export function drawGraph(description: GraphDescription, options: GraphOptions = {}): string {
  const picture = readPicture(CALLER, options, ["decimals", "detail"], {
    title: "Computational graph",
    width: 640,
    height: 420,
  });
  const decimals = readInteger(CALLER, "decimals", options.decimals, 3, 0, 10);
  const detail = readChoice(CALLER, "detail", options.detail, ["auto", "expanded", "layers"]);
  const graph = readGraph(CALLER, description);

  const leastWidth = 460;
  const legend = layoutLegend(legendOf(graph), leastWidth - 40);
  const headingFor = (width: number) =>
    layoutHeading(picture.heading, { left: 0, top: 0, width, height: 0 }, 16);
  const below = (heading: { height: number }) =>
    14 + heading.height + (legend.height > 0 ? legend.height + 8 : 0);
  const draw = (topSpace: number) => drawDetail(graph, detail, { decimals, topSpace, leastWidth });
  // How many lines the heading takes depends on how wide the drawing is.
  const narrow = headingFor(leastWidth);
  let drawing = draw(below(narrow));
  const heading = headingFor(Math.ceil(drawing.width));
  if (heading.height !== narrow.height) drawing = draw(below(heading));
  // Whole pixels, or the last row and column would be half transparent.
  const [width, height] = [Math.ceil(drawing.width), Math.ceil(drawing.height)];
  const top = heading.draw(width / 2) + legend.draw(width / 2, 10 + heading.height);
  const scale = Math.min(
    options.width === undefined ? Infinity : picture.width / width,
    options.height === undefined ? Infinity : picture.height / height,
  );
  const size = Number.isFinite(scale) ? scale : 1;
  const outer = {
    width: options.width === undefined ? Math.ceil(width * size) : picture.width,
    height: options.height === undefined ? Math.ceil(height * size) : picture.height,
  };
  // What the asked shape has more than the drawing is left free on both sides.
  const shown = [outer.width / size, outer.height / size] as const;
  return svgDocument(
    {
      ...picture,
      ...outer,
      title: picture.name,
      description: picture.description ?? `A network of ${shapeOf(graph)} nodes.`,
      viewBox: [(width - shown[0]) / 2, (height - shown[1]) / 2, ...shown],
    },
    top + drawing.body,
  );
}

/** The drawing in the detail that was asked for, or that is readable. */
function drawDetail(
  graph: Graph,
  detail: NonNullable<GraphOptions["detail"]>,
  { decimals, topSpace, leastWidth }: { decimals: number; topSpace: number; leastWidth: number },
): Drawing {
  if (detail === "expanded" && !fits(graph, POSSIBLE)) {
    throw new ArgumentError(
      `${CALLER}: detail "expanded" can show up to ${POSSIBLE.neurons} neurons a layer, ${POSSIBLE.weights} weights between two and ${POSSIBLE.layers} layers, got ${shapeOf(graph)}. Use "layers".`,
    );
  }
  let drawing: Drawing | undefined;
  if (detail === "expanded" || (detail === "auto" && fits(graph, READABLE))) {
    drawing = drawExpanded(graph, decimals, topSpace, leastWidth);
    if (drawing === undefined && detail === "expanded") {
      throw new ArgumentError(
        `${CALLER}: the numbers of ${shapeOf(graph)} find no room beside each other. Use "layers".`,
      );
    }
  }
  return drawing ?? drawLayers(graph, decimals, topSpace + 10, leastWidth);
}

function shapeOf(graph: Graph): string {
  return [graph.input.n, ...graph.layers.map((layer) => layer.n)].join("-");
}

function fits(graph: Graph, limit: typeof READABLE): boolean {
  const sizes = [graph.input.n, ...graph.layers.map((layer) => layer.n)];
  const weights = sizes.slice(1).map((n, i) => n * sizes[i]);
  return (
    graph.layers.length <= limit.layers &&
    sizes.every((n) => n <= limit.neurons) &&
    weights.every((n) => n <= limit.weights) &&
    weights.reduce((a, b) => a + b) <= limit.all
  );
}

/** Says what the two colours mean, of those that occur. */
function legendOf(graph: Graph) {
  const values = graph.input.A ?? graph.layers.find(({ W, b, Z, A }) => W ?? b ?? Z ?? A);
  const gradients = graph.layers.find(({ dW, db, dZ, dA }) => dW ?? db ?? dZ ?? dA);
  const entries = [];
  if (values) {
    const sample = (x: number, y: number) => arrow([x - 13, y], [x + 13, y], FORWARD, 2);
    entries.push({ label: "values, forward", sample });
  }
  if (gradients) {
    const sample = (x: number, y: number) => arrow([x + 13, y], [x - 13, y], BACKWARD, 2);
    entries.push({ label: "gradients of the cost, backward", sample });
  }
  return entries;
}

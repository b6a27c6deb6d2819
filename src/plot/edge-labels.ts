import type { Point } from "./paths.ts";

/** A rectangle that something occupies: its middle and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line from one node to another, and the size of the label that shall stand on it. */
export interface LabelledEdge {
  readonly from: Point;
  readonly to: Point;
  readonly width: number;
  readonly height: number;
}

/** The free pixels around each label. */
const GAP = 3;
const STEPS = 40;

/** Whether two boxes come closer than the gap. */
export function boxesCollide(a: Box, b: Box, gap = GAP): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + gap &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + gap
  );
}

/**
 * Finds a place on each edge for its label such that no label touches another or an obstacle, and few other edges run
 * beneath it. Returns the middles of the labels, or undefined if one found no place.
 */
export function placeEdgeLabels(
  edges: readonly LabelledEdge[],
  obstacles: readonly Box[],
): Point[] | undefined {
  const placed = new Map<number, Box>();
  const choices = edges.map((edge, i) => rankPlaces(edge, i, edges, obstacles));
  // The edges with the fewest places choose first.
  const order = [...edges.keys()].sort((a, b) => choices[a].length - choices[b].length || a - b);
  for (const i of order) {
    const free = choices[i].find((place) =>
      [...placed.values()].every((other) => !boxesCollide(place, other)),
    );
    if (free === undefined) return undefined;
    placed.set(i, free);
  }
  return edges.map((_, i): Point => {
    const box = placed.get(i)!;
    return [box.x, box.y];
  });
}

/** The places along one edge that no obstacle occupies, the best first. */
function rankPlaces(
  edge: LabelledEdge,
  own: number,
  edges: readonly LabelledEdge[],
  obstacles: readonly Box[],
): Box[] {
  const places: { box: Box; cost: number }[] = [];
  for (let k = 3; k <= STEPS - 3; k++) {
    const t = k / STEPS;
    const x = edge.from[0] + t * (edge.to[0] - edge.from[0]);
    const y = edge.from[1] + t * (edge.to[1] - edge.from[1]);
    const box = { x, y, width: edge.width, height: edge.height };
    if (obstacles.some((obstacle) => boxesCollide(box, obstacle))) continue;
    const crossed = edges.filter((other, i) => i !== own && runsThrough(other, box)).length;
    places.push({ box, cost: crossed + Math.abs(t - 0.4) });
  }
  return places.sort((a, b) => a.cost - b.cost).map((place) => place.box);
}

/** Whether an edge passes a box at the box's own stretch of x. */
function runsThrough(edge: LabelledEdge, box: Box): boolean {
  const left = Math.max(box.x - box.width / 2, Math.min(edge.from[0], edge.to[0]));
  const right = Math.min(box.x + box.width / 2, Math.max(edge.from[0], edge.to[0]));
  if (left > right) return false;
  const slope = (edge.to[1] - edge.from[1]) / (edge.to[0] - edge.from[0] || 1);
  const a = edge.from[1] + (left - edge.from[0]) * slope;
  const b = edge.from[1] + (right - edge.from[0]) * slope;
  return Math.min(a, b) < box.y + box.height / 2 && Math.max(a, b) > box.y - box.height / 2;
}

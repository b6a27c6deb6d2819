import { contours as d3Contours } from "d3-contour";
import type { Point } from "./paths.ts";

/** Values at the nodes of a regular grid over a rectangle of pixels; row 0 lies at `top`. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
  /** The pixels of the first and the last node in either direction. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The closed rings around everything that is at least `threshold`; rings follow the field's own edge where they reach it. */
export function ringsAbove(field: Field, threshold: number): Point[][] {
  const { columns, rows, values, left, right, top, bottom } = field;
  const shape = d3Contours().size([columns, rows]).contour(Array.from(values), threshold);
  // d3 puts the value of cell (i, j) at (i + 0.5, j + 0.5).
  const stepX = (right - left) / (columns - 1);
  const stepY = (bottom - top) / (rows - 1);
  return shape.coordinates
    .flat()
    .map((ring) => ring.map(([x, y]): Point => [left + (x - 0.5) * stepX, top + (y - 0.5) * stepY]));
}

/** The parts of rings that are level lines: what follows the field's edge is no level but the end of what is known. */
export function levelLines(field: Field, threshold: number): Point[][] {
  const onEdge = ([x, y]: Point) =>
    x < field.left + 1e-6 || x > field.right - 1e-6 || y < field.top + 1e-6 || y > field.bottom - 1e-6;
  const lines: Point[][] = [];
  for (const ring of ringsAbove(field, threshold)) {
    const start = ring.findIndex(onEdge);
    if (start < 0) {
      lines.push(ring);
      continue;
    }
    // The last point of a ring repeats its first; start at the edge, so that no line is cut where the ring happens to begin.
    const open = ring.slice(0, -1);
    let current: Point[] = [];
    for (let k = 0; k <= open.length; k++) {
      const point = open[(start + k) % open.length];
      if (!onEdge(point)) current.push(point);
      else {
        if (current.length > 1) lines.push(current);
        current = [];
      }
    }
  }
  return lines;
}

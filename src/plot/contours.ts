import { contours as d3Contours } from "d3-contour";
import type { Frame } from "./frame.ts";
import { type Point, pathData, simplifyLine } from "./paths.ts";
import { element } from "./svg.ts";

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

/**
 * Where a frame is asked for values: a node about every `spacing` pixels, at most `most` a side, and one beyond the frame on each
 * side, so that no level line ends before the frame does.
 * @returns the field without its values, and the axes' values of its nodes, x and y of each
 */
export function nodesOver(
  frame: Frame,
  spacing: number,
  most: number,
): { grid: Omit<Field, "values">; nodes: [x: number, y: number][] } {
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  const across = Math.max(2, Math.min(most, Math.ceil(width / spacing)));
  const down = Math.max(2, Math.min(most, Math.ceil(height / spacing)));
  const [stepX, stepY] = [width / across, height / down];
  const grid = {
    columns: across + 3,
    rows: down + 3,
    left: frame.left - stepX,
    right: frame.right + stepX,
    top: frame.top - stepY,
    bottom: frame.bottom + stepY,
  };
  const nodes = Array.from({ length: grid.columns * grid.rows }, (_, i): [number, number] => [
    frame.x.valueAt(grid.left + (i % grid.columns) * stepX),
    frame.y.valueAt(grid.top + Math.floor(i / grid.columns) * stepY),
  ]);
  return { grid, nodes };
}

/** SVG path data of everything that is at least `threshold`; `tolerance` in pixels is what `simplifyLine` may leave out. */
export function areaPath(field: Field, threshold: number, tolerance: number): string {
  return ringsAbove(field, threshold)
    .map((ring) => pathData(simplifyLine(ring, tolerance).slice(0, -1), true))
    .join("");
}

/** All of a frame in one colour, beneath areas. */
export function wholeFrame({ left, top, right, bottom }: Frame, role: string): string {
  return element("rect", { class: `f-${role}`, x: left, y: top, width: right - left, height: bottom - top });
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

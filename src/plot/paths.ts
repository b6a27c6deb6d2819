import { coordinate } from "./svg.ts";

export type Point = readonly [x: number, y: number];

/**
 * The points of a line without those that it would look the same without: each one dropped lies within `tolerance` pixels
 * of the line that is left (Douglas and Peucker's way, with a stack instead of recursion).
 */
export function simplifyLine(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const stack: [number, number][] = [[0, points.length - 1]];
  while (stack.length > 0) {
    const [first, last] = stack.pop()!;
    let farthest = -1;
    let most = tolerance;
    for (let i = first + 1; i < last; i++) {
      const distance = distanceToSegment(points[i], points[first], points[last]);
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    stack.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

/** The point of the segment from `a` to `b` that lies nearest to `p`. */
export function nearestOnSegment(p: Point, a: Point, b: Point): Point {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length));
  return [a[0] + t * dx, a[1] + t * dy];
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const q = nearestOnSegment(p, a, b);
  return Math.hypot(p[0] - q[0], p[1] - q[1]);
}

/** SVG path data through points; a closed one ends in `Z`. */
export function pathData(points: readonly Point[], closed = false): string {
  if (points.length === 0) return "";
  const steps = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${coordinate(x)},${coordinate(y)}`);
  return steps.join("") + (closed ? "Z" : "");
}

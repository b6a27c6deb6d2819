import type { Point } from "./paths.ts";
import { coordinate, element } from "./svg.ts";

/** A filled arrowhead with its tip at one point, pointing away from another. */
export function arrowHead(tip: Point, from: Point, role: string, size = 8): string {
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
  if (length === 0) return "";
  const ux = (tip[0] - from[0]) / length;
  const uy = (tip[1] - from[1]) / length;
  const half = size * 0.42;
  const corners: Point[] = [
    tip,
    [tip[0] - ux * size - uy * half, tip[1] - uy * size + ux * half],
    [tip[0] - ux * size + uy * half, tip[1] - uy * size - ux * half],
  ];
  const points = corners.map(([x, y]) => `${coordinate(x)},${coordinate(y)}`).join(" ");
  return element("polygon", { class: `f-${role}`, points });
}

/** A straight line that ends in an arrowhead. */
export function arrow(from: Point, tip: Point, role: string, width = 1.25, size = 8): string {
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
  if (length === 0) return "";
  // The line ends inside the head, or its blunt end would show beside the tip.
  const t = Math.max(0, 1 - (size * 0.8) / length);
  return (
    element("line", {
      class: `s-${role}`,
      x1: from[0],
      y1: from[1],
      x2: from[0] + (tip[0] - from[0]) * t,
      y2: from[1] + (tip[1] - from[1]) * t,
      "stroke-width": width,
    }) + arrowHead(tip, from, role, size)
  );
}

import {
  symbol,
  symbolAsterisk,
  symbolCircle,
  symbolDiamond2,
  symbolPlus,
  symbolSquare2,
  symbolTimes,
  symbolTriangle2,
} from "d3-shape";
import type { LabelledPoints } from "./feature-plane.ts";
import type { Frame } from "./frame.ts";
import type { LegendEntry } from "./legend.ts";
import { coordinate, element, OWN_ID } from "./svg.ts";
import { CLASS_HUES } from "./theme.ts";

// Crosses first, as in the article; every class differs from the others by its mark as well as by its hue.
const MARKS = [
  { type: symbolTimes, size: 1 },
  { type: symbolPlus, size: 1 },
  { type: symbolCircle, size: 1.1 },
  { type: symbolTriangle2, size: 1 },
  { type: symbolSquare2, size: 1 },
  { type: symbolDiamond2, size: 1 },
  { type: symbolAsterisk, size: 1 },
];

/** A mark's outline around the origin; `radius` is about half its width. */
function outline(classNumber: number, radius: number): string {
  const { type, size } = MARKS[classNumber % MARKS.length];
  const area = 4 * radius * radius * size;
  return (symbol(type, area).digits(2)() ?? "").replaceAll("-0,", "0,");
}

/** One data point's mark, with a rim in the surface's colour that lifts it off lines and shades. */
function mark(classNumber: number, x: number, y: number, radius: number): string {
  const d = outline(classNumber, radius);
  const transform = x === 0 && y === 0 ? undefined : `translate(${coordinate(x)} ${coordinate(y)})`;
  const stroke = Math.max(1.5, radius * 0.4);
  const common = { d, transform, fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return (
    element("path", { class: "s-surface", ...common, "stroke-width": stroke + 2.5 }) +
    element("path", {
      class: `s-${classRole(classNumber)}`,
      ...common,
      "stroke-width": stroke,
    })
  );
}

/** The hue of a class. */
export function classRole(classNumber: number): string {
  return `class${classNumber % CLASS_HUES}`;
}

/** The marks of all points that lie within the frame's ranges. */
export function drawPoints(points: LabelledPoints, frame: Frame): string {
  const count = points.labels.length;
  const radius = count <= 30 ? 7 : count <= 200 ? 4.5 : 3;
  // Each class's mark is written once and used at each of its points.
  const id = (c: number) => `${OWN_ID}-mark${c}`;
  const marks: string[] = [];
  const used = new Set<number>();
  for (let i = 0; i < count; i++) {
    const x = frame.x.at(points.x1[i]);
    const y = frame.y.at(points.x2[i]);
    const shown =
      x >= frame.left - 0.01 && x <= frame.right + 0.01 && y >= frame.top - 0.01 && y <= frame.bottom + 0.01;
    if (!shown) continue;
    used.add(points.labels[i]);
    marks.push(element("use", { href: `#${id(points.labels[i])}`, x, y, "data-class": points.labels[i] }));
  }
  const definitions = [...used].sort().map((c) => element("g", { id: id(c) }, mark(c, 0, 0, radius)));
  return element("defs", {}, ...definitions) + marks.join("");
}

/** The legend's entries for classes. */
export function classEntries(names: readonly string[]): LegendEntry[] {
  return names.map((label, c) => ({ label, sample: (x, y) => mark(c, x, y, 5.5) }));
}

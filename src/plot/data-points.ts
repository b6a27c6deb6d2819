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

const MARK_STYLE = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

/** The strokes of a mark, the lower first: a rim in the surface's colour lifts it off lines and shades. */
function strokes(classNumber: number, radius: number): { class: string; "stroke-width": number }[] {
  const width = Math.max(1.5, radius * 0.4);
  return [
    { class: "s-surface", "stroke-width": width + 2.5 },
    { class: `s-${classRole(classNumber)}`, "stroke-width": width },
  ];
}

/** The hue of a class. */
function classRole(classNumber: number): string {
  return `class${classNumber % CLASS_HUES}`;
}

/** The marks of all points that lie within the frame's ranges. */
export function drawPoints(points: LabelledPoints, frame: Frame): string {
  const count = points.labels.length;
  const radius = count <= 30 ? 7 : count <= 200 ? 4.5 : 3;
  // Each class's outline is written once and used at each of its points. Its colours stand at the place of use: browsers
  // style what <use> repeats as a tree of its own, where rules that begin with the picture's scope do not match.
  const id = (c: number) => `${OWN_ID}-mark${c}`;
  const marks: string[] = [];
  const used = new Set<number>();
  for (let i = 0; i < count; i++) {
    const c = points.labels[i];
    const x = frame.x.at(points.x1[i]);
    const y = frame.y.at(points.x2[i]);
    const shown =
      x >= frame.left - 0.01 && x <= frame.right + 0.01 && y >= frame.top - 0.01 && y <= frame.bottom + 0.01;
    if (!shown) continue;
    used.add(c);
    const [rim, stroke] = strokes(c, radius);
    marks.push(element("use", { href: `#${id(c)}`, x, y, ...rim }));
    marks.push(element("use", { href: `#${id(c)}`, x, y, ...stroke, "data-class": c }));
  }
  const outlines = [...used]
    .sort((a, b) => a - b)
    .map((c) => element("path", { id: id(c), d: outline(c, radius) }));
  return element("g", MARK_STYLE, element("defs", {}, ...outlines), marks.join(""));
}

/** The legend's entries for classes. */
export function classEntries(names: readonly string[]): LegendEntry[] {
  return names.map((label, c) => ({
    label,
    sample: (x, y) => {
      const transform = `translate(${coordinate(x)} ${coordinate(y)})`;
      const d = outline(c, 5.5);
      return strokes(c, 5.5)
        .map((stroke) => element("path", { ...MARK_STYLE, ...stroke, d, transform }))
        .join("");
    },
  }));
}

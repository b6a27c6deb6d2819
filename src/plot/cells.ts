import { luminance } from "./colours.ts";
import type { Frame } from "./frame.ts";
import { coordinate, element, text } from "./svg.ts";
import { textWidth } from "./text.ts";
import { RAMP_STEPS, roleColour, type Theme } from "./theme.ts";

/** One cell of a table of colours. */
export interface Cell {
  /** The step of the ramp, 0 to 1. */
  readonly t: number;
  /** What is written inside, a line each; left out where the cell is too small. */
  readonly lines: readonly string[];
  /** What is written instead where there is no room for the lines. */
  readonly short?: string;
}

/** The role of a colour `t` (0 to 1) of the way along a ramp. */
export function rampRole(ramp: "sequential" | "diverging", t: number): string {
  return `${ramp}${Math.round(Math.max(0, Math.min(1, t)) * RAMP_STEPS)}`;
}

/** Fills a frame with rows × cols cells and writes in them what fits into all of them. */
export function drawCells(
  cells: readonly (readonly Cell[])[],
  frame: Frame,
  ramp: "sequential" | "diverging",
  theme: Theme,
): string {
  const rows = cells.length;
  const cols = cells[0].length;
  const width = (frame.right - frame.left) / cols;
  const height = (frame.bottom - frame.top) / rows;
  // A line of surface between cells, while they are large enough to spare it.
  const gap = Math.min(width, height) >= 12 ? 1 : 0;
  const bleed = gap === 0 ? 0.3 : 0;
  const full = textSize(cells, width, height);
  const written = full === undefined ? cells.map((row) => row.map(shorten)) : cells;
  const size = full ?? textSize(written, width, height);
  // All cells of one colour make one path, which takes a third of the text that a rectangle each would.
  const colours = new Map<string, string>();
  cells.forEach((row, i) => {
    row.forEach(({ t }, j) => {
      const role = rampRole(ramp, t);
      const x = coordinate(frame.left + j * width + gap / 2);
      const y = coordinate(frame.top + i * height + gap / 2);
      const across = coordinate(width - gap + bleed);
      const step = `M${x},${y}h${across}v${coordinate(height - gap + bleed)}h-${across}z`;
      colours.set(role, (colours.get(role) ?? "") + step);
    });
  });
  const parts = [...colours].map(([role, d]) =>
    element("path", { class: `f-${role}`, d, "data-part": "cells" }),
  );
  if (size === undefined) return parts.join("");
  written.forEach((row, i) => {
    row.forEach(({ t, lines }, j) => {
      const x = frame.left + (j + 0.5) * width;
      const y = frame.top + (i + 0.5) * height;
      lines.forEach((words, k) => {
        const own = k === 0 ? size : size * 0.8;
        const at = y + (k - (lines.length - 1) / 2) * size * 1.3;
        parts.push(
          text(words, x, at, { size: own, anchor: "middle", role: textRole(rampRole(ramp, t), theme) }),
        );
      });
    });
  });
  return parts.join("");
}

function shorten(cell: Cell): Cell {
  return cell.short === undefined ? cell : { ...cell, lines: [cell.short] };
}

/** The largest size at which every cell's text fits, if one is readable. */
function textSize(cells: readonly (readonly Cell[])[], width: number, height: number): number | undefined {
  const all = cells.flat();
  const most = all.reduce((lines, cell) => Math.max(lines, cell.lines.length), 0);
  if (most === 0) return undefined;
  for (let size = 16; size >= 8; size--) {
    const fits = all.every(({ lines }) => lines.every((words) => textWidth(words, size) <= width - 6));
    if (fits && most * size * 1.35 <= height - 2) return size;
  }
  return undefined;
}

/**
 * Ink that stands out from a cell. The ramps run from light to dark in one theme and the other way in the other, so the
 * choice is made for each theme and named as one role.
 */
function textRole(role: string, theme: Theme): string {
  const light = readable(roleColour(role, false));
  const dark = readable(roleColour(role, true));
  if (theme === "light") return light;
  if (theme === "dark") return dark;
  return light === dark ? light : light === "onlight" ? "onlightdark" : "ondarklight";
}

function readable(colour: string): "onlight" | "ondark" {
  const [dark, light, cell] = [roleColour("onlight", false), roleColour("ondark", false), colour].map(
    (each) => luminance(each) + 0.05,
  );
  // the ink of the greater contrast: cell / dark or light / cell, as the WCAG defines it
  return cell * cell > dark * light ? "onlight" : "ondark";
}

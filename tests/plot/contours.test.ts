import { expect, test } from "vitest";
import { areaPath, type Field, levelLines, nodesOver, wholeFrame } from "../../src/plot/contours.ts";
import type { Frame } from "../../src/plot/frame.ts";
import { pathPoints } from "./svg-reading.ts";

/** 100 × 50 pixels, on which x is the pixel's number and y what is left of 45. */
const frame = {
  left: 20,
  right: 120,
  top: 10,
  bottom: 60,
  x: { valueAt: (pixel: number) => pixel },
  y: { valueAt: (pixel: number) => 45 - pixel },
} as Frame;

test("a frame is asked at a node every so many pixels, and one beyond it on each side", () => {
  const { grid, nodes } = nodesOver(frame, 10, 100);
  expect(grid).toEqual({ columns: 13, rows: 8, left: 10, right: 130, top: 0, bottom: 70 });
  expect([nodes.length, nodes[0], nodes[12], nodes[13], nodes[103]]).toEqual([
    104,
    [10, 45],
    [130, 45],
    [10, 35],
    [130, -25],
  ]);
});

test.each([
  ["at no greater distance than wanted", 22, 100, [5, 3]],
  ["at no more nodes a side than allowed", 1, 20, [20, 20]],
  ["at two stretches a side at least", 1000, 100, [2, 2]],
])("it is asked %s", (_, spacing, most, [across, down]) => {
  const { grid } = nodesOver(frame, spacing, most);
  expect([grid.columns - 3, grid.rows - 3]).toEqual([across, down]);
});

/** Nodes 10 pixels apart, from (100, 50) on. */
function field(rows: number[][]): Field {
  const [height, width] = [rows.length, rows[0].length];
  const values = Float64Array.from(rows.flat());
  const [right, bottom] = [100 + 10 * (width - 1), 50 + 10 * (height - 1)];
  return { columns: width, rows: height, values, left: 100, right, top: 50, bottom };
}

test("an area is closed, and has each of its corners once", () => {
  const peak = field([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  const path = areaPath(peak, 0.5, 0.01);
  expect(path.match(/[MZ]/g)).toEqual(["M", "Z"]);
  const corners = pathPoints(path).map(String);
  expect(corners.sort()).toEqual(["105,60", "110,55", "110,65", "115,60"]);
});

test("a level line ends at the last nodes before the field's edge, which is no part of it", () => {
  const slope = field(Array.from({ length: 5 }, () => [0, 1, 2]));
  const [line, ...others] = levelLines(slope, 0.5);
  expect(others).toEqual([]);
  expect(line.map(([x, y]) => `${x},${y}`).sort()).toEqual(["105,60", "105,70", "105,80"]);
});

test("all of a frame is as wide and as high as the frame", () => {
  expect(wholeFrame(frame, "class-1")).toBe(
    '<rect class="f-class-1" x="20" y="10" width="100" height="50"/>',
  );
});

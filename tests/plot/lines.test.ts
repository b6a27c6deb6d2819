import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelLines, ringsAbove } from "../../src/plot/contours.ts";
import { nearestOnSegment, type Point, pathData, simplifyLine } from "../../src/plot/paths.ts";

const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 30 });

function distance(p: Point, line: readonly Point[]): number {
  const each = line.slice(1).map((end, i) => {
    const q = nearestOnSegment(p, line[i], end);
    return Math.hypot(p[0] - q[0], p[1] - q[1]);
  });
  return Math.min(...each);
}

describe("a simplified line", () => {
  test("keeps its ends, adds no point, and no point that it drops is farther from it than the tolerance", () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0.01, max: 20, noNaN: true }), (line, tolerance) => {
        const simple = simplifyLine(line, tolerance);
        expect([simple[0], simple.at(-1)]).toEqual([line[0], line.at(-1)]);
        expect(line.filter((point) => simple.includes(point))).toEqual(simple);
        for (const point of simple.length > 1 ? line : []) {
          expect(distance(point, simple)).toBeLessThanOrEqual(tolerance * (1 + 1e-9));
        }
      }),
    );
  });

  test("drops what lies on it", () => {
    const line = Array.from({ length: 9 }, (_, i): Point => [i, 2 * i]);
    expect(simplifyLine(line, 0.01)).toEqual([line[0], line[8]]);
    expect(pathData(line.slice(0, 2), true)).toBe("M0,0L1,2Z");
  });
});

test("the nearest point of a segment is an end of it, or where a right angle meets it", () => {
  expect(nearestOnSegment([3, 4], [0, 0], [10, 0])).toEqual([3, 0]);
  expect(nearestOnSegment([-3, 4], [0, 0], [10, 0])).toEqual([0, 0]);
  expect(nearestOnSegment([13, 4], [0, 0], [10, 0])).toEqual([10, 0]);
  expect(nearestOnSegment([3, 4], [1, 1], [1, 1])).toEqual([1, 1]);
});

test("level lines are all of the rings but what follows the field's edge", () => {
  const side = 6;
  const cell = fc.constantFrom(0, 1);
  fc.assert(
    fc.property(fc.array(cell, { minLength: side * side, maxLength: side * side }), (cells) => {
      const field = {
        columns: side,
        rows: side,
        values: Float64Array.from(cells),
        left: 10,
        right: 60,
        top: 0,
        bottom: 100,
      };
      const onEdge = ([x, y]: Point) => x <= 10 || x >= 60 || y <= 0 || y >= 100;
      const wanted = ringsAbove(field, 0.5).flatMap((ring) => {
        const open = ring.slice(0, -1);
        if (!open.some(onEdge)) return [`${ring}`];
        const inside = open.flatMap((point, i) => (onEdge(point) ? [] : [i]));
        const starts = inside.filter((i) => onEdge(open.at(i - 1)!));
        return starts.flatMap((start) => {
          const run: Point[] = [];
          for (let i = start; !onEdge(open[i % open.length]); i++) run.push(open[i % open.length]);
          return run.length > 1 ? [`${run}`] : [];
        });
      });
      expect(
        levelLines(field, 0.5)
          .map((line) => `${line}`)
          .sort(),
      ).toEqual(wanted.sort());
    }),
    { numRuns: 300 },
  );
});

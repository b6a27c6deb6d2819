import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** The numbers that the script of this name in tests/golden wrote. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
}

/** Every number within `tolerance` of the other, relative above 1 and absolute below. */
export function expectClose(ours: number[][], theirs: number[][], tolerance: number): void {
  expect(ours.map((row) => row.length)).toEqual(theirs.map((row) => row.length));
  const worst = Math.max(
    ...ours.flatMap((row, i) =>
      row.map((value, j) => Math.abs(value - theirs[i][j]) / Math.max(1, Math.abs(theirs[i][j]))),
    ),
  );
  expect(worst).toBeLessThanOrEqual(tolerance);
}

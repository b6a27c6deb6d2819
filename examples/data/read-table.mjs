// Rows of numbers from a compressed CSV file beside this one. None of them quotes a cell.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** @returns {number[][]} */
export function readTable(file, { headerLines = 0 } = {}) {
  const text = gunzipSync(readFileSync(new URL(file, import.meta.url))).toString();
  return text
    .trimEnd()
    .split("\n")
    .slice(headerLines)
    .map((line) => line.split(",").map(Number));
}

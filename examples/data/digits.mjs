// 1,797 handwritten digits of 8×8 pixels from 0 to 16. Where they come from: SOURCES.md.
import { readTable } from "./read-table.mjs";

/** @returns {{ features: number[][], labels: number[], names: string[] }} 64 features, labels 0 … 9 */
export function digits() {
  const table = readTable("digits.csv.gz");
  return {
    features: table.map((row) => row.slice(0, 64)),
    labels: table.map((row) => row[64]),
    names: Array.from({ length: 64 }, (_, i) => `pixel ${Math.floor(i / 8)},${i % 8}`),
  };
}

import { readFileSync } from "node:fs";

/** What write_goldens.py wrote to `name`.json. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
}

/** A NumPy array as write_goldens.py digests it: shape, stride of the stored elements, those, Σ and Σ|…| of all. */
export type Digest = [shape: [number, number], every: number, stored: number[], sum: number, absSum: number];

/** |ours − numpy| over the larger of |numpy| and `floor`. */
export function relativeError(ours: number, numpy: number, floor = 0): number {
  const scale = Math.max(Math.abs(numpy), floor);
  return ours === numpy ? 0 : Math.abs(ours - numpy) / scale;
}

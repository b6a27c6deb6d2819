import type { DTypeArray } from "../dtype.ts";

type Round = (x: number) => number;

/** Σ of n values from index `start`, in the pairwise order of assembly/sums.ts (NumPy's). */
export function pairwiseSum(values: DTypeArray, start: number, n: number, round: Round): number {
  if (n < 8) {
    let total = 0;
    for (let i = 0; i < n; i++) total = round(total + values[start + i]);
    return total;
  }
  if (n <= 128) {
    const r = Array.from(values.subarray(start, start + 8));
    let i = 8;
    for (; i + 8 <= n; i += 8) {
      for (let lane = 0; lane < 8; lane++) r[lane] = round(r[lane] + values[start + i + lane]);
    }
    const left = round(round(r[0] + r[1]) + round(r[2] + r[3]));
    const right = round(round(r[4] + r[5]) + round(r[6] + r[7]));
    let total = round(left + right);
    for (; i < n; i++) total = round(total + values[start + i]);
    return total;
  }
  const quotient = Math.floor(n / 2);
  const half = quotient - (quotient % 8);
  return round(pairwiseSum(values, start, half, round) + pairwiseSum(values, start + half, n - half, round));
}

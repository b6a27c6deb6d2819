import type { CostKernels } from "../kernels.ts";
import type { Scalars } from "./scalars.ts";

/** The costs in plain TypeScript; see assembly/costs.ts. */
export function costKernels({ round, exp, log, heap, index, map }: Scalars): CostKernels {
  /** For each pair of y and yHat: its term and, scaled, its gradient. */
  function each(
    [terms, gradient, y, yHat]: [number, number, number, number],
    n: number,
    scale: number,
    pair: (y: number, yHat: number) => [term: number, slope: number],
  ) {
    const x = heap();
    const [t, d, y0, h] = [index(terms), index(gradient), index(y), index(yHat)];
    const factor = round(scale);
    for (let i = 0; i < n; i++) {
      const [term, slope] = pair(x[y0 + i], x[h + i]);
      x[t + i] = term;
      x[d + i] = round(factor * slope);
    }
  }

  return {
    absoluteErrorTerms(terms, dYHat, y, yHat, n, scale) {
      each([terms, dYHat, y, yHat], n, 1, (label, guess) => {
        const difference = round(guess - label);
        return [Math.abs(difference), withSignOf(round(scale), difference)];
      });
    },
    huberTerms(terms, dYHat, y, yHat, n, scale, delta) {
      const bend = round(delta);
      each([terms, dYHat, y, yHat], n, scale, (label, guess) => {
        const r = round(guess - label);
        const size = Math.abs(r);
        const square = round(round(0.5 * r) * r);
        const line = round(bend * round(size - round(0.5 * bend)));
        return [size <= bend ? square : line, Math.max(Math.min(r, bend), -bend)];
      });
    },
    bceTerms(terms, dP, y, p, n, scale) {
      each([terms, dP, y, p], n, scale, (label, chance) => {
        const other = round(1 - label);
        const rest = round(1 - chance);
        const first = label === 0 ? 0 : round(-label * log(chance, 0));
        const second = other === 0 ? 0 : round(other * log(rest, 0));
        const rise = other === 0 ? 0 : round(other / rest);
        const fall = label === 0 ? 0 : round(label / chance);
        return [round(first - second), round(-fall + rise)];
      });
    },
    stableBceTerms(terms, dZ, y, z, n, scale) {
      each([terms, dZ, y, z], n, scale, (label, logit) => {
        const u = exp(-Math.abs(logit));
        const sum = round(1 + u);
        const line = round(Math.max(logit, 0) - round(logit * label));
        const term = round(line + log(sum, round(round(u - round(sum - 1)) / sum)));
        return [term, round(round((logit >= 0 ? 1 : u) / sum) - label)];
      });
    },
    logit(z, p, n, lowest, highest) {
      const p0 = index(p);
      map(z, n, (i, x) => {
        const held = Math.min(Math.max(x[p0 + i], round(lowest)), round(highest));
        return log(round(held / round(1 - held)), 0);
      });
    },
    softmaxCrossEntropyTerms(terms, dZ, y, z, rows, cols, scale) {
      const x = heap();
      const [t, d, y0, z0] = [index(terms), index(dZ), index(y), index(z)];
      const size = rows * cols;
      for (let j = 0; j < cols; j++) {
        let most = x[z0 + j];
        for (let i = j; i < size; i += cols) most = Math.max(most, x[z0 + i]);
        let total = 0;
        let labels = 0;
        for (let i = j; i < size; i += cols) {
          x[d + i] = exp(round(x[z0 + i] - most));
          total = round(total + x[d + i]);
          labels = round(labels + x[y0 + i]);
        }
        const logTotal = log(total, 0);
        for (let i = j; i < size; i += cols) {
          const label = x[y0 + i];
          x[t + i] = round(label * round(logTotal - round(x[z0 + i] - most)));
          const share = round(x[d + i] / total);
          x[d + i] = round(round(scale) * round(round(share * labels) - label));
        }
      }
    },
    absolutePenalty(terms, g, w, n, scale) {
      const [g0, w0] = [index(g), index(w)];
      map(terms, n, (i, x) => Math.abs(x[w0 + i]));
      map(g, n, (i, x) => {
        return round(x[g0 + i] + withSignOf(round(scale), x[w0 + i]));
      });
    },
  };
}

/** size · sign(x): 0 where x is 0, and NaN where x is NaN. */
function withSignOf(size: number, x: number): number {
  if (x > 0) return size;
  if (x < 0) return -size;
  return Number.isNaN(x) ? x : 0;
}

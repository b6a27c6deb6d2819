import type { Cost } from "../costs/cost.ts";
import { someOf } from "../describe.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import type { Graph } from "./graph.ts";
import type { Table } from "./table.ts";
import type { Warning } from "./warnings.ts";

// Whether inputs and labels are of sizes that training gets along with.

/** A feature, or an output's labels, whose root mean square is above this is not scaled. */
const LARGEST_SIZE = 10;
/** Features whose sizes differ by more than this factor are not scaled alike. */
const LARGEST_RATIO = 100;
/** A feature that is 0 but for less than this share of the examples is compared with no other. */
const RARE_SHARE = 0.01;

/** Inputs with infinities, or whose features are large, or of very different sizes. Of NaN the cost tells. */
export function examineScale(X: Table): Warning[] {
  const { values, width, count } = X;
  const peaks = new Float64Array(width);
  const shown = new Float64Array(width);
  let infinite = 0;
  for (let start = 0; start < values.length; start += width) {
    for (let i = 0; i < width; i++) {
      const size = Math.abs(values[start + i]);
      peaks[i] = Math.max(peaks[i], size);
      if (size !== 0) shown[i]++;
      if (size === Infinity) infinite++;
    }
  }
  if (infinite > 0) {
    const first = values.findIndex((value) => Math.abs(value) === Infinity);
    return [
      {
        kind: "inputsNotScaled",
        message: `The inputs are not scaled: ${someOf(infinite, values.length, "number")} infinite, the first in feature ${first % width} of example ${Math.floor(first / width)}. Mend or leave out such examples.`,
        share: infinite / values.length,
      },
    ];
  }
  const { sizes, large, most } = sizesOf(X);
  // Rare categories and the corners of images are small on the mean for being 0, and no scale helps that.
  const isCommon = (_: number, i: number) => shown[i] >= RARE_SHARE * count;
  const ratio = Math.min(ratioOf(sizes.filter(isCommon)), ratioOf(peaks.filter(isCommon)));
  if (large === 0 && !(ratio > LARGEST_RATIO)) return [];
  const seen =
    large > 0
      ? `${someOf(large, width, "feature")} larger than ${LARGEST_SIZE}; feature ${most} is about ${sizes[most].toPrecision(3)}`
      : `features differ in size by a factor of ${ratio.toPrecision(3)}`;
  return [
    {
      kind: "inputsNotScaled",
      message: `The inputs are not scaled: ${seen}. Standardise them (mean 0, deviation 1), or training will be slow or diverge.`,
      share: large > 0 ? large / width : 1 / width,
    },
  ];
}

/** The greatest of these sizes over the least that is not 0. */
function ratioOf(sizes: Float64Array): number {
  let [least, most] = [Infinity, 0];
  for (const size of sizes) {
    if (size > most) most = size;
    if (size > 0 && size < least) least = size;
  }
  return most / least;
}

/** The root mean square of each column, how many are too large, and which is the largest. */
function sizesOf({ values, width, count }: Table): { sizes: Float64Array; large: number; most: number } {
  const sizes = new Float64Array(width);
  for (let start = 0; start < values.length; start += width) {
    for (let i = 0; i < width; i++) sizes[i] += values[start + i] * values[start + i];
  }
  for (let i = 0; i < width; i++) sizes[i] = Math.sqrt(sizes[i] / count);
  const large = sizes.filter((size) => size > LARGEST_SIZE).length;
  let most = 0;
  for (let i = 1; i < width; i++) if (sizes[i] > sizes[most]) most = i;
  return { sizes, large, most };
}

/**
 * Numbers to be predicted that are large: so are the first steps towards them, which hidden layers do not survive. One linear
 * layer alone learns as fast with labels of any size.
 */
export function examineLabelScale(Y: Table, cost: Cost, { last, linears }: Graph): Warning[] {
  if (cost.labels !== "any" || !(last instanceof LinearLayer) || linears.length === 1) return [];
  const { sizes, large, most } = sizesOf(Y);
  if (large === 0 || !Number.isFinite(sizes[most])) return [];
  return [
    {
      kind: "labelsNotScaled",
      message: `The labels are not scaled: those of output ${most} are about ${sizes[most].toPrecision(3)}. Standardise them with a StandardScaler, whose inverse brings back what is predicted, or training will be slow or diverge.`,
      share: large / Y.width,
    },
  ];
}

import { ArgumentError } from "../errors.ts";
import { heatMap } from "./heat-map.ts";
import { readTable, type Table } from "./input.ts";
import { shortNumber } from "./numbers.ts";
import {
  type PictureOptions,
  readClassNames,
  readFlag,
  readNames,
  readPicture,
  readText,
} from "./options.ts";

/** What `confusionMatrix` gives: the counts, and the classes of their rows and columns. */
export interface ConfusionCounts {
  /** classes × classes. */
  readonly counts: Table;
  /** The class of each row and column, in order. */
  readonly classes?: readonly (string | number | boolean)[] | undefined;
}

/** Options of `plotConfusionMatrix`. */
export interface ConfusionMatrixOptions extends PictureOptions {
  /** The names of the classes; their own, where these are given with the counts, or their numbers by default. */
  classNames?: readonly (string | number | boolean)[] | undefined;
  /** Colours and percentages by each true class's own total rather than by count: false by default. */
  normalize?: boolean | undefined;
  /** The x axis's label, "predicted class" by default. */
  xLabel?: string | undefined;
  /** The y axis's label, "true class" by default. */
  yLabel?: string | undefined;
}

const CALLER = "plotConfusionMatrix";

/**
 * Draws how often each true class was taken for each class.
 *
 * @param counts classes × classes; row i, column j counts the examples of class i that were predicted as class j. Also what
 *   `confusionMatrix` gives.
 * @param options names, and whether to show shares instead of counts.
 * @returns one standalone SVG.
 * @throws ArgumentError if the table is not square or a count is negative or not finite, or if an option is unknown or
 *   unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotConfusionMatrix([[50, 0, 0], [0, 47, 3], [0, 2, 48]], { classNames: ["setosa", "versicolor", "virginica"] });
 */
export function plotConfusionMatrix(
  counts: Table | ConfusionCounts,
  options: ConfusionMatrixOptions = {},
): string {
  const known = ["classNames", "normalize", "xLabel", "yLabel"];
  const picture = readPicture(CALLER, options, known, { title: "Confusion matrix", width: 560, height: 500 });
  const given = isCounts(counts) ? counts : { counts };
  const table = readTable(CALLER, "counts", given.counts);
  if (table.rows !== table.cols) {
    throw new ArgumentError(
      `${CALLER}: counts must be classes × classes, got ${table.rows} × ${table.cols}.`,
    );
  }
  const negative = table.data.findIndex((count) => count < 0);
  if (negative >= 0) {
    throw new ArgumentError(
      `${CALLER}: counts must not be negative, got ${table.data[negative]} at index ${negative}.`,
    );
  }
  const n = table.rows;
  const numbers = Array.from({ length: n }, (_, i) => String(i));
  const own = readNames(CALLER, "classes", given.classes && Array.from(given.classes, String), numbers);
  const names = readClassNames(CALLER, options.classNames, own);
  const normalize = readFlag(CALLER, "normalize", options.normalize, false);
  const rows = Array.from({ length: n }, (_, i) => Array.from(table.data.slice(i * n, (i + 1) * n)));
  const totals = rows.map((row) => row.reduce((sum, count) => sum + count, 0));
  const share = (i: number, j: number) => (totals[i] === 0 ? 0 : rows[i][j] / totals[i]);
  const most = normalize ? 1 : table.data.reduce((greatest, count) => Math.max(greatest, count), 1);
  const cells = rows.map((row, i) =>
    row.map((count, j) => ({
      t: normalize ? share(i, j) : count / most,
      lines: normalize ? [`${(100 * share(i, j)).toFixed(1)}%`, shortNumber(count)] : [shortNumber(count)],
      short: normalize ? `${Math.round(100 * share(i, j))}%` : undefined,
    })),
  );
  return heatMap({
    caller: CALLER,
    picture,
    cells,
    ramp: "sequential",
    bar: {
      domain: [0, most],
      label: normalize ? "share of the true class" : "examples",
      kind: normalize ? "linear" : "integer",
    },
    rows: { label: readText(CALLER, "yLabel", options.yLabel, "true class"), names },
    columns: { label: readText(CALLER, "xLabel", options.xLabel, "predicted class"), names },
  });
}

function isCounts(given: unknown): given is ConfusionCounts {
  return typeof given === "object" && given !== null && "counts" in given;
}

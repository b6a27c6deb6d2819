import { ArgumentError } from "../errors.ts";
import { drawCells } from "./cells.ts";
import { layoutColorBar } from "./color-bar.ts";
import { layoutFrame } from "./frame.ts";
import { readTable, type Table } from "./input.ts";
import { shortNumber } from "./numbers.ts";
import { type PictureOptions, readClassNames, readFlag, readPicture, readText } from "./options.ts";
import { svgDocument } from "./svg.ts";

/** Options of `plotConfusionMatrix`. */
export interface ConfusionMatrixOptions extends PictureOptions {
  /** The names of the classes, or the `classes` of a `confusionMatrix`; their numbers by default. */
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
 * @param counts classes × classes; row i, column j counts the examples of class i that were predicted as class j.
 * @param options names, and whether to show shares instead of counts.
 * @returns one standalone SVG.
 * @throws ArgumentError if the table is not square or a count is negative or not finite, or if an option is unknown or
 *   unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotConfusionMatrix([[50, 0, 0], [0, 47, 3], [0, 2, 48]], { classNames: ["setosa", "versicolor", "virginica"] });
 */
export function plotConfusionMatrix(counts: Table, options: ConfusionMatrixOptions = {}): string {
  const own = ["classNames", "normalize", "xLabel", "yLabel"];
  const picture = readPicture(CALLER, options, own, { title: "Confusion matrix", width: 560, height: 500 });
  const table = readTable(CALLER, "counts", counts);
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
  const names = readClassNames(CALLER, options.classNames, numbers);
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
  const bar = layoutColorBar({
    domain: [0, most],
    label: normalize ? "share of the true class" : "examples",
    ramp: "sequential",
    kind: normalize ? "linear" : "integer",
    height: picture.height * 0.7,
  });
  const ticks = names.map((label, i) => ({ value: i + 0.5, label }));
  const frame = layoutFrame({
    caller: CALLER,
    region: { left: 0, top: 0, width: picture.width, height: picture.height },
    heading: picture.heading,
    x: { domain: [0, n], label: readText(CALLER, "xLabel", options.xLabel, "predicted class"), ticks },
    y: { domain: [n, 0], label: readText(CALLER, "yLabel", options.yLabel, "true class"), ticks },
    reserve: bar.width,
    boxed: true,
    grid: false,
  });
  const body = drawCells(cells, frame, "sequential", picture.theme) + frame.front;
  return svgDocument(
    { ...picture, title: picture.name },
    body + bar.draw(frame.right, frame.top, frame.bottom),
  );
}

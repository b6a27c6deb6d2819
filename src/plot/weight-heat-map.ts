import { ArgumentError } from "../errors.ts";
import { heatMap } from "./heat-map.ts";
import { extent, readTable, type Table } from "./input.ts";
import { shortNumber } from "./numbers.ts";
import { type PictureOptions, readFlag, readInteger, readNames, readPicture, readText } from "./options.ts";

/** Options of `plotWeights`. */
export interface WeightsOptions extends PictureOptions {
  /** The names of the rows (the layer's neurons); 1, 2, … by default. */
  rowNames?: readonly string[] | undefined;
  /** The names of the columns (the inputs); 1, 2, … by default. */
  columnNames?: readonly string[] | undefined;
  /** Whether each weight is written into its cell, where all of them fit: true by default. */
  values?: boolean | undefined;
  /** How many decimals written weights have: 2 by default. */
  decimals?: number | undefined;
  /** The x axis's label, "input" by default. */
  xLabel?: string | undefined;
  /** The y axis's label, "neuron" by default. */
  yLabel?: string | undefined;
}

const CALLER = "plotWeights";
/** Beyond this the picture would be megabytes of cells smaller than a pixel. */
const MOST_CELLS = 150000;

/**
 * Draws a matrix of weights as a heat map: one hue for negative weights, another for positive ones, neutral at zero.
 *
 * @param W the weights, neurons × inputs.
 * @param options names, and how to write the numbers.
 * @returns one standalone SVG.
 * @throws ArgumentError if W is empty, ragged, not finite or beyond 150000 weights, or if an option is unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotWeights([[0.5, -1.2], [2.1, 0.3], [-0.7, 0.9]], { title: "W of layer 1" });
 */
export function plotWeights(W: Table, options: WeightsOptions = {}): string {
  const own = ["rowNames", "columnNames", "values", "decimals", "xLabel", "yLabel"];
  const picture = readPicture(CALLER, options, own, { title: "Weights", width: 560, height: 440 });
  const { rows, cols, data } = readTable(CALLER, "W", W);
  if (data.length > MOST_CELLS) {
    throw new ArgumentError(
      `${CALLER}: W can have up to ${MOST_CELLS} weights, got ${rows} × ${cols}. Hand over a part of it.`,
    );
  }
  const count = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));
  const rowNames = readNames(CALLER, "rowNames", options.rowNames, count(rows));
  const columnNames = readNames(CALLER, "columnNames", options.columnNames, count(cols));
  const decimals = readInteger(CALLER, "decimals", options.decimals, 2, 0, 10);
  const [low, high] = extent(data);
  const most = Math.max(Math.abs(low), Math.abs(high));
  const limit = most < 1e-290 ? 1 : most;
  // Thousands of cells have no room for numbers, and need not be tried.
  const write = readFlag(CALLER, "values", options.values, true) && data.length <= 1000;
  const cells = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => {
      const value = data[i * cols + j];
      return { t: 0.5 + value / limit / 2, lines: write ? [shortNumber(value, decimals)] : [] };
    }),
  );
  return heatMap({
    caller: CALLER,
    picture,
    cells,
    ramp: "diverging",
    bar: { domain: [-limit, limit], label: "weight" },
    rows: { label: readText(CALLER, "yLabel", options.yLabel, "neuron"), names: rowNames },
    columns: { label: readText(CALLER, "xLabel", options.xLabel, "input"), names: columnNames },
  });
}

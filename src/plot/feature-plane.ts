// The plane of two features: reading the examples and the options that its pictures share, and laying out its frame.
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { drawableRange } from "./axis.ts";
import { type Frame, layoutFrame } from "./frame.ts";
import { describe, extent, type Grid, isCallable, readNumbers, readTable, type Table } from "./input.ts";
import type { LegendEntry } from "./legend.ts";
import type { Model } from "./model-survey.ts";
import {
  type Picture,
  type PictureOptions,
  readClassNames,
  readInteger,
  readNames,
  readNumber,
  readPicture,
  readRange,
} from "./options.ts";
import { asModel, exampleColumns, isPredictor, labelColumns, type Predictor } from "./predictor.ts";
import { type ExampleRecord, recordColumns } from "./records.ts";

/** Examples: a table of numbers; of a network also records of two columns. */
export type Examples = Table | ArrayLike<ExampleRecord>;

/** Classes of examples: numbers 0, 1, 2, …, or what stands among a network's `classes`; of a network also records. */
export type ClassLabels = ArrayLike<number | string | boolean> | ArrayLike<ExampleRecord>;

/** The labelled examples of a picture, and how many classes they have. */
export interface LabelledPoints {
  readonly x1: Float64Array;
  readonly x2: Float64Array;
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Pairs of features whose product is appended to each point, as the article's `feat_crosses`. */
export type FeatureCrosses = readonly (readonly [number, number])[];

/** Options of every picture of the plane of two features. */
export interface FeaturePlaneOptions extends PictureOptions {
  /** The range of the first feature; the data's own, padded, by default. */
  xRange?: readonly [number, number] | undefined;
  /** The range of the second feature; the data's own, padded, by default. */
  yRange?: readonly [number, number] | undefined;
  /** Above which answer a point belongs to class 1, if there are two classes: a network's own, or 0.5, by default. */
  threshold?: number | undefined;
  /** Products of features to append to each point, as the article's `feat_crosses`: `[[0, 1]]` appends x1·x2. */
  featureCrosses?: FeatureCrosses | undefined;
  /** How many classes there are, if not all of them occur in Y. */
  classes?: number | undefined;
  /** The names of the classes in the legend; a network's own by default. */
  classNames?: readonly (string | number | boolean)[] | undefined;
  /** The names of the two features, as axis labels; those of the columns by default where X is records. */
  featureNames?: readonly [string, string] | undefined;
}

const MOST_CLASSES = 20;

/** Checks feature crosses: pairs of features that stand before the product, 0 for x1 and 1 for x2. */
function readCrosses(caller: string, given: FeatureCrosses | undefined): FeatureCrosses {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    throw new ArgumentError(
      `${caller}: featureCrosses must be an array of pairs like [[0, 1]], got ${describe(given)}.`,
    );
  }
  given.forEach((pair, i) => {
    const fits = isList(pair) && pair.length === 2 && Array.from(pair).every((k) => k === 0 || k === 1);
    if (fits) return;
    throw new ArgumentError(
      `${caller}: featureCrosses[${i}] must be two features, each 0 (x1) or 1 (x2), got ${describe(pair)}.`,
    );
  });
  return given;
}

/** Reads examples: X is features × m, Y either 1 × m (or m) class numbers, or classes × m with a 1 for each one's class. */
function readExamples(
  caller: string,
  X: Table,
  Y: Table | ClassLabels,
  crosses: number,
  leastClasses: number,
): LabelledPoints {
  const x = readTable(caller, "X", X);
  const withCrosses = crosses > 0 && x.rows === 2 + crosses;
  if (x.rows !== 2 && !withCrosses) {
    const turned = x.cols === 2 ? " Examples are columns: X must be transposed." : "";
    throw new ArgumentError(
      `${caller}: X must have 2 rows (two features; columns are examples), got ${x.rows} × ${x.cols}.${turned}`,
    );
  }
  const flat = isList(Y) && !isList(Y[0]);
  const y: Grid = flat
    ? { rows: 1, cols: Y.length, data: readNumbers(caller, "Y", Y) }
    : readTable(caller, "Y", Y);
  if (y.cols !== x.cols) {
    throw new ArgumentError(
      `${caller}: X and Y must hold equally many examples (columns), got ${x.cols} in X and ${y.cols} in Y.`,
    );
  }
  const labels = y.rows === 1 ? classNumbers(caller, y) : hotRows(caller, y);
  const classes = Math.max(leastClasses, y.rows > 1 ? y.rows : 2, 1 + Math.max(...extent(labels)));
  return { x1: x.data.slice(0, x.cols), x2: x.data.slice(x.cols, 2 * x.cols), labels, classes };
}

function classNumbers(caller: string, y: Grid): Int32Array {
  const bad = y.data.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= MOST_CLASSES);
  if (bad < 0) return Int32Array.from(y.data);
  throw new ArgumentError(
    `${caller}: Y must hold class numbers 0 to ${MOST_CLASSES - 1}, got ${y.data[bad]} for example ${bad}.`,
  );
}

function hotRows(caller: string, y: Grid): Int32Array {
  if (y.rows > MOST_CLASSES) {
    throw new ArgumentError(`${caller}: Y must have at most ${MOST_CLASSES} classes, got ${y.rows} rows.`);
  }
  return Int32Array.from({ length: y.cols }, (_, j) => {
    const column = Array.from({ length: y.rows }, (_, i) => y.data[i * y.cols + j]);
    const hot = column.indexOf(1);
    if (hot >= 0 && column.every((value, i) => value === (i === hot ? 1 : 0))) return hot;
    throw new ArgumentError(
      `${caller}: each column of Y must hold one 1 among zeros, got ${describe(column)} for example ${j}.`,
    );
  });
}

/** A range around the data: a quarter of its length on either side for a few points, as the article's, less for many. */
export function dataRange(values: Float64Array): [number, number] {
  const [low, high] = extent(values);
  return drawableRange(low, high, values.length <= 16 ? 0.5 : 0.12);
}

/** The options of `FeaturePlaneOptions` by name. */
export const PLANE_OPTIONS = [
  "xRange",
  "yRange",
  "threshold",
  "featureCrosses",
  "classes",
  "classNames",
  "featureNames",
];

/** Everything that a picture of the plane was given, checked. */
export interface FeaturePlane {
  /** Who is asked for the picture, for messages. */
  readonly caller: string;
  readonly model: Model;
  readonly picture: Picture;
  readonly points: LabelledPoints;
  readonly names: readonly string[];
  readonly features: readonly string[];
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly threshold: number;
  readonly crosses: FeatureCrosses;
}

/** Reads the model, the examples and the options of one picture. */
export function readPlane(
  caller: string,
  model: Model | Predictor,
  X: Examples,
  Y: Table | ClassLabels,
  options: FeaturePlaneOptions,
  own: readonly string[],
  title: string,
): FeaturePlane {
  const picture = readPicture(caller, options, own, { title, width: 600, height: 520 });
  const crosses = readCrosses(caller, options.featureCrosses);
  const leastClasses = readInteger(caller, "classes", options.classes, 2, 2, MOST_CLASSES);
  const network = isPredictor(model) ? model : undefined;
  if (network === undefined && !isCallable(model)) {
    throw new ArgumentError(
      `${caller}: model must be a function (points, n) => probabilities, or a network, got ${describe(model)}.`,
    );
  }
  const columns = network && recordColumns(X);
  const points = readExamples(
    caller,
    network ? exampleColumns(caller, X, crosses.length) : (X as Table),
    network ? labelColumns(caller, network, Y) : Y,
    crosses.length,
    Math.max(leastClasses, network?.classes?.length ?? 0),
  );
  const labelNames = network && recordColumns(Y);
  const known = network?.classes ?? (labelNames && labelNames.length > 1 ? labelNames : []);
  const classNames = Array.from({ length: points.classes }, (_, c) => String(known[c] ?? `class ${c}`));
  return {
    caller,
    model: network ? asModel(caller, network, columns) : (model as Model),
    picture,
    points,
    names: readClassNames(caller, options.classNames, classNames),
    features: readNames(caller, "featureNames", options.featureNames, columns?.slice(0, 2) ?? ["x₁", "x₂"]),
    xRange: readRange(caller, "xRange", options.xRange) ?? dataRange(points.x1),
    yRange: readRange(caller, "yRange", options.yRange) ?? dataRange(points.x2),
    threshold: readNumber(caller, "threshold", options.threshold, network?.threshold ?? 0.5),
    crosses,
  };
}

/** The frame of one picture of the plane. */
export function planeFrame(
  plane: FeaturePlane,
  legend: readonly LegendEntry[],
  more: { readonly reserve?: number; readonly equal?: boolean; readonly grid?: boolean } = {},
): Frame {
  const { width, height, heading } = plane.picture;
  return layoutFrame({
    caller: plane.caller,
    region: { left: 0, top: 0, width, height },
    heading,
    x: { domain: plane.xRange, label: plane.features[0] },
    y: { domain: plane.yRange, label: plane.features[1] },
    legend,
    boxed: true,
    ...more,
  });
}

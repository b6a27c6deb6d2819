import { ArgumentError } from "../errors.ts";
import { layoutColorBar } from "./color-bar.ts";
import { areaPath, levelLines, wholeFrame } from "./contours.ts";
import { classEntries, drawPoints } from "./data-points.ts";
import {
  type ClassLabels,
  type Examples,
  type FeaturePlane,
  type FeaturePlaneOptions,
  PLANE_OPTIONS,
  planeFrame,
  readPlane,
} from "./feature-plane.ts";
import { clipToFrame, type Frame } from "./frame.ts";
import type { Table } from "./input.ts";
import { lineSample } from "./legend.ts";
import { logit, type Model, type Survey, surveyPlane } from "./model-survey.ts";
import { readChoice, readFlag } from "./options.ts";
import { type Point, pathData, simplifyLine } from "./paths.ts";
import type { Predictor } from "./predictor.ts";
import { element, svgDocument } from "./svg.ts";
import { CLASS_HUES, RAMP_STEPS } from "./theme.ts";

/** Options of `plotDecisionBoundary`. */
export interface DecisionBoundaryOptions extends FeaturePlaneOptions {}

/** Options of `plotDecisionBoundaryShaded`. */
export interface ShadedBoundaryOptions extends DecisionBoundaryOptions {
  /**
   * `"probability"` shades by how sure the model is, with a colour bar; `"classes"` gives each class one even shade. By
   * default the former where there are two classes and the model answers with numbers from 0 to 1, else the latter.
   */
  shading?: "auto" | "probability" | "classes" | undefined;
  /** Whether the boundary itself is drawn as a line too: true by default. */
  line?: boolean | undefined;
}

/** Ten shades of probability: enough to see the slope, few enough to read a value off the bar. */
const BANDS = 10;
/** A line that leaves the contour by less than this many pixels looks the same. */
const TOLERANCE = 0.08;

/**
 * Draws the line where a model changes its mind, over two features with the data points.
 *
 * @param model a `Network` of two features, with X and Y as its `fit` takes them, rows, records or matrices; or a function that
 *   answers for points of the plane, see `Model`, with X and Y in columns.
 * @param X the examples' features: for a function 2 × m, columns are examples (also with the crosses as further rows).
 * @param Y the examples' classes: for a function m or 1 × m numbers 0, 1, 2, …, or classes × m with a 1 for each example's class.
 * @param options ranges, names, feature crosses.
 * @returns one standalone SVG.
 * @throws ArgumentError if X, Y or the model's answer has the wrong shape or a number that is not finite, or an option is
 *   unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotDecisionBoundary(
 *   (points, n) => Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(5 - 10 * points[2 * i] - 10 * points[2 * i + 1]))),
 *   [[0, 0, 1, 1], [0, 1, 0, 1]],
 *   [[0, 1, 1, 1]],
 * );
 */
export function plotDecisionBoundary(
  model: Model | Predictor,
  X: Examples,
  Y: Table | ClassLabels,
  options: DecisionBoundaryOptions = {},
): string {
  const plane = readPlane("plotDecisionBoundary", model, X, Y, options, PLANE_OPTIONS, "Decision boundary");
  const { picture, points } = plane;
  const { frame, survey } = surveyFrame(plane, 2);
  const boundary = clipToFrame(frame, boundaryLines(survey, 2));
  const body = frame.back + boundary + frame.front + drawPoints(points, frame);
  return svgDocument({ ...picture, title: picture.name }, body);
}

/**
 * Draws what a model makes of the plane of two features as shaded areas, with the boundary between them and the data points.
 *
 * @param model a `Network` of two features, with X and Y as its `fit` takes them, rows, records or matrices; or a function that
 *   answers for points of the plane, see `Model`, with X and Y in columns.
 * @param X the examples' features: for a function 2 × m, columns are examples (also with the crosses as further rows).
 * @param Y the examples' classes: for a function m or 1 × m numbers 0, 1, 2, …, or classes × m with a 1 for each example's class.
 * @param options ranges, names, feature crosses, and how to shade.
 * @returns one standalone SVG.
 * @throws ArgumentError if X, Y or the model's answer has the wrong shape or a number that is not finite, if probabilities
 *   are to be shaded and there are none, or if an option is unknown or unusable.
 * @throws DisposedError for a matrix that was disposed.
 *
 * @example
 * const svg = plotDecisionBoundaryShaded(
 *   (points, n) => Array.from({ length: n }, (_, i) => 1 / (1 + Math.exp(5 - 10 * points[2 * i] - 10 * points[2 * i + 1]))),
 *   [[0, 0, 1, 1], [0, 1, 0, 1]],
 *   [[0, 1, 1, 1]],
 *   { shading: "classes" },
 * );
 *
 * @example
 * const [X, Y] = [[[0, 0], [0, 1], [1, 0], [1, 1]], ["off", "on", "on", "on"]];
 * const network = new Network([linear(1), sigmoid()], { learningRate: 1, seed: 48 });
 * await network.fit(X, Y, { epochs: 500 });
 * const svg = plotDecisionBoundaryShaded(network, X, Y);
 */
export function plotDecisionBoundaryShaded(
  model: Model | Predictor,
  X: Examples,
  Y: Table | ClassLabels,
  options: ShadedBoundaryOptions = {},
): string {
  const caller = "plotDecisionBoundaryShaded";
  const plane = readPlane(
    caller,
    model,
    X,
    Y,
    options,
    [...PLANE_OPTIONS, "shading", "line"],
    "Decision boundary",
  );
  const { picture, points, names } = plane;
  const shading = readChoice(caller, "shading", options.shading, ["auto", "probability", "classes"]);
  const withLine = readFlag(caller, "line", options.line, true);
  const lineWidth = withLine ? 1.5 : 0;

  if (points.classes === 2 && shading !== "classes") {
    const bar = layoutColorBar({
      domain: [0, 1],
      label: `probability of ${names[1]}`,
      bands: Array.from({ length: BANDS }, (_, band) => chanceRole(band)),
      height: picture.height * 0.7,
    });
    const { frame, survey } = surveyFrame(plane, lineWidth, { reserve: bar.width, grid: false });
    if (survey.chance) {
      const drawn = chanceAreas(survey, frame, plane.threshold) + boundaryLines(survey, lineWidth);
      const body =
        clipToFrame(frame, drawn) +
        frame.front +
        bar.draw(frame.right, frame.top, frame.bottom) +
        drawPoints(points, frame);
      return svgDocument({ ...picture, title: picture.name }, body);
    }
  }
  if (shading === "probability") {
    const why =
      points.classes > 2
        ? `there are ${points.classes} classes`
        : "the model's answers are not one number from 0 to 1 each, or are all exactly 0 or 1, or the threshold is not between these";
    throw new ArgumentError(
      `${caller}: shading "probability" needs two classes and one probability a point; ${why}.`,
    );
  }
  const { frame, survey } = surveyFrame(plane, lineWidth, { grid: false });
  const drawn = classAreas(survey) + boundaryLines(survey, lineWidth);
  const body = clipToFrame(frame, drawn) + frame.front + drawPoints(points, frame);
  return svgDocument({ ...picture, title: picture.name }, body);
}

/**
 * The frame, whose legend lists the boundary where there is one in it, and what the model says about it.
 * @param lineWidth of the boundary; 0 where it is not drawn
 */
function surveyFrame(
  plane: FeaturePlane,
  lineWidth: number,
  more: Parameters<typeof planeFrame>[2] = {},
): { frame: Frame; survey: Survey } {
  const entries = classEntries(plane.names);
  if (lineWidth > 0) {
    const line = { label: "decision boundary", sample: lineSample("ink", lineWidth) };
    const frame = planeFrame(plane, [...entries, line], more);
    const survey = surveyPlane(plane, frame);
    // The model is asked a little beyond the frame too, where a line is cut off.
    const isInside = ([x, y]: Point) =>
      x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
    if (boundaryOf(survey).some((points) => points.some(isInside))) return { frame, survey };
  }
  const frame = planeFrame(plane, entries, more);
  return { frame, survey: surveyPlane(plane, frame) };
}

/** The level lines between classes. */
export function boundaryOf({ margins }: Survey): Point[][] {
  // Two classes share one line; of more, each line is found from both its sides, which fall together.
  const fields = margins.length === 2 ? margins.slice(1) : margins;
  return fields.flatMap((field) => levelLines(field, 0));
}

/** The lines between classes, drawn. */
export function boundaryLines(survey: Survey, width: number): string {
  if (width === 0) return "";
  const d = boundaryOf(survey)
    .map((points) => pathData(simplifyLine(points, TOLERANCE)))
    .join("");
  if (d === "") return "";
  const stroke = { "stroke-width": width, "stroke-linejoin": "round", fill: "none" };
  return element("path", { class: "s-ink", d, ...stroke, "data-part": "boundary" });
}

function classAreas(survey: Survey): string {
  const areas = survey.margins.map((field, c) => {
    const role = `area${c % CLASS_HUES}`;
    const d = areaPath(field, 0, TOLERANCE);
    if (d === "") return "";
    // A thin stroke of its own colour closes the hairlines that renderers leave between neighbouring areas.
    return element("path", { class: `f-${role} s-${role}`, d, "fill-rule": "evenodd", "data-area": c });
  });
  return areas.join("");
}

function chanceRole(band: number): string {
  return `chance${Math.round((band / (BANDS - 1)) * RAMP_STEPS)}`;
}

/** Each band laid over those below it, so that no hairline shows between them. */
function chanceAreas(survey: Survey, frame: Frame, threshold: number): string {
  const field = survey.margins[1];
  const bands = [wholeFrame(frame, chanceRole(0))];
  for (let band = 1; band < BANDS; band++) {
    const d = areaPath(field, logit(band / BANDS) - logit(threshold), TOLERANCE);
    if (d !== "") bands.push(element("path", { class: `f-${chanceRole(band)}`, d, "data-band": band }));
  }
  return bands.join("");
}

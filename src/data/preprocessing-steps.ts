import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { didMean } from "../options.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import { copyOf, isSavedForeign, preprocessorFromJSON } from "./pipeline.ts";
import type { SavedPreprocessor } from "./preprocessor.ts";
import { StandardScaler } from "./standard-scaler.ts";

/**
 * What learns from rows or records and then changes them, such as every `Preprocessor`. Where a call is refused after steps have
 * learned, the library's own are put back to what they were; one of your own keeps what it learned.
 */
export interface PreprocessingStep {
  /** Learns from the rows of the first `fit` of the network. */
  fit(rows: never): unknown;
  /** The rows as it changes them; must leave those that it is given as they are. */
  transform(rows: never): unknown;
  /** A step without it has to be given anew when a saved network is loaded; so has one that is derived from the library's with a
   *  `transform` of its own and none of this. */
  toJSON?(): SavedPreprocessor;
}

/** A preprocessing step, or the name of a scaler: "standard" of `StandardScaler`, "minMax" of `MinMaxScaler`. */
export type NamedOrStep = "standard" | "minMax" | PreprocessingStep;

/** What inputs go through before they reach the first layer: one step, or several in order. */
export type Preprocess = NamedOrStep | readonly NamedOrStep[];

/** @internal A step, whatever it takes and gives. */
export interface Step {
  fit(rows: ArrayLike<unknown>): unknown;
  transform(rows: ArrayLike<unknown>): ArrayLike<unknown>;
  toJSON?(): SavedPreprocessor;
}

const named: Readonly<Record<string, new () => StandardScaler | MinMaxScaler>> = {
  standard: StandardScaler,
  minMax: MinMaxScaler,
};

/** @internal The steps of the option preprocess. @throws ArgumentError for anything but a `Preprocess` */
export function stepsOf(preprocess: Preprocess): Step[] {
  return (Array.isArray(preprocess) ? [...preprocess] : [preprocess]).map(stepOf);
}

function stepOf(step: unknown): Step {
  if (typeof step === "string" && Object.hasOwn(named, step)) return new named[step]() as unknown as Step;
  const { fit, transform } = (step ?? {}) as Partial<Step>;
  if (typeof fit === "function" && typeof transform === "function") return step as Step;
  const names = Object.keys(named);
  const hint = typeof step === "string" ? didMean(step, names) : "";
  throw new ArgumentError(
    `preprocess must be "${names.join('", "')}", a step with fit and transform such as new RecordEncoder(), or a list of these, not ${describe(step)}${hint}`,
  );
}

/** What is said of several saved steps, of which some are the user's own. */
const PLACES =
  'It takes a list of all steps, in order; in the place of each of the library\'s anything that makes it, such as "standard" or new RecordEncoder(), and what was saved is taken';

/**
 * @internal The steps that were saved.
 * @param given the steps to take instead, as learned. Where the user's own are among those that were saved, a step for each, and the
 *   library's of them are as they were saved unless they have learned something
 * @throws ArgumentError for anything but what `toJSON` gave, for a step of the user's own that is not given, and for a given one that
 *   learned nothing
 */
export function savedSteps(saved: readonly SavedPreprocessor[], given: Preprocess | undefined): Step[] {
  if (!Array.isArray(saved)) {
    throw new ArgumentError(`the saved preprocessing must be a list of steps, not ${describe(saved)}`);
  }
  const hasForeign = saved.some(isSavedForeign);
  if (given === undefined) {
    if (!hasForeign) return [...saved].map(preprocessorFromJSON) as unknown[] as Step[];
    throw new ArgumentError(
      `the network was saved with a preprocessing step of your own; give it as the option preprocess, as it was after fit${saved.length > 1 ? `. ${PLACES}` : ""}`,
    );
  }
  const steps = stepsOf(given);
  if (!hasForeign) {
    return steps.map((step) => learnedStep(step, undefined, "; leave it out, and what was saved is taken"));
  }
  if (steps.length !== saved.length) {
    throw new ArgumentError(
      `the network was saved with ${saved.length} preprocessing steps, but the option preprocess has ${steps.length}. ${PLACES}`,
    );
  }
  return steps.map((step, i) => learnedStep(step, saved[i], `. ${PLACES}`));
}

/** A copy of a step, as it was learned, or, if it has learned nothing, what was saved in its place. */
function learnedStep(step: Step, saved: SavedPreprocessor | undefined, advice: string): Step {
  try {
    return copyOf(step);
  } catch (cause) {
    if (saved !== undefined && !isSavedForeign(saved)) {
      const back: unknown = preprocessorFromJSON(saved);
      if ((back as Step).constructor === step.constructor) return back as Step;
    }
    throw new ArgumentError(`the option preprocess must be as it was after fit${advice}`, { cause });
  }
}

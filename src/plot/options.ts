import { ArgumentError } from "../errors.ts";
import { nearest } from "../options.ts";
import { describe } from "./input.ts";
import { THEMES, type Theme } from "./theme.ts";

/** What every picture can be told. */
export interface PictureOptions {
  /** The heading above the picture, and its name for screen readers. `""` leaves the heading out. */
  title?: string | undefined;
  /** A longer description for screen readers, as the SVG's `<desc>`. */
  description?: string | undefined;
  /** Width in CSS pixels, 240 to 10000. */
  width?: number | undefined;
  /** Height in CSS pixels, 180 to 10000. */
  height?: number | undefined;
  /** `"light"` (the default), `"dark"`, or `"auto"`, which follows the reader's system by CSS. */
  theme?: Theme | undefined;
}

/** The options of every picture with their values filled in. */
export interface Picture {
  readonly heading: string;
  readonly name: string;
  readonly description?: string;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

const COMMON = ["title", "description", "width", "height", "theme"];

/** Refuses an options object that is none, or that names an option which does not exist. */
function checkOptionNames(caller: string, options: unknown, own: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ArgumentError(`${caller}: options must be an object, got ${describe(options)}.`);
  }
  refuseUnknown(options, [...own, ...COMMON], (stray, known) => {
    return `${caller}: there is no option ${stray} The options are ${known}.`;
  });
}

/** Refuses a part of what is drawn, such as one run of several, that has a field which is not known. */
export function checkFields(caller: string, part: string, value: object, known: readonly string[]): void {
  refuseUnknown(value, known, (stray, list) => `${caller}: ${part} has no ${stray} It may have ${list}.`);
}

/** @param says the message about a name that is not known, in quotes with the nearest known one, and the known ones */
function refuseUnknown(
  value: object,
  known: readonly string[],
  says: (stray: string, known: string) => string,
): void {
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray === undefined) return;
  throw new ArgumentError(says(`"${stray}". Did you mean "${nearest(stray, known)}"?`, known.join(", ")));
}

/** Checks the options that all pictures share and fills in what is missing. */
export function readPicture(
  caller: string,
  options: PictureOptions,
  own: readonly string[],
  defaults: { readonly title: string; readonly width: number; readonly height: number },
): Picture {
  checkOptionNames(caller, options, own);
  const { theme = "light", description } = options;
  if (!THEMES.includes(theme)) {
    throw new ArgumentError(`${caller}: theme must be one of ${THEMES.join(", ")}, got ${describe(theme)}.`);
  }
  const heading = readText(caller, "title", options.title, defaults.title);
  if (description !== undefined) readText(caller, "description", description, "");
  return {
    heading,
    name: heading === "" ? defaults.title : heading,
    description,
    width: readNumber(caller, "width", options.width, defaults.width, 240, 10000),
    height: readNumber(caller, "height", options.height, defaults.height, 180, 10000),
    theme,
  };
}

/** A text option, or its default. */
export function readText(caller: string, name: string, given: string | undefined, otherwise: string): string {
  if (given === undefined) return otherwise;
  if (typeof given !== "string")
    throw new ArgumentError(`${caller}: ${name} must be a string, got ${describe(given)}.`);
  return given;
}

/** A number option within bounds (both included), or its default. */
export function readNumber(
  caller: string,
  name: string,
  given: number | undefined,
  otherwise: number,
  least = -Number.MAX_VALUE,
  most = Number.MAX_VALUE,
): number {
  if (given === undefined) return otherwise;
  if (typeof given === "number" && given >= least && given <= most) return given;
  const bounds = most === Number.MAX_VALUE ? "a finite number" : `a number from ${least} to ${most}`;
  const wanted =
    most === Number.MAX_VALUE && least > -Number.MAX_VALUE ? `a finite number, at least ${least}` : bounds;
  throw new ArgumentError(`${caller}: ${name} must be ${wanted}, got ${describe(given)}.`);
}

/** An integer option within bounds, or its default. */
export function readInteger(
  caller: string,
  name: string,
  given: number | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = readNumber(caller, name, given, otherwise, least, most);
  if (Number.isInteger(value)) return value;
  throw new ArgumentError(`${caller}: ${name} must be an integer, got ${describe(value)}.`);
}

/** An option that is one of a few words, or its default. */
export function readChoice<T extends string>(
  caller: string,
  name: string,
  given: T | undefined,
  choices: readonly T[],
): T {
  if (given === undefined) return choices[0];
  if (choices.includes(given)) return given;
  throw new ArgumentError(
    `${caller}: ${name} must be one of ${choices.map((c) => `"${c}"`).join(", ")}, got ${describe(given)}.`,
  );
}

/** A yes-or-no option, or its default. */
export function readFlag(
  caller: string,
  name: string,
  given: boolean | undefined,
  otherwise: boolean,
): boolean {
  if (given === undefined) return otherwise;
  if (typeof given === "boolean") return given;
  throw new ArgumentError(`${caller}: ${name} must be true or false, got ${describe(given)}.`);
}

/** A list of names, exactly so many, or the default ones. */
export function readNames(
  caller: string,
  name: string,
  given: readonly string[] | undefined,
  otherwise: readonly string[],
): readonly string[] {
  if (given === undefined) return otherwise;
  if (!Array.isArray(given) || given.some((item) => typeof item !== "string")) {
    throw new ArgumentError(`${caller}: ${name} must be an array of strings, got ${describe(given)}.`);
  }
  if (given.length !== otherwise.length) {
    throw new ArgumentError(`${caller}: ${name} must hold ${otherwise.length} names, got ${given.length}.`);
  }
  return given;
}

/** The names of classes as `readNames` has them; classes that are numbers or booleans, as in `confusionMatrix`, are written as text. */
export function readClassNames(
  caller: string,
  given: readonly (string | number | boolean)[] | undefined,
  otherwise: readonly string[],
): readonly string[] {
  const names = Array.isArray(given)
    ? given.map((item) => (typeof item === "number" || typeof item === "boolean" ? String(item) : item))
    : given;
  return readNames(caller, "classNames", names as readonly string[] | undefined, otherwise);
}

/** A range of two finite numbers, the lower first. */
export function readRange(
  caller: string,
  name: string,
  given: readonly [number, number] | undefined,
): readonly [number, number] | undefined {
  if (given === undefined) return undefined;
  const ok =
    Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) && given[0] < given[1];
  if (ok) return [given[0], given[1]];
  throw new ArgumentError(
    `${caller}: ${name} must be two finite numbers, the lower first, got ${describe(given)}.`,
  );
}

import { describe, quoted } from "./describe.ts";
import { ArgumentError } from "./errors.ts";

/** Characters of a name that are compared: the time goes with their square, and what is longer is no slip of the pen. */
const LONGEST = 60;

/** The fewest insertions, deletions, replacements and swaps of neighbours that turn a into b. */
function distance(a: string, b: string): number {
  let twoBack: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const line = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      line[j] = Math.min(replaced, last[j] + 1, line[j - 1] + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) line[j] = Math.min(line[j], twoBack[j - 2] + 1);
    }
    twoBack = last;
    last = line;
  }
  return last[b.length];
}

/**
 * @internal The one of `known` that `given` was most likely meant to be. An abbreviation, which begins with the same letter and
 * lacks others but has no wrong one, is farther than one slip and nearer than two.
 */
export function nearest(given: string, known: readonly string[]): string {
  return known.reduce((best, name) => (unlikeness(given, name) < unlikeness(given, best) ? name : best));
}

/** Slips from a to b, whatever their case; between one and two where a abbreviates b. */
function unlikeness(a: string, b: string): number {
  const [given, name] = [a, b].map((text) => text.slice(0, LONGEST).toLowerCase());
  const slips = distance(given, name);
  const lacks = name.length - given.length;
  return slips > 1 && slips === lacks && name[0] === given[0] ? 1 + lacks / (name.length + 1) : slips;
}

/** Whether `given` may have been meant to be `name`: it abbreviates it, or half of it is right. */
function isAlike(given: string, name: string): boolean {
  const slips = unlikeness(given, name);
  return slips < Math.min(2, given.length) || slips <= given.length / 2;
}

/**
 * @internal What a message asks after a name that is not known; nothing where `given` is like none of `known`.
 * @param who may have meant another
 */
export function didMean(given: string, known: readonly string[], who = "you"): string {
  const near = nearest(given, known);
  return isAlike(given, near) ? `; did ${who} mean ${quoted(near)}?` : "";
}

/**
 * @internal
 * @param owner how the message names who takes the options, such as "Network"
 * @throws ArgumentError unless `options` is an object with no key beside the known ones; names the nearest of them
 */
export function checkOptions(options: unknown, known: readonly string[], owner: string): void {
  // lists, Maps and Sets are objects too, whose contents are no options
  if (typeof options !== "object" || options === null || Symbol.iterator in options) {
    throw new ArgumentError(
      `${owner} takes its options as an object such as { ${known[0]}: … }, not ${describe(options)}`,
    );
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new ArgumentError(
      `${owner} has no option ${quoted(key)}; did you mean ${quoted(nearest(key, known))}? It knows ${known.join(", ")}`,
    );
  }
}

/** What other libraries call what is here by another name, in small letters and figures alone. */
const namesElsewhere: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map([
  ["sgd", ["gradientDescent"]],
  ["mse", ["squaredError"]],
  ["meansquarederror", ["squaredError"]],
  ["mae", ["absoluteError", "meanAbsoluteError"]],
  ["logloss", ["bce"]],
  ["binarycrossentropy", ["bce"]],
  ["crossentropy", ["softmaxCrossEntropy"]],
  ["categoricalcrossentropy", ["softmaxCrossEntropy"]],
  ["r2", ["rSquared"]],
  ["r2score", ["rSquared"]],
  ["auc", ["rocAuc"]],
]);

/**
 * @internal
 * @param role what the value is, such as "the cost"
 * @param orElse what may stand there instead of a name, such as ", or an object"
 * @throws ArgumentError unless `name` is one of `known`; names the nearest of them
 */
export function checkName<Name extends string>(
  name: unknown,
  known: readonly Name[],
  role: string,
  orElse = "",
): Name {
  if ((known as readonly unknown[]).includes(name)) return name as Name;
  const list = known.map((each) => JSON.stringify(each)).join(", ");
  if (typeof name !== "string") {
    throw new ArgumentError(`${role} must be one of ${list}${orElse}, not ${describe(name)}`);
  }
  // A name from elsewhere that is not listed is like none of these, and the least unlike would mislead.
  const same = namesElsewhere.get(name.toLowerCase().replace(/[^a-z0-9]/g, "")) ?? [];
  const near = known.find((each) => same.includes(each)) ?? nearest(name, known);
  const hint =
    same.includes(near) || isAlike(name, near) ? `; did you mean ${quoted(near)}? Known are` : "; known are";
  throw new ArgumentError(`${role} ${quoted(name)} is unknown${hint} ${list}`);
}

/**
 * @internal
 * @param role what the value is, such as "shuffle"
 * @throws ArgumentError unless `value` is true or false
 */
export function checkFlag(value: unknown, role: string): boolean {
  if (typeof value === "boolean") return value;
  throw new ArgumentError(`${role} must be true or false, not ${describe(value)}`);
}

/**
 * @internal
 * @param range in words, such as "from 0 up to but not including 1"
 * @throws ArgumentError unless `value` is a number that `fits`
 */
export function checkNumber(
  value: unknown,
  role: string,
  range: string,
  fits: (value: number) => boolean,
): number {
  if (typeof value === "number" && Number.isFinite(value) && fits(value)) return value;
  throw new ArgumentError(`${role} must be a number ${range}, not ${describe(value)}`);
}

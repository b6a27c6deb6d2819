import { describe } from "../describe.ts";
import { ArgumentError, OrderError } from "../errors.ts";

/** What `toJSON` of a preprocessor gives: plain data, of which `kind` names the class that takes it back. */
export interface SavedPreprocessor {
  /** The name of the class. */
  readonly kind: string;
  readonly [field: string]: unknown;
}

/**
 * What learns from examples and then changes examples the same way for ever. Rows are examples here, as tables and
 * CSV files have them; `matrixFromRows` turns the result into the library's (features × examples).
 *
 * A `fit` that throws leaves what was learned before as it was, but for that of a `Pipeline`, some of whose steps may have learned.
 */
export interface Preprocessor<In = ArrayLike<number>, Out = number[]> {
  /** Learns from the examples, and forgets what it learned before. */
  fit(rows: ArrayLike<In>): this;
  /** The examples, changed as learned. */
  transform(rows: ArrayLike<In>): Out[];
  /** `fit`, then `transform`, of the same examples. @throws what `fit` and `transform` throw */
  fitTransform(rows: ArrayLike<In>): Out[];
  /**
   * What was learned, as plain data for `JSON.stringify`; `fromJSON` of the class takes it back to the last bit.
   * @throws OrderError before `fit`
   */
  toJSON(): SavedPreprocessor;
}

/**
 * @internal What `fit` learned.
 * @throws OrderError when there is nothing yet
 */
export function learned<State>(state: State | undefined, where: string): State {
  if (state === undefined) throw new OrderError(`${where}: call fit first`);
  return state;
}

/** @internal @throws ArgumentError unless `saved` is an object, and no list */
export function checkObject(saved: unknown, caller: string): asserts saved is Record<string, unknown> {
  if (saved !== null && typeof saved === "object" && !Array.isArray(saved)) return;
  const hint = typeof saved === "string" ? "; JSON.parse(text) makes it of text" : "";
  throw new ArgumentError(`${caller} takes the object that toJSON gave, not ${describe(saved)}${hint}`);
}

/**
 * @internal Checks the outside of saved data; the fields are the caller's to check.
 * @throws ArgumentError unless `saved` is an object of this kind
 */
export function checkSaved(saved: unknown, kind: string): Record<string, unknown> {
  checkObject(saved, `${kind}.fromJSON`);
  if (saved.kind !== kind) {
    throw new ArgumentError(
      `${kind}.fromJSON: the saved kind must be "${kind}", not ${describe(saved.kind)}`,
    );
  }
  return saved;
}

/**
 * @internal A field of saved data that must be a list of finite numbers.
 * @throws ArgumentError for anything else
 */
export function savedNumbers(fields: Record<string, unknown>, name: string, length?: number): number[] {
  const list = fields[name];
  const right =
    Array.isArray(list) &&
    [...list].every(Number.isFinite) &&
    (length === undefined || list.length === length);
  if (!right) {
    const wanted = `a list of ${length === undefined ? "" : `${length} `}finite numbers`;
    throw new ArgumentError(`${fields.kind}.fromJSON: ${name} must be ${wanted}, not ${describe(list)}`);
  }
  return [...list];
}

/** @internal Lists and objects of plain data, copied: whoever was given them may change them, and nothing else changes. */
export function copied<Data>(data: Data): Data {
  if (Array.isArray(data)) return data.map(copied) as Data;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copied(value)])) as Data;
}

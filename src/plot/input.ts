// Reading what a caller hands over: every number is checked once, here, before anything is drawn.
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";

/** A list of numbers: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/**
 * A table of numbers: nested arrays (an array of rows), or anything with `rows`, `cols` and flat row-major `data`, as this
 * library's `Matrix` has.
 */
export type Table =
  | ArrayLike<ArrayLike<number>>
  | {
      /** How many rows. */
      readonly rows: number;
      /** How many columns. */
      readonly cols: number;
      /** The numbers, row after row. */
      readonly data: ArrayLike<number>;
    };

/** A checked table: flat, row-major, finite. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A few words for an error message on what was given. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return isCallable(value) ? "a function" : "a class";
  if (value === null || typeof value !== "object") return String(value);
  if (isList(value)) {
    const items = Array.from({ length: Math.min(value.length, 4) }, (_, i) => {
      const item = (value as ArrayLike<unknown>)[i];
      return isList(item) ? `[${item.length} items]` : describe(item);
    });
    return `[${items.join(", ")}${value.length > 4 ? `, … ${value.length} in all` : ""}]`;
  }
  if (isPromise(value)) return "a promise";
  const keys = Object.keys(value);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 6).join(", ")}`;
}

/** Whether a value is what `fit` gives before it is awaited. */
export function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && isCallable(value.then);
}

/** Whether a value is a function that can be called without `new`: a class is one too, but its prototype cannot be replaced. */
export function isCallable(value: unknown): boolean {
  return (
    typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable !== false
  );
}

/** Whether a value can be read as a table at all; its numbers are not looked at. */
function isTable(value: unknown): value is Table {
  if (isList(value)) return value.length > 0 && isList(value[0]);
  return typeof value === "object" && value !== null && "rows" in value && "cols" in value && "data" in value;
}

/** A list of at least `least` finite numbers, copied. */
export function readNumbers(caller: string, name: string, given: unknown, least = 1): Float64Array {
  return readList(caller, name, given, least, "finite numbers", Number.isFinite);
}

/** A list of numbers, copied, of which one at least is finite. */
export function readMeasured(caller: string, name: string, given: unknown): Float64Array {
  const numbers = readList(caller, name, given, 1, "numbers", () => true);
  if (numbers.some(Number.isFinite)) return numbers;
  throw new ArgumentError(`${caller}: ${name} must hold a finite number, got ${describe(given)}.`);
}

function readList(
  caller: string,
  name: string,
  given: unknown,
  least: number,
  wantedItems: string,
  fits: (value: number) => boolean,
): Float64Array {
  if (!isList(given)) {
    throw new ArgumentError(`${caller}: ${name} must be an array of numbers, got ${describe(given)}.`);
  }
  if (given.length < least) {
    const wanted = `at least ${least} number${least === 1 ? "" : "s"}`;
    throw new ArgumentError(`${caller}: ${name} must hold ${wanted}, got ${given.length}.`);
  }
  const out = new Float64Array(given.length);
  for (let i = 0; i < out.length; i++) {
    const value = given[i];
    if (typeof value !== "number" || !fits(value)) {
      throw new ArgumentError(
        `${caller}: ${name} must be ${wantedItems}, got ${describe(value)} at index ${i}.`,
      );
    }
    out[i] = value;
  }
  return out;
}

/** A table of finite numbers with at least one row and one column, copied. */
export function readTable(caller: string, name: string, given: unknown): Grid {
  if (!isTable(given)) {
    const wanted = "a table of numbers (an array of rows, or { rows, cols, data })";
    throw new ArgumentError(`${caller}: ${name} must be ${wanted}, got ${describe(given)}.`);
  }
  if (!isList(given)) {
    const { rows, cols } = given as { rows: number; cols: number };
    const data = readNumbers(caller, `${name}.data`, (given as { data: unknown }).data);
    if (Number.isInteger(rows) && rows > 0 && data.length === rows * cols) return { rows, cols, data };
    throw new ArgumentError(
      `${caller}: ${name} must hold rows × cols numbers, got ${rows} × ${cols} with ${data.length} numbers.`,
    );
  }
  const rows = Array.from(given, (row, i) => readNumbers(caller, `row ${i} of ${name}`, row));
  const cols = rows[0].length;
  const ragged = rows.findIndex((row) => row.length !== cols);
  if (ragged >= 0) {
    throw new ArgumentError(
      `${caller}: the rows of ${name} must be equally long, got ${cols} numbers in row 0 and ${rows[ragged].length} in row ${ragged}.`,
    );
  }
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    data.set(row, i * cols);
  });
  return { rows: rows.length, cols, data };
}

/** The least and the largest of some finite numbers. */
export function extent(values: Numbers): [number, number] {
  let low = values[0];
  let high = values[0];
  for (let i = 1; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return [low, high];
}

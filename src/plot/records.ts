// Examples by the names of their columns, which a network takes beside rows.
import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { describe, type Grid } from "./input.ts";

/** An example of a network by the names of its columns, as `fit` takes it: any object that is no list. */
export interface ExampleRecord {
  // biome-ignore lint/suspicious/noExplicitAny: with unknown, objects of an interface would be refused
  readonly [column: string]: any;
  /** What a list has, and a record has not. */
  readonly [Symbol.iterator]?: never;
}

/** The names of the columns, where examples are records: those of the first one. */
export function recordColumns(examples: unknown): readonly string[] | undefined {
  const first: unknown = isList(examples) ? examples[0] : undefined;
  return typeof first === "object" && first !== null && !isList(first) ? Object.keys(first) : undefined;
}

/** The numbers of records, a row each. The text of a number is one, since a CSV file holds nothing else. */
export function readRecords(caller: string, name: string, given: unknown, columns: readonly string[]): Grid {
  const records = given as ArrayLike<ExampleRecord | null | undefined>;
  const data = Float64Array.from({ length: records.length * columns.length }, (_, k) => {
    const i = Math.floor(k / columns.length);
    const column = columns[k % columns.length];
    const cell: unknown = records[i]?.[column];
    const value = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : cell;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new ArgumentError(
      `${caller}: ${name} must have a number in column ${describe(column)} of each record, got ${describe(cell)} in record ${i}.`,
    );
  });
  return { rows: records.length, cols: columns.length, data };
}

/** Rows of numbers as records with these columns. */
export function recordsOf(rows: readonly number[][], columns: readonly string[]): ExampleRecord[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]])));
}

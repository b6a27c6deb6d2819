import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { Categories, savedCategories } from "./categories.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import { addOneHot, type UnknownCategories } from "./one-hot-encoder.ts";
import { type DataRecord, isMissing, notANumber } from "./rows.ts";
import { StandardScaler } from "./standard-scaler.ts";

/** What becomes of a column of numbers: standardised, moved to [0, 1], or left as it is. */
export type NumberUse = "standard" | "minMax" | "asIs";

/** @internal The classes of `NumberUse`. */
export const numberUses: Readonly<Record<NumberUse, (new () => StandardScaler | MinMaxScaler) | undefined>> =
  {
    standard: StandardScaler,
    minMax: MinMaxScaler,
    asIs: undefined,
  };

/** @internal A column of numbers, or the product of several, as learned. */
export interface NumberColumn {
  readonly use: NumberUse;
  readonly factors: readonly string[];
  readonly scaler: StandardScaler | MinMaxScaler | undefined;
}

/** @internal A column of categories as learned. They are compared as text, since a CSV file holds nothing else. */
export interface CategoryColumn {
  readonly use: "oneHot";
  readonly name: string;
  readonly categories: Categories<string>;
}

/** @internal */
export type LearnedColumn = NumberColumn | CategoryColumn;

/** @internal Learns a column of numbers, or a cross of them. */
export function learnNumbers(
  records: readonly DataRecord[],
  factors: readonly string[],
  use: NumberUse,
  where: string,
): NumberColumn {
  const rows = records.map((record, i) => [productOf(record, factors, i, where, true)]);
  const Scaler = numberUses[use];
  try {
    return { use, factors, scaler: Scaler === undefined ? undefined : new Scaler().fit(rows) };
  } catch (cause) {
    // the scaler knows of one column, without a name
    throw new ArgumentError(`${where}: column "${factors.join("*")}": ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** @internal Learns a column of categories. */
export function learnCategories(records: readonly DataRecord[], name: string, where: string): CategoryColumn {
  const texts = records.map((record, i) => textOf(record, name, i, where, true));
  return { use: "oneHot", name, categories: Categories.of(texts, where) };
}

/** @internal Adds to a record's row, at `i` of its list, the part that a column gives. */
export function addPart(
  row: number[],
  column: LearnedColumn,
  record: DataRecord,
  i: number,
  unknown: UnknownCategories,
  where: string,
): void {
  if (column.use === "oneHot") {
    const { name, categories } = column;
    addOneHot(row, categories, textOf(record, name, i, where), unknown, () => place(i, name, where));
  } else {
    const product = productOf(record, column.factors, i, where);
    row.push(column.scaler === undefined ? product : column.scaler.scaled(product, 0));
  }
}

/** @internal The names of what a column gives: "age", "age*weight", "city=Oslo". */
export function columnNames(column: LearnedColumn): string[] {
  return column.use === "oneHot"
    ? column.categories.list.map((category) => `${column.name}=${category}`)
    : [column.factors.join("*")];
}

/** @internal A learned column as plain data. */
export function saveColumn(column: LearnedColumn): Record<string, unknown> {
  return column.use === "oneHot"
    ? { use: column.use, name: column.name, categories: column.categories.list }
    : { use: column.use, factors: column.factors, scaler: column.scaler?.toJSON() };
}

/**
 * @internal
 * @throws ArgumentError for anything but what `saveColumn` gave
 */
export function loadColumn(saved: unknown, where: string): LearnedColumn {
  const { use, name, categories, factors: given, scaler } = (saved ?? {}) as Record<string, unknown>;
  if (use === "oneHot" && typeof name === "string") {
    return { use, name, categories: savedCategories<string>(categories, where) };
  }
  const factors = Array.isArray(given) ? [...given] : [];
  if (factors.length > 0 && factors.every((factor) => typeof factor === "string")) {
    if (use === "standard") return { use, factors, scaler: StandardScaler.fromJSON(scaler) };
    if (use === "minMax") return { use, factors, scaler: MinMaxScaler.fromJSON(scaler) };
    if (use === "asIs") return { use, factors, scaler: undefined };
  }
  throw new ArgumentError(`${where}: a learned column must be what toJSON gave, not ${describe(saved)}`);
}

/** @internal Whether a cell holds a number, or the text of one. */
export function isNumeric(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && decimal.test(value.trim()));
}

/** What `Number` reads, less what a table never means by a number: "", "0x10", "Infinity". */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const decimalComma = /^[+-]?\d+,\d+$/;

/** What tables write where there is no value. */
const standsForMissing = /^(\?|-+|\.|n\/?a|nan|nil|null|none|missing|unknown)$/i;

/** @param learns whether what the column is to be can still be said */
function productOf(
  record: DataRecord,
  factors: readonly string[],
  i: number,
  where: string,
  learns = false,
): number {
  let product = 1;
  const isCross = factors.length > 1;
  for (const name of factors) product *= numberOf(record, name, i, where, learns, isCross);
  if (!Number.isFinite(product)) throw notANumber(product, place(i, factors.join("*"), where));
  return product;
}

function numberOf(
  record: DataRecord,
  name: string,
  i: number,
  where: string,
  learns: boolean,
  isCross: boolean,
): number {
  const value: unknown = record[name];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string" && isNumeric(value)) return Number(value);
  const error = notANumber(value, place(i, name, where));
  if (typeof value !== "string" || isMissing(value)) throw error;
  const hint = standsForMissing.test(value.trim())
    ? "; where it stands for a missing value, fill it or leave the row out"
    : decimalComma.test(value.trim())
      ? "; numbers are read with a decimal point, and none between thousands"
      : "";
  const use = isCross
    ? "; a cross is of columns of numbers"
    : `; ${columnOption(name, "oneHot")} would take it as a category`;
  throw new ArgumentError(`${error.message}${hint}${learns ? use : ""}`);
}

/** @internal How the option for a column is written. */
export function columnOption(name: string, use: "oneHot" | "leaveOut"): string {
  return `columns: { ${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: "${use}" }`;
}

function textOf(record: DataRecord, name: string, i: number, where: string, learns = false): string {
  const value: unknown = record[name];
  if (isMissing(value)) throw notANumber(value, place(i, name, where));
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const hint =
    value instanceof Date || typeof value === "bigint"
      ? `; Number(…) makes a number of it${learns ? `, and ${columnOption(name, "leaveOut")} leaves it out` : ""}`
      : "";
  throw new ArgumentError(
    `${place(i, name, where)} must be a string, a number or a boolean, not ${describe(value)}${hint}`,
  );
}

/** Where a cell is; put into words for errors alone, since there are as many as cells. */
function place(i: number, name: string, where: string): string {
  return `${where}: row ${i}, column "${name}"`;
}

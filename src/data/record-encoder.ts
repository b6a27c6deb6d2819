import { describe, quoted } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkName, checkOptions, didMean } from "../options.ts";
import { checkCrosses } from "./feature-crosses.ts";
import { checkUnknown, type UnknownCategories } from "./one-hot-encoder.ts";
import { checkSaved, copied, learned, type Preprocessor, type SavedPreprocessor } from "./preprocessor.ts";
import {
  addPart,
  columnNames,
  columnOption,
  isNumeric,
  type LearnedColumn,
  learnCategories,
  learnNumbers,
  loadColumn,
  type NumberUse,
  numberUses,
  saveColumn,
} from "./record-columns.ts";
import { checkExamples, type DataRecord, isMissing, notANumber, strayColumn } from "./rows.ts";

/** What becomes of a column: one of the ways with numbers, one-hot categories, or nothing. */
export type ColumnUse = NumberUse | "oneHot" | "leaveOut";

/** Options of a `RecordEncoder`. */
export interface RecordEncoderOptions {
  /** What becomes of a column, by its name. Of the others, numbers go the way of `numbers` and text goes "oneHot". */
  columns?: Readonly<Record<string, ColumnUse>> | undefined;
  /** What becomes of numbers and crosses; "standard" unless given. */
  numbers?: NumberUse | undefined;
  /** Products of columns of numbers, by name: [["x1", "x2"]]. They stand to the right of the columns. */
  crosses?: readonly (readonly string[])[] | undefined;
  /** What to do with a category that `fit` did not see; "error" unless given. */
  unknown?: UnknownCategories | undefined;
}

/** Categories from which a column of text is looked at more closely: whether most rows have one of their own. */
const MOST_CATEGORIES = 100;

/** Whether a text holds a number with a unit, a decimal comma or spaces, which is not read as one. */
function isAmount(text: string): boolean {
  // biome-ignore lint/complexity/useRegexLiterals: V8 gathers all letters of Unicode for a literal as it loads the file: 0.6 ms
  return new RegExp("^[^\\p{L}\\d]*\\d[\\d.,'’\\s]*[^\\p{L}\\d]*$", "u").test(text);
}

const AMOUNTS = '; amounts such as "€ 1,234.50" are numbers when written "1234.50"';

const uses: readonly ColumnUse[] = ["standard", "minMax", "asIs", "oneHot", "leaveOut"];

/**
 * Turns records, as a CSV reader gives them, into rows of numbers, column by column. Numbers may come as text; a
 * column is one of numbers when the first record has a number there. Categories are compared as text. A column of both, most
 * of it numbers, is refused unless `columns` says what it is.
 *
 * @example
 * const people = [{ age: "30", city: "Oslo" }, { age: "50", city: "Rome" }];
 * const encoder = new RecordEncoder({ columns: { age: "minMax" } });
 * encoder.fitTransform(people);   // [[0, 1, 0], [1, 0, 1]]
 * encoder.names;                  // ["age", "city=Oslo", "city=Rome"]
 */
export class RecordEncoder implements Preprocessor<DataRecord, number[]> {
  readonly #columns: Readonly<Record<string, ColumnUse>>;
  readonly #numbers: NumberUse;
  readonly #crosses: readonly (readonly string[])[];
  readonly #unknown: UnknownCategories;
  #learned: readonly LearnedColumn[] | undefined;

  /** @throws ArgumentError for an unknown option or value */
  constructor(options: RecordEncoderOptions = {}) {
    checkOptions(options, ["columns", "numbers", "crosses", "unknown"], "RecordEncoder");
    const { columns = {}, numbers = "standard", crosses = [] } = options;
    checkName(numbers, Object.keys(numberUses), "RecordEncoder: numbers");
    if (columns === null || typeof columns !== "object" || Symbol.iterator in columns) {
      throw new ArgumentError(
        `RecordEncoder: columns must be an object such as { age: "minMax" }, not ${describe(columns)}`,
      );
    }
    for (const [name, use] of Object.entries(columns)) checkName(use, uses, `RecordEncoder: columns.${name}`);
    this.#columns = { ...columns };
    this.#numbers = numbers;
    this.#crosses =
      Array.isArray(crosses) && crosses.length === 0
        ? []
        : checkCrosses(crosses, "RecordEncoder").map(checkNames);
    this.#unknown = checkUnknown(options.unknown, "RecordEncoder");
  }

  /** What each number of a row is: "age", "age*weight", "city=Oslo". @throws OrderError before `fit` */
  get names(): string[] {
    return learned(this.#learned, "RecordEncoder.names").flatMap(columnNames);
  }

  /**
   * Learns which columns there are, and what each needs.
   * @param records objects with the same columns, one an example
   * @throws ArgumentError, naming row and column, for missing values, text among numbers and a record of other
   *   columns; for a column of text that names the rows, over 100 categories and over half as many as rows, unless `columns`
   *   says what becomes of it; ShapeError for no records
   */
  fit(records: ArrayLike<DataRecord>): this {
    const where = "RecordEncoder.fit";
    const list = checkRecords(records, where);
    const names = Object.keys(list[0]);
    if (names.length === 0) throw new ArgumentError(`${where}: row 0 has no columns`);
    for (const name of [...Object.keys(this.#columns), ...this.#crosses.flat()]) {
      if (!names.includes(name)) throw noColumn(name, names, where);
    }
    list.forEach((record, i) => {
      const extra = strayColumn(record, names);
      if (extra !== undefined) {
        throw new ArgumentError(`${where}: row ${i} has a column "${extra}", which row 0 has not`);
      }
    });
    const columns: LearnedColumn[] = [];
    for (const name of names) {
      const use = this.#useOf(name, list[0], where);
      if (use === "oneHot") columns.push(this.#categoriesOf(list, name, where));
      else if (use !== "leaveOut") columns.push(learnNumbers(list, [name], use, where));
    }
    for (const cross of this.#crosses) columns.push(learnNumbers(list, cross, this.#numbers, where));
    if (columns.length === 0) throw new ArgumentError(`${where}: every column is left out`);
    this.#learned = columns;
    return this;
  }

  /**
   * @param records objects with the columns that were learned; others are passed over
   * @returns (examples × names)
   * @throws OrderError before `fit`; ArgumentError, naming row and column, for missing values and text among numbers;
   *   UnknownCategoryError for a category that fit did not see, unless ignored; ShapeError for no records
   */
  transform(records: ArrayLike<DataRecord>): number[][] {
    const columns = learned(this.#learned, "RecordEncoder.transform");
    const list = checkRecords(records, "RecordEncoder.transform");
    return list.map((record, i) => {
      const row: number[] = [];
      for (const column of columns) addPart(row, column, record, i, this.#unknown, "RecordEncoder.transform");
      return row;
    });
  }

  fitTransform(records: ArrayLike<DataRecord>): number[][] {
    return this.fit(records).transform(records);
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "RecordEncoder";
  }

  /** @internal What it has learned, or undefined; to be put back. */
  get standing(): readonly LearnedColumn[] | undefined {
    return this.#learned;
  }

  /** @internal */
  set standing(standing: readonly LearnedColumn[] | undefined) {
    this.#learned = standing;
  }

  toJSON(): SavedPreprocessor {
    return copied({
      kind: "RecordEncoder",
      columns: this.#columns,
      numbers: this.#numbers,
      crosses: this.#crosses,
      unknown: this.#unknown,
      learned: learned(this.#learned, "RecordEncoder.toJSON").map(saveColumn),
    });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): RecordEncoder {
    const { kind: _, learned: list, ...options } = checkSaved(saved, "RecordEncoder");
    const encoder = new RecordEncoder(options as RecordEncoderOptions);
    if (!Array.isArray(list) || list.length === 0) {
      throw new ArgumentError(
        `RecordEncoder.fromJSON: learned must be a list of at least one column, not ${describe(list)}`,
      );
    }
    encoder.#learned = [...list].map((column) => loadColumn(column, "RecordEncoder.fromJSON"));
    return encoder;
  }

  /** A column of categories; one that nobody asked for may name the rows instead, and would make as many columns as there are rows. */
  #categoriesOf(records: readonly DataRecord[], name: string, where: string): LearnedColumn {
    const column = learnCategories(records, name, where);
    if (Object.hasOwn(this.#columns, name)) return column;
    // The categories, which are few, tell whether a cell may hold a number; to look at every cell takes as long as to learn them.
    const { list, size } = column.categories;
    const mayHoldNumbers = list.some((category) => !Number.isNaN(Number(category)));
    const numbers = mayHoldNumbers ? records.filter((record) => isNumeric(record[name])).length : 0;
    if (2 * numbers > records.length) {
      throw new ArgumentError(
        `${where}: row 0, column "${name}" is ${describe(records[0][name])}, but ${numbers} of ${records.length} rows have a number there; fill it or leave the row out, or ${columnOption(name, "oneHot")} takes all of them as categories`,
      );
    }
    if (size > MOST_CATEGORIES && 2 * size > records.length) {
      throw new ArgumentError(
        `${where}: column "${name}" has ${size} categories in ${records.length} rows, so it names rows rather than kinds; ${columnOption(name, "leaveOut")} leaves it out, and "oneHot" takes it nevertheless${list.every(isAmount) ? AMOUNTS : ""}`,
      );
    }
    return column;
  }

  /** What becomes of a column: as told, or as its first value suggests. */
  #useOf(name: string, first: DataRecord, where: string): ColumnUse {
    if (Object.hasOwn(this.#columns, name)) return this.#columns[name];
    if (isMissing(first[name])) throw notANumber(first[name], `${where}: row 0, column "${name}"`);
    return isNumeric(first[name]) ? this.#numbers : "oneHot";
  }
}

function checkRecords(records: unknown, where: string): DataRecord[] {
  const list = checkExamples(records, where, '[{ age: "30" }, { age: "50" }]');
  return Array.from(list, (record, i) => {
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      throw new ArgumentError(
        `${where}: row ${i} must be an object such as { age: "30" }, not ${describe(record)}`,
      );
    }
    return record as DataRecord;
  });
}

function checkNames(cross: readonly unknown[]): string[] {
  const wrong = cross.find((name) => typeof name !== "string");
  if (wrong !== undefined) {
    throw new ArgumentError(`RecordEncoder: a cross names columns, so ${describe(wrong)} will not do`);
  }
  return cross as string[];
}

function noColumn(name: string, names: readonly string[], where: string): ArgumentError {
  return new ArgumentError(
    `${where}: there is no column ${quoted(name)}${didMean(name, names)} (known: ${names.join(", ")})`,
  );
}

import { ArgumentError } from "../errors.ts";
import type { ListOf } from "../list.ts";
import { checkName, checkOptions } from "../options.ts";
import { Categories, type Category, savedCategories } from "./categories.ts";
import { checkSaved, copied, learned, type Preprocessor, type SavedPreprocessor } from "./preprocessor.ts";
import { checkExamples, checkRows, type NumberRows } from "./rows.ts";

/** What to do with a category that `fit` did not see: throw, or write a row of zeros. */
export type UnknownCategories = "error" | "ignore";

/** Options of a `OneHotEncoder`. */
export interface OneHotEncoderOptions {
  /** "error" unless given. */
  unknown?: UnknownCategories | undefined;
}

/**
 * Turns each category into a row with a 1 at the category's place and 0 elsewhere. Places go in order: numbers
 * ascending, strings by code unit, false before true.
 *
 * @example
 * const encoder = new OneHotEncoder<string>();
 * encoder.fitTransform(["red", "green", "red"]);   // [[0, 1], [1, 0], [0, 1]]
 * encoder.inverse([[0.9, 0.1]]);                   // ["green"]
 */
export class OneHotEncoder<C extends Category = Category> implements Preprocessor<C, number[]> {
  /** What becomes of a category that `fit` did not see. */
  readonly unknown: UnknownCategories;
  #learned: Categories<C> | undefined;

  /** @throws ArgumentError for an unknown option or value */
  constructor(options: OneHotEncoderOptions = {}) {
    checkOptions(options, ["unknown"], "OneHotEncoder");
    this.unknown = checkUnknown(options.unknown, "OneHotEncoder");
  }

  /** The categories; the place here is the place of the 1. @throws OrderError before `fit` */
  get categories(): readonly C[] {
    return learned(this.#learned, "OneHotEncoder.categories").list;
  }

  /**
   * Learns the categories.
   * @param values one category an example
   * @throws ArgumentError for missing values and values of different types, ShapeError for none at all
   */
  fit(values: ListOf<C>): this {
    checkExamples(values, "OneHotEncoder.fit", '["red", "green"]');
    this.#learned = Categories.of(values, "OneHotEncoder.fit");
    return this;
  }

  /**
   * @param values one category an example
   * @returns (examples × categories)
   * @throws OrderError before `fit`; UnknownCategoryError for a category that fit did not see, unless ignored; ArgumentError for
   *   missing values, ShapeError for none at all
   */
  transform(values: ListOf<C>): number[][] {
    learned(this.#learned, "OneHotEncoder.transform");
    checkExamples(values, "OneHotEncoder.transform", '["red", "green"]');
    return this.encoded(values, (i) => `OneHotEncoder.transform: example ${i}`);
  }

  /** @internal Values as `transform` gives them after `fit`; `place` names one of them in messages. */
  encoded(values: ListOf<C>, place: (i: number) => string): number[][] {
    const categories = this.#learned!;
    return Array.from(values, (value, i) => addOneHot([], categories, value, this.unknown, () => place(i)));
  }

  fitTransform(values: ListOf<C>): number[][] {
    return this.fit(values).transform(values);
  }

  /**
   * The category of each row's largest number, the first of equals; so it reads probabilities too.
   * @param rows (examples × categories)
   * @throws OrderError before `fit`; ArgumentError for a row of zeros, which an ignored category leaves, and for what is not a
   *   finite number; ShapeError for no rows and for rows of another length
   */
  inverse(rows: NumberRows): C[] {
    const { list } = learned(this.#learned, "OneHotEncoder.inverse");
    checkRows(rows, "OneHotEncoder.inverse", list.length);
    return Array.from(rows, (row, i) => {
      let best = 0;
      for (let j = 1; j < list.length; j++) if (row[j] > row[best]) best = j;
      if (Array.from(row).every((value) => value === 0)) {
        throw new ArgumentError(`OneHotEncoder.inverse: row ${i} is all zeros, so it names no category`);
      }
      return list[best];
    });
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "OneHotEncoder";
  }

  /** @internal What it has learned, or undefined; to be put back. */
  get standing(): Categories<C> | undefined {
    return this.#learned;
  }

  /** @internal */
  set standing(standing: Categories<C> | undefined) {
    this.#learned = standing;
  }

  toJSON(): SavedPreprocessor {
    const categories = learned(this.#learned, "OneHotEncoder.toJSON").list;
    return copied({ kind: "OneHotEncoder", unknown: this.unknown, categories });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON<C extends Category = Category>(saved: unknown): OneHotEncoder<C> {
    const { unknown, categories } = checkSaved(saved, "OneHotEncoder");
    const encoder = new OneHotEncoder<C>({ unknown: unknown as UnknownCategories });
    encoder.#learned = savedCategories<C>(categories, "OneHotEncoder.fromJSON");
    return encoder;
  }
}

/** @internal */
export function checkUnknown(unknown: UnknownCategories = "error", where: string): UnknownCategories {
  return checkName(unknown, ["error", "ignore"], `${where}: unknown`);
}

/** @internal Adds to a row a 1 at the place of `value` among zeros, one a category. */
export function addOneHot(
  row: number[],
  categories: Categories,
  value: unknown,
  unknown: UnknownCategories,
  place: () => string,
): number[] {
  const index = unknown === "ignore" ? categories.find(value, place) : categories.indexOf(value, place);
  for (let i = 0; i < categories.size; i++) row.push(i === index ? 1 : 0);
  return row;
}

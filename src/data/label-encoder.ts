import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import type { ListOf } from "../list.ts";
import { Categories, type Category, savedCategories } from "./categories.ts";
import { checkSaved, copied, learned, type Preprocessor, type SavedPreprocessor } from "./preprocessor.ts";
import { checkExamples } from "./rows.ts";

/**
 * Numbers class labels from 0: numbers in ascending order, strings by code unit, false before true.
 *
 * @example
 * const encoder = new LabelEncoder<string>();
 * encoder.fitTransform(["versicolor", "setosa", "setosa"]);   // [1, 0, 0]
 * encoder.inverse([0, 1]);                                    // ["setosa", "versicolor"]
 */
export class LabelEncoder<C extends Category = Category> implements Preprocessor<C, number> {
  #learned: Categories<C> | undefined;

  /** The classes; a label's number is its place here. @throws OrderError before `fit` */
  get classes(): readonly C[] {
    return learned(this.#learned, "LabelEncoder.classes").list;
  }

  /**
   * Learns the classes.
   * @param labels one label an example
   * @throws ArgumentError for missing labels and labels of different types, ShapeError for none at all
   */
  fit(labels: ListOf<C>): this {
    checkExamples(labels, "LabelEncoder.fit", '["yes", "no"]');
    this.#learned = Categories.of(labels, "LabelEncoder.fit");
    return this;
  }

  /**
   * @param labels one label an example
   * @returns each label's number
   * @throws OrderError before `fit`; UnknownCategoryError for a label that fit did not see; ArgumentError for missing labels,
   *   ShapeError for none at all
   */
  transform(labels: ListOf<C>): number[] {
    learned(this.#learned, "LabelEncoder.transform");
    checkExamples(labels, "LabelEncoder.transform", '["yes", "no"]');
    return this.encoded(labels, (i) => `LabelEncoder.transform: example ${i}`);
  }

  /** @internal Labels as `transform` gives them after `fit`; `place` names one of them in messages. */
  encoded(labels: ListOf<C>, place: (i: number) => string): number[] {
    const classes = this.#learned!;
    return Array.from(labels, (label, i) => classes.indexOf(label, () => place(i)));
  }

  fitTransform(labels: ListOf<C>): number[] {
    return this.fit(labels).transform(labels);
  }

  /**
   * The labels of numbers that `transform` gave.
   * @throws OrderError before `fit`; ArgumentError for what is not such a number, ShapeError for none at all
   */
  inverse(numbers: ArrayLike<number>): C[] {
    const { list } = learned(this.#learned, "LabelEncoder.inverse");
    checkExamples(numbers, "LabelEncoder.inverse", "[0, 1]");
    return Array.from(numbers, (number, i) => {
      if (typeof number !== "number" || !Object.hasOwn(list, number)) {
        throw new ArgumentError(
          `LabelEncoder.inverse: example ${i} must be a whole number from 0 to ${list.length - 1}, not ${describe(number)}`,
        );
      }
      return list[number];
    });
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "LabelEncoder";
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
    return copied({ kind: "LabelEncoder", classes: learned(this.#learned, "LabelEncoder.toJSON").list });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON<C extends Category = Category>(saved: unknown): LabelEncoder<C> {
    const { classes } = checkSaved(saved, "LabelEncoder");
    const encoder = new LabelEncoder<C>();
    encoder.#learned = savedCategories<C>(classes, "LabelEncoder.fromJSON");
    return encoder;
  }
}

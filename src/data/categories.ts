import { describe, quoted } from "../describe.ts";
import { ArgumentError, UnknownCategoryError } from "../errors.ts";
import { nearest } from "../options.ts";
import { isMissing } from "./rows.ts";

/** What a category or a class label may be; those of one list are of one type. */
export type Category = string | number | boolean;

/**
 * @internal The distinct categories of a list in order: numbers ascending, strings by code unit, false before true.
 */
export class Categories<C extends Category = Category> {
  readonly list: readonly C[];
  readonly #places: ReadonlyMap<Category, number>;

  /** @param list distinct and in order */
  constructor(list: readonly C[]) {
    this.list = list;
    this.#places = new Map(list.map((category, i) => [category, i]));
  }

  /**
   * @throws ArgumentError, naming the place, for what is missing or no category, and when types are mixed
   */
  static of<C extends Category>(
    values: ArrayLike<C>,
    where: string,
    place: (i: number) => string = (i) => `example ${i}`,
  ): Categories<C> {
    const distinct = new Set<C>();
    for (let i = 0; i < values.length; i++) {
      // looked at when it came first
      if (distinct.has(values[i])) continue;
      const value = checkCategory(values[i], () => `${where}: ${place(i)}`) as C;
      if (typeof value !== typeof values[0]) {
        throw new ArgumentError(
          `${where}: ${place(0)} is ${describe(values[0])} and ${place(i)} is ${describe(value)}; categories must be of one type`,
        );
      }
      distinct.add(value);
    }
    return new Categories([...distinct].sort(compare));
  }

  /** How many there are. */
  get size(): number {
    return this.list.length;
  }

  /**
   * The category's place in the list, undefined when it is not there.
   * @throws ArgumentError for what is missing or no category
   */
  find(value: unknown, place: () => string): number | undefined {
    return this.#places.get(checkCategory(value, place));
  }

  /**
   * The category's place in the list.
   * @throws ArgumentError for what is missing or no category, UnknownCategoryError when it is not in the list
   */
  indexOf(value: unknown, place: () => string): number {
    const index = this.find(value, place);
    if (index === undefined) throw this.#unknown(value as Category, place());
    return index;
  }

  #unknown(category: Category, place: string): UnknownCategoryError {
    const shown = this.list.slice(0, 10).map((known) => quoted(known));
    if (this.size > 10) shown.push(`… (${this.size} in all)`);
    const words = this.list.map(String);
    const hint =
      typeof category === "string" && words.length > 0
        ? `; the nearest known one is ${quoted(nearest(category, words))}`
        : "";
    return new UnknownCategoryError(
      `${place} is ${quoted(category)}, a category that fit did not see${hint} (known: ${shown.join(", ")})`,
    );
  }
}

/**
 * @internal Categories as `toJSON` gave them.
 * @throws ArgumentError unless they are a list of distinct categories in order
 */
export function savedCategories<C extends Category>(list: unknown, where: string): Categories<C> {
  if (!Array.isArray(list) || list.length === 0) {
    throw new ArgumentError(`${where}: the categories must be a list of at least one, not ${describe(list)}`);
  }
  const sorted = Categories.of<C>(list as C[], where);
  if (sorted.size !== list.length || sorted.list.some((category, i) => category !== list[i])) {
    throw new ArgumentError(`${where}: the categories must be distinct and in order`);
  }
  return sorted;
}

function checkCategory(value: unknown, place: () => string): Category {
  if (isMissing(value)) {
    throw new ArgumentError(`${place()} is missing (${describe(value)}); fill it or leave the row out`);
  }
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new ArgumentError(`${place()} must be a string, a number or a boolean, not ${describe(value)}`);
  }
  // nor does JSON hold it
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ArgumentError(`${place()} is ${value}, which is no category`);
  }
  return value;
}

/** The types are one, so `<` orders them whichever they are. */
function compare(a: Category, b: Category): number {
  if (a === b) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}

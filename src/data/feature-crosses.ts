import { counted, describe, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { isList } from "../list.ts";
import { checkOptions, didMean } from "../options.ts";
import { checkSaved, copied, learned, type Preprocessor, type SavedPreprocessor } from "./preprocessor.ts";
import { checkRows, type NumberRows } from "./rows.ts";

/** The columns that one cross multiplies, by index or by name; at least two, and one may stand twice. */
export type Cross = readonly (number | string)[];

/** Options of `FeatureCrosses`. */
export interface FeatureCrossesOptions {
  /** The columns' names, in order, for crosses by name. */
  names?: readonly string[] | undefined;
}

/**
 * Adds products of columns to a table, to the right of what is there. x1, x2 and x1·x2 let a single neuron learn XOR.
 *
 * @example
 * new FeatureCrosses([[0, 1]]).fitTransform([[2, 3], [4, 5]]);   // [[2, 3, 6], [4, 5, 20]]
 * new FeatureCrosses([["x1", "x2"]], { names: ["x1", "x2"] }).fitTransform([[1, 1]]);   // [[1, 1, 1]]
 */
export class FeatureCrosses implements Preprocessor {
  /** Each cross as column indices. */
  readonly crosses: readonly (readonly number[])[];
  readonly #names: readonly string[] | undefined;
  #columns: number | undefined;

  /** @throws ArgumentError for a cross of fewer than two columns, and for a name that is not among the names */
  constructor(crosses: readonly Cross[], options: FeatureCrossesOptions = {}) {
    checkOptions(options, ["names"], "FeatureCrosses");
    const { names } = options;
    const right =
      Array.isArray(names) && names.length > 0 && [...names].every((name) => typeof name === "string");
    if (names !== undefined && !right) {
      throw new ArgumentError(
        `FeatureCrosses: names must be a list of at least one string, not ${describe(names)}`,
      );
    }
    this.#names = names === undefined ? undefined : [...names];
    this.crosses = checkCrosses(crosses, "FeatureCrosses").map((cross) =>
      cross.map((column) => columnIndex(column, names)),
    );
  }

  /**
   * Learns the number of columns.
   * @param rows (examples × features)
   * @throws ArgumentError or ShapeError for what is not a table of numbers, or has too few columns for the crosses
   */
  fit(rows: NumberRows): this {
    const columns = checkRows(rows, "FeatureCrosses.fit");
    const names = this.#names?.length ?? columns;
    if (columns !== names) {
      throw new ShapeError(
        `FeatureCrosses.fit: the rows have ${counted(columns, "column")}, but the option names has ${names}`,
      );
    }
    const beyond = this.crosses.flat().find((column) => column >= columns);
    if (beyond !== undefined) {
      throw new ArgumentError(
        `FeatureCrosses.fit: a cross asks for column ${beyond}, but the columns go from 0 to ${columns - 1}`,
      );
    }
    this.#columns = columns;
    return this;
  }

  /**
   * @param rows (examples × features)
   * @returns (examples × (features + crosses))
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit; ArgumentError where a product is not finite
   */
  transform(rows: NumberRows): number[][] {
    checkRows(rows, "FeatureCrosses.transform", learned(this.#columns, "FeatureCrosses.transform"));
    return Array.from(rows, (row, i) => [
      ...Array.from(row),
      ...this.crosses.map((cross) => {
        const product = cross.reduce((so, column) => so * row[column], 1);
        if (Number.isFinite(product)) return product;
        throw new ArgumentError(
          `FeatureCrosses.transform: the product of columns ${cross.join(" and ")} in row ${i} is ${product}; scale the columns first`,
        );
      }),
    ]);
  }

  fitTransform(rows: NumberRows): number[][] {
    return this.fit(rows).transform(rows);
  }

  /**
   * Takes the products away.
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit
   */
  inverse(rows: NumberRows): number[][] {
    const columns = learned(this.#columns, "FeatureCrosses.inverse");
    checkRows(rows, "FeatureCrosses.inverse", columns + this.crosses.length);
    return Array.from(rows, (row) => Array.from(row).slice(0, columns));
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "FeatureCrosses";
  }

  /** @internal What it has learned, or undefined; to be put back. */
  get standing(): number | undefined {
    return this.#columns;
  }

  /** @internal */
  set standing(standing: number | undefined) {
    this.#columns = standing;
  }

  toJSON(): SavedPreprocessor {
    const columns = learned(this.#columns, "FeatureCrosses.toJSON");
    return copied({ kind: "FeatureCrosses", crosses: this.crosses, columns });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): FeatureCrosses {
    const { crosses, columns } = checkSaved(saved, "FeatureCrosses");
    const made = new FeatureCrosses(crosses as Cross[]);
    const most = Math.max(...made.crosses.flat());
    if (!Number.isSafeInteger(columns) || (columns as number) <= most) {
      throw new ArgumentError(
        `FeatureCrosses.fromJSON: columns must be a whole number above ${most}, not ${describe(columns)}`,
      );
    }
    made.#columns = columns as number;
    return made;
  }
}

/**
 * @internal
 * @throws ArgumentError unless `crosses` is a list of lists of at least two columns
 */
export function checkCrosses(crosses: unknown, where: string): readonly Cross[] {
  const such = `such as [["x1", "x2"]]`;
  if (!isList(crosses) || crosses.length === 0) {
    throw new ArgumentError(`${where}: crosses must be a list of crosses ${such}, not ${describe(crosses)}`);
  }
  return Array.from(crosses, (cross) => {
    if (!isList(cross) || cross.length < 2) {
      throw new ArgumentError(
        `${where}: a cross must be a list of at least two columns ${such}, not ${describe(cross)}`,
      );
    }
    return Array.from(cross) as Cross;
  });
}

function columnIndex(column: unknown, names: readonly string[] | undefined): number {
  if (typeof column === "string") {
    if (names === undefined) {
      throw new ArgumentError(
        `FeatureCrosses: a cross names the column "${column}", but the option names is not given`,
      );
    }
    const index = names.indexOf(column);
    if (index >= 0) return index;
    throw new ArgumentError(
      `FeatureCrosses: there is no column ${quoted(column)}${didMean(column, names)} (known: ${names.join(", ")})`,
    );
  }
  if (!Number.isSafeInteger(column) || (column as number) < 0) {
    throw new ArgumentError(
      `FeatureCrosses: a column must be a name or an index from 0, not ${describe(column)}`,
    );
  }
  return column as number;
}

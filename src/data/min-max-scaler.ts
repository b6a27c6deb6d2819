import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import {
  checkSaved,
  copied,
  learned,
  type Preprocessor,
  type SavedPreprocessor,
  savedNumbers,
} from "./preprocessor.ts";
import { checkRows, mapRows, type NumberRows } from "./rows.ts";

/** Options of a `MinMaxScaler`. */
export interface MinMaxScalerOptions {
  /** Where each column's least and greatest number go; [0, 1] unless given. */
  range?: readonly [low: number, high: number] | undefined;
}

interface Learned {
  /** x · scale + offset */
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/**
 * Moves each column to a range, its least number to the low end and its greatest to the high one, as scikit-learn's
 * MinMaxScaler. Later numbers may fall outside. A constant column, whose numbers lie less than 2.2e-15 apart, goes to the low end, but
 * for the rounding of its numbers: one of 1.7e18, which lie 256 apart, goes to 0 whatever the range.
 *
 * @example
 * const scaler = new MinMaxScaler().fit([[1, 5], [3, 5]]);
 * scaler.transform([[2, 5], [4, 6]]);   // [[0.5, 0], [1.5, 1]]
 */
export class MinMaxScaler implements Preprocessor {
  /** Where each column's least and greatest number go. */
  readonly range: readonly [low: number, high: number];
  #learned: Learned | undefined;

  /** @throws ArgumentError unless the range is two finite numbers, the lower first, and their difference is finite */
  constructor(options: MinMaxScalerOptions = {}) {
    checkOptions(options, ["range"], "MinMaxScaler");
    const { range = [0, 1] } = options;
    const right = Array.isArray(range) && range.length === 2 && [...range].every(Number.isFinite);
    if (!right || !(range[0] < range[1] && Number.isFinite(range[1] - range[0]))) {
      throw new ArgumentError(
        `MinMaxScaler: the range must be two finite numbers such as [0, 1], the lower first and their difference finite, not ${right ? `[${range.join(", ")}]` : describe(range)}`,
      );
    }
    // JSON holds no −0
    this.range = [range[0] + 0, range[1] + 0];
  }

  /**
   * Learns each column's least and greatest number.
   * @param rows (examples × features)
   * @throws ArgumentError, naming row and column, for what is not a finite number, or the column where moving it takes numbers that
   *   are not, or a factor of 0; ShapeError for empty or ragged rows
   */
  fit(rows: NumberRows): this {
    const columns = checkRows(rows, "MinMaxScaler.fit");
    const [low, high] = this.range;
    const scale: number[] = [];
    const offset: number[] = [];
    for (let j = 0; j < columns; j++) {
      let least = rows[0][j];
      let greatest = least;
      for (let i = 1; i < rows.length; i++) {
        least = Math.min(least, rows[i][j]);
        greatest = Math.max(greatest, rows[i][j]);
      }
      // A width that is nothing but rounding counts as none, where scikit-learn draws the line too.
      const width = greatest - least;
      scale.push((high - low) / (width < 10 * Number.EPSILON ? 1 : width));
      offset.push(low - least * scale[j] + 0);
      if (!Number.isFinite(width)) {
        throw new ArgumentError(
          `MinMaxScaler.fit: the numbers of column ${j} are too far apart to be subtracted`,
        );
      }
      const fits = Number.isFinite(scale[j]) && Number.isFinite(offset[j]);
      if (!fits || scale[j] === 0) {
        throw new ArgumentError(
          `MinMaxScaler.fit: column ${j}, from ${least} to ${greatest}, does not fit into the range [${low}, ${high}]: what it is multiplied by or moved by is too ${fits ? "small" : "large"}`,
        );
      }
    }
    this.#learned = { scale, offset };
    return this;
  }

  /**
   * @param rows (examples × features)
   * @returns (examples × features)
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit
   */
  transform(rows: NumberRows): number[][] {
    const { scale } = learned(this.#learned, "MinMaxScaler.transform");
    checkRows(rows, "MinMaxScaler.transform", scale.length);
    return mapRows(rows, scale.length, (value, j) => this.scaled(value, j));
  }

  /** @internal A number of column j, as `transform` gives it after `fit`. */
  scaled(value: number, j: number): number {
    const { scale, offset } = this.#learned!;
    return value * scale[j] + offset[j];
  }

  fitTransform(rows: NumberRows): number[][] {
    return this.fit(rows).transform(rows);
  }

  /**
   * Undoes `transform`, up to rounding.
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit
   */
  inverse(rows: NumberRows): number[][] {
    const { scale, offset } = learned(this.#learned, "MinMaxScaler.inverse");
    checkRows(rows, "MinMaxScaler.inverse", scale.length);
    return mapRows(rows, scale.length, (value, j) => (value - offset[j]) / scale[j]);
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "MinMaxScaler";
  }

  /** @internal What it has learned, or undefined; to be put back. */
  get standing(): Learned | undefined {
    return this.#learned;
  }

  /** @internal */
  set standing(standing: Learned | undefined) {
    this.#learned = standing;
  }

  toJSON(): SavedPreprocessor {
    const { range } = this;
    return copied({ kind: "MinMaxScaler", range, ...learned(this.#learned, "MinMaxScaler.toJSON") });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): MinMaxScaler {
    const fields = checkSaved(saved, "MinMaxScaler");
    const [low, high] = savedNumbers(fields, "range", 2);
    const scale = savedNumbers(fields, "scale");
    const offset = savedNumbers(fields, "offset", scale.length);
    if (!scale.every((value) => value > 0)) {
      throw new ArgumentError("MinMaxScaler.fromJSON: every scale must be above 0");
    }
    const scaler = new MinMaxScaler({ range: [low, high] });
    scaler.#learned = { scale, offset };
    return scaler;
  }
}

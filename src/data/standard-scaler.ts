import { ArgumentError } from "../errors.ts";
import {
  checkSaved,
  copied,
  learned,
  type Preprocessor,
  type SavedPreprocessor,
  savedNumbers,
} from "./preprocessor.ts";
import { checkRows, mapRows, type NumberRows } from "./rows.ts";

interface Learned {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/**
 * Standardises each column: (x − mean) / standard deviation, the latter over n as scikit-learn's StandardScaler
 * takes it. A constant column becomes zeros.
 *
 * @example
 * const scaler = new StandardScaler().fit([[1, 10], [3, 10]]);
 * scaler.mean;                        // [2, 10]
 * scaler.transform([[1, 10], [5, 10]]);   // [[-1, 0], [3, 0]]
 */
export class StandardScaler implements Preprocessor {
  #learned: Learned | undefined;

  /** Each column's mean. @throws OrderError before `fit` */
  get mean(): readonly number[] {
    return learned(this.#learned, "StandardScaler.mean").mean;
  }

  /** Each column's standard deviation; 1 where the column is constant. @throws OrderError before `fit` */
  get scale(): readonly number[] {
    return learned(this.#learned, "StandardScaler.scale").scale;
  }

  /**
   * Learns each column's mean and standard deviation.
   * @param rows (examples × features)
   * @throws ArgumentError, naming row and column, for what is not a finite number, or the column whose numbers are too large to be
   *   squared and summed; ShapeError for empty or ragged rows
   */
  fit(rows: NumberRows): this {
    const columns = checkRows(rows, "StandardScaler.fit");
    const mean: number[] = [];
    const scale: number[] = [];
    for (const [j, moments] of momentsOf(rows, columns).entries()) {
      if (!Number.isFinite(moments.mean) || !Number.isFinite(moments.variance)) {
        throw new ArgumentError(
          `StandardScaler.fit: the numbers of column ${j} are too large to be squared and summed`,
        );
      }
      // JSON holds no −0
      mean.push(moments.mean + 0);
      scale.push(isConstant(moments, rows.length) ? 1 : Math.sqrt(moments.variance));
    }
    this.#learned = { mean, scale };
    return this;
  }

  /**
   * @param rows (examples × features)
   * @returns (examples × features)
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit
   */
  transform(rows: NumberRows): number[][] {
    const { mean } = learned(this.#learned, "StandardScaler.transform");
    checkRows(rows, "StandardScaler.transform", mean.length);
    return mapRows(rows, mean.length, (value, j) => this.scaled(value, j));
  }

  /** @internal A number of column j, as `transform` gives it after `fit`. */
  scaled(value: number, j: number): number {
    const { mean, scale } = this.#learned!;
    return (value - mean[j]) / scale[j];
  }

  fitTransform(rows: NumberRows): number[][] {
    return this.fit(rows).transform(rows);
  }

  /**
   * Undoes `transform`, up to rounding.
   * @throws OrderError before `fit`; ArgumentError or ShapeError when the rows do not fit
   */
  inverse(rows: NumberRows): number[][] {
    const { mean, scale } = learned(this.#learned, "StandardScaler.inverse");
    checkRows(rows, "StandardScaler.inverse", mean.length);
    return mapRows(rows, mean.length, (value, j) => value * scale[j] + mean[j]);
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "StandardScaler";
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
    return copied({ kind: "StandardScaler", ...learned(this.#learned, "StandardScaler.toJSON") });
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): StandardScaler {
    const fields = checkSaved(saved, "StandardScaler");
    const mean = savedNumbers(fields, "mean");
    const scale = savedNumbers(fields, "scale", mean.length);
    if (!scale.every((value) => value > 0)) {
      throw new ArgumentError("StandardScaler.fromJSON: every scale must be above 0");
    }
    const scaler = new StandardScaler();
    scaler.#learned = { mean, scale };
    return scaler;
  }
}

interface Moments {
  mean: number;
  variance: number;
}

/**
 * Each column's. Two passes; the second also sums the plain differences, which would be 0 but for the rounding of the mean. A column
 * of one number has that as its mean: the rounded one of 2,000 times 7.1e18 is 1e6 beside it. Row by row, since each is a list by
 * itself: 200,000 of 20 took twice as long column by column.
 */
function momentsOf(rows: NumberRows, columns: number): Moments[] {
  const n = rows.length;
  const first = rows[0];
  const isOneNumber = new Array<boolean>(columns).fill(true);
  const mean = new Float64Array(columns);
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    for (let j = 0; j < columns; j++) {
      mean[j] += row[j];
      if (row[j] !== first[j]) isOneNumber[j] = false;
    }
  }
  for (let j = 0; j < columns; j++) mean[j] = isOneNumber[j] ? first[j] : mean[j] / n;
  const squares = new Float64Array(columns);
  const correction = new Float64Array(columns);
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    for (let j = 0; j < columns; j++) {
      const difference = row[j] - mean[j];
      squares[j] += difference * difference;
      correction[j] += difference;
    }
  }
  return Array.from(mean, (center, j) => ({
    mean: center,
    variance: (squares[j] - (correction[j] * correction[j]) / n) / n,
  }));
}

/** A variance that rounding alone can make of n equal numbers; scikit-learn draws the line at the same place. */
function isConstant({ mean, variance }: Moments, n: number): boolean {
  const ofMean = n * mean * Number.EPSILON;
  return variance <= n * Number.EPSILON * variance + ofMean * ofMean;
}

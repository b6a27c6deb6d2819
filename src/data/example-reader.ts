import { ArgumentError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import { describe, Matrix } from "../matrix.ts";
import { nearest } from "../options.ts";
import type { Category } from "./categories.ts";
import { LabelEncoder } from "./label-encoder.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import { OneHotEncoder } from "./one-hot-encoder.ts";
import { type AnyPreprocessor, isPreprocessor, Pipeline, preprocessorFromJSON } from "./pipeline.ts";
import { learned, type SavedPreprocessor } from "./preprocessor.ts";
import { RecordEncoder } from "./record-encoder.ts";
import { checkExamples, isList, matrixFromRows, type Rows, rowsFromMatrix } from "./rows.ts";
import { StandardScaler } from "./standard-scaler.ts";

/** What a network learns from: a Matrix (features × m), or rows of numbers or records, one an example. */
export type Examples = Matrix | Rows | ArrayLike<object>;

/**
 * What a network should give: a Matrix (outputs × m), rows of numbers, one an example, or a list of numbers or of
 * class labels.
 */
export type Targets = Matrix | Rows | ArrayLike<Category>;

/** A preprocessor, the name of one ("standard", "minMax"), or several in order. */
export type Preprocess = PreprocessStep | readonly PreprocessStep[];

/** One of `Preprocess`. */
export type PreprocessStep = "standard" | "minMax" | AnyPreprocessor;

/** What `ExampleReader.toJSON` gives. */
export interface SavedReader {
  /** What the inputs go through; null when they go in as they are. */
  inputs: SavedPreprocessor | null;
  /** The class labels; null when targets are numbers. */
  classes: SavedPreprocessor | null;
}

const named: Readonly<Record<string, new () => StandardScaler | MinMaxScaler>> = {
  standard: StandardScaler,
  minMax: MinMaxScaler,
};

/**
 * @internal Reads examples as people have them into the matrices that layers take, and class labels out of outputs.
 *
 * What it learns from the first examples it keeps for ever, since weights that were trained on inputs scaled one way
 * are no good for inputs scaled another.
 */
export class ExampleReader {
  #inputs: AnyPreprocessor | undefined;
  #inputsLearned = false;
  #classes: LabelEncoder | OneHotEncoder | undefined;

  /** @throws ArgumentError for anything but a `Preprocess` */
  constructor(preprocess?: Preprocess) {
    this.#inputs = preprocess === undefined ? undefined : stepsOf(preprocess);
  }

  /** The class labels, in the order of the outputs; undefined when targets are numbers. */
  get classes(): readonly Category[] | undefined {
    const encoder = this.#classes;
    return encoder instanceof OneHotEncoder ? encoder.categories : encoder?.classes;
  }

  /**
   * Learns the preprocessing and the class labels, unless they were learned before, and reads the examples.
   * @param outputs how many outputs the network has: with one, two classes become 0 and 1; with more, each class a row
   * @returns X (features × m) and Y (outputs × m): the very ones given where they are Matrices that need nothing
   * @throws ArgumentError, ShapeError or UnknownCategoryError when the examples do not fit; nothing is learned then
   */
  learn(X: Examples, Y: Targets, outputs: number, dtype: DType): { X: Matrix; Y: Matrix } {
    const before = { inputs: this.#inputs, learned: this.#inputsLearned, classes: this.#classes };
    try {
      if (!this.#inputsLearned) {
        if (this.#inputs === undefined && holdsRecords(X)) this.#inputs = new RecordEncoder();
        this.#inputs?.fit(listOf(X));
        this.#inputsLearned = true;
      }
      if (this.#classes === undefined && holdsLabels(Y, outputs)) this.#classes = labelEncoder(Y, outputs);
      const targets = this.targets(Y, dtype);
      return { X: this.inputs(X, dtype), Y: targets };
    } catch (error) {
      this.#inputs = before.inputs;
      this.#inputsLearned = before.learned;
      this.#classes = before.classes;
      throw error;
    }
  }

  /**
   * Reads inputs by what was learned.
   * @returns (features × m): X itself when it is a Matrix that needs nothing, otherwise a new one
   * @throws OrderError when there was something to learn first; ArgumentError, ShapeError or UnknownCategoryError when
   *   the examples do not fit
   */
  inputs(X: Examples, dtype: DType): Matrix {
    const inputs = this.#inputs;
    if (inputs !== undefined) return matrixFromRows(inputs.transform(listOf(X)) as number[][], dtype);
    if (X instanceof Matrix) return X;
    if (holdsRecords(X)) learned(undefined, "records become numbers by what fit learns");
    return matrixFromRows(X as Rows, dtype);
  }

  /**
   * Reads targets by what was learned.
   * @returns (outputs × m): Y itself when it is a Matrix, otherwise a new one
   * @throws ArgumentError, ShapeError or UnknownCategoryError when the targets do not fit
   */
  targets(Y: Targets, dtype: DType): Matrix {
    if (Y instanceof Matrix) return Y;
    const list = checkExamples(Y, "the targets", "[0, 1, 1]");
    if (this.#classes === undefined || isList(list[0])) {
      return matrixFromRows(Y as Rows | ArrayLike<number>, dtype);
    }
    return matrixFromRows(this.#classes.transform(Y as ArrayLike<Category>), dtype);
  }

  /** The labels of classes by their place, or the places themselves when there are no labels. */
  labels(places: readonly number[]): Category[] {
    const { classes } = this;
    return classes === undefined ? [...places] : places.map((place) => classes[place]);
  }

  toJSON(): SavedReader {
    const inputs = this.#inputsLearned ? (this.#inputs?.toJSON() ?? null) : null;
    return { inputs, classes: this.#classes?.toJSON() ?? null };
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): ExampleReader {
    const { inputs, classes } = (saved ?? {}) as Partial<SavedReader>;
    const reader = new ExampleReader();
    if (inputs !== null) reader.#inputs = preprocessorFromJSON(inputs);
    reader.#inputsLearned = true;
    if (classes !== null) {
      const encoder: unknown = preprocessorFromJSON(classes);
      if (!(encoder instanceof LabelEncoder || encoder instanceof OneHotEncoder)) {
        throw new ArgumentError(`the saved classes must be of a LabelEncoder or OneHotEncoder`);
      }
      reader.#classes = encoder;
    }
    return reader;
  }
}

function stepsOf(preprocess: unknown): AnyPreprocessor {
  if (!Array.isArray(preprocess)) return stepOf(preprocess);
  return preprocess.length === 1 ? stepOf(preprocess[0]) : new Pipeline<unknown>(preprocess.map(stepOf));
}

function stepOf(step: unknown): AnyPreprocessor {
  if (typeof step === "string" && Object.hasOwn(named, step)) return new named[step]() as AnyPreprocessor;
  if (isPreprocessor(step)) return step;
  const names = Object.keys(named);
  const hint = typeof step === "string" ? `; did you mean "${nearest(step, names)}"?` : "";
  throw new ArgumentError(
    `preprocess must be "${names.join('", "')}", a preprocessor such as new RecordEncoder(), or a list of these, not ${describe(step)}${hint}`,
  );
}

function listOf(X: Examples): ArrayLike<unknown> {
  return X instanceof Matrix ? rowsFromMatrix(X) : X;
}

function holdsRecords(X: unknown): boolean {
  return isList(X) && typeof X[0] === "object" && X[0] !== null && !isList(X[0]);
}

/** Whether targets are class labels: strings or booleans always, numbers when there is a row of outputs per class. */
function holdsLabels(Y: Targets, outputs: number): Y is ArrayLike<Category> {
  if (Y instanceof Matrix || !isList(Y) || Y.length === 0) return false;
  const first: unknown = Y[0];
  return (
    typeof first === "string" || typeof first === "boolean" || (typeof first === "number" && outputs > 1)
  );
}

function labelEncoder(Y: ArrayLike<Category>, outputs: number): LabelEncoder | OneHotEncoder {
  const encoder = outputs === 1 ? new LabelEncoder().fit(Y) : new OneHotEncoder().fit(Y);
  const classes = encoder instanceof OneHotEncoder ? encoder.categories : encoder.classes;
  const fits = outputs === 1 ? classes.length <= 2 : classes.length === outputs;
  if (fits) return encoder;
  // Whole numbers from 0 name their outputs themselves, so that a class may be without an example.
  const isPlace = (value: Category) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < outputs;
  if (outputs > 1 && classes.every(isPlace)) {
    return new OneHotEncoder().fit(Array.from({ length: outputs }, (_, k) => k));
  }
  const wanted = classes.length === 2 ? "1 or 2 outputs" : `${classes.length} outputs`;
  throw new ArgumentError(
    `the targets hold ${classes.length} classes, which takes a network of ${wanted}, but the last layer has ${outputs}`,
  );
}

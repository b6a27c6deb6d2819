import { ArgumentError } from "../errors.ts";
import { describe, Matrix } from "../matrix.ts";
import { nearest } from "../options.ts";
import type { Category } from "./categories.ts";
import { LabelEncoder } from "./label-encoder.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import { OneHotEncoder } from "./one-hot-encoder.ts";
import { type AnyPreprocessor, isPreprocessor, Pipeline, preprocessorFromJSON } from "./pipeline.ts";
import type { SavedPreprocessor } from "./preprocessor.ts";
import { isList, type Rows, rowsFromMatrix } from "./rows.ts";
import { StandardScaler } from "./standard-scaler.ts";

/** What a network learns from: a Matrix (features × m), or rows of numbers or records, one an example. */
export type Examples = Matrix | Rows | ArrayLike<object>;

/**
 * What a network should give: a Matrix (outputs × m), rows of numbers, one an example, or a list of numbers or of
 * class labels.
 */
export type Targets = Matrix | Rows | ArrayLike<Category>;

/** One step of `Preprocess`: a preprocessor, or the name of a scaler. */
export type PreprocessStep = "standard" | "minMax" | AnyPreprocessor;

/** What inputs go through before they reach the first layer: one step, or several in order. */
export type Preprocess = PreprocessStep | readonly PreprocessStep[];

/** What `ExampleReader.toJSON` gives. */
export interface SavedReader {
  /** What the inputs go through; null when they go in as they are. */
  readonly inputs: SavedPreprocessor | null;
  /** The class labels; null when targets are numbers. */
  readonly classes: SavedPreprocessor | null;
}

type ClassEncoder = LabelEncoder | OneHotEncoder;

const named: Readonly<Record<string, new () => StandardScaler | MinMaxScaler>> = {
  standard: StandardScaler,
  minMax: MinMaxScaler,
};

/**
 * @internal Stands between a network and the examples of its user: inputs go through the preprocessing, class labels
 * become numbers and come back.
 *
 * What it learns from the first examples it keeps for ever, since weights that were trained on inputs scaled one way
 * are no good for inputs scaled another.
 */
export class ExampleReader {
  #inputs: AnyPreprocessor | undefined;
  #inputsLearned = false;
  #classes: ClassEncoder | undefined;

  /** @throws ArgumentError for anything but a `Preprocess` */
  constructor(preprocess?: Preprocess) {
    this.#inputs = preprocess === undefined ? undefined : preprocessorOf(preprocess);
  }

  /** The class labels, in the order of the outputs; undefined when targets are numbers. */
  get classes(): readonly Category[] | undefined {
    const encoder = this.#classes;
    return encoder instanceof OneHotEncoder ? encoder.categories : encoder?.classes;
  }

  /**
   * Learns the preprocessing and the class labels, unless they were learned before.
   * @param outputs how many outputs the network has: with one, two classes become 0 and 1; with more, each class has one
   * @returns the examples as `inputs` and `targets` give them
   * @throws ArgumentError, ShapeError or UnknownCategoryError when the examples do not fit; nothing is learned then
   */
  learn(X: Examples, Y: Targets, outputs: number): { X: Examples; Y: Targets } {
    const classesBefore = this.#classes;
    try {
      if (this.#classes === undefined && holdsLabels(Y)) this.#classes = classEncoder(Y, outputs);
      const targets = this.targets(Y);
      if (!this.#inputsLearned) this.#inputs?.fit(listOf(X));
      const inputs = this.inputs(X);
      this.#inputsLearned = true;
      return { X: inputs, Y: targets };
    } catch (error) {
      this.#classes = classesBefore;
      throw error;
    }
  }

  /**
   * Preprocesses inputs by what was learned.
   * @returns X itself without preprocessing, else rows of numbers
   * @throws OrderError before `learn`; ArgumentError, ShapeError or UnknownCategoryError when the examples do not fit
   */
  inputs(X: Examples): Examples {
    return this.#inputs === undefined ? X : (this.#inputs.transform(listOf(X)) as number[][]);
  }

  /**
   * Makes numbers of class labels by what was learned.
   * @returns Y itself unless it holds labels, else numbers or one-hot rows
   * @throws ArgumentError before `learn`; UnknownCategoryError for a label that was not there then
   */
  targets(Y: Targets): Targets {
    if (!holdsLabels(Y)) return Y;
    if (this.#classes === undefined) {
      throw new ArgumentError(`the network was trained on numbers, so it has no class ${describe(Y[0])}`);
    }
    return this.#classes.transform(Y);
  }

  /** The labels of classes by their place, or the places themselves when there are no labels. */
  labels(places: readonly number[]): Category[] {
    const { classes } = this;
    return classes === undefined ? [...places] : places.map((place) => classes[place]);
  }

  /** @throws OrderError before `learn` when there is something to learn */
  toJSON(): SavedReader {
    return { inputs: this.#inputs?.toJSON() ?? null, classes: this.#classes?.toJSON() ?? null };
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON(saved: unknown): ExampleReader {
    const { inputs, classes } = (saved ?? {}) as Partial<SavedReader>;
    const reader = new ExampleReader();
    if (inputs !== null) reader.#inputs = preprocessorFromJSON(inputs);
    if (classes !== null) {
      const encoder: unknown = preprocessorFromJSON(classes);
      if (!(encoder instanceof LabelEncoder || encoder instanceof OneHotEncoder)) {
        throw new ArgumentError("the saved classes must be of a LabelEncoder or OneHotEncoder");
      }
      reader.#classes = encoder;
    }
    reader.#inputsLearned = true;
    return reader;
  }
}

function preprocessorOf(preprocess: unknown): AnyPreprocessor {
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

function holdsLabels(Y: Targets): Y is ArrayLike<Category> {
  return isList(Y) && (typeof Y[0] === "string" || typeof Y[0] === "boolean");
}

function classEncoder(Y: ArrayLike<Category>, outputs: number): ClassEncoder {
  const encoder = outputs === 1 ? new LabelEncoder().fit(Y) : new OneHotEncoder().fit(Y);
  const count = encoder instanceof OneHotEncoder ? encoder.categories.length : encoder.classes.length;
  if (outputs === 1 ? count <= 2 : count === outputs) return encoder;
  throw new ArgumentError(
    `the labels are of ${count} classes, so the last layer must have ${count === 2 ? "1 or 2" : count} neurons, not ${outputs}`,
  );
}

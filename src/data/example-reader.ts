import { describe, quoted } from "../describe.ts";
import { ArgumentError, UnknownCategoryError } from "../errors.ts";
import { isList, type ListOf } from "../list.ts";
import { Matrix } from "../matrix.ts";
import { Categories, type Category } from "./categories.ts";
import { LabelEncoder } from "./label-encoder.ts";
import { OneHotEncoder } from "./one-hot-encoder.ts";
import { copyOf, preprocessorFromJSON, putBack, savedAs, standingOf } from "./pipeline.ts";
import { type Preprocess, type Step, savedSteps, stepsOf } from "./preprocessing-steps.ts";
import type { SavedPreprocessor } from "./preprocessor.ts";
import { isNumeric } from "./record-columns.ts";
import { type DataRecord, type NumberRows, rowsFromMatrix } from "./rows.ts";

/** Inputs of a network: rows of numbers or records, one an example, or a Matrix (features × m) with an example in each column. */
export type Inputs = Matrix | NumberRows | ArrayLike<DataRecord>;

/**
 * Labels of a network: a number or class an example, rows of numbers or records, one an example, or a Matrix (outputs × m) with an
 * example in each column.
 */
export type Labels = Matrix | NumberRows | ArrayLike<DataRecord> | ListOf<Category>;

/** What `ExampleReader.toJSON` gives. */
export interface SavedReader {
  /** What the inputs go through; a step of the user's own is of kind "custom", or of the kind that it names. */
  readonly preprocess?: readonly SavedPreprocessor[];
  /** The class labels, unless targets are numbers. */
  readonly classes?: SavedPreprocessor;
}

type ClassEncoder = LabelEncoder | OneHotEncoder;

/** What a reader has learned at one moment. */
export interface ReaderStanding {
  readonly steps: readonly Step[];
  readonly learned: readonly unknown[];
  readonly classes: ClassEncoder | undefined;
  readonly isSettled: boolean;
}

/**
 * @internal Stands between a network and the examples of its user: inputs go through the preprocessing, class labels
 * become numbers and come back.
 *
 * It learns until it is settled, which a network does when it begins to train: weights that were trained on inputs
 * scaled one way are no good for inputs scaled another.
 */
export class ExampleReader {
  #steps: readonly Step[];
  #classes: ClassEncoder | undefined;
  #isSettled = false;

  /** @throws ArgumentError for anything but a `Preprocess` */
  constructor(preprocess: Preprocess = []) {
    this.#steps = stepsOf(preprocess);
  }

  /** The class labels, in the order of the outputs; undefined when targets are numbers. */
  get classes(): readonly Category[] | undefined {
    const encoder = this.#classes;
    return encoder instanceof OneHotEncoder ? encoder.categories : encoder?.classes;
  }

  /** Whether it learns no more. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** What it and its steps have learned, to be put back; what a step of the user's own has learned stays. */
  get standing(): ReaderStanding {
    const [steps, classes, isSettled] = [this.#steps, this.#classes, this.#isSettled];
    return { steps, learned: steps.map(standingOf), classes, isSettled };
  }

  set standing({ steps, learned, classes, isSettled }: ReaderStanding) {
    this.#steps = steps;
    for (const [i, step] of steps.entries()) putBack(step, learned[i]);
    this.#classes = classes;
    this.#isSettled = isSettled;
  }

  /**
   * Keeps what was learned last, for ever: steps that their owner teaches something else, or gives to another network,
   * are copied.
   * @throws OrderError when nothing was learned yet
   */
  settle(): void {
    if (this.#isSettled) return;
    this.#steps = this.#steps.map(copyOf);
    this.#isSettled = true;
  }

  /**
   * Learns the preprocessing, unless settled.
   * @param among the examples to learn from; all unless given
   * @returns X as `inputs` gives it, all of it
   * @throws ArgumentError, ShapeError or UnknownCategoryError when the examples do not fit
   */
  learnInputs(X: Inputs, among?: Int32Array): Inputs {
    if (this.#isSettled || this.#steps.length === 0) return this.inputs(X);
    let rows = listOf(X);
    for (const step of this.#steps) {
      rows = among === undefined ? learnFromAll(step, rows) : learnFromSome(step, rows, among);
    }
    return rows as number[][];
  }

  /**
   * Preprocesses inputs by what was learned.
   * @returns X itself without preprocessing, else rows of numbers
   * @throws OrderError before `learnInputs`; ArgumentError, ShapeError or UnknownCategoryError when they do not fit
   */
  inputs(X: Inputs): Inputs {
    if (this.#steps.length === 0) return X;
    let rows = listOf(X);
    for (const step of this.#steps) rows = step.transform(rows);
    return rows as number[][];
  }

  /**
   * Learns the class labels, unless settled.
   * @param outputs how many outputs the network has: with one, two classes become 0 and 1; with more, each class has one
   * @param role how messages name the labels
   * @returns Y as `targets` gives it
   * @throws ArgumentError when there are too many or too few classes; UnknownCategoryError when settled
   */
  learnTargets(Y: Labels, outputs: number, role = "Y"): Labels {
    if (!this.#isSettled) this.#classes = holdsLabels(Y) ? classEncoder(Y, outputs, role) : undefined;
    return this.targets(Y, role);
  }

  /**
   * Makes numbers of class labels by what was learned.
   * @param role how messages name the labels
   * @returns Y itself unless it holds labels, else numbers or one-hot rows
   * @throws ArgumentError when no labels were learned, and for a list of numbers when they were text; UnknownCategoryError for a label that
   *   was not there then
   */
  targets(Y: Labels, role = "Y"): Labels {
    if (!holdsLabels(Y)) {
      if (typeof this.classes?.[0] === "string" && isList(Y) && typeof Y[0] === "number")
        this.#refuseNumber(Y[0]);
      return Y;
    }
    const encoder = this.#classes;
    if (encoder === undefined) {
      throw new ArgumentError(`the network was trained on numbers, so it has no class ${describe(Y[0])}`);
    }
    // the encoder would name itself in what it refuses, and the network's user knows of none
    return encoder.encoded(Y, (i) => `${role}: label ${i}`);
  }

  /** A number may be the name of a class as well as its place, and whoever means the one is not told of the other by any cost. */
  #refuseNumber(label: number): never {
    const names = this.classes!.map(quoted);
    const shown = names.length > 10 ? [...names.slice(0, 10), "…"] : names;
    const map = names.includes(quoted(String(label)))
      ? "String) makes text of numbers"
      : "(place) => network.classes[place]) makes labels of places";
    throw new ArgumentError(
      `the network was trained on the labels ${shown.join(", ")}, so give labels of these, not the number ${label}; labels.map(${map}`,
    );
  }

  /** The labels of classes by their place, or the places themselves when there are no labels. */
  labels(places: readonly number[]): Category[] {
    const { classes } = this;
    return classes === undefined ? [...places] : places.map((place) => classes[place]);
  }

  /** @throws OrderError before `learnInputs` */
  toJSON(): SavedReader {
    const preprocess = this.#steps.map(savedAs);
    const classes = this.#classes?.toJSON();
    return { ...(preprocess.length > 0 && { preprocess }), ...(classes !== undefined && { classes }) };
  }

  /**
   * The reader that was saved, settled.
   * @param given the preprocessing to take instead of the saved one; see `savedSteps`
   * @throws ArgumentError for anything but what `toJSON` gave, and for steps that do not fit
   */
  static fromJSON({ preprocess = [], classes }: SavedReader, given?: Preprocess): ExampleReader {
    const reader = new ExampleReader();
    reader.#steps = savedSteps(preprocess, given);
    if (classes !== undefined) {
      const encoder: unknown = preprocessorFromJSON(classes);
      if (!(encoder instanceof LabelEncoder || encoder instanceof OneHotEncoder)) {
        throw new ArgumentError("the saved classes must be of a LabelEncoder or OneHotEncoder");
      }
      reader.#classes = encoder;
    }
    reader.settle();
    return reader;
  }
}

function learnFromAll(step: Step, rows: ArrayLike<unknown>): ArrayLike<unknown> {
  step.fit(rows);
  return step.transform(rows);
}

/** Lets a step learn from some of the rows, and changes all. */
function learnFromSome(step: Step, rows: ArrayLike<unknown>, among: Int32Array): ArrayLike<unknown> {
  try {
    step.fit(Array.from(among, (i) => rows[i]));
  } catch (error) {
    // what is wrong with a row is told by its place among all of them
    step.fit(rows);
    throw error;
  }
  try {
    return step.transform(rows);
  } catch (error) {
    if (!(error instanceof UnknownCategoryError)) throw error;
    throw new UnknownCategoryError(
      `${error.message}. The example is held out for validation, and nothing is learned from such; give the encoder unknown: "ignore", or give validation examples of your own`,
      { cause: error },
    );
  }
}

function listOf(X: Inputs): ArrayLike<unknown> {
  return X instanceof Matrix ? rowsFromMatrix(X) : X;
}

function holdsLabels(Y: Labels): Y is ArrayLike<Category> {
  return isList(Y) && (typeof Y[0] === "string" || typeof Y[0] === "boolean");
}

/** @internal How many classes so many outputs tell apart: one output is the probability of the second of two. */
export function classesOf(outputs: number): number {
  return outputs === 1 ? 2 : outputs;
}

function classEncoder(Y: ArrayLike<Category>, outputs: number, role: string): ClassEncoder {
  const encoder = outputs === 1 ? new LabelEncoder() : new OneHotEncoder();
  encoder.standing = Categories.of(Y, role, (i) => `label ${i}`);
  const count = encoder.standing.size;
  if (count === classesOf(outputs)) return encoder;
  if (count === 1) {
    throw new ArgumentError(`every label is ${quoted(Y[0])}: there is no other class to tell it from`);
  }
  const hint = Array.from(Y).every(isNumeric)
    ? "; if they are no classes but numbers in text, labels.map(Number) makes numbers of them"
    : "";
  throw new ArgumentError(
    `the labels are of ${count} classes, so the last layer must have ${count === 2 ? "1 or 2" : count} neurons, not ${outputs}${hint}`,
  );
}

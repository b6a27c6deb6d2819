import { Categories, type Category } from "../data/categories.ts";
import { counted, describe, describeOther, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { isList, type ListOf } from "../list.ts";
import { checkMatrix, Matrix } from "../matrix.ts";

/**
 * Classes, one an example: a list of labels; a Matrix of one row, whose numbers are the labels; or a Matrix of a row
 * per class, one-hot or probabilities, whose largest number in a column is that example's class.
 */
export type Classes = ListOf<Category> | Matrix;

/**
 * The class that a network's outputs predict for each example: of one row of probabilities, 1 where it is above the
 * threshold, else 0; of a row per class, the place of the largest, the first of equals.
 *
 * @param YHat (1 × m) or (classes × m)
 * @param threshold for one row; 0.5 unless given
 * @returns m whole numbers
 * @throws ArgumentError for anything but a matrix without NaN, and for a threshold that is not a number; DisposedError for a
 *   disposed matrix
 * @example
 * predictedClasses(Matrix.from([[0.2, 0.7]]));                // [0, 1]
 * predictedClasses(Matrix.from([[0.2, 0.7], [0.8, 0.3]]));    // [1, 0]
 */
export function predictedClasses(YHat: Matrix, threshold = 0.5): number[] {
  checkMatrix(YHat, "predictedClasses: YHat");
  if (typeof threshold !== "number" || Number.isNaN(threshold)) {
    throw new ArgumentError(`predictedClasses: the threshold must be a number, not ${describe(threshold)}`);
  }
  const { data, rows, cols } = YHat;
  // a loop: findIndex calls its function for each number, four times as long
  let bad = 0;
  while (bad < data.length && !Number.isNaN(data[bad])) bad++;
  if (bad < data.length) {
    throw new ArgumentError(
      `predictedClasses: example ${bad % cols} has an output that is NaN, so it predicts no class`,
    );
  }
  const classes = new Array<number>(cols);
  for (let i = 0; i < cols; i++) {
    let best = 0;
    for (let k = 1; k < rows; k++) if (data[k * cols + i] > data[best * cols + i]) best = k;
    classes[i] = rows === 1 ? Number(data[i] > threshold) : best;
  }
  return classes;
}

/** @internal Both lists of classes, checked, and the distinct ones in order. */
export interface ComparedClasses {
  truth: ArrayLike<Category>;
  predicted: ArrayLike<Category>;
  classes: Categories;
}

/**
 * @internal
 * @throws ShapeError for none or different numbers of examples; ArgumentError for missing classes, classes of
 *   different types, and numbers that are not whole
 */
export function compareClasses(truth: Classes, predicted: Classes, where: string): ComparedClasses {
  const truthList = truthOf(truth, where);
  const predictedList = listOf(predicted, `${where}: predicted`);
  checkSameCount(truthList.length, predictedList.length, where);
  const n = truthList.length;
  const both = new Array<Category>(2 * n);
  for (let i = 0; i < n; i++) [both[i], both[n + i]] = [truthList[i], predictedList[i]];
  const place = (i: number) => (i < n ? `truth, example ${i}` : `predicted, example ${i - n}`);
  const classes = Categories.of(both, where, place);
  // looked for among the classes, which are few
  if (classes.list.some(isFraction)) {
    const broken = both.findIndex(isFraction);
    const hint =
      broken < n
        ? "for numbers take rSquared or meanAbsoluteError"
        : "predictedClasses(YHat) makes classes of probabilities";
    throw new ArgumentError(`${where}: ${place(broken)} is ${both[broken]}, which is no class; ${hint}`);
  }
  return { truth: truthList, predicted: predictedList, classes };
}

/** Whether it is a number that is not whole. */
function isFraction(value: Category): boolean {
  return typeof value === "number" && !Number.isInteger(value);
}

/**
 * @internal Checks what is true: as any classes, and that they are one an example.
 * @throws what `listOf` throws, and ArgumentError for a matrix of a row per class that holds 0 and 1 alone, and not one 1 in each
 *   column
 */
export function truthOf(truth: Classes, where: string): ArrayLike<Category> {
  const list = listOf(truth, `${where}: truth`);
  if (truth instanceof Matrix) checkOneClassEach(truth, where);
  return list;
}

/** Labels of none or several classes an example would all count as the first of their largest. */
function checkOneClassEach({ data, rows, cols }: Matrix, where: string): void {
  if (rows === 1) return;
  for (let i = 0; i < data.length; i++) if (data[i] !== 0 && data[i] !== 1) return;
  for (let i = 0; i < cols; i++) {
    let count = 0;
    for (let k = i; k < data.length; k += cols) count += data[k];
    if (count === 1) continue;
    throw new ArgumentError(
      `${where}: truth, example ${i} is of ${count} classes, and this measures examples of one class each; a metric of your own, a function of Y and YHat, can compare row by row`,
    );
  }
}

/**
 * Checks that one list or matrix of classes is there.
 * @throws ArgumentError, or ShapeError when it is empty
 */
function listOf(classes: Classes, role: string): ArrayLike<Category> {
  if (classes instanceof Matrix) {
    checkMatrix(classes, role);
    return classes.rows === 1 ? classes.data : predictedClasses(classes);
  }
  if (!isList(classes)) {
    throw new ArgumentError(
      `${role} must be a list of classes or a Matrix, not ${describeOther("Matrix", classes)}`,
    );
  }
  if (classes.length === 0) throw new ShapeError(`${role} is empty; there is nothing to measure`);
  if (isList(classes[0]) && typeof classes[0] !== "string") {
    throw new ArgumentError(
      `${role}, example 0 must be a class, not ${describe(classes[0])}; network.classify(X) gives classes, and a Matrix holds one-hot columns or probabilities`,
    );
  }
  return classes;
}

/** @internal @throws ShapeError unless the counts are one */
export function checkSameCount(truth: number, given: number, where: string, name = "predicted"): void {
  if (truth === given) return;
  throw new ShapeError(
    `${where}: truth has ${counted(truth, "example")} and ${name} has ${given}; they must be of the same examples`,
  );
}

/**
 * @internal The place of the positive class among those there are; −1 when the examples are all of the other one.
 * @param hint what the message advises when there are more than two
 * @throws ArgumentError for more than two classes, and when neither of two is the positive one
 */
export function positiveIndex(
  classes: readonly Category[],
  positive: Category | undefined,
  where: string,
  hint: string,
): number {
  if (positive !== undefined) Categories.of([positive], `${where}: the option positive`, () => "the class");
  const shown = classes.slice(0, 10).map((value) => quoted(value));
  if (classes.length > 2) {
    if (classes.length > 10) shown.push("…");
    throw new ArgumentError(
      `${where}: there are ${classes.length} classes (${shown.join(", ")}), and the binary figure takes 2; ${hint}`,
    );
  }
  const wanted = positive ?? (typeof classes[0] === "boolean" ? true : 1);
  const k = classes.indexOf(wanted);
  if (k < 0 && (classes.length === 2 || typeof wanted !== typeof classes[0])) {
    throw new ArgumentError(
      `${where}: the positive class ${quoted(wanted)} is not among the classes ${shown.join(", ")}${positive === undefined ? "; give the option positive" : ""}`,
    );
  }
  return k;
}

import type { Category } from "../data/categories.ts";
import type { ListOf } from "../list.ts";
import { checkName, checkOptions } from "../options.ts";
import { type Classes, positiveIndex } from "./classes.ts";
import { confusionOf } from "./confusion-matrix.ts";

/**
 * What to give of several classes: "binary" the positive class's figure; "macro" the mean over the classes; "weighted"
 * the mean weighted by how many examples each class has; "micro" the figure of all classes' counts taken together.
 */
export type Average = "binary" | "macro" | "micro" | "weighted";

/** Options of `precision`, `recall` and `f1`. */
export interface AverageOptions {
  /** "binary" unless given, which needs two classes. */
  average?: Average | undefined;
  /** The positive class of the binary figure; 1, or true among booleans, unless given. */
  positive?: Category | undefined;
}

/** The figures of one class. */
export interface ClassScores<C extends Category = Category> {
  /** The class itself. */
  class: C;
  /** Share of the examples predicted to be of it that are. */
  precision: number;
  /** Share of its examples that were predicted to be. */
  recall: number;
  /** The harmonic mean of the two. */
  f1: number;
  /** How many examples are of this class. */
  support: number;
}

interface Counts {
  right: number;
  predicted: number;
  support: number;
}

const averages: readonly Average[] = ["binary", "macro", "micro", "weighted"];

/**
 * Share of the examples predicted to be of a class that are; 0 when none was predicted to be.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, and for "binary" of more than two classes; DisposedError for a
 *   disposed matrix
 * @example
 * precision([0, 1, 1], [1, 1, 1]);   // 0.6666666666666666
 */
export function precision(truth: Classes, predicted: Classes, options?: AverageOptions): number {
  return averaged("precision", precisionOf, truth, predicted, options);
}

/**
 * Share of the examples of a class that were predicted to be; 0 when there are none.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, and for "binary" of more than two classes; DisposedError for a
 *   disposed matrix
 * @example
 * recall([0, 1, 1], [0, 1, 0]);   // 0.5
 */
export function recall(truth: Classes, predicted: Classes, options?: AverageOptions): number {
  return averaged("recall", recallOf, truth, predicted, options);
}

/**
 * The harmonic mean of precision and recall; 0 when both are.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, and for "binary" of more than two classes; DisposedError for a
 *   disposed matrix
 * @example
 * f1([0, 1, 1], [0, 1, 0]);                         // 0.6666666666666666
 * f1([0, 1, 2], [0, 1, 1], { average: "macro" });   // 0.5555555555555555
 */
export function f1(truth: Classes, predicted: Classes, options?: AverageOptions): number {
  return averaged("f1", f1Of, truth, predicted, options);
}

/**
 * Precision, recall and F1 of each class, in the order of `confusionMatrix`.
 *
 * @param truth the classes (m examples)
 * @param predicted the predicted classes (m examples)
 * @throws ShapeError or ArgumentError when the two do not fit, DisposedError for a disposed matrix
 * @example
 * perClass([0, 1, 1], [0, 1, 0])[1];   // { class: 1, precision: 1, recall: 0.5, f1: 0.6666666666666666, support: 2 }
 */
export function perClass<C extends Category>(truth: ListOf<C>, predicted: ListOf<C>): ClassScores<C>[];
export function perClass(truth: Classes, predicted: Classes): ClassScores[];
export function perClass(truth: Classes, predicted: Classes): ClassScores[] {
  const { classes, counts } = countsByClass(truth, predicted, "perClass");
  return counts.map((count, k) => ({
    class: classes[k],
    precision: precisionOf(count),
    recall: recallOf(count),
    f1: f1Of(count),
    support: count.support,
  }));
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const precisionOf = ({ right, predicted }: Counts) => share(right, predicted);
const recallOf = ({ right, support }: Counts) => share(right, support);
const f1Of = ({ right, predicted, support }: Counts) => share(2 * right, predicted + support);

function averaged(
  where: string,
  figure: (counts: Counts) => number,
  truth: Classes,
  predicted: Classes,
  options: AverageOptions = {},
): number {
  checkOptions(options, ["average", "positive"], where);
  const { average = "binary" } = options;
  checkName(average, averages, `${where}: the average`);
  const { classes, counts } = countsByClass(truth, predicted, where);
  if (average === "binary") {
    const hint = 'give the option average "macro", "micro" or "weighted"';
    const k = positiveIndex(classes, options.positive, where, hint);
    return k < 0 ? 0 : figure(counts[k]);
  }
  if (average === "micro") return figure(counts.reduce(together));
  const weights = counts.map(({ support }) => (average === "macro" ? 1 : support));
  const total = weights.reduce((a, b) => a + b);
  return counts.reduce((sum, count, k) => sum + figure(count) * weights[k], 0) / total;
}

function countsByClass(truth: Classes, predicted: Classes, where: string) {
  const { classes, counts } = confusionOf(truth, predicted, where);
  const byClass = classes.map((_, k): Counts => {
    let timesPredicted = 0;
    let support = 0;
    for (let other = 0; other < classes.length; other++) {
      timesPredicted += counts[other][k];
      support += counts[k][other];
    }
    return { right: counts[k][k], predicted: timesPredicted, support };
  });
  return { classes, counts: byClass };
}

function together(a: Counts, b: Counts): Counts {
  return { right: a.right + b.right, predicted: a.predicted + b.predicted, support: a.support + b.support };
}

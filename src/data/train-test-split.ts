import { counted, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { ListOf } from "../list.ts";
import { checkFlag, checkNumber, checkOptions } from "../options.ts";
import { checkRandom, RandomState, sharedRandom } from "../random.ts";
import { Categories, type Category } from "./categories.ts";
import { checkExamples } from "./rows.ts";

/** Options of `trainTestSplit`. */
export interface SplitOptions {
  /** Share of the examples that is held out, rounded up to whole examples; 0.25 unless given. */
  testShare?: number | undefined;
  /** Whether each class is held out in its share of the examples; false unless given. */
  stratify?: boolean | undefined;
  /** Seeds the draw; the generator of the library's `seed` unless given. */
  seed?: number | undefined;
  /** Where the draw is made, instead of by a seed. */
  random?: RandomState | undefined;
}

/** One part of a split. */
export interface SplitPart<Row, Label> {
  /** Its examples. */
  rows: Row[];
  /** The label of each. */
  labels: Label[];
  /** Where in the whole each example stood. */
  indices: Int32Array;
}

/** What `trainTestSplit` gives. */
export interface Split<Row, Label> {
  /** What to learn from. */
  train: SplitPart<Row, Label>;
  /** What is held out. */
  test: SplitPart<Row, Label>;
}

/**
 * Splits examples at random into those to learn from and those held out. One seed gives the very examples, in the
 * very order, that scikit-learn's `train_test_split(..., random_state=seed)` gives, stratified or not; but
 * NumPy sorts classes of text by code points, this by UTF-16 units, which differ where some have characters beyond U+FFFF.
 *
 * @param rows one row or record an example
 * @param labels one label an example; classes when stratified
 * @throws ArgumentError for an unknown option or a value outside its range, for `seed` and `random` together, and for missing labels
 *   when stratified; ShapeError when rows and labels differ in number, a part would be empty, or a class has one example to stratify
 * @example
 * const { train, test } = trainTestSplit([[1], [2], [3], [4]], ["a", "b", "a", "b"], { seed: 48 });
 * test.rows;       // [[3]]
 * train.indices;   // Int32Array [3, 1, 0]
 */
export function trainTestSplit<Row, Label>(
  rows: ListOf<Row>,
  labels: ListOf<Label>,
  options: SplitOptions = {},
): Split<Row, Label> {
  checkOptions(options, ["testShare", "stratify", "seed", "random"], "trainTestSplit");
  checkExamples(rows, "trainTestSplit: rows", "[[1, 2], [3, 4]]");
  checkExamples(labels, "trainTestSplit: labels", "[0, 1]");
  const n = rows.length;
  if (labels.length !== n) {
    throw new ShapeError(
      `trainTestSplit: there are ${counted(n, "row")} and ${counted(labels.length, "label")}; each row needs one`,
    );
  }
  const nTest = testCount(n, options.testShare);
  const random = generatorOf(options);
  const { stratify = false } = options;
  const [train, test] = checkFlag(stratify, "trainTestSplit: stratify")
    ? stratified(
        Categories.of(labels as ArrayLike<Category>, "trainTestSplit: labels"),
        labels,
        nTest,
        random,
      )
    : shuffled(n, nTest, random);
  const part = (indices: Int32Array): SplitPart<Row, Label> => ({
    rows: Array.from(indices, (i) => rows[i]),
    labels: Array.from(indices, (i) => labels[i]),
    indices,
  });
  return { train: part(train), test: part(test) };
}

function testCount(n: number, testShare: unknown = 0.25): number {
  const role = "trainTestSplit: testShare";
  const share = checkNumber(testShare, role, "between 0 and 1", (value) => value > 0 && value < 1);
  const nTest = Math.ceil(share * n);
  if (nTest === n) {
    throw new ShapeError(
      `trainTestSplit: a testShare of ${share} holds out all ${n} examples and leaves none to learn from`,
    );
  }
  return nTest;
}

function generatorOf({ seed, random }: SplitOptions): RandomState {
  if (random === undefined) return seed === undefined ? sharedRandom() : new RandomState(seed);
  if (seed !== undefined) throw new ArgumentError("trainTestSplit: give seed or random, not both");
  return checkRandom(random, "trainTestSplit: random");
}

function shuffled(n: number, nTest: number, random: RandomState): [Int32Array, Int32Array] {
  const order = random.permutation(n);
  return [order.slice(nTest), order.slice(0, nTest)];
}

/** Draws in scikit-learn's order: both parts' counts by class, the classes one after another, then both parts. */
function stratified(
  classes: Categories,
  labels: ArrayLike<unknown>,
  nTest: number,
  random: RandomState,
): [Int32Array, Int32Array] {
  const members: number[][] = classes.list.map(() => []);
  for (let i = 0; i < labels.length; i++) members[classes.indexOf(labels[i], () => `example ${i}`)].push(i);
  const counts = members.map((list) => list.length);
  const nTrain = labels.length - nTest;
  const rarest = counts.indexOf(1);
  if (rarest >= 0) {
    throw new ShapeError(
      `trainTestSplit: to stratify, every class needs at least 2 examples, but ${quoted(classes.list[rarest])} has 1`,
    );
  }
  if (Math.min(nTrain, nTest) < classes.size) {
    throw new ShapeError(
      `trainTestSplit: to stratify, both parts need an example of each of the ${classes.size} classes, but they have ${nTrain} and ${nTest} examples`,
    );
  }
  const trainCounts = shareOut(counts, nTrain, random);
  const testCounts = shareOut(
    counts.map((count, k) => count - trainCounts[k]),
    nTest,
    random,
  );
  const train: number[] = [];
  const test: number[] = [];
  members.forEach((list, k) => {
    const order = Array.from(random.permutation(list.length), (i) => list[i]);
    const end = trainCounts[k] + testCounts[k];
    order.slice(0, end).forEach((example, i) => {
      (i < trainCounts[k] ? train : test).push(example);
    });
  });
  random.shuffle(train);
  random.shuffle(test);
  return [Int32Array.from(train), Int32Array.from(test)];
}

/** Draws `total` from the classes by their counts: whole parts first, then the largest remainders, ties at random. */
function shareOut(counts: readonly number[], total: number, random: RandomState): number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  const exact = counts.map((count) => (count / sum) * total);
  const shares = exact.map(Math.floor);
  let left = Math.trunc(total - shares.reduce((a, b) => a + b, 0));
  const remainders = exact.map((value, k) => value - shares[k]);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left === 0) break;
    const tied = remainders.flatMap((value, k) => (value === remainder ? [k] : []));
    const take = Math.min(tied.length, left);
    for (const i of random.permutation(tied.length).slice(0, take)) shares[tied[i]]++;
    left -= take;
  }
  return shares;
}

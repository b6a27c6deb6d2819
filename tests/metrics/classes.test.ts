import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  accuracy,
  confusionMatrix,
  DisposedError,
  f1,
  Matrix,
  measure,
  perClass,
  precision,
  predictedClasses,
  recall,
  rocAuc,
  ShapeError,
} from "../../src/index.ts";
import { readGolden } from "../golden/close.ts";

type Figures<T> = Record<"precision" | "recall" | "f1", T>;
interface Golden {
  classes: ({
    name: string;
    truth: (string | number)[];
    predicted: (string | number)[];
    accuracy: number;
    classes: (string | number)[];
    confusion: number[][];
    binary?: Figures<number>;
    perClass: Figures<number[]> & { support: number[] };
  } & Record<"macro" | "micro" | "weighted", Figures<number>>)[];
}
const golden = readGolden<Golden>("metrics").classes;
const figures = { precision, recall, f1 };

const close = (ours: number, theirs: number) => expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-12);

describe.each(golden)("scikit-learn on $name, within 1e-12", (given) => {
  const { truth, predicted } = given;

  it("accuracy and confusionMatrix", () => {
    close(accuracy(truth, predicted), given.accuracy);
    expect(confusionMatrix(truth, predicted)).toEqual({ classes: given.classes, counts: given.confusion });
  });

  it.each(["binary", "macro", "micro", "weighted"] as const)("precision, recall, f1: %s", (average) => {
    const expected = given[average];
    for (const [name, figure] of Object.entries(figures)) {
      if (expected === undefined) {
        expect(() => figure(truth, predicted, { average })).toThrow(ArgumentError);
      } else {
        close(figure(truth, predicted, { average }), expected[name as keyof typeof figures]);
      }
    }
  });

  it("perClass", () => {
    const ours = perClass(truth, predicted);
    expect(ours.map((scores) => scores.class)).toEqual(given.classes);
    ours.forEach((scores, k) => {
      close(scores.precision, given.perClass.precision[k]);
      close(scores.recall, given.perClass.recall[k]);
      close(scores.f1, given.perClass.f1[k]);
      expect(scores.support).toBe(given.perClass.support[k]);
    });
  });
});

const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 50,
  })
  .map((list) => [list.map(([t]) => t), list.map(([, p]) => p)]);

describe("properties", () => {
  it("the counts add up to the examples, and their diagonal to the accuracy", () => {
    fc.assert(
      fc.property(pairs, ([truth, predicted]) => {
        const { counts } = confusionMatrix(truth, predicted);
        expect(counts.flat().reduce((a, b) => a + b)).toBe(truth.length);
        const diagonal = counts.reduce((sum, row, k) => sum + row[k], 0);
        expect(accuracy(truth, predicted)).toBe(diagonal / truth.length);
      }),
    );
  });

  it("micro precision, recall and f1 are the accuracy", () => {
    fc.assert(
      fc.property(pairs, ([truth, predicted]) => {
        const expected = accuracy(truth, predicted);
        for (const figure of Object.values(figures))
          close(figure(truth, predicted, { average: "micro" }), expected);
      }),
    );
  });

  it("truth and prediction exchanged exchange precision and recall, transpose the counts, keep f1", () => {
    fc.assert(
      fc.property(pairs, ([truth, predicted]) => {
        const [macro, { counts }] = [{ average: "macro" } as const, confusionMatrix(truth, predicted)];
        expect(precision(truth, predicted, macro)).toBe(recall(predicted, truth, macro));
        expect(f1(truth, predicted, macro)).toBe(f1(predicted, truth, macro));
        expect(confusionMatrix(predicted, truth).counts).toEqual(
          counts.map((_, k) => counts.map((row) => row[k])),
        );
      }),
    );
  });

  it("every figure of the truth itself is 1", () => {
    fc.assert(
      fc.property(pairs, ([truth]) => {
        for (const figure of Object.values(figures)) close(figure(truth, truth, { average: "macro" }), 1);
        expect(accuracy(truth, truth)).toBe(1);
      }),
    );
  });
});

describe("what goes in", () => {
  it("is a matrix of labels, of one-hot columns, of probabilities, or a typed array", () => {
    expect(accuracy(Matrix.from([[0, 1, 1]]), [0, 1, 0])).toBe(2 / 3);
    expect(
      accuracy(
        Matrix.from([
          [1, 0, 0],
          [0, 1, 1],
        ]),
        Matrix.from([
          [0.9, 0.2, 0.6],
          [0.1, 0.8, 0.4],
        ]),
      ),
    ).toBe(2 / 3);
    expect(accuracy(Int32Array.of(3, 4), Uint8Array.of(3, 5))).toBe(0.5);
    expect(accuracy([true, false], [true, true])).toBe(0.5);
  });

  it("is of one class an example: columns with none or several are refused, of shares they are not", () => {
    const truth = Matrix.from([[1, 1, 0], [0, 1, 1]]); // biome-ignore format: one line
    const said = "truth, example 1 is of 2 classes, and this measures examples of one class each";
    expect(() => accuracy(truth, [0, 0, 1])).toThrow(said);
    expect(() => rocAuc(truth, truth)).toThrow(said);
    expect(() => accuracy(Matrix.from([[0], [0]]), [0])).toThrow("example 0 is of 0 classes");
    expect(accuracy(Matrix.from([[0.5, 1], [0.5, 0]]), [0, 0])).toBe(1); // biome-ignore format: one line
  });

  it("may name the positive class; booleans need not", () => {
    expect(precision(["no", "yes", "yes"], ["yes", "yes", "no"], { positive: "yes" })).toBe(0.5);
    expect(recall([true, true, false], [true, false, false])).toBe(0.5);
    expect(f1([0, 0], [0, 0])).toBe(0);
    expect(() => precision(["no", "yes"], ["no", "yes"])).toThrow(
      new ArgumentError(
        'precision: the positive class 1 is not among the classes "no", "yes"; give the option positive',
      ),
    );
  });

  it("refuses a positive class that is none", () => {
    expect(() => f1([0, 1], [0, 1], { positive: [1] as never })).toThrow(
      new ArgumentError(
        "f1: the option positive: the class must be a string, a number or a boolean, not an array of length 1",
      ),
    );
  });

  it("asks for an average of more than two classes", () => {
    expect(() => f1([0, 1], [0, 1], { positive: 5 })).toThrow(/class 5 is not among the classes 0, 1$/);
    expect(() => f1([0, 1, 2], [0, 1, 1])).toThrow(
      new ArgumentError(
        'f1: there are 3 classes (0, 1, 2), and the binary figure takes 2; give the option average "macro", "micro" or "weighted"',
      ),
    );
    const ten = Array.from({ length: 10 }, (_, i) => i);
    expect(() => f1(ten, ten)).toThrow(/there are 10 classes \(0, 1, 2, 3, 4, 5, 6, 7, 8, 9\),/);
    const eleven = [...ten, 10];
    expect(() => f1(eleven, eleven)).toThrow(/there are 11 classes \(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …\),/);
    expect(() => f1([0, 1], [0, 1], { average: "makro" as never })).toThrow(/did you mean "macro"/);
    expect(() => f1([0, 1], [0, 1], { averages: "macro" } as never)).toThrow(/did you mean "average"/);
  });

  it("is no list of rows, as predict gives them", () => {
    expect(() => accuracy([0, 1], [[0.2], [0.8]] as never)).toThrow(
      new ArgumentError(
        "accuracy: predicted, example 0 must be a class, not an array of length 1; network.classify(X) gives classes, and a Matrix holds one-hot columns or probabilities",
      ),
    );
    expect(() => confusionMatrix([[0, 1]] as never, ["a"])).toThrow(/truth, example 0 must be a class/);
  });

  it("must be classes, there, of one type and of the same examples", () => {
    expect(() => accuracy([0, 1], Matrix.from([[0.2, 0.7]]))).toThrow(
      new ArgumentError(
        "accuracy: predicted, example 0 is 0.2, which is no class; predictedClasses(YHat) makes classes of probabilities",
      ),
    );
    expect(() => accuracy([1.5, 2], [1, 2])).toThrow(
      new ArgumentError(
        "accuracy: truth, example 0 is 1.5, which is no class; for numbers take rSquared or meanAbsoluteError",
      ),
    );
    expect(() => accuracy([0, 1], [0])).toThrow(
      new ShapeError("accuracy: truth has 2 examples and predicted has 1; they must be of the same examples"),
    );
    expect(() => accuracy([], [])).toThrow(
      new ShapeError("accuracy: truth is empty; there is nothing to measure"),
    );
    expect(() => accuracy(["a", ""], ["a", "b"])).toThrow(/truth, example 1 is missing/);
    expect(() => accuracy([0, 1], ["0", "1"])).toThrow(
      /predicted, example 0 is the string "0"; categories must be/,
    );
    expect(() => accuracy("ab" as never, "ab" as never)).toThrow(ArgumentError);
    const gone = Matrix.from([[1]]);
    gone.dispose();
    expect(() => accuracy(gone, [1])).toThrow(DisposedError);
  });
});

describe("by name, of one output, which predicts the classes 0 and 1", () => {
  const YHat = Matrix.from([[0.1, 0.9]]);

  it.each(["accuracy", "precision", "recall", "f1"] as const)("%s refuses any other label", (name) => {
    for (const [labels, i, odd] of [
      [[-1, 1], 0, -1],
      [[1, 2], 1, 2],
    ] as const) {
      expect(() => measure(name, Matrix.from([[...labels]]), YHat)).toThrow(
        new ArgumentError(
          `${name}: label ${i} is ${odd}, but one output predicts the classes 0 and 1; give labels of these or as text, or a metric of your own, a function of Y and YHat`,
        ),
      );
    }
    expect(() => measure(name, Matrix.from([[0.5, 1]]), YHat)).toThrow(/example 0 is 0.5, which is no class/);
    expect(measure(name, Matrix.from([[0, 1]]), YHat)).toBe(1);
  });
});

describe("predictedClasses", () => {
  it("is 1 above the threshold, or the first largest of a column", () => {
    const YHat = Matrix.from([[0.2, 0.5, 0.7]]);
    expect(predictedClasses(YHat)).toEqual([0, 0, 1]);
    expect(predictedClasses(YHat, 0.1)).toEqual([1, 1, 1]);
    expect(
      predictedClasses(
        Matrix.from([
          [1, 3],
          [2, 3],
          [0, 1],
        ]),
      ),
    ).toEqual([1, 0]);
  });

  it("refuses NaN outputs and thresholds", () => {
    expect(() =>
      predictedClasses(
        Matrix.from([
          [0, 1],
          [0, Number.NaN],
        ]),
      ),
    ).toThrow(
      new ArgumentError("predictedClasses: example 1 has an output that is NaN, so it predicts no class"),
    );
    expect(() => predictedClasses(Matrix.from([[1]]), Number.NaN)).toThrow(ArgumentError);
    expect(() => predictedClasses([1] as never)).toThrow(ArgumentError);
  });
});

import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  linear,
  Matrix,
  Network,
  OrderError,
  RecordEncoder,
  relu,
  sigmoid,
  softmax,
  UnknownCategoryError,
} from "../../src/index.ts";
import { answers, people } from "../support/people.ts";

const kinds = people.map(({ city }) => `from ${city}`);

const options = { optimizer: "adam", learningRate: 0.05, seed: 48 } as const;
const binary = () =>
  new Network([linear(6), relu(), linear(1), sigmoid()], {
    ...options,
    preprocess: new RecordEncoder(),
    metrics: ["accuracy", "f1"],
  });

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("records and class labels", () => {
  const network = binary();
  network.fitSync(people, answers, { epochs: 60 });

  it("go in as they are, and classes come out", () => {
    expect(network.classify(people)).toEqual(answers);
    expect(network.classes).toEqual(["no", "yes"]);
    expect(
      network.classify([
        { height: 190, city: "Oslo" },
        { city: "Bern", height: "151" },
      ]),
    ).toEqual(["yes", "no"]);
    expect(network.predict(people.slice(0, 2))).toEqual([[expect.any(Number)], [expect.any(Number)]]);
  });

  it("are measured by name, in fit and in evaluate", () => {
    expect(network.history.epochs.at(-1)?.metrics).toEqual({ accuracy: 1, f1: 1 });
    const { cost, metrics } = network.evaluate(people, answers);
    expect(cost).toBeLessThan(0.1);
    expect(metrics).toEqual({ accuracy: 1, f1: 1 });
    expect(
      network.evaluate(
        people,
        answers.map(() => "yes"),
        ["accuracy", "recall"],
      ).metrics,
    ).toEqual({
      accuracy: answers.filter((answer) => answer === "yes").length / 60,
      recall: answers.filter((answer) => answer === "yes").length / 60,
    });
    const own = { ones: (Y: Matrix) => Array.from(Y.data).reduce((a, b) => a + b) };
    expect(network.evaluate(people, answers, own).metrics).toEqual({
      ones: answers.filter((answer) => answer === "yes").length,
    });
  });

  it("come back from JSON with the network", () => {
    const back = Network.fromJSON(JSON.parse(JSON.stringify(network)));
    expect(back.predict(people)).toEqual(network.predict(people));
    expect(back.classify(people)).toEqual(answers);
    expect(back.evaluate(people, answers, ["accuracy"]).metrics).toEqual({ accuracy: 1 });
  });

  it("with a class that fit did not see, or missing, are refused by name", () => {
    expect(() => network.evaluate(people, [...answers.slice(1), "maybe"])).toThrow(UnknownCategoryError);
    expect(() => network.fitSync(people, [...answers.slice(1), "maybe"])).toThrow(UnknownCategoryError);
    const said = (Y: readonly unknown[]) => {
      const X = people.slice(0, Y.length);
      const validation = { X, Y: Y as string[] };
      return [
        () => network.evaluate(X, Y as string[]),
        () => network.fitSync(X, Y as string[]),
        () => network.fitSync(people, answers, { epochs: 1, validation }),
      ].map(messageOf);
    };
    const [a, b] = [...network.classes!].map((label) => JSON.stringify(label));
    const unknown = `label 1 is "maybe", a category that fit did not see; the nearest known one is ${b} (known: ${a}, ${b})`;
    expect(said([answers[0], "maybe"])).toEqual([
      `evaluate: Y: ${unknown}`,
      `fit: Y: ${unknown}`,
      `validation: Y: ${unknown}`,
    ]);
    const missing = "label 1 is missing (null); fill it or leave the row out";
    expect(said([answers[0], null])).toEqual([
      `evaluate: Y: ${missing}`,
      `fit: Y: ${missing}`,
      `validation: Y: ${missing}`,
    ]);
    expect(() => network.predict([{ height: 1, city: "Paris" }])).toThrow(
      /row 0, column "city" is "Paris", a category that fit did not see/,
    );
    expect(() => network.classify([people[0], { height: "", city: "Rome" }])).toThrow(
      /row 1, column "height" is missing/,
    );
  });

  it("with several outputs have one each", () => {
    const several = new Network([linear(3), softmax()], { ...options, preprocess: [new RecordEncoder()] });
    several.fitSync(people, kinds, {
      epochs: 40,
      validation: { X: people.slice(0, 9), Y: kinds.slice(0, 9) },
    });
    expect(several.classify(people)).toEqual(kinds);
    expect(several.classes).toEqual(["from Bern", "from Oslo", "from Rome"]);
    expect(several.evaluate(people, kinds, ["accuracy", "rocAuc"]).metrics).toEqual({
      accuracy: 1,
      rocAuc: 1,
    });
    expect(() =>
      new Network([linear(2), softmax()], { preprocess: new RecordEncoder() }).fitSync(people, kinds),
    ).toThrow(new ArgumentError("the labels are of 3 classes, so the last layer must have 3 neurons, not 2"));
  });
});

describe("classes of labels in text", () => {
  const layers = [linear(1), sigmoid()];

  it("are two for one output: one alone can be told from nothing", () => {
    expect(() => new Network(layers).fitSync([[1], [2]], ["spam", "spam"])).toThrow(
      new ArgumentError('every label is "spam": there is no other class to tell it from'),
    );
  });

  it("may have been meant as numbers", () => {
    expect(() => new Network([linear(1)]).fitSync([[1], [2], [3]], ["10.5", "20", "-3e1"])).toThrow(
      new ArgumentError(
        "the labels are of 3 classes, so the last layer must have 3 neurons, not 1; if they are no classes but numbers in text, labels.map(Number) makes numbers of them",
      ),
    );
    expect(() => new Network([linear(1)]).fitSync([[1], [2], [3]], ["10.5", "20", "low"])).toThrow(/not 1$/);
  });

  it("that are figures are not met by numbers, which could be names or places", () => {
    const rows = [[1], [2], [3]];
    const network = new Network([linear(3), softmax()], { seed: 1 });
    network.fitSync(rows, ["1", "2", "3"], { epochs: 1 });
    const refused = new ArgumentError(
      'the network was trained on the labels "1", "2", "3", so give labels of these, not the number 2; labels.map(String) makes text of numbers',
    );
    expect(() => network.evaluate(rows, [2, 1, 3])).toThrow(refused);
    expect(() => network.fitSync(rows, [2, 1, 3], { epochs: 1 })).toThrow(refused);
    expect(() =>
      new Network([linear(3), softmax()]).fitSync(rows, ["1", "2", "3"], {
        validation: { X: rows, Y: [2, 1, 3] },
      }),
    ).toThrow(refused);
    expect(() => network.evaluate(rows, [0, 1, 2])).toThrow(
      /not the number 0; labels.map\(\(place\) => network.classes\[place\]\) makes labels of places$/,
    );
    // of booleans they can mean no other
    const flags = new Network(layers, { seed: 1 });
    flags.fitSync([[1], [2]], [false, true], { epochs: 1 });
    expect(flags.evaluate([[1], [2]], [0, 1])).toEqual(flags.evaluate([[1], [2]], [false, true]));
    // one-hot rows say which output they mean
    const oneHot = [[0, 1, 0], [1, 0, 0], [0, 0, 1]]; // biome-ignore format: one line
    expect(network.evaluate(rows, oneHot)).toEqual(network.evaluate(rows, ["2", "1", "3"]));
  });

  it("that were saved must be as many as the outputs tell apart", () => {
    const network = new Network(layers, { seed: 1 });
    network.fitSync([[1], [2]], ["no", "yes"], { epochs: 1 });
    const saved = JSON.parse(JSON.stringify(network));
    saved.classes.classes = ["no"];
    expect(() => Network.fromJSON(saved)).toThrow(
      new ArgumentError("the saved classes are 1, which do not fit a network of 1 output"),
    );
  });

  it("that are missing or no label are told of as labels", () => {
    const train = (first: unknown) => () => new Network(layers).fitSync([[1], [2]], [first, 1] as never);
    expect(train(null)).toThrow(new ArgumentError("fit: Y: label 0 must be a number, not null"));
    expect(train(new Date(0))).toThrow(new ArgumentError("fit: Y: label 0 must be a number, not a Date"));
    for (const last of [
      [linear(1), sigmoid()],
      [linear(2), softmax()],
    ]) {
      const fresh = (second: unknown) => () => new Network(last).fitSync([[1], [2]], ["a", second] as never);
      expect(fresh(null)).toThrow(
        new ArgumentError("fit: Y: label 1 is missing (null); fill it or leave the row out"),
      );
      expect(fresh(3)).toThrow(
        new ArgumentError(
          'fit: Y: label 0 is the string "a" and label 1 is 3; categories must be of one type',
        ),
      );
    }
  });
});

describe("rows without names", () => {
  const trained = () => {
    const network = new Network([linear(1)], { seed: 1 });
    network.fitSync([[1, 5], [2, 3]], [0, 1], { epochs: 3 }); // biome-ignore format: a table
    return network;
  };

  it("have no order that records could be read in", () => {
    const network = trained();
    const before = network.predict([[1, 5]]);
    const again = Network.fromJSON(JSON.parse(JSON.stringify(network)));
    for (const each of [network, again]) {
      expect(() => each.predict([{ b: 5, a: 1 }])).toThrow(
        new ArgumentError(
          "predict: X has records, but the network was trained on rows, whose columns have no names; give rows in that order",
        ),
      );
      expect(() => each.fitSync([{ b: 5, a: 1 }], [1])).toThrow("fit: X has records, but");
      expect(() => each.evaluate([[1, 5]], [{ y: 1 }])).toThrow("evaluate: Y has records, but");
      expect(each.predict([[1, 5]])).toEqual(before);
    }
  });

  it("that are no arrays are not taken for records of a column called length", () => {
    const row = { length: 2, 0: 1, 1: 2 };
    expect(() => new Network([linear(1)]).fitSync([row], [1])).toThrow(
      'fit: X: row 0 has the fields "0" and "length" and is no array; Array.from makes one',
    );
  });

  it("and records before training settle nothing", () => {
    const network = new Network([linear(1)], { seed: 1, inputs: 2 });
    expect(network.predict([{ b: 5, a: 1 }])).toEqual(network.predict([[5, 1]]));
    network.diagnose([{ b: 5, a: 1 }], [1]);
    network.fitSync([{ a: 1, b: 5 }], [1], { epochs: 1 });
    expect(network.toJSON().columns).toEqual(["a", "b"]);
    expect(network.predict([{ b: 5, a: 1 }])).toEqual(network.predict([[1, 5]]));
  });
});

describe("labels as records", () => {
  const rows = [[0], [1], [2]];
  const made = rows.map(([x]) => ({ twice: 2 * x, less: x - 1 }));
  const turned = made.map(({ twice, less }) => ({ less, twice }));
  const network = new Network([linear(2)], { seed: 1 });
  network.fitSync(rows, made, { epochs: 300, validation: { X: rows, Y: turned } });

  it("keep the order of the first ones' columns, in every call and after loading", () => {
    expect(network.history.epochs[0].validationCost).toBeLessThan(network.history.epochs[0].cost);
    expect(network.evaluate(rows, turned)).toEqual(network.evaluate(rows, made));
    expect(network.evaluate(rows, turned).cost).toBeLessThan(1e-3);
    const loaded = Network.fromJSON(JSON.parse(JSON.stringify(network)));
    expect(loaded.evaluate(rows, turned)).toEqual(network.evaluate(rows, made));
    expect(network.diagnose(rows, turned)).toEqual(network.diagnose(rows, made));
  });

  it("have the first ones' columns", () => {
    const more = made.map((label) => ({ ...label, thrice: 3 }));
    expect(() => network.evaluate(rows, more as never)).toThrow(
      new ArgumentError(
        'evaluate: Y: record 0 has a column "thrice", which those that came first do not have; did it mean "twice"?',
      ),
    );
    expect(() => network.evaluate(rows, made.map((label) => ({ ...label, weight: 3 })) as never)).toThrow(
      new ArgumentError(
        'evaluate: Y: record 0 has a column "weight", which those that came first do not have',
      ),
    );
    expect(() => Network.fromJSON({ ...network.toJSON(), labelColumns: "twice" } as never)).toThrow(
      new ArgumentError("the columns of labels of the saved network are no list of names"),
    );
  });
});

describe("classify without class labels", () => {
  it("gives classes from 0 on", () => {
    const network = new Network([linear(1), sigmoid()], { ...options, preprocess: "standard" });
    network.fitSync([[100], [200], [300], [400]], [0, 0, 1, 1], { epochs: 100 });
    expect(network.classify([[120], [390]])).toEqual([0, 1]);
    expect(network.classes).toBeUndefined();
    expect(network.classify(Matrix.from([[120, 390]]))).toEqual([0, 1]);
  });

  it("knows logits from probabilities, as the metrics do", () => {
    const layers = [linear(1)];
    const network = new Network(layers, { ...options, cost: "stableBce", metrics: ["accuracy"] });
    network.fitSync([[-1], [1]], [0, 1], { epochs: 1 });
    network.linears[0].params.W.data.set([1]);
    network.linears[0].params.b.data.set([0]);
    expect(network.predict([[0.25]])).toEqual([[0.25]]);
    expect(network.classify([[0.25], [-0.25]])).toEqual([1, 0]);
    expect(network.evaluate([[0.25], [-0.25]], [1, 0]).metrics).toEqual({ accuracy: 1 });
  });

  it("takes what is no logit for a probability", () => {
    const network = new Network([linear(1)], { ...options, inputs: 1 });
    network.linears[0].params.W.data.set([1]);
    expect(network.classify([[0.25], [0.75]])).toEqual([0, 1]);
  });

  it("asks for fit first", () => {
    expect(() => binary().classify(people)).toThrow(OrderError);
  });
});

describe("options", () => {
  it.each([
    [{ preprocess: "standart" }, 'did you mean "standard"?'],
    [{ preprocess: [{}] }, "preprocess must be"],
    [{ metrics: ["acuracy"] }, 'the metric "acuracy" is unknown; did you mean "accuracy"?'],
    [{ metrics: "accuracy" }, 'metrics must be a list of names such as ["accuracy"], or functions by name'],
    [{ metrics: { mine: 5 } }, 'the metric "mine" must be a function of Y and YHat'],
  ])("%j are refused", (given, message) => {
    const make = () => new Network([linear(1)], given as never);
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});

it("what a network was asked before its first run has set no order of columns", () => {
  const network = new Network([linear(1)], { inputs: 2, seed: 1 });
  const asked = network.predict([{ a: 1, b: 2 }]);
  network.evaluate([{ a: 1, b: 2 }], [{ price: 3 }]);
  expect(network.predict([{ b: 1, a: 2 }])).toEqual(asked);
  expect(network.toJSON()).not.toHaveProperty("columns");
  expect(network.toJSON()).not.toHaveProperty("labelColumns");
});

import { describe, expect, test } from "vitest";
import {
  FeatureCrosses,
  linear,
  Matrix,
  Network,
  OrderError,
  RecordEncoder,
  StandardScaler,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.ts";
import {
  type Model,
  type Predictor,
  plotBoundaryDistances,
  plotDecisionBoundary,
  plotDecisionBoundaryShaded,
} from "../../src/plot.ts";
import { expectSoundPicture, marked, pathPoints, toFeatures } from "./svg-reading.ts";

const rows = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [2, 1],
  [2, 2],
];
const columns = [0, 1].map((k) => rows.map((row) => row[k]));
const sides = [0, 0, 0, 1, 1, 1];
const kinds = ["low", "low", "mid", "mid", "top", "top"];

const pictures = { plotDecisionBoundary, plotDecisionBoundaryShaded, plotBoundaryDistances };

function trained(): Network {
  const network = new Network([linear(3), tanh(), linear(1), sigmoid()], {
    seed: 48,
    learningRate: 1,
    preprocess: "standard",
  });
  network.fitSync(rows, sides, { epochs: 60 });
  return network;
}

/** The same network as a function of points. */
function asked(network: Network): Model {
  return (points, n) =>
    network.predict(Array.from({ length: n }, (_, i) => [points[2 * i], points[2 * i + 1]])).flat();
}

describe.each(Object.entries(pictures))("%s of a network", (_, plot) => {
  test("is that of its predictions, whether X and Y are rows or matrices, as in fit", () => {
    const network = trained();
    const wanted = plot(asked(network), columns, [sides]);
    expectSoundPicture(wanted);
    expect(plot(network, rows, sides)).toBe(wanted);
    expect(plot(network, Matrix.from(columns), Matrix.from([sides]))).toBe(wanted);
    expect(
      plot(
        network,
        rows,
        sides.map((side) => [side]),
      ),
    ).toBe(wanted);
  });

  test("takes the labels that fit took, and their names", () => {
    const network = new Network([linear(3), softmax()], { seed: 48, learningRate: 1 });
    network.fitSync(rows, kinds, { epochs: 60 });
    const answer: Model = asked(network);
    const numbers = kinds.map((kind) => ["low", "mid", "top"].indexOf(kind));
    expect(plot(network, rows, kinds)).toBe(
      plot(answer, columns, numbers, { classNames: ["low", "mid", "top"] }),
    );
    // the third class is known, though it does not occur
    const few = plot(network, rows.slice(0, 4), kinds.slice(0, 4));
    expect(expectSoundPicture(few).filter(({ text }) => text === "top")).toHaveLength(1);
    expect(plot(network, rows, kinds, { classNames: ["a", "b", "c"] })).toBe(
      plot(answer, columns, numbers, { classNames: ["a", "b", "c"] }),
    );
    expect(plot(network, rows, kinds, { classNames: [10, 20, 30] })).toBe(
      plot(answer, columns, numbers, { classNames: ["10", "20", "30"] }),
    );
    const oneHot = numbers.map((number) => [0, 1, 2].map((k) => Number(k === number)));
    expect(plot(network, rows, oneHot)).toBe(plot(network, rows, kinds));
    expect(() => plot(network, rows, ["low", "low", "mid", "mid", "top", "up"])).toThrow(
      'Y must hold the network\'s classes, "low", "mid", "top", got "up" for example 5.',
    );
  });
});

describe.each(Object.entries(pictures))("%s of a network of records", (_, plot) => {
  const fruit = rows.map(([size, grams]) => ({ size, "weight (g)": grams }));
  const named = { featureNames: ["size", "weight (g)"] as const };
  const fitted = (X: readonly object[], preprocess?: RecordEncoder) => {
    const network = new Network([linear(3), softmax()], { seed: 48, learningRate: 1, preprocess });
    network.fitSync(X, kinds, { epochs: 60 });
    return network;
  };

  test("is that of its rows, with the columns' names at the axes", () => {
    const network = fitted(fruit);
    const wanted = plot(fitted(rows), rows, kinds, named);
    expect(plot(network, fruit, kinds)).toBe(wanted);
    // the first record says which axis is whose, the network's own columns in what order it is asked
    const turned = plot(
      network,
      rows.map(([size, grams]) => ({ "weight (g)": grams, size })),
      kinds,
    );
    const across = expectSoundPicture(turned).filter(({ attributes }) => attributes.transform === undefined);
    expect(across.filter(({ text }) => text === "weight (g)")).toHaveLength(1);
    expect(across.filter(({ text }) => text === "size")).toHaveLength(0);
    expect(plot(network, fruit, kinds, { featureNames: ["a", "b"] })).toBe(
      plot(fitted(rows), rows, kinds, { featureNames: ["a", "b"] }),
    );
  });

  test("asks a RecordEncoder, and reads the text of numbers as it does", () => {
    const text = fruit.map((record) => ({
      size: `${record.size}`,
      "weight (g)": ` ${record["weight (g)"]}.0 `,
    }));
    const network = fitted(text, new RecordEncoder());
    expect(plot(network, text, kinds)).toBe(plot(fitted(fruit, new RecordEncoder()), fruit, kinds));
    expect(network.classify([{ size: "0", "weight (g)": "0" }, { size: 2, "weight (g)": 2 }])).toEqual(["low", "top"]); // biome-ignore format: one line
  });

  test("takes records of labels, whose columns name the classes", () => {
    const labels = kinds.map((kind) => ({
      low: +(kind === "low"),
      mid: +(kind === "mid"),
      top: +(kind === "top"),
    }));
    const network = new Network([linear(3), softmax()], { seed: 48, learningRate: 1 });
    network.fitSync(fruit, labels, { epochs: 60 });
    expect(plot(network, fruit, labels)).toBe(plot(fitted(fruit), fruit, kinds));
    const one = new Network([linear(1), sigmoid()], { seed: 48, learningRate: 1 });
    const flags = sides.map((ripe) => ({ ripe }));
    one.fitSync(fruit, flags, { epochs: 20 });
    expect(plot(one, fruit, flags, named)).toBe(plot(one, fruit, sides, named));
  });

  test("takes crosses that are columns", () => {
    const crossed = rows.map(([size, grams]) => ({ size, "weight (g)": grams, both: size * grams }));
    const featureCrosses = [[0, 1]] as const;
    const network = fitted(crossed);
    const wanted = fitted(rows.map(([a, b]) => [a, b, a * b]));
    expect(plot(network, crossed, kinds, { featureCrosses })).toBe(
      plot(wanted, rows, kinds, { ...named, featureCrosses }),
    );
    expect(() => plot(network, fruit, kinds, { featureCrosses })).toThrow(
      "two features here, and 1 for featureCrosses, got records of 2 (size, weight (g)). A function",
    );
  });

  test.each([
    [
      rows.map(([a, b]) => ({ a, b, c: 1 })),
      "the examples of a network must have two features here, got records of 3 (a, b, c). A function (points, n) =>",
    ],
    [
      rows.map(([a], i) => ({ a, b: i === 3 ? "red" : i })),
      'X must have a number in column "b" of each record, got "red" in record 3.',
    ],
    [
      rows.map(([a], i) => (i === 2 ? { a } : { a, b: i })),
      'X must have a number in column "b" of each record, got undefined in record 2.',
    ],
    [rows.map(([a], i) => (i === 1 ? null : { a, b: "" })), 'column "b" of each record, got "" in record 0.'],
    [
      rows.map(([a, b], i) => (i === 1 ? null : { a, b })),
      'column "a" of each record, got undefined in record 1.',
    ],
  ])("refuses %o", (X, message) => {
    expect(() => plot(fitted(fruit), X as never, kinds)).toThrow(message);
  });
});

test("the boundary of logits lies where classify changes its mind", () => {
  const network = new Network([linear(1)], { cost: "stableBce", inputs: 2, seed: 48 });
  network.linears[0].params.W.data.set([1, 0]);
  network.linears[0].params.b.data.fill(-0.75);
  expect(network.threshold).toBe(0);
  expect(network.classify([[0.74, 0], [0.76, 0]])).toEqual([0, 1]); // biome-ignore format: one line
  const at = (threshold?: number) => {
    const elements = expectSoundPicture(
      plotDecisionBoundary(network, rows, sides, { xRange: [-0.5, 1.5], yRange: [-0.5, 1.5], threshold }),
    );
    const [first] = pathPoints(marked(elements, "data-part", "boundary")[0].attributes.d);
    return toFeatures(elements, [-0.5, 1.5])(first)[0];
  };
  expect(at()).toBeCloseTo(0.75, 2);
  expect(at(0.5)).toBeCloseTo(1.25, 2);
});

test("probabilities have their threshold at a half", () => {
  expect(new Network([linear(1), sigmoid()], { cost: "stableBce" }).threshold).toBe(0.5);
  expect(trained().threshold).toBe(0.5);
});

test("crosses come from the network's own preprocessing, or from the picture", () => {
  const within = new Network([linear(1), sigmoid()], {
    seed: 48,
    preprocess: [new FeatureCrosses([[0, 1]]), new StandardScaler()],
  });
  within.fitSync(rows, sides, { epochs: 20 });
  expectSoundPicture(plotDecisionBoundary(within, rows, sides));
  const without = new Network([linear(1), sigmoid()], { seed: 48 });
  const crossed = rows.map(([a, b]) => [a, b, a * b]);
  without.fitSync(crossed, sides, { epochs: 20 });
  const svg = plotDecisionBoundary(without, crossed, sides, { featureCrosses: [[0, 1]] });
  expect(plotDecisionBoundary(without, rows, sides, { featureCrosses: [[0, 1]] })).toBe(svg);
});

test("anything with predict will do, be its class however it is", () => {
  const half: Predictor = { predict: (given) => given.map(([a]) => [a / 2]) };
  const elements = expectSoundPicture(plotDecisionBoundary(half, rows, sides));
  expect(marked(elements, "data-part", "boundary")).toHaveLength(1);
});

test.each([
  ["one that is not trained", () => new Network([linear(1)]), rows, OrderError, /call fit first/],
  ["columns", trained, columns, Error, /two features here, got rows of 6\. Give a row for each example/],
  [
    "three features",
    trained,
    rows.map((row) => [...row, 1]),
    Error,
    /two features here, got rows of 3\. A function/,
  ],
  [
    "a promise",
    () => ({ predict: () => Promise.resolve([[1]]) }) as never,
    rows,
    Error,
    /what the network predicts must be a table of numbers/,
  ],
  ["one without predict", () => ({ fit() {} }) as never, rows, Error, /or a network, got an object with fit/],
] as const)("refuses %s", (_, network: () => Predictor, X: number[][], kind, message) => {
  expect(() => plotDecisionBoundary(network(), X, sides)).toThrow(kind);
  expect(() => plotDecisionBoundary(network(), X, sides)).toThrow(message);
});

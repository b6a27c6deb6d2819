import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  FeatureCrosses,
  linear,
  Network,
  OrderError,
  Pipeline,
  RecordEncoder,
  relu,
  StandardScaler,
  sigmoid,
  softmax,
} from "../../src/index.ts";
import { answers, people } from "../support/people.ts";

const options = { optimizer: "adam", learningRate: 0.05, seed: 48 } as const;

describe("preprocessing", () => {
  const far = [[1000], [3000]];
  const near = [[0], [2]];

  it("is learned by the first fit that begins, and stays", () => {
    const scaler = new StandardScaler();
    const network = new Network([linear(1)], { ...options, preprocess: scaler });
    expect(() => network.fitSync(far, [1])).toThrow(/fit: Y has 1 example and X has 2/);
    network.fitSync(near, [0, 1], { epochs: 1 });
    expect(scaler.mean).toEqual([1]);
    network.fitSync(far, [0, 1], { epochs: 1 });
    network.evaluate(far, [0, 1]);
    expect(scaler.mean).toEqual([1]);
  });

  it("of one network is not changed by another, or by its owner", () => {
    const scaler = new StandardScaler();
    const network = new Network([linear(1)], { ...options, preprocess: scaler });
    network.fitSync(near, [0, 1], { epochs: 1 });
    const before = network.predict(near);
    new Network([linear(1)], { ...options, preprocess: scaler }).fitSync(far, [0, 1], { epochs: 1 });
    expect(network.predict(near)).toEqual(before);
    const pipeline = new Pipeline([scaler as never]);
    const other = new Network([linear(1)], { ...options, preprocess: pipeline as never });
    other.fitSync(near, [0, 1], { epochs: 1 });
    scaler.fit(far);
    expect(other.predict(near)).toEqual(before);
    expect(() => Network.fromJSON(network.toJSON(), { preprocess: "standard" })).toThrow(
      new ArgumentError(
        "the option preprocess must be as it was after fit; leave it out, and what was saved is taken",
      ),
    );
  });

  it("leaves nothing of a first fit that did not begin", () => {
    const network = new Network([linear(1), sigmoid()], options);
    const named = [
      { a: 1, colour: 2 },
      { a: 2, colour: 3 },
    ];
    expect(() => network.fitSync(named, ["no", "yes"], { classWeights: { maybe: 1 } })).toThrow(
      ArgumentError,
    );
    expect(network.classes).toBeUndefined();
    network.fitSync([{ a: 1 }, { a: 2 }], [0, 1], { epochs: 1 });
    expect(network.predict([{ a: 1 }])).toHaveLength(1);
  });

  it("is learned when the number of inputs is given too, and not by evaluate", () => {
    const network = new Network([linear(1)], {
      ...options,
      inputs: 3,
      preprocess: new FeatureCrosses([[0, 1]]),
    });
    expect(() => network.evaluate([[1, 2]], [1])).toThrow(OrderError);
    network.fitSync(
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
      { epochs: 1 },
    );
    expect(network.predict([[1, 2]])).toHaveLength(1);
  });

  it("lets a single neuron learn XOR by the product of its features, as the article's", () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const network = new Network([linear(1), sigmoid()], {
      ...options,
      preprocess: new FeatureCrosses([["x1", "x2"]], { names: ["x1", "x2"] }),
    });
    network.fitSync(rows, [0, 1, 1, 0], { epochs: 500 });
    expect(network.classify(rows)).toEqual([0, 1, 1, 0]);
  });

  it("changes nothing of what the layers compute", () => {
    const scaler = new StandardScaler();
    const scaled = scaler.fitTransform([
      [1, 5],
      [2, 3],
      [6, 1],
    ]);
    const byHand = new Network([linear(2), relu(), linear(1)], options);
    byHand.fitSync(scaled, [1, 2, 3], { epochs: 5 });
    const within = new Network([linear(2), relu(), linear(1)], { ...options, preprocess: "standard" });
    within.fitSync(
      [
        [1, 5],
        [2, 3],
        [6, 1],
      ],
      [1, 2, 3],
      { epochs: 5 },
    );
    expect(within.history.cost).toEqual(byHand.history.cost);
    expect(within.predict([[1, 5]])).toEqual(byHand.predict([scaled[0]]));
  });

  it("of a step of the user's own is asked for when the network is loaded", () => {
    const halving = { fit: () => {}, transform: (rows: number[][]) => rows.map(([x]) => [x / 2]) };
    const network = new Network([linear(1)], { ...options, preprocess: halving });
    network.fitSync(near, [0, 1], { epochs: 1 });
    const saved = JSON.parse(JSON.stringify(network));
    expect(() => Network.fromJSON(saved)).toThrow(/give it as the option preprocess/);
    expect(Network.fromJSON(saved, { preprocess: halving }).predict(near)).toEqual(network.predict(near));
  });

  it("is not what labels of text need", () => {
    const Y = answers.map((answer) => [answer]) as never;
    expect(() =>
      new Network([linear(1), sigmoid()], { ...options, preprocess: new RecordEncoder() }).fitSync(people, Y),
    ).toThrow(
      'fit: Y: row 0, column 0 must be a number, not the string "no"; labels of text are a plain list such as ["yes", "no"], one an example',
    );
    const alike = people.map(() => "yes");
    expect(() =>
      new Network([linear(2), softmax()], { preprocess: new RecordEncoder() }).fitSync(people, alike),
    ).toThrow('every label is "yes": there is no other class to tell it from');
  });

  it("is hinted at when text comes without", () => {
    expect(() => new Network([linear(1)], options).fitSync(people, answers)).toThrow(
      new ArgumentError(
        'fit: X: record 0, column "height" must be a number, not the string "150"; the option preprocess: new RecordEncoder() makes numbers of text and booleans, in records such as { size: "3" }',
      ),
    );
    expect(() => new Network([linear(1)], options).fitSync([["1", "2"]] as never, [1])).toThrow(
      'fit: X: row 0, column 0 must be a number, not the string "1"; the option preprocess: new RecordEncoder() makes numbers of text and booleans, in records such as { size: "3" }',
    );
    expect(() => new Network([linear(1)], options).fitSync([[1, true]] as never, [1])).toThrow(
      "fit: X: row 0, column 1 must be a number, not a boolean; the option preprocess: new RecordEncoder()",
    );
    expect(() =>
      new Network([linear(1)], { ...options, preprocess: "standard" }).fitSync(people, [1, 0] as never),
    ).toThrow(
      'StandardScaler.fit: row 0 must be an array of numbers, not an object with "height"; new RecordEncoder() takes records',
    );
  });
});

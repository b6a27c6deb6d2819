import { describe, expect, it } from "vitest";
import {
  Adam,
  ArgumentError,
  computeCost,
  dropout,
  LinearLayer,
  l2,
  leakyRelu,
  linear,
  Matrix,
  Network,
  OrderError,
  RandomState,
  relu,
  ShapeError,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { points, signs } from "../support/points.ts";
import { weightsOf } from "../support/weights-of.ts";

describe("mini-batches", () => {
  it("take NumPy's permutation and a short last batch, as a loop by hand does", () => {
    const network = new Network([linear(1, "xavier")], { seed: 3, learningRate: 0.1, cost: "squaredError" });
    network.fitSync(points, signs, { epochs: 3, batchSize: 16 });

    const generator = new RandomState(3);
    const Z = new LinearLayer([2, 16], 1, "xavier", { random: generator });
    const costs: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const order = generator.permutation(50);
      let total = 0;
      for (let start = 0; start < 50; start += 16) {
        const batch = [...order.subarray(start, start + 16)];
        const X = Matrix.from([0, 1].map((i) => batch.map((j) => points[j][i])));
        const { cost, dYHat } = computeCost(Matrix.from([batch.map((j) => signs[j])]), Z.forward(X));
        total += cost * batch.length;
        Z.backward(dYHat);
        Z.updateParams(0.1);
      }
      costs.push(total / 50);
    }
    expect(weightsOf(network)).toEqual([[...Z.params.W.data], [...Z.params.b.data]]);
    expect(network.history.cost).toEqual(costs);
  });

  it("are of 32, in a hundred epochs, and early stopping waits ten epochs for any fall, unless said otherwise", () => {
    // a seed of 0 is one
    const make = () => new Network([linear(1), tanh()], { seed: 0, learningRate: 0.3 });
    const [usual, said] = [make(), make()];
    usual.fitSync(points, signs);
    said.fitSync(points, signs, { epochs: 100, batchSize: 32, shuffle: true });
    expect(weightsOf(usual)).toEqual(weightsOf(said));
    const fit = { epochs: 1000, validation: 0.2 };
    const stopped = make().fitSync(points, signs, { ...fit, earlyStopping: {} });
    expect(stopped.stoppedBy).toBe("earlyStopping");
    expect(stopped).toEqual(
      make().fitSync(points, signs, { ...fit, earlyStopping: { patience: 10, minDelta: 0 } }),
    );
  });

  it("of one example and without shuffling go in order", () => {
    const network = new Network([linear(1)], { seed: 3, cost: "squaredError" });
    network.fitSync(points.slice(0, 3), signs.slice(0, 3), { epochs: 1, batchSize: 1, shuffle: false });
    const stepwise = new Network([linear(1)], { seed: 3, cost: "squaredError" });
    for (const j of [0, 1, 2]) stepwise.fitSync([points[j]], [signs[j]], { epochs: 1 });
    expect(weightsOf(network)).toEqual(weightsOf(stepwise));
  });

  it("allocate nothing after the first epoch, whatever the layers, cost and optimizer", () => {
    const specs = [linear(8), relu(), dropout(0.2), linear(4), tanh(), linear(2), softmax()];
    const network = new Network(specs, { optimizer: "adam", penalty: l2(0.01), clipNorm: 1, seed: 1 });
    const used: number[] = [];
    const onEpoch = () => used.push(runtime().arena.usedBytes);
    network.fitSync(points, signs, { epochs: 6, batchSize: 16, validation: 0.3, onEpoch });
    expect(new Set(used.slice(1)).size).toBe(1);
  });
});

describe("data", () => {
  it("may be typed rows, records in any order of columns, or matrices, with one outcome", () => {
    const outcomes = [
      [points.map((row) => Float64Array.from(row)), Float64Array.from(signs)],
      [points.map(([a, b], i) => (i % 2 ? { b, a } : { a, b })), signs.map((label) => ({ label }))],
      [Matrix.from([0, 1].map((i) => points.map((row) => row[i]))), Matrix.from([signs])],
      [points, signs.map((label) => [label])],
    ].map(([X, Y]) => {
      const network = new Network([linear(3), tanh(), linear(1), sigmoid()], { seed: 1 });
      network.fitSync(X as unknown as number[][], Y as unknown as number[], { epochs: 2 });
      return weightsOf(network);
    });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });

  it("labels of several outputs may be classes", () => {
    const network = new Network([linear(2), softmax()], { seed: 1, learningRate: 0.5 });
    network.fitSync(points, signs, { epochs: 60 });
    const guesses = network.predict(points).map(([no, yes]) => (yes > no ? 1 : 0));
    expect(guesses.filter((guess, i) => guess === signs[i]).length).toBeGreaterThan(45);
    expect(() => network.fitSync([[1, 2]], [2])).toThrow(
      "label 0 is 2, but a network of 2 outputs takes classes from 0 to 1; give other classes as text, or rows of 2 numbers",
    );
  });

  it("that does not fit is refused with a reason, and nothing has changed", () => {
    const network = new Network([linear(1), sigmoid()], { seed: 1 });
    expect(() => network.fitSync(points, signs.slice(1))).toThrow(/fit: Y has 49 examples and X has 50/);
    expect(() => network.fitSync([[1, 2], [3]], [0, 1])).toThrow(/row 0 has 2 numbers and row 1 has 1/);
    expect(() => network.fitSync([[1, 2]], [[0, 1]])).toThrow(
      /Y has 2 numbers an example, but the network gives 1/,
    );
    // @ts-expect-error text is no number
    expect(() => network.fitSync([[1, "2"]], [0])).toThrow(
      /row 0, column 1 must be a number, not the string "2"/,
    );
    expect(() =>
      network.fitSync(
        [
          { a: 1, b: 2 },
          { a: 1, c: 2 },
        ],
        [0, 1],
      ),
    ).toThrow(/record 1 has a column "c"/);
    expect(() => network.predict(points)).toThrow(OrderError);
    network.fitSync(points, signs, { epochs: 1 });
    expect(() => network.predict([[1, 2, 3]])).toThrow(ShapeError);
    const fresh = new Network([linear(1), sigmoid()], { seed: 1 });
    fresh.fitSync(points, signs, { epochs: 1 });
    expect(weightsOf(network)).toEqual(weightsOf(fresh));
  });

  it("goes through preprocessing steps, taught by the first fit", () => {
    const step = {
      scale: 0,
      fit(rows: number[][]) {
        this.scale = Math.max(...rows.flat());
      },
      transform(rows: number[][]) {
        return rows.map((row) => row.map((value) => value / this.scale));
      },
    };
    const network = new Network([linear(1)], { preprocess: step, seed: 1 });
    network.fitSync([[2], [4]], [1, 2], { epochs: 1 });
    expect(step.scale).toBe(4);
    const [W, b] = weightsOf(network).flat();
    expect(network.predict([[8]])).toEqual([[W * 2 + b]]);
    expect(network.predict(Matrix.from([[8]])).toArray()).toEqual([[W * 2 + b]]);
    network.fitSync([[100]], [1], { epochs: 1 });
    expect(step.scale).toBe(4);
  });
});

describe("example and class weights", () => {
  it("an example of weight 2 trains as one that is there twice, at 2/3 of the rate of three", () => {
    const weighted = new Network([linear(1)], { seed: 2, learningRate: 0.3 });
    weighted.fitSync([[1], [2]], [3, 5], { epochs: 5, exampleWeights: [1, 2] });
    const repeated = new Network([linear(1)], { seed: 2, learningRate: 0.45 });
    repeated.fitSync([[1], [2], [2]], [3, 5, 5], { epochs: 5 });
    const [a, b] = [weighted, repeated].map((network) => weightsOf(network).flat());
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i], 12);
  });

  it("balanced class weights count the rare class as much as the common one", () => {
    const given = [2 / 3, 2];
    const trained = (classWeights: number[] | "balanced") => {
      const network = new Network([linear(1), sigmoid()], { seed: 2 });
      network.fitSync([[1], [2], [3], [4]], [0, 0, 0, 1], { epochs: 3, classWeights });
      return weightsOf(network);
    };
    expect(trained("balanced")).toEqual(trained(given));
    expect(trained("balanced")).not.toEqual(trained([1, 1]));
  });
});

describe("validation and early stopping", () => {
  it("restores the weights of the best epoch", () => {
    const heldOut = { X: points.slice(40), Y: signs.slice(40) };
    const network = new Network([linear(20), tanh(), linear(1), sigmoid()], {
      seed: 4,
      optimizer: "adam",
      learningRate: 0.3,
    });
    const { bestEpoch, stoppedBy, validationCost } = network.fitSync(
      points.slice(0, 12),
      signs.slice(0, 12),
      {
        epochs: 300,
        validation: heldOut,
        earlyStopping: 5,
      },
    );
    expect(stoppedBy).toBe("earlyStopping");
    expect(validationCost.length).toBe(bestEpoch! + 7);
    expect(validationCost[bestEpoch!]).toBe(Math.min(...validationCost));
    expect(network.evaluate(heldOut.X, heldOut.Y).cost).toBe(validationCost[bestEpoch!]);
  });

  it("holds out a share at random, and measures metrics on it", () => {
    let examples = 0;
    const metrics = {
      count: (Y: Matrix) => {
        examples = Y.cols;
        return Y.cols;
      },
    };
    const network = new Network([linear(1), sigmoid()], { seed: 4, metrics });
    network.fitSync(points, signs, { epochs: 2, validation: 0.2 });
    expect(examples).toBe(10);
    expect(network.history.epochs[1].metrics).toEqual({ count: 10 });
    expect(network.evaluate(points, signs).metrics).toEqual({ count: 50 });
  });
});

it.each([
  ["relu", relu(), "he"],
  ["leakyRelu", leakyRelu(), "he"],
  ["tanh", tanh(), "xavier"],
  ["sigmoid", sigmoid(), "xavier"],
] as const)("weights before %s are drawn as suits it, unless told", (_, activation, iniType) => {
  const drawn = (first: ReturnType<typeof linear>) =>
    weightsOf(new Network([first, activation, linear(1)], { inputs: 3, seed: 1 }));
  expect(drawn(linear(5))).toEqual(drawn(linear(5, iniType)));
  expect(drawn(linear(5))).not.toEqual(drawn(linear(5, iniType === "he" ? "xavier" : "he")));
});

describe("a cost of one's own", () => {
  it.each([[undefined], [1], [{ cost: 1 }]])("is refused when it gives %o", (given) => {
    const network = new Network([linear(1)], { cost: { computeCost: () => given as never } });
    expect(() => network.fitSync([[1], [2]], [1, 2])).toThrow(
      new ArgumentError("the computeCost of a cost must give { cost, dYHat }, a number and a Matrix"),
    );
  });
});

describe("bad options", () => {
  const layers = [linear(1), sigmoid()];
  it("name the nearest known one", () => {
    // @ts-expect-error misspelt
    expect(() => new Network(layers, { lerningRate: 1 })).toThrow(
      /no option "lerningRate"; did you mean "learningRate"/,
    );
    // @ts-expect-error misspelt
    expect(() => new Network(layers, { cost: "sqaredError" })).toThrow(
      /the cost "sqaredError" is unknown; did you mean "squaredError"/,
    );
    // @ts-expect-error misspelt
    expect(() => new Network(layers, { optimizer: "Adma" })).toThrow(/did you mean "adam"/);
    const network = new Network(layers);
    // @ts-expect-error misspelt
    expect(() => network.fitSync(points, signs, { epoch: 3 })).toThrow(
      /fit has no option "epoch"; did you mean "epochs"/,
    );
    // @ts-expect-error not called
    expect(() => new Network([linear(1), sigmoid])).toThrow(/layer 2 is a function; call it/);
    for (const made of [linear, sigmoid, dropout]) {
      expect(() => new Network([made as never])).toThrow(
        new ArgumentError(`layer 1 is a function; call it: ${made.name}(…)`),
      );
    }
    // @ts-expect-error unknown kind
    expect(() => new Network([{ kind: "lineer" }])).toThrow(/did you mean "linear"/);
  });

  it("say what does not go together", () => {
    expect(() => new Network([linear(1)], { cost: "kerasLikeBce", inputs: 1 })).toThrow(
      /needs sigmoid\(\) as the network's last layer, not linear/,
    );
    const network = new Network(layers);
    expect(() => network.fitSync(points, signs, { earlyStopping: 3 })).toThrow(/give validation too/);
    expect(() => network.fitSync(points, signs, { validation: 1 })).toThrow(/between 0 and 1, not 1/);
    expect(() => network.fitSync(points, signs, { validation: "20%" } as never)).toThrow(
      'validation must be a share such as 0.2, or { X, Y }, not the string "20%"',
    );
    expect(() => network.fitSync(points, signs, { learningRate: 1 } as never)).toThrow(
      'fit has no option "learningRate"; give it to new Network(layers, { learningRate: … })',
    );
    expect(() => network.fitSync(points, signs, { patience: 3 } as never)).toThrow(
      'fit has no option "patience"; give earlyStopping: { patience: … }',
    );
    const schedule = { name: "none", start: () => 0.1 } as never;
    expect(() => network.fitSync(points, signs, { schedule })).toThrow(
      "the start of a schedule must give a function of the epoch, (epoch) => …, not 0.1",
    );
    expect(() => network.fitSync(points, signs, { epochs: 0 })).toThrow(ShapeError);
    expect(() => new Network(layers, { optimizer: new Adam(), learningRate: 1 })).toThrow(ArgumentError);
  });
});

import { describe, expect, it } from "vitest";
import {
  Adam,
  ArgumentError,
  computeCost,
  dropout,
  HuberCost,
  LinearLayer,
  l1,
  l2,
  leakyRelu,
  linear,
  Matrix,
  Momentum,
  Network,
  OrderError,
  RandomState,
  randn,
  relu,
  ShapeError,
  seed,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";

const random = new RandomState(5);
/** 50 points; the label says whether their sum is positive. */
const points = Array.from({ length: 50 }, () => [random.gauss(), random.gauss()]);
const signs = points.map(([a, b]) => (a + b > 0 ? 1 : 0));
const bytesOf = (network: Network) =>
  network.linears.flatMap(({ params: { W, b } }) => [[...W.data], [...b.data]]);

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
    expect(bytesOf(network)).toEqual([[...Z.params.W.data], [...Z.params.b.data]]);
    expect(network.history.cost).toEqual(costs);
  });

  it("of one example and without shuffling go in order", () => {
    const network = new Network([linear(1)], { seed: 3, cost: "squaredError" });
    network.fitSync(points.slice(0, 3), signs.slice(0, 3), { epochs: 1, batchSize: 1, shuffle: false });
    const stepwise = new Network([linear(1)], { seed: 3, cost: "squaredError" });
    for (const j of [0, 1, 2]) stepwise.fitSync([points[j]], [signs[j]], { epochs: 1 });
    expect(bytesOf(network)).toEqual(bytesOf(stepwise));
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
      return bytesOf(network);
    });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  });

  it("labels of several outputs may be classes", () => {
    const network = new Network([linear(2), softmax()], { seed: 1, learningRate: 0.5 });
    network.fitSync(points, signs, { epochs: 60 });
    const guesses = network.predict(points).map(([no, yes]) => (yes > no ? 1 : 0));
    expect(guesses.filter((guess, i) => guess === signs[i]).length).toBeGreaterThan(45);
    expect(() => network.fitSync([[1, 2]], [2])).toThrow(
      /label 0 is 2, but a network of 2 outputs takes classes from 0 to 1/,
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
    expect(bytesOf(network)).toEqual(bytesOf(fresh));
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
    const [W, b] = bytesOf(network).flat();
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
    const [a, b] = [weighted, repeated].map((network) => bytesOf(network).flat());
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i], 12);
  });

  it("balanced class weights count the rare class as much as the common one", () => {
    const given = [2 / 3, 2];
    const trained = (classWeights: number[] | "balanced") => {
      const network = new Network([linear(1), sigmoid()], { seed: 2 });
      network.fitSync([[1], [2], [3], [4]], [0, 0, 0, 1], { epochs: 3, classWeights });
      return bytesOf(network);
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
    bytesOf(new Network([first, activation, linear(1)], { inputs: 3, seed: 1 }));
  expect(drawn(linear(5))).toEqual(drawn(linear(5, iniType)));
  expect(drawn(linear(5))).not.toEqual(drawn(linear(5, iniType === "he" ? "xavier" : "he")));
});

describe("toJSON and fromJSON", () => {
  it.each(["float64", "float32"] as const)("keep every bit in %s", (dtype) => {
    const network = new Network([linear(3), tanh(), linear(1), sigmoid()], {
      seed: 1,
      dtype,
      optimizer: "adam",
    });
    const records = points.map(([a, b]) => ({ a, b }));
    network.fitSync(records, signs, { epochs: 2 });
    network.linears[0].params.W.data.set([-0, Number.NaN, 5e-324]);
    const copy = Network.fromJSON(JSON.parse(JSON.stringify(network)));
    expect(bytesOf(copy)).toEqual(bytesOf(network));
    expect(Object.is(copy.linears[0].params.W.data[0], -0)).toBe(true);
    network.linears[0].params.W.data.fill(1);
    copy.linears[0].params.W.data.fill(1);
    expect(copy.predict([{ b: 2, a: 1 }])).toEqual(network.predict([{ a: 1, b: 2 }]));
    expect(copy.optimizer.name).toBe("adam");
  });

  it("keep layers of many weights", () => {
    const network = new Network([linear(41), leakyRelu(), linear(1)], { inputs: 37, seed: 1 });
    expect(bytesOf(Network.fromJSON(JSON.parse(JSON.stringify(network))))).toEqual(bytesOf(network));
  });

  it("take nothing from the library's generator", () => {
    const saved = new Network([linear(3), tanh(), linear(1)], { inputs: 2, seed: 1 }).toJSON();
    seed(7);
    Network.fromJSON(saved);
    expect(randn(1, 1).toArray()).toEqual(new RandomState(7).randn(1, 1).toArray());
  });

  it("keep what the network trains with", () => {
    const network = new Network([linear(3), tanh(), linear(1)], {
      seed: 1,
      inputs: 2,
      cost: new HuberCost({ delta: 0.3 }),
      optimizer: new Momentum({ learningRate: 0.2, momentum: 0.5 }),
      penalty: [l2(0.01), l1(0.02)],
      metrics: ["rSquared"],
      clipNorm: 0.7,
    });
    const saved = JSON.parse(JSON.stringify(network));
    const further = { epochs: 3, shuffle: false };
    network.fitSync(points, signs, further);
    const copy = Network.fromJSON(saved);
    copy.fitSync(points, signs, further);
    expect(bytesOf(copy)).toEqual(bytesOf(network));
    expect(copy.evaluate(points, signs)).toEqual(network.evaluate(points, signs));
    expect(Object.keys(copy.evaluate(points, signs).metrics)).toEqual(["rSquared"]);
    expect(Network.fromJSON(saved, { learningRate: 0.01 }).optimizer).toMatchObject({
      learningRate: 0.01,
      momentum: 0.5,
    });
    expect(Network.fromJSON(saved, { optimizer: "adam", learningRate: 0.5 }).optimizer).toMatchObject({
      name: "adam",
      learningRate: 0.5,
    });
    const options = { cost: undefined, optimizer: undefined, learningRate: undefined, penalty: undefined };
    expect(Network.fromJSON(saved, options).toJSON()).toEqual(saved);
    expect(Network.fromJSON({ ...saved, optimizer: "adamw" }).optimizer.name).toBe("adamw");
  });

  it("know a class derived from the library's own for the caller's, and no metrics for none", () => {
    class Mine extends HuberCost {}
    const network = new Network([linear(1)], { inputs: 1, cost: new Mine(), metrics: {} });
    expect(network.toJSON().cost).toBe("custom");
    expect(network.toJSON().metrics ?? []).toEqual([]);
  });

  it("ask for what is the caller's own", () => {
    class Own extends Adam {}
    const bce = { name: "bce", computeCost: computeCost };
    const penalty = { name: "none", strength: 0, addTo: () => 0 };
    const own = { cost: bce, optimizer: new Own(), penalty };
    const network = new Network([linear(1), sigmoid()], { inputs: 1, ...own, metrics: { none: () => 0 } });
    const saved = JSON.parse(JSON.stringify(network));
    for (const [option, what] of [
      ["cost", "a cost"],
      ["optimizer", "an optimizer"],
      ["penalty", "a penalty"],
    ]) {
      expect(() => Network.fromJSON(saved, { ...own, [option]: undefined })).toThrow(
        new ArgumentError(`the network was saved with ${what} of your own; give it as the option ${option}`),
      );
    }
    expect(Network.fromJSON(saved, { ...own, optimizer: new Own() }).cost).toBe(bce);
    // @ts-expect-error no options
    expect(() => Network.fromJSON(saved, null)).toThrow(ArgumentError);
    const { cost: _, ...nameless } = saved;
    expect(() => Network.fromJSON(nameless, { optimizer: "adam", penalty })).toThrow(/a cost of your own/);
  });

  it("refuse what is no saved network", () => {
    // @ts-expect-error not a saved network
    expect(() => Network.fromJSON({ layers: [] })).toThrow(/takes what toJSON gave, not an object$/);
    const saved = new Network([linear(1)], { inputs: 2 }).toJSON();
    expect(() => Network.fromJSON(JSON.stringify(saved) as never)).toThrow(
      /not the string "\{.{1,100}…"; JSON\.parse\(text\) makes it of text$/,
    );
    expect(() => Network.fromJSON({ ...saved, penalties: { l2: 1 } } as never)).toThrow(
      "the saved penalties must be a list, not an object",
    );
    expect(() => Network.fromJSON({ ...saved, penalties: [null] } as never)).toThrow(
      'the saved penalty must be one of "l1", "l2", not undefined',
    );
    const { parameters } = saved;
    expect(() => Network.fromJSON({ ...saved, parameters: [...parameters, ...parameters] })).toThrow(
      "2 saved parameters do not fit 1 layers with weights",
    );
    expect(() => Network.fromJSON({ ...saved, columns: ["a", 2] } as never)).toThrow(
      "the columns of the saved network are no list of names",
    );
    expect(() => Network.fromJSON({ ...saved, optimizer: null } as never)).toThrow(
      /the optimizer must be one of/,
    );
    expect(() => Network.fromJSON({ ...saved, inputs: 3 })).toThrow(
      /W of saved layer 1 holds 16 bytes, but a 1×3 matrix of float64 takes 24/,
    );
  });
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
    const schedule = { name: "none", start: () => 0.1 } as never;
    expect(() => network.fitSync(points, signs, { schedule })).toThrow(
      "the start of a schedule must give a function of the epoch, (epoch) => …, not 0.1",
    );
    expect(() => network.fitSync(points, signs, { epochs: 0 })).toThrow(ShapeError);
    expect(() => new Network(layers, { optimizer: new Adam(), learningRate: 1 })).toThrow(ArgumentError);
  });
});

import { describe, expect, it } from "vitest";
import {
  type Cost,
  type LayerSpec,
  linear,
  Matrix,
  Network,
  RandomState,
  RecordEncoder,
  relu,
  sigmoid,
  tanh,
  type Warning,
} from "../../src/index.ts";

const kindsOf = (warnings: readonly Warning[]) => warnings.map(({ kind }) => kind);

describe("diagnose draws the line", () => {
  it("of features that differ in size at a factor of 100", () => {
    const kinds = (factor: number) =>
      kindsOf(new Network([linear(1)], { seed: 1 }).diagnose([[1, factor], [-1, -factor]], [0, 1])); // biome-ignore format: one line
    expect(kinds(1 / 99)).toEqual([]);
    expect(kinds(1 / 101)).toEqual(["inputsNotScaled"]);
  });

  /** What is found of a feature that is `value` in the first `count` of 400 examples and 0 in the others, beside one of size 1. */
  const foundOfRare = (count: number, value: number) => {
    const rows = Array.from({ length: 400 }, (_, i) => [i % 2 === 0 ? 1 : -1, i < count ? value : 0]);
    return kindsOf(new Network([linear(1)], { seed: 1 }).diagnose(rows, rows.map(() => 0))); // biome-ignore format: one line
  };

  it("of features that are 0 but for a few examples at one example of 100: no scale makes them larger", () => {
    expect(foundOfRare(3, 1e-4)).toEqual([]);
    expect(foundOfRare(4, 1e-4)).toEqual(["inputsNotScaled"]);
  });

  it("of features that differ in size at a factor of 100 in their largest number, too", () => {
    expect(foundOfRare(4, 1 / 99)).toEqual([]);
    expect(foundOfRare(4, 1 / 101)).toEqual(["inputsNotScaled"]);
  });

  it("of nothing in records of which one has a rare category", () => {
    const records = Array.from({ length: 20_000 }, (_, i) => ({
      size: i % 3,
      kind: i === 77 ? "rare" : ["usual", "other"][i % 2],
    }));
    const network = new Network([linear(1)], { seed: 1, preprocess: new RecordEncoder() });
    expect(network.diagnose(records, records.map(({ size }) => size))).toEqual([]); // biome-ignore format: one line
  });

  it("of outputs whose size is to blame, and not that they are no probabilities, at 1e18", () => {
    const found = (output: number) => {
      const network = new Network([linear(1)], { cost: "bce", inputs: 1 });
      network.linears[0].params.b.data.set([output]);
      const warnings = network.diagnose([[0]], [1]);
      expect(kindsOf(warnings)).toEqual(["costNotFinite"]);
      return warnings[0].message;
    };
    expect(found(-0.9e18)).toMatch(/outputs of layer 1 from -9\.00e\+17 to -9\.00e\+17 are no probabilities/);
    expect(found(-1.1e18)).toMatch(/an output of layer 1 is too large \(1\.10e\+18\)/);
  });

  it("of units that begin alike at their number, which one is not, and at their biases", () => {
    const kinds = (units: number, biases: number[]) => {
      const network = new Network([linear(units), tanh(), linear(1)], { inputs: 2 });
      const [first, second] = network.linears;
      first.params.W.data.fill(0.1);
      first.params.b.data.set(biases);
      second.params.W.data.fill(0.2);
      return kindsOf(network.diagnose([[1, 0], [0, 1]], [0, 1])); // biome-ignore format: one line
    };
    expect(kinds(2, [0.3, 0.3])).toEqual(["equalWeights"]);
    expect(kinds(2, [0.3, 0.4])).toEqual([]);
    expect(kinds(1, [0.3])).toEqual([]);
  });

  /** What is found of a unit that gets these inputs as they are. */
  const foundOf = (activation: LayerSpec, inputs: number[]) => {
    const network = new Network([linear(1), activation, linear(1)], { inputs: 1 });
    network.linears[0].params.W.data.set([1]);
    return kindsOf(network.diagnose(Matrix.from([inputs]), Matrix.zeros(1, inputs.length)));
  };

  it("of units at an end of their range at 95 examples of 100", () => {
    const inputs = (ends: number) => Array.from({ length: 100 }, (_, i) => (i < ends ? 9 : 0));
    for (const activation of [sigmoid(), tanh()]) {
      expect(foundOf(activation, inputs(94))).toEqual([]);
      expect(foundOf(activation, inputs(95))).toEqual(["saturatedUnits"]);
    }
  });

  it("of an end of the range at a hundredth of it", () => {
    const [logit, atanh] = [Math.log(0.99 / 0.01), Math.atanh(0.98)];
    for (const side of [-1, 1]) {
      expect(foundOf(sigmoid(), [side * (logit - 0.01)])).toEqual([]);
      expect(foundOf(sigmoid(), [side * (logit + 0.01)])).toEqual(["saturatedUnits"]);
      expect(foundOf(tanh(), [side * (atanh - 0.01)])).toEqual([]);
      expect(foundOf(tanh(), [side * (atanh + 0.01)])).toEqual(["saturatedUnits"]);
    }
  });
});

describe("fit draws the line", () => {
  /** Learns b = 0 from 1, with a cost of b²/2: each step of such a rate multiplies the cost by (1 − rate)². */
  const run = (learningRate: number, epochs: number) => {
    const network = new Network([linear(1)], { inputs: 1, learningRate });
    network.linears[0].params.b.data.set([1]);
    const { cost, warnings } = network.fitSync([[0]], [0], { epochs });
    return { share: cost[epochs - 1] / cost[0], kinds: kindsOf(warnings) };
  };

  it("of a rate that is too high at four times the first cost", () => {
    const [below, above] = [3.9, 4.1].map((times) => run(1 + times ** 0.25, 3));
    expect(below.share).toBeCloseTo(3.9, 9);
    expect(below.kinds).toEqual([]);
    expect(above.kinds).toEqual(["learningRateTooHigh"]);
  });

  it("of a rate that is too high at as much above a first cost below zero", () => {
    // three epochs, each 1 up or down on a cost of such a size
    const kinds = (costs: readonly number[]) => {
      let epoch = 0;
      const given: Cost = {
        name: "given",
        computeCost: (_, YHat) => ({ cost: costs[epoch++], dYHat: Matrix.zeros(YHat.rows, YHat.cols) }),
      };
      const network = new Network([linear(1)], { inputs: 1, cost: given });
      return kindsOf(network.fitSync([[0]], [0], { epochs: costs.length }).warnings);
    };
    // above four times the first, and yet it fell
    expect(kinds([-10, -30, -25, -20])).toEqual([]);
    expect(kinds([-1, -0.5, 1, 1.9])).toEqual([]);
    expect(kinds([-1, -0.5, 1, 2.1])).toEqual(["learningRateTooHigh"]);
  });

  it("of a rate that is too low at half a hundredth less cost after 50 epochs", () => {
    const [below, above] = [0.0049, 0.0051].map((fall) => run(1 - (1 - fall) ** (1 / 98), 50));
    expect(below.share).toBeCloseTo(1 - 0.0049, 9);
    expect(below.kinds).toEqual(["learningRateTooLow"]);
    expect(above.kinds).toEqual([]);
  });
});

describe("fit does not call a rate too low", () => {
  /** The same, at a rate for each epoch. */
  const kindsAt = (rateOf: (epoch: number) => number) => {
    const network = new Network([linear(1)], { inputs: 1 });
    network.linears[0].params.b.data.set([1]);
    const schedule = { name: "given", start: () => rateOf };
    return kindsOf(network.fitSync([[0]], [0], { epochs: 50, schedule }).warnings);
  };

  it("whose cost fell less than a quarter of its fall in the second half: it has arrived", () => {
    // 24 of 49 steps are of the second half, 24 of the first; the one between is slow
    const slowed = (share: number) => kindsAt((epoch) => 5e-5 * (epoch < 24 ? 1 : share));
    expect(slowed(24 / 71 + 0.005)).toEqual(["learningRateTooLow"]);
    expect(slowed(24 / 71 - 0.005)).toEqual([]);
  });

  it("whose cost goes up and down more than twice its fall", () => {
    // a rate above 2 leaps over the valley to higher up
    const restless = (share: number) => kindsAt((epoch) => (epoch % 2 === 0 ? 5e-5 : 2 + share * 5e-5));
    expect(restless(12.5 / 36 - 0.005)).toEqual(["learningRateTooLow"]);
    expect(restless(12.5 / 36 + 0.005)).toEqual([]);
  });

  it("with which a trained network is trained again", () => {
    const random = new RandomState(1);
    const X = Array.from({ length: 200 }, () => [random.gauss(), random.gauss()]);
    const Y = X.map(([a, b]) => a - b + 0.5 * random.gauss());
    for (const batchSize of [32, "all"] as const) {
      const network = new Network([linear(1)], { seed: 1, learningRate: 0.1 });
      for (let run = 0; run < 3; run++) network.fitSync(X, Y, { batchSize });
      expect(network.history.warnings).toEqual([]);
    }
  });
});

describe("fit warns of units", () => {
  it("in the last epoch, whichever it is", () => {
    const network = new Network([linear(1), relu(), linear(1)], { inputs: 1 });
    for (const { params } of network.linears) params.W.data.set([1]);
    // the step of the second epoch is the one after which the unit gives nothing
    const schedule = { name: "one leap", start: () => (epoch: number) => (epoch === 1 ? 10 : 1e-9) };
    const { warnings } = network.fitSync([[1]], [0], { epochs: 3, schedule });
    expect(warnings).toMatchObject([{ kind: "deadUnits", layer: 2, epoch: 2 }]);
  });

  it("of each layer", () => {
    const network = new Network([linear(2), relu(), linear(2), relu(), linear(1)], { inputs: 1, seed: 1 });
    for (const { params } of network.linears.slice(0, 2)) params.b.data.set([-50, 1]);
    const { warnings } = network.fitSync([[0]], [0], { epochs: 3 });
    expect(warnings).toMatchObject([
      { kind: "deadUnits", layer: 2, epoch: 0 },
      { kind: "deadUnits", layer: 4, epoch: 0 },
    ]);
  });
});

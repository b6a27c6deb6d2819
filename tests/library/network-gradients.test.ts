import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";

// Every layer, cost and penalty that the library exports is found here by itself: a layer by the function that makes
// its spec, a cost and a penalty by the lists that a Network takes names from.

const { costNames, gradientCheck, layerKinds, linear, Network, penalties, RandomState } = library;
type Spec = ReturnType<typeof linear>;

/** The function that makes the spec of each kind. */
const makers = new Map<string, (size?: number) => Spec>(
  layerKinds.map((kind) => [kind, (library as unknown as Record<string, (size?: number) => Spec>)[kind]]),
);

/** Labels that suit a cost, and the last layers that give it what it takes. */
const sorts = {
  any: { ends: [[]] },
  unit: { ends: [["sigmoid"]] },
  distribution: { ends: [["softmax"], []] },
};

function labelsFor(sort: string, width: number, random: InstanceType<typeof RandomState>): number[] {
  if (sort === "any") return Array.from({ length: width }, () => random.gauss() * 2);
  if (sort === "unit") return Array.from({ length: width }, () => (random.random() > 0.5 ? 1 : 0));
  const right = Math.floor(random.random() * width);
  return Array.from({ length: width }, (_, i) => (i === right ? 1 : 0));
}

function pick<Item>(list: readonly Item[], random: InstanceType<typeof RandomState>): Item {
  return list[Math.floor(random.random() * list.length)];
}

/** What is exported, whatever it is. */
const exported = Object.values(library) as unknown[];
const classes = exported.filter((value) => typeof value === "function") as (new () => library.Cost)[];
const costs = classes
  .filter(({ name, prototype }) => /Cost$/.test(name) && prototype !== undefined)
  .filter(({ prototype }) => "computeCost" in prototype || "computeJoined" in prototype)
  .map((Cost) => new Cost());

/** The cost without the short cut past the last activation. */
function unjoined(cost: library.Cost): library.Cost {
  const { name, labels } = cost;
  return { name, labels, computeCost: (Y, YHat, weights) => cost.computeCost!(Y, YHat, weights) };
}

/** A random network that begins with the given hidden kind and ends with the given cost. */
function build(number: number, kind: string, cost: library.Cost, penalty: library.Penalty) {
  const random = new RandomState(number);
  const nIn = 1 + Math.floor(random.random() * 4);
  const nOut = 2 + Math.floor(random.random() * 2);
  const width = 2 + Math.floor(random.random() * 3);
  const hidden = kind === "linear" ? linear(width) : makers.get(kind)!(kind === "dropout" ? 0.3 : undefined);
  const specs: Spec[] = [linear(width, "xavier"), hidden];
  if (random.random() > 0.5)
    specs.push(
      linear(2),
      makers.get(
        pick(
          layerKinds.filter((k) => k !== "linear" && k !== "dropout"),
          random,
        ),
      )!(),
    );
  specs.push(linear(nOut, "xavier"));
  const sort = cost.labels ?? "any";
  const end = pick(sorts[sort].ends, random);
  if (cost.computeCost === undefined && cost.joins !== undefined) specs.push(makers.get(cost.joins)!());
  else for (const last of end) specs.push(makers.get(last)!());
  const m = 1 + Math.floor(random.random() * 6);
  const X = Array.from({ length: m }, () => Array.from({ length: nIn }, () => random.gauss()));
  const Y = Array.from({ length: m }, () => labelsFor(sort, nOut, random));
  const goesAround = cost.computeCost !== undefined && random.random() < 0.3;
  const network = new Network(specs, { cost: goesAround ? unjoined(cost) : cost, penalty, seed: number });
  return { network, X, Y, specs };
}

describe("what the library exports", () => {
  it("has a function for every kind of layer and a name for every cost", () => {
    for (const [kind, maker] of makers) {
      expect(typeof maker, kind).toBe("function");
      expect(maker(kind === "linear" ? 1 : undefined).kind).toBe(kind);
    }
    expect(costs.map(({ name }) => name).sort()).toEqual([...costNames].sort());
  });

  it("has a maker by name for every penalty", () => {
    const exportedPenalties = classes.filter(({ name }) => /Penalty$/.test(name));
    expect(Object.values(penalties).map((make) => make(1).constructor)).toEqual(
      expect.arrayContaining(exportedPenalties),
    );
    expect(exportedPenalties).toHaveLength(Object.keys(penalties).length);
  });

  it("makes every exported activation layer from some kind", () => {
    const made = layerKinds.map((kind) => {
      const network = new Network([makers.get(kind)!(kind === "linear" ? 1 : undefined)], {
        inputs: 1,
        cost: "squaredError",
      });
      return network.layers[0].constructor;
    });
    const layers = classes.filter(({ name }) => /Layer$/.test(name) && name !== "ActivationLayer");
    for (const Layer of layers) expect(made, Layer.name).toContain(Layer);
  });
});

describe("200 random networks pass the gradient check at 1e-7", () => {
  const makePenalty = Object.values(penalties);
  const kinds = [...layerKinds];
  const PARTS = 10;
  it.each(Array.from({ length: PARTS }, (_, part) => part))("part %i of 10", (part) => {
    for (let number = part; number < 200; number += PARTS) {
      const kind = kinds[number % kinds.length];
      const cost = costs[Math.floor(number / kinds.length) % costs.length];
      const penalty = makePenalty[number % makePenalty.length](0.1);
      const { network, X, Y, specs } = build(number, kind, cost, penalty);
      const { error, worst, compared, skipped } = gradientCheck(network, X, Y);
      const what = `network ${number} (${specs.map((spec) => spec.kind)}, ${cost.name}, ${penalty.name}): ${JSON.stringify(worst)}`;
      expect(error, what).toBeLessThan(1e-7);
      expect(compared, what).toBeGreaterThan(skipped);
      network.dispose();
    }
  });
});

describe("gradientCheck", () => {
  it("says of a network without weights that there is nothing to compare", () => {
    expect(() => gradientCheck(new Network([library.sigmoid()], { inputs: 1 }), [[1]], [1])).toThrow(
      new library.ArgumentError(
        "gradientCheck: no layer of this network is linear(…), so there is no gradient to compare",
      ),
    );
  });

  const X = [[0.5, -1]];

  it("skips parameters that lie on a kink themselves, whose differences agree on the mean of two slopes", () => {
    const network = new Network([linear(1), library.relu(), linear(1)], { cost: "absoluteError", inputs: 2 });
    const [Z1, Z2] = network.linears;
    Z1.params.W.data.fill(0); // the ReLU's input is 0
    Z2.params.W.data.fill(2);
    const { error, compared, skipped } = gradientCheck(network, X, [[3]]);
    expect([compared, skipped]).toEqual([2, 3]);
    expect(error).toBeLessThan(1e-9);
    network.dispose();
  });

  it("names the parameter whose gradient is wrong, and leaves the weights as they were", () => {
    /** A cost whose gradient is wrong for the second output. */
    const wrong = {
      computeCost(Y: library.Matrix, YHat: library.Matrix) {
        const { cost, dYHat } = library.computeCost(Y, YHat);
        dYHat.data[1] *= 1.5;
        return { cost, dYHat };
      },
    };
    const network = new Network([linear(2)], { cost: wrong, seed: 1, inputs: 2 });
    const before = [...network.linears[0].params.W.data];
    const { worst, error } = gradientCheck(network, X, [[3, 4]]);
    expect(worst).toMatchObject({ layer: 1, row: 1 });
    expect(error).toBeCloseTo(1 / 3, 6);
    expect([...network.linears[0].params.W.data]).toEqual(before);
  });

  it("finds a wrong gradient that is a hundredth of the largest as wrong as it is", () => {
    /** A cost that rises by 100 with the first output and by 1 with the second, of which its gradient says 2. */
    const wrong = {
      computeCost(Y: library.Matrix, YHat: library.Matrix) {
        const { dYHat } = library.computeCost(Y, YHat);
        const [large, small] = YHat.data;
        dYHat.data.set([100, 2]);
        return { cost: 100 * large + small, dYHat };
      },
    };
    const network = new Network([linear(2)], { cost: wrong, seed: 1, inputs: 1 });
    const { worst, error } = gradientCheck(network, [[1]], [[0, 0]]);
    expect(worst).toMatchObject({ row: 1, analytic: 2 });
    expect(error).toBeCloseTo(0.5, 9);
  });

  /** How far off labels of such a size are said to be, with gradients times `factor`: the cost is far larger than its slopes. */
  const ofFarLabels = (label: number, factor: number) => {
    const cost = {
      computeCost(Y: library.Matrix, YHat: library.Matrix) {
        const { cost, dYHat } = library.computeAbsoluteErrorCost(Y, YHat);
        for (const i of dYHat.data.keys()) dYHat.data[i] *= factor;
        return { cost, dYHat };
      },
    };
    const network = new Network([linear(2), library.tanh(), linear(1)], { cost, seed: 1, inputs: 2 });
    const labels = Array.from({ length: 4 }, (_, i) => label * (i + 1));
    return gradientCheck(network, [[0.5, -1], [1, 2], [-1, 0.1], [0.3, 0.2]], labels); // biome-ignore format: one line
  };

  it("passes a right gradient and fails one that is 1 % off where the cost is far larger than its slopes", () => {
    for (const label of [1, 1e3, 1e4, 1e5]) {
      const right = ofFarLabels(label, 1);
      expect(right.error, `${label}`).toBeLessThan(1e-7);
      expect([right.compared, right.skipped], `${label}`).toEqual([9, 0]);
      expect(ofFarLabels(label, 1.01).error, `${label}`).toBeGreaterThan(1e-5);
    }
  });

  it("says that a cost's rounding hides its slopes, where it compared rounding and called it a wrong gradient", () => {
    expect(() => ofFarLabels(1e9, 1)).toThrow(
      /so large a value that its rounding hides them; .* scale the labels/,
    );
  });

  it("refuses a cost that is not finite, which has no slope", () => {
    const network = new Network([linear(1)], { seed: 1 });
    expect(() => gradientCheck(network, [[Number.NaN, 1]], [1])).toThrow(
      /the cost is NaN, so there is no slope to compare; network\.diagnose\(X, Y\) says where/,
    );
  });

  it("refuses float32", () => {
    const network = new Network([linear(1)], { dtype: "float32" });
    expect(() => gradientCheck(network, X, [1])).toThrow(/needs a network of dtype float64/);
  });
});

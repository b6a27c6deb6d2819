import { describe, expect, it } from "vitest";
import {
  type LayerSpec,
  leakyRelu,
  linear,
  Network,
  type NetworkOptions,
  RandomState,
  relu,
  sigmoid,
  softmax,
  tanh,
  type Warning,
} from "../../src/index.ts";

const random = new RandomState(6);
const points = Array.from({ length: 40 }, () => [random.gauss(), random.gauss()]);
const signs = points.map(([a, b]) => (a + b > 0 ? 1 : 0));
const healthy = [linear(3), tanh(), linear(1), sigmoid()];

function network(layers: LayerSpec[] = healthy, options: NetworkOptions = {}) {
  return new Network(layers, { inputs: 2, seed: 1, ...options });
}

const one = (warnings: readonly Warning[]) => {
  expect(warnings.map(({ kind }) => kind)).toHaveLength(1);
  return warnings[0];
};

describe("diagnose finds", () => {
  it("nothing in a healthy network, and changes no weight", () => {
    const fine = network();
    const before = [...fine.linears[0].params.W.data];
    expect(fine.diagnose(points, signs)).toEqual([]);
    expect([...fine.linears[0].params.W.data]).toEqual(before);
  });

  it("nothing about the scale of inputs that are no numbers, which the cost tells", () => {
    const seen = network().diagnose([[0, Number.NaN], [1, 0]], [0, 1]); // biome-ignore format: one line
    expect(seen.map(({ kind }) => kind)).not.toContain("inputsNotScaled");
  });

  it("infinities among the inputs, which hide behind a tanh", () => {
    const finding = one(network().diagnose([[0, 0.5], [1, -Infinity]], [0, 1])); // biome-ignore format: one line
    expect(finding).toEqual({
      kind: "inputsNotScaled",
      message:
        "The inputs are not scaled: 1 of 4 numbers is infinite, the first in feature 1 of example 1. Mend or leave out such examples.",
      share: 0.25,
    });
  });

  it("labels that are no numbers, after any last layer", () => {
    const { kind, message } = network([linear(1)]).diagnose(
      points,
      signs.map((sign, i) => (i === 3 ? Number.NaN : sign)),
    )[0];
    expect(kind).toBe("labelsOutOfRange");
    expect(message).toMatch(/1 of 40 labels is not finite, such as NaN\. Mend/);
  });

  it("outputs that are no probabilities, for a cost that takes them", () => {
    const { kind, message } = one(network([linear(1)], { cost: "bce" }).diagnose(points, signs));
    expect(kind).toBe("costNotFinite");
    expect(message).toMatch(
      /in the cost, since outputs of layer 1 from -\d\.\d+ to \d\.\d+ are no probabilities\. End the network with sigmoid\(\) or softmax\(\), or take the cost "stableBce"\.$/,
    );
  });

  it("labels that are large, for layers before the last", () => {
    const spent = points.map(([a]) => 100 * a);
    const deep = [linear(3), relu(), linear(1)];
    const size = Math.sqrt(spent.reduce((sum, label) => sum + label * label, 0) / 40);
    expect(one(network(deep).diagnose(points, spent))).toEqual({
      kind: "labelsNotScaled",
      message: `The labels are not scaled: those of output 0 are about ${size.toPrecision(3)}. Standardise them with a StandardScaler, whose inverse brings back what is predicted, or training will be slow or diverge.`,
      share: 1,
    });
    const both = points.map(([a, b]) => [a, 100 * b]);
    const second = one(network([linear(3), relu(), linear(2)], { cost: "huber" }).diagnose(points, both));
    expect(second).toMatchObject({ kind: "labelsNotScaled", share: 0.5 });
    expect(second.message).toMatch(/those of output 1 are about \d+/);
    expect(network([linear(1)]).diagnose(points, spent)).toEqual([]);
    expect(
      network(deep).diagnose(
        points,
        spent.map((label) => label / 20),
      ),
    ).toEqual([]);
    for (const odd of [Number.NaN, Infinity]) {
      const labels = spent.map((label, i) => (i === 3 ? odd : label));
      const found = network(deep).diagnose(points, labels);
      expect(found.map(({ kind }) => kind)).not.toContain("labelsNotScaled");
      expect(found[0].kind).toBe("labelsOutOfRange");
    }
  });

  it("inputs that are large or of very different sizes", () => {
    const large = one(
      network([linear(1), sigmoid()]).diagnose(
        points.map(([a, b]) => [a, b * 100]),
        signs,
      ),
    );
    expect(large).toMatchObject({ kind: "inputsNotScaled", share: 0.5 });
    expect(large.message).toMatch(/1 of 2 features is larger than 10; feature 1 is about/);
    expect(large.message).toMatch(/Standardise them/);
    const uneven = one(
      network().diagnose(
        points.map(([a, b]) => [a, b / 1000]),
        signs,
      ),
    );
    expect(uneven.message).toMatch(/differ in size by a factor of/);
  });

  it("labels that the cost or the last layer cannot reach", () => {
    const two = signs.map((label, i) => (i < 10 ? 2 : label));
    const bce = one(network().diagnose(points, two));
    expect(bce).toMatchObject({ kind: "labelsOutOfRange", share: 0.25 });
    expect(bce.message).toMatch(
      /the cost bce takes labels from 0 to 1, but 10 of 40 labels are outside, such as 2/,
    );
    const squared = one(network(healthy, { cost: "squaredError" }).diagnose(points, two));
    expect(squared.message).toMatch(/a sigmoid gives outputs from 0 to 1/);
    const classes = network([linear(2), softmax()]);
    const unequal = one(
      classes.diagnose(
        points,
        points.map((_, i) => (i < 4 ? [1, 1] : [0, 1])),
      ),
    );
    expect(unequal).toMatchObject({ kind: "labelsOutOfRange", share: 0.1 });
    expect(unequal.message).toMatch(/sum to 1 in each example, but 4 of 40 do not|4 of 40 examples do not/);
  });

  it("units that begin alike, and only those that would stay so", () => {
    const alike = network();
    alike.linears[0].params.W.data.fill(0.1);
    expect(alike.diagnose(points, signs)).toEqual([]);
    alike.linears[1].params.W.data.fill(0.2);
    expect(one(alike.diagnose(points, signs))).toMatchObject({ kind: "equalWeights", layer: 1, share: 1 });
    const logistic = network([linear(2), softmax()]);
    logistic.linears[0].params.W.data.fill(0);
    expect(logistic.diagnose(points, signs)).toEqual([]);
  });

  it("dead ReLUs and saturated sigmoids, with their layer and share", () => {
    const dead = network([linear(4), relu(), linear(1), sigmoid()]);
    dead.linears[0].params.b.data.set([-1000, 0, -1000, 0]);
    expect(one(dead.diagnose(points, signs))).toMatchObject({ kind: "deadUnits", layer: 2, share: 0.5 });
    const saturated = network();
    saturated.linears[0].params.b.data.set([0, 50, -50]);
    const finding = one(saturated.diagnose(points, signs));
    expect(finding).toMatchObject({ kind: "saturatedUnits", layer: 2, share: 2 / 3 });
    expect(finding.message).toMatch(/67 % of the tanh units of layer 2/);
    const leaky = network([linear(4), leakyRelu(), linear(1), sigmoid()]);
    leaky.linears[0].params.b.data.fill(-1000);
    expect(leaky.diagnose(points, signs)).toEqual([]);
  });

  it("a cost that is not finite, and where it begins", () => {
    const broken = network();
    broken.linears[1].params.b.data[0] = Number.NaN;
    const finding = one(broken.diagnose(points, signs));
    expect(finding).toMatchObject({ kind: "costNotFinite", layer: 3 });
    expect(finding.message).toMatch(/began in the weights of layer 3/);
  });
});

describe("fit warns", () => {
  it("once a finding, by onWarning and in the history", () => {
    const heard: Warning[] = [];
    const large = points.map((row) => row.map((value) => value * 50));
    const { history } = network([linear(1), sigmoid()]);
    const trained = network([linear(1), sigmoid()]);
    trained.fitSync(large, signs, { epochs: 3, onWarning: (warning) => heard.push(warning) });
    expect(heard.filter(({ kind }) => kind === "inputsNotScaled")).toHaveLength(1);
    expect(trained.history.warnings).toEqual(heard);
    expect(history.warnings).toEqual([]);
  });

  it("of a cost that stops being finite, with epoch and layer, and keeps the weights from before", () => {
    const wild = network([linear(1)], { learningRate: 5, cost: "squaredError" });
    const { stoppedBy, warnings, epochs } = wild.fitSync(points, signs, { epochs: 1000 });
    expect(stoppedBy).toBe("notFinite");
    const finding = warnings.find(({ kind }) => kind === "costNotFinite")!;
    expect(finding.epoch).toBe(epochs.length);
    expect(finding.layer).toBe(1);
    expect(finding.message).toMatch(
      /training ended before that update; it began in the cost, for which an output/,
    );
    expect(wild.linears.every(({ params }) => params.W.data.every(Number.isFinite))).toBe(true);
    expect(warnings.map(({ kind }) => kind)).toContain("learningRateTooHigh");
  });

  it("of weights that the last update left not finite, which no cost shows any more", () => {
    const far = (learningRate: number, options: NetworkOptions = {}) =>
      network([linear(1)], { inputs: 1, optimizer: "adam", learningRate, cost: "squaredError", ...options });
    const { stoppedBy, warnings, epochs } = far(1e308, { metrics: ["rSquared"] }).fitSync(
      [[1], [2]],
      [1, 2],
      {
        epochs: 1,
      },
    );
    expect(stoppedBy).toBe("notFinite");
    // what a metric would refuse, it does not refuse amid a run
    expect(epochs.map(({ metrics }) => metrics)).toEqual([{ rSquared: Number.NaN }]);
    expect(one(warnings)).toEqual({
      kind: "costNotFinite",
      message:
        "The last update, in epoch 0, left weights of layer 1 that are not finite, and so is no cost from here on. Lower the learning rate, clip the gradients, or look at the data.",
      epoch: 0,
      layer: 1,
    });
    expect(far(1e300).fitSync([[1], [2]], [1, 2], { epochs: 1 })).toMatchObject({ stoppedBy: "epochs", warnings: [] }); // biome-ignore format: one line
    // early stopping brings the best weights back
    const best = far(0.1);
    const rates = { name: "a leap", start: () => (epoch: number) => (epoch === 0 ? 0.1 : 1e308) };
    const validation = { X: [[1], [2]], Y: [1, 2] };
    const history = best.fitSync([[1], [2]], [1, 2], {
      epochs: 2,
      schedule: rates,
      validation,
      earlyStopping: 9,
    });
    expect([history.stoppedBy, history.bestEpoch]).toEqual(["epochs", 0]);
    expect(best.linears[0].params.W.data.every(Number.isFinite)).toBe(true);
  });

  it("of units that die on the way, with layer, share and epoch, after every example of an epoch was seen", () => {
    const heard: Warning[] = [];
    const dying = network([linear(4), relu(), linear(1)], { cost: "squaredError", learningRate: 1e-9 });
    dying.linears[0].params.W.data.set([1, 0, 0, 0, 0, 1, 0, 0]);
    dying.linears[0].params.b.data.set([0, -50, 0, 0]);
    const examples = Array.from({ length: 40 }, (_, i) => [i === 39 ? 1 : -1, i === 38 ? -1 : 1]);
    // in batches of 4 the first unit is silent in nine of ten, but not in all
    dying.fitSync(examples, signs, { epochs: 3, batchSize: 4, onWarning: (warning) => heard.push(warning) });
    const units = one(heard.filter(({ kind }) => kind === "deadUnits"));
    expect(units).toMatchObject({ layer: 2, share: 0.5, epoch: 0 });
    expect(units.message).toMatch(/^50 % of the ReLU units of layer 2 are 0 for every example/);
  });

  it("of units that saturate in training, while it is under way", () => {
    let during = -1;
    const layers = [linear(3), tanh(), linear(1)];
    const wild = network(layers, { learningRate: 30, cost: "absoluteError" });
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (during < 0 && wild.history.warnings.some(({ kind }) => kind === "saturatedUnits")) during = epoch;
    };
    wild.fitSync(points, signs, { epochs: 20, onEpoch });
    expect(during).toBeGreaterThanOrEqual(0);
    expect(during).toBeLessThan(19);
  });

  it("of a learning rate that crawls, and not of one that learns", () => {
    const slow = network(healthy, { learningRate: 1e-7 }).fitSync(points, signs, { epochs: 60 });
    expect(one(slow.warnings)).toMatchObject({ kind: "learningRateTooLow", epoch: 49 });
    const well = network(healthy, { learningRate: 0.5 }).fitSync(points, signs, { epochs: 60 });
    expect(well.warnings).toEqual([]);
  });

  it("of nothing in the article's XOR", () => {
    const specs = [linear(3, "xavier"), sigmoid(), linear(1, "xavier"), sigmoid()];
    const xor = new Network(specs, { cost: "squaredError", learningRate: 1, seed: 48 });
    xor.fitSync(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      [0, 1, 1, 0],
      { epochs: 5000 },
    );
    expect(xor.history.warnings.filter(({ kind }) => kind !== "saturatedUnits")).toEqual([]);
  });
});

describe("a healthy case beside each finding", () => {
  const kinds = (warnings: readonly Warning[]) => warnings.map(({ kind }) => kind);
  const training = (options: NetworkOptions, epochs: number, layers = healthy) =>
    kinds(network(layers, options).fitSync(points, signs, { epochs }).warnings);

  it.each<[string, () => string[], string]>([
    ["inputs of like, ordinary size", () => kinds(network().diagnose(points, signs)), "inputsNotScaled"],
    ["labels at both ends of the range", () => kinds(network().diagnose(points, signs)), "labelsOutOfRange"],
    [
      "labels beyond 1 where the cost takes any",
      () =>
        kinds(
          network([linear(1)]).diagnose(
            points,
            signs.map((y) => y * 9),
          ),
        ),
      "labelsOutOfRange",
    ],
    ["first weights drawn at random", () => kinds(network().diagnose(points, signs)), "equalWeights"],
    [
      "ReLUs that some example moves",
      () => training({ learningRate: 0.1 }, 40, [linear(4), relu(), linear(1), sigmoid()]),
      "deadUnits",
    ],
    ["tanhs in their middle", () => training({ learningRate: 0.1 }, 40), "saturatedUnits"],
    ["a cost that stays finite", () => training({ learningRate: 0.5 }, 40), "costNotFinite"],
    ["a rate that goes down the slope", () => training({ learningRate: 0.5 }, 40), "learningRateTooHigh"],
    ["a rate that gets on", () => training({ learningRate: 0.1 }, 60), "learningRateTooLow"],
  ])("%s", (_, found, kind) => {
    expect(found()).not.toContain(kind);
  });

  it("a rate that makes the cost rise, epoch after epoch, is too high", () => {
    expect(training({ learningRate: 5, cost: "squaredError" }, 8, [linear(1)])).toContain(
      "learningRateTooHigh",
    );
  });

  it("sigmoids at their ends are found as tanhs are", () => {
    const layers = [linear(2), sigmoid(), linear(1), sigmoid()];
    const stuck = network(layers);
    stuck.linears[0].params.b.data.set([50, 0]);
    expect(one(stuck.diagnose(points, signs))).toMatchObject({
      kind: "saturatedUnits",
      layer: 2,
      share: 0.5,
    });
    expect(kinds(network(layers).diagnose(points, signs))).toEqual([]);
  });
});

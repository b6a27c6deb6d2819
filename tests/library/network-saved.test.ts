import { describe, expect, it, vi } from "vitest";
import {
  Adam,
  ArgumentError,
  computeCost,
  HuberCost,
  l1,
  l2,
  leakyRelu,
  linear,
  Momentum,
  Network,
  Pipeline,
  RandomState,
  randn,
  StandardScaler,
  seed,
  sigmoid,
  tanh,
} from "../../src/index.ts";
import { HighestFirst } from "../support/highest-first.ts";
import { points, signs } from "../support/points.ts";
import { weightsOf } from "../support/weights-of.ts";
import { wreck } from "../support/wreck.ts";

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
    expect(weightsOf(copy)).toEqual(weightsOf(network));
    expect(Object.is(copy.linears[0].params.W.data[0], -0)).toBe(true);
    network.linears[0].params.W.data.fill(1);
    copy.linears[0].params.W.data.fill(1);
    expect(copy.predict([{ b: 2, a: 1 }])).toEqual(network.predict([{ a: 1, b: 2 }]));
    expect(copy.optimizer.name).toBe("adam");
  });

  it("share nothing with what was saved", () => {
    const records = points.map(([a, b]) => ({ a, b }));
    const targets = signs.map((sign) => ({ sign, other: -sign }));
    for (const [layers, labels, preprocess] of [
      [[linear(3), leakyRelu(0.1), linear(2)], targets, undefined],
      [[linear(1), sigmoid()], signs.map((sign) => ["no", "yes"][sign]), "standard"],
    ] as const) {
      const network = new Network([...layers], { seed: 1, preprocess, penalty: l1(0.1) });
      network.fitSync(preprocess ? points : records, labels, { epochs: 2 });
      const text = JSON.stringify(network);
      const saved = network.toJSON();
      const copy = Network.fromJSON(saved);
      wreck(saved);
      expect(JSON.stringify(network)).toBe(text);
      expect(JSON.stringify(copy)).toBe(text);
    }
  });

  it.each([
    ["float64", "AAAAAAAA8D8AAAAAAAAAQA=="],
    ["float32", "AACAPwAAAEA="],
  ] as const)("write the lowest byte first in %s, on hosts that have the highest first too", (dtype, text) => {
    const network = new Network([linear(1)], { inputs: 2, dtype });
    const { W } = network.linears[0].params;
    W.data.set([1, 2]);
    const saved = network.toJSON();
    expect(saved.parameters[0].W).toBe(text);
    vi.stubGlobal("Uint16Array", HighestFirst);
    try {
      // this host's bytes, taken for another's: turned on the way out, and on the way in
      const turned = (text: string) => Buffer.from(text, "base64").reverse().toString("base64");
      W.data.set([2, 1]);
      expect(network.toJSON().parameters[0].W).toBe(turned(text));
      expect([...Network.fromJSON(network.toJSON()).linears[0].params.W.data]).toEqual([2, 1]);
      expect([...Network.fromJSON(saved).linears[0].params.W.data]).not.toEqual([1, 2]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("keep layers of many weights", () => {
    const network = new Network([linear(41), leakyRelu(), linear(1)], { inputs: 37, seed: 1 });
    expect(weightsOf(Network.fromJSON(JSON.parse(JSON.stringify(network))))).toEqual(weightsOf(network));
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
      clipNorm: 0.01,
    });
    const saved = JSON.parse(JSON.stringify(network));
    const further = { epochs: 3, shuffle: false };
    network.fitSync(points, signs, further);
    const copy = Network.fromJSON(saved);
    copy.fitSync(points, signs, further);
    expect(weightsOf(copy)).toEqual(weightsOf(network));
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
    // its own generator, which shuffles
    const [one, other] = [5, 5].map((seed) => Network.fromJSON(saved, { seed }));
    for (const each of [one, other]) each.fitSync(points, signs, { epochs: 3, batchSize: 1 });
    expect(weightsOf(one)).toEqual(weightsOf(other));
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

  it("know a preprocessor derived from the library's own for the caller's, in a pipeline too", () => {
    class Twice extends StandardScaler {
      override transform(rows: ArrayLike<ArrayLike<number>>): number[][] {
        return super.transform(rows).map((row) => row.map((value) => 2 * value));
      }
    }
    for (const preprocess of [new Twice(), new Pipeline([new Twice()])]) {
      const network = new Network([linear(1)], { preprocess, seed: 1 });
      network.fitSync([[1], [2]], [1, 2], { epochs: 1 });
      const saved = JSON.parse(JSON.stringify(network));
      const own = { kind: "custom" };
      expect(saved.preprocess).toEqual([
        preprocess instanceof Pipeline ? { kind: "Pipeline", steps: [own] } : own,
      ]);
      expect(() => Network.fromJSON(saved)).toThrow(/a preprocessing step of your own; give it/);
      expect(Network.fromJSON(saved, { preprocess }).predict([[3]])).toEqual(network.predict([[3]]));
    }
    // which must have learned, as the library's
    const once = new Network([linear(1)], { preprocess: new Twice(), seed: 1 });
    once.fitSync([[1], [2]], [1, 2], { epochs: 1 });
    expect(() => Network.fromJSON(once.toJSON(), { preprocess: new Twice() })).toThrow(
      /must be as it was after fit/,
    );
    // one that changes as the library's does comes back as that, with what it has learned
    class Same extends StandardScaler {}
    const same = new Network([linear(1)], { preprocess: new Same(), seed: 1 });
    same.fitSync([[1], [2]], [1, 2], { epochs: 1 });
    expect(Network.fromJSON(same.toJSON()).predict([[3]])).toEqual(same.predict([[3]]));
    // one that says itself what it is saved as is taken at its word
    class Named extends StandardScaler {
      override toJSON() {
        return { kind: "Named" };
      }
    }
    const network = new Network([linear(1)], { preprocess: new Named(), seed: 1 });
    network.fitSync([[1], [2]], [1, 2], { epochs: 1 });
    expect(network.toJSON().preprocess).toEqual([{ kind: "Named" }]);
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
    expect(() => Network.fromJSON({ layers: [] })).toThrow(
      /takes what toJSON gave, not an object with "layers"$/,
    );
    const saved = new Network([linear(1)], { inputs: 2 }).toJSON();
    expect(() => Network.fromJSON(JSON.stringify(saved) as never)).toThrow(
      /not the string "\{.{1,100}…"; JSON\.parse\(text\) makes it of text$/,
    );
    expect(() => Network.fromJSON({ ...saved, penalties: { l2: 1 } } as never)).toThrow(
      "the saved penalties must be a list, not an object",
    );
    for (const penalties of [[null], new Array(1)]) {
      expect(() => Network.fromJSON({ ...saved, penalties } as never)).toThrow(
        'the saved penalty must be one of "l1", "l2", not undefined',
      );
    }
    for (const cost of [null, { name: "bce" }]) {
      expect(() => Network.fromJSON({ ...saved, cost } as never)).toThrow(ArgumentError);
    }
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

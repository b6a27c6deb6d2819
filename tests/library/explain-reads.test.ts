// How explanations read, every word, sign and number, in both notations. UPDATE_GOLDENS=1 writes the files anew: read them then.
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type ExplainedCost,
  type ExplainedLayer,
  type Explanation,
  explain,
  toMarkdown,
  toText,
} from "../../src/explain.ts";
import {
  AbsoluteErrorCost,
  BceCost,
  dropout,
  HuberCost,
  KerasLikeBceCost,
  LeakyReluLayer,
  LinearLayer,
  l1,
  l2,
  leakyRelu,
  linear,
  Matrix,
  Momentum,
  Network,
  ReluLayer,
  SigmoidLayer,
  SoftmaxCrossEntropyCost,
  SoftmaxLayer,
  SquaredErrorCost,
  StableBceCost,
  sigmoid,
  softmax,
  TanhLayer,
  tanh,
} from "../../src/index.ts";

const rows = [[1, 0], [2, 0], [-1, 0]]; // biome-ignore format: one line

/** A linear layer whose weights are easy to follow, for two examples. */
function linearOf(weights: number[][], m = 2): LinearLayer {
  const layer = new LinearLayer([weights[0].length, m], weights.length);
  layer.params.W.data.set(weights.flat());
  return layer;
}

/** All that a network's step is made of. */
function everything(): Explanation {
  const network = new Network([linear(2), tanh(), dropout(0.5), linear(1), sigmoid()], {
    optimizer: "adamw",
    learningRate: 0.05,
    penalty: [l2(0.01), l1(0.003)],
    clipNorm: 0.05,
    preprocess: "standard",
    seed: 7,
  });
  return explain(network, rows, [0, 1, 1]);
}

/** Several classes, and a feature that is zero in every example. */
function classes(): Explanation {
  const layers = [linear(3), leakyRelu(0.2), linear(3), softmax()];
  return explain(new Network(layers, { optimizer: "rmsprop", seed: 3 }), rows, [0, 1, 2], { decimals: 2 });
}

/** One example, gradients that are not clipped, and an update that is kept. */
function one(): Explanation {
  const network = new Network([linear(1)], { optimizer: "nesterov", clipNorm: 1e7, seed: 3 });
  return explain(network, [[1, -2]], [2], { update: true });
}

/** Activations before the first weights and one after the other, units that are shut, and one that mixes elements. */
function layers(): Explanation {
  const Z1 = linearOf([[1, -1], [-1, -2], [-3, -1]]); // biome-ignore format: one line
  const Z2 = linearOf([[1, 0, 0], [0, 1, 1]]); // biome-ignore format: one line
  const like = (Layer: new (shape: [number, number]) => ExplainedLayer, n: number) => new Layer([n, 2]);
  const all = [
    like(SigmoidLayer, 2),
    Z1,
    like(ReluLayer, 3),
    like(TanhLayer, 3),
    like(LeakyReluLayer, 3),
    Z2,
    like(SoftmaxLayer, 2),
  ];
  return explain(all, Matrix.from([[1, 2], [0.5, 1]]), Matrix.from([[1, 0], [0, 1]])); // biome-ignore format: one line
}

/** One linear layer, which goes without a number, behind an activation. */
function single(): Explanation {
  return explain(
    [new SigmoidLayer([2, 1]), linearOf([[1, -1]], 1)],
    Matrix.from([[1], [2]]),
    Matrix.from([[1]]),
  );
}

/** An activation of the caller's own, and one example that a softmax mixes. */
function stranger(): Explanation {
  const inner = new TanhLayer([2, 1]);
  const activation = {
    forward: (Z: Matrix) => inner.forward(Z),
    backward: (upstream: Matrix) => inner.backward(upstream),
  };
  const cost = { name: "toString", computeCost: new SquaredErrorCost().computeCost };
  const all = [linearOf([[1, -1], [2, 1]], 1), activation, new SoftmaxLayer([2, 1])]; // biome-ignore format: one line
  return explain(all, Matrix.from([[1], [2]]), Matrix.from([[1], [0]]), { cost });
}

/** What is the caller's own, of which no formula is known. */
function own(): Explanation {
  class Own extends Momentum {
    override readonly name: string = "my_step";
  }
  const cost = {
    computeCost: (Y: Matrix, YHat: Matrix) => new SquaredErrorCost().computeCost(Y, YHat),
  };
  const penalty = { name: "my_50%", strength: 1, addTo: () => 0.5 };
  const network = new Network([linear(1)], { optimizer: new Own(), penalty, cost, seed: 3 });
  return explain(network, [[1], [2]], [1, 2], { update: true });
}

/** Each cost's step alone, of two examples and of one, joined with the last activation and not, and saturated. */
function costs(): Explanation {
  const explained: Explanation[] = [];
  const add = (
    cost: ExplainedCost,
    Last: new (shape: [number, number]) => ExplainedLayer,
    n: number,
    m: number,
    w = 1,
  ) => {
    const weights = Array.from({ length: n }, (_, i) => [w * (i + 1)]);
    const Y = Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => (i === j ? 0 : 1)));
    explained.push(
      explain(
        [linearOf(weights, m), new Last([n, m])],
        Matrix.from([Array.from({ length: m }, (_, j) => (j === 1 ? -1 : 1))]),
        Matrix.from(Y),
        {
          cost,
        },
      ),
    );
  };
  for (const m of [1, 2]) {
    for (const cost of [
      new SquaredErrorCost(),
      new AbsoluteErrorCost(),
      new HuberCost({ delta: 0.25 }),
      new BceCost(),
      new StableBceCost(),
      new KerasLikeBceCost(),
    ]) {
      add(cost, SigmoidLayer, 1, m);
    }
    add(new SoftmaxCrossEntropyCost(), SoftmaxLayer, 2, m);
    add(new BceCost(), SigmoidLayer, 1, m, 50);
    add(new SoftmaxCrossEntropyCost(), SoftmaxLayer, 2, m, 1000);
  }
  add(new BceCost(), SigmoidLayer, 1, 1, -1000);
  add(new BceCost(), SigmoidLayer, 1, 11);
  add(new KerasLikeBceCost(), SigmoidLayer, 1, 2, 50);
  for (const cost of [new StableBceCost(), new SoftmaxCrossEntropyCost()]) {
    const [x, y] = [Matrix.from([[1]]), Matrix.from([[1], [0]])];
    explained.push(explain([linearOf([[2], [1]], 1)], x, y, { cost }));
  }
  add({ ...unjoined(new BceCost()) }, SigmoidLayer, 2, 2);
  const steps = explained.flatMap((each) => each.steps.filter(({ phase }) => phase === "cost"));
  return { ...explained[0], steps };
}

/** A cost that goes by the output alone. */
function unjoined(cost: BceCost): ExplainedCost {
  return { name: cost.name, computeCost: (Y, YHat) => cost.computeCost(Y, YHat) };
}

const documents = { everything, classes, one, layers, single, stranger, own, costs };

describe("an explanation reads as it did", () => {
  it.each(Object.entries(documents))("%s", (name, make) => {
    const explanation = make();
    for (const [end, text] of [
      ["txt", toText(explanation)],
      ["md", toMarkdown(explanation)],
    ]) {
      const file = new URL(`../golden/explain/${name}.${end}`, import.meta.url);
      if (process.env.UPDATE_GOLDENS) writeFileSync(file, text);
      expect(text).toBe(readFileSync(file, "utf8"));
    }
  });
});

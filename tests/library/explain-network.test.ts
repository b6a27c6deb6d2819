// An explained step of a network against the step that `fit` really takes.
import { describe, expect, it } from "vitest";
import {
  describeGraph,
  type Explanation,
  explain,
  type Rows,
  toMarkdown,
  toText,
} from "../../src/explain.ts";
import {
  ArgumentError,
  DropoutLayer,
  dropout,
  GradientDescent,
  LinearLayer,
  l1,
  l2,
  linear,
  Matrix,
  Momentum,
  Network,
  type NetworkOptions,
  type OptimizerName,
  optimizerNames,
  type Penalty,
  RandomState,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.ts";
import { evaluate } from "../support/evaluate.ts";

const X = [
  [10, 2],
  [12, 0],
  [9, -3],
  [15, 1],
  [11, 5],
];
const Y = [0, 1, 1, 0, 1];

const everything = (optimizer: OptimizerName): NetworkOptions => ({
  optimizer,
  learningRate: 0.05,
  penalty: [l2(0.01), l1(0.003)],
  clipNorm: 0.05,
  preprocess: "standard",
  seed: 7,
});
const build = (options: NetworkOptions) =>
  new Network([linear(4), tanh(), dropout(0.4), linear(1), sigmoid()], options);

const parameters = (network: Network) =>
  network.linears.flatMap(({ params: { W, b } }) => [W.toArray(), b.toArray()]);

/** The last result of each name in a phase. */
function results({ steps }: Explanation, phase: string): Record<string, Rows> {
  const equations = steps.filter((step) => step.phase === phase).flatMap((step) => step.equations);
  return Object.fromEntries(equations.map(({ name, result }) => [name.text, result]));
}

const updated = (explanation: Explanation) => {
  const { "W₁": W1, "b₁": b1, "W₂": W2, "b₂": b2 } = results(explanation, "update");
  return [W1, b1, W2, b2];
};

const once = { epochs: 1, shuffle: false } as const;

describe.each(optimizerNames)("explain shows the step that %s takes", (optimizer) => {
  it("with preprocessing, dropout, penalties and clipping, bit for bit, and leaves all as it was", () => {
    const network = build(everything(optimizer));
    for (let step = 0; step < 4; step++) {
      const explanation = explain(network, X, Y);
      expect(explain(network, X, Y), "the same again").toEqual(explanation);
      network.fitSync(X, Y, once);
      expect(updated(explanation)).toEqual(parameters(network));
      expect(explanation.cost).toBe(network.history.epochs[step].cost);
    }
  });

  it("and update: true takes it", () => {
    const [explained, trained] = [build(everything(optimizer)), build(everything(optimizer))];
    for (let step = 0; step < 3; step++) {
      explain(explained, X, Y, { update: true });
      trained.fitSync(X, Y, once);
      expect(parameters(explained)).toEqual(parameters(trained));
    }
  });

  it("at another learning rate for this once", () => {
    const [network, other] = [
      build(everything(optimizer)),
      build({ ...everything(optimizer), learningRate: 0.5 }),
    ];
    const explanation = explain(network, X, Y, { learningRate: 0.5 });
    expect(network.optimizer.learningRate).toBe(0.05);
    other.fitSync(X, Y, once);
    expect(updated(explanation)).toEqual(parameters(other));
  });

  it("in formulas whose numbers give their results", () => {
    const network = new Network([linear(1)], everything(optimizer));
    const column = X.map(([x]) => [x]);
    network.fitSync(column, Y, once);
    const { steps } = explain(network, column, Y);
    const equations = steps
      .filter(({ phase, title }) => phase === "update" || title.startsWith("Price"))
      .flatMap((step) => step.equations)
      .filter(({ numbers }) => numbers.length > 0);
    expect(equations.length).toBeGreaterThan(5);
    for (const { name, numbers, result } of equations) {
      const value = evaluate(numbers);
      expect(Math.abs(value - result[0][0]), name.text).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
    }
  });
});

it("no line of text is wider than a terminal, and equals signs stand below each other", () => {
  const lines = toText(explain(build(everything("adamw")), X, Y)).split("\n");
  const hats = lines.findIndex((line) => line.includes("m̂(W₂) = "));
  const column = (line: string) => line.replace(/\p{Mn}/gu, "").indexOf("= ");
  expect(column(lines[hats + 1])).toBe(column(lines[hats]));
  for (const line of lines.filter((words) => words.includes("where "))) expect(line.length).toBeLessThan(89);
});

describe("explain: what a network adds to the gradients", () => {
  const rows = [
    [0, 1],
    [1, 1],
    [0, 1],
  ];
  const plain = { seed: 3, learningRate: 1, inputs: 2 } as const;

  it("shows the penalties' price and their gradient beside those of the cost", () => {
    const network = new Network([linear(1), sigmoid()], { ...plain, penalty: [l2(0.5), l1(0.1)] });
    const explanation = explain(network, rows, [0, 1, 1]);
    const [[w1, w2]] = network.linears[0].params.W.toArray();
    const { C, "R(W)": R, J } = results(explanation, "cost");
    const price = 0.25 * (w1 * w1 + w2 * w2) + 0.1 * (Math.abs(w1) + Math.abs(w2));
    expect(R[0][0]).toBeCloseTo(price, 14);
    expect(J[0][0]).toBeCloseTo(C[0][0] + price, 14);
    expect(explanation.cost).toBe(J[0][0]);
    const { "∂C/∂W": dC, "∂J/∂W": dJ } = results(explanation, "backward");
    expect(dJ[0][0]).toBeCloseTo(dC[0][0] + 0.5 * w1 + 0.1 * Math.sign(w1), 14);
    expect(toText(explanation)).toContain("penalty   ∂J/∂W = ∂C/∂W + λ₂ · W + λ₁ · sign(W)");
    const page = toMarkdown(explanation);
    expect(page).toContain("With the price of the weights:");
    // a number beside a fraction without a sign reads as 1/2 and 0.5
    expect(page).toContain("\\tfrac{1}{2} \\cdot \\lambda_2 \\cdot");
    expect(page).toContain("\\tfrac{1}{2} \\cdot 0.5 \\cdot");
  });

  it("shows the gradient with a single penalty too", () => {
    const network = new Network([linear(1), sigmoid()], { ...plain, penalty: l1(0.1) });
    const explanation = explain(network, rows, [0, 1, 1]);
    const [[w1]] = network.linears[0].params.W.toArray();
    const { "∂C/∂W": dC, "∂J/∂W": dJ } = results(explanation, "backward");
    expect(dJ[0][0]).toBeCloseTo(dC[0][0] + 0.1 * Math.sign(w1), 14);
    expect(toText(explanation)).toContain("penalty   ∂J/∂W = ∂C/∂W + λ₁ · sign(W)");
  });

  it("writes powers without what rounding leaves in them", () => {
    const network = new Network([linear(1), sigmoid()], { ...plain, optimizer: "adam" });
    network.fitSync(rows, [0, 1, 1], { epochs: 2 });
    expect(0.9 ** 3).not.toBe(0.729);
    expect(toText(explain(network, rows, [0, 1, 1]))).toMatch(/ \/ \(1 − 0\.729\)/);
  });

  it("shows the norm of the gradients, and how clipping shortens them", () => {
    const network = new Network([linear(1), sigmoid()], { ...plain, clipNorm: 0.01 });
    const explanation = explain(network, rows, [0, 1, 1]);
    const { "∂C/∂W": dW, "∂C/∂b": db } = results(explanation, "backward");
    const { norm, k, "clip(∂C/∂W)": clipped } = results(explanation, "update");
    expect(norm[0][0]).toBeCloseTo(Math.hypot(...dW[0], db[0][0]), 14);
    expect(k[0][0]).toBe(0.01 / (norm[0][0] + 1e-6));
    expect(clipped[0][1]).toBeCloseTo(k[0][0] * dW[0][1], 15);
    expect(toText(explanation)).toContain("W := W − α · clip(∂C/∂W)");
  });

  it("says so where clipping has nothing to do", () => {
    const network = new Network([linear(1), sigmoid()], { ...plain, clipNorm: 100 });
    const explanation = explain(network, rows, [0, 1, 1]);
    expect(toText(explanation)).toContain("The norm is not above 100");
    expect(Object.keys(results(explanation, "update"))).not.toContain("clip(∂C/∂W)");
  });

  it("does not say that weights stay which a penalty moves", () => {
    const zeros = [
      [0, 0],
      [0, 0],
    ];
    const text = (options: NetworkOptions) =>
      toText(explain(new Network([linear(1), sigmoid()], { ...plain, ...options }), zeros, [0, 1])).replace(
        /\s+/g,
        " ",
      );
    expect(text({})).toContain("So the weights stay as they are");
    expect(text({ penalty: l2(0.1) })).toContain("So the cost does not move the weights");
    expect(text({ optimizer: "adamw" as const, learningRate: 1 })).toContain(
      "So the cost does not move the weights",
    );
  });
});

describe("explain: a network's own ways", () => {
  it("takes rows and class labels as fit does, before the first fit too", () => {
    const rows = [
      [1, 3],
      [2, 5],
      [9, 4],
    ];
    const network = new Network([linear(3), softmax()], { seed: 1, preprocess: "minMax" });
    const explanation = explain(network, rows, ["a", "b", "c"]);
    expect(results(explanation, "given")).toMatchObject({
      X: [
        [0, 0.125, 1],
        [0, 1, 0.5],
      ],
      Y: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(explanation.steps[0].notes).toEqual([expect.stringContaining("preprocessing")]);
    const { input } = describeGraph(network, rows, ["a", "b", "c"], { example: 1 });
    expect(input.A).toEqual([0.125, 1]);
  });

  it("writes dropout's mask as what it multiplies by", () => {
    const network = build({ seed: 2 });
    const { steps } = explain(network, X, Y);
    const masks = steps
      .flatMap(({ equations }) => equations)
      .find(({ name }) => name.text === "∂A₁′/∂A₁")!.result;
    for (const value of masks.flat()) expect([0, 1 / 0.6]).toContain(value);
    expect(masks.flat()).toContain(0);
    expect(toText(explain(network, X, Y))).not.toContain("the mask = the mask");
  });

  it("does not take the step of somebody's own optimizer unless it is kept", () => {
    class Own extends GradientDescent {}
    class Named extends Momentum {
      override readonly name: string = "mine";
    }
    for (const optimizer of [new Own(), new Named()]) {
      const network = new Network([linear(1), sigmoid()], { optimizer, inputs: 2, seed: 3 });
      const before = parameters(network);
      const shown = explain(network, X, Y);
      expect(parameters(network)).toEqual(before);
      expect(toText(shown)).toContain("The update is left out");
      const kept = explain(network, X, Y, { update: true });
      expect(parameters(network)).not.toEqual(before);
      expect(results(kept, "update").W).toEqual(parameters(network)[0]);
    }
  });

  it("does not say that weights stay which an optimizer of somebody's own may move", () => {
    class Own extends GradientDescent {}
    const network = new Network([linear(1), sigmoid()], { optimizer: new Own(), penalty: l2(1), inputs: 2, seed: 3 }); // biome-ignore format: one line
    const shown = toText(explain(network, [[0, 0]], [0])).replaceAll(/\s+/g, " ");
    expect(shown).toContain("So the cost does not move the weights, and only the bias b learns.");
  });

  it("writes a joined cost by what goes into a sigmoid or softmax that is rounded to 0 or 1", () => {
    const told = (last: ReturnType<typeof sigmoid | typeof softmax>, W: number[], Y: number) => {
      const network = new Network([linear(W.length), last], { inputs: 1, seed: 1 });
      network.linears[0].params.W.data.set(W);
      return toText(explain(network, [[1]], [Y]));
    };
    const binary = told(sigmoid(), [40], 0);
    expect(binary).toContain("(max(40, 0) − 40 ⊙ 0 + ln(1 + exp(−|40|)))");
    expect(binary).toContain("Ŷ is rounded to 0 or 1 here");
    expect(told(softmax(), [1000, -1000], 1)).toMatch(/ln\(softmax\(/);
    const usual = told(sigmoid(), [1], 0);
    expect(usual).toContain("ln(1 − Ŷ)");
    expect(usual).not.toContain("rounded");
  });

  it("gives layers' dropout its generator back", () => {
    const [random, same] = [new RandomState(7), new RandomState(7)];
    const layers = [new LinearLayer([2, 1], 3), new DropoutLayer([3, 1], 0.5, { random }), new LinearLayer([3, 1], 1)]; // biome-ignore format: one line
    explain(layers, Matrix.from([[1], [2]]), Matrix.from([[1]]));
    expect(random.random()).toBe(same.random());
  });

  it("writes somebody's own penalty by its name", () => {
    const penalty: Penalty = { name: "ridge", strength: 1, addTo: (dW, W) => l2(1).addTo(dW, W) };
    const network = new Network([linear(1), sigmoid()], { penalty, inputs: 2, seed: 3 });
    expect(toText(explain(network, X, Y))).toContain("R(W) = ridge(W)");
  });

  it("changes nothing when it throws", () => {
    const network = build(everything("adam"));
    network.fitSync(X, Y, once);
    const before = parameters(network);
    expect(() => explain(network, X, Y, { learningRate: -1 })).toThrow(ArgumentError);
    expect(() => explain(network, X, Y, { cost: null as never })).toThrow(/which null lacks/);
    expect(() => explain(network, [[1]], [1])).toThrow(/row 0 has 1 column,/);
    expect(parameters(network)).toEqual(before);
    expect(network.optimizer.learningRate).toBe(0.05);
  });
});

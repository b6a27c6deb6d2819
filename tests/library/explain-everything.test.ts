// Every layer and every cost that the library exports has its own words and formulas in an explanation: what is found by
// looking at the exports cannot be forgotten.
import { describe, expect, it } from "vitest";
import { activationOf } from "../../src/explain/activations.ts";
import { type ExplainedCost, type ExplainedLayer, explain, toMarkdown, toText } from "../../src/explain.ts";
import * as library from "../../src/index.ts";
import { LinearLayer, Matrix, RandomState, SigmoidLayer } from "../../src/index.ts";

type Maker = new (...args: unknown[]) => unknown;

/** The exported classes whose instances have all of these methods; abstract ones cannot be told and are made by none. */
function classesWith(...methods: string[]): [string, Maker][] {
  return (Object.entries(library) as [string, unknown][]).filter(
    (entry): entry is [string, Maker] =>
      typeof entry[1] === "function" &&
      methods.some((method) => typeof (entry[1] as Maker).prototype?.[method] === "function"),
  );
}

const X = Matrix.from([
  [0.5, -1, 0.25, 2],
  [1, 0.5, -0.75, -1],
]);
const Y = Matrix.from([
  [0, 1, 1, 0],
  [1, 0, 0, 1],
]);
const draw = () => ({ random: new RandomState(1) });
const numbers = (text: string) => text.match(/NaN|∞|undefined/);

const activations = classesWith("backward").filter(
  ([name]) => name !== "LinearLayer" && name !== "ActivationLayer" && name !== "Network",
);
const costs = classesWith("computeCost", "computeJoined").filter(([name]) => name.endsWith("Cost"));

describe("every activation layer", () => {
  it("is found", () => {
    expect(activations.map(([name]) => name)).toContain("SigmoidLayer");
  });

  it.each(activations)("%s is explained with its formula and its local gradient", (_, Layer) => {
    const A1 = new Layer([2, 4]) as ExplainedLayer;
    expect(activationOf(A1).kind, "add its formula to src/explain/activations.ts").not.toBe("activation");
    const explanation = explain([new LinearLayer([2, 4], 2, "xavier", draw()), A1], X, Y);
    const step = explanation.steps.find(({ phase, layer }) => phase === "backward" && layer === 1)!;
    expect(step.equations.map(({ role }) => role)).toEqual(["upstream", "local", "product"]);
    const [upstream, local, product] = step.equations.map(({ result }) => result);
    const forward = explanation.steps.find(({ phase, layer }) => phase === "forward" && layer === 1)!;
    expect(forward.definition).toBeDefined();
    // Chain rule by hand: element by element, or of the first example by its matrix.
    const mixes = activationOf(A1).mixed !== undefined;
    product.forEach((row, i) => {
      const byHand = mixes
        ? local.reduce((sum, aj, j) => sum + aj[i] * upstream[j][0], 0)
        : upstream[i][0] * local[i][0];
      expect(row[0]).toBeCloseTo(byHand, 14);
    });
    expect(numbers(toText(explanation))).toBeNull();
    expect(toMarkdown(explanation)).not.toMatch(/undefined/);
  });
});

describe("somebody's own activation", () => {
  it("is one of which nothing is known, whatever it is called", () => {
    for (const title of [undefined, "Mine", "toString"]) {
      const { kind, title: told } = activationOf({ title } as never);
      expect([kind, told]).toEqual(["activation", "Activation"]);
    }
    // called as the library's, without its number
    const leaky = { title: "LeakyReluLayer" } as never;
    expect(activationOf(leaky).definition?.(leaky).text).toBe("leaky(z) = z where z > 0, else slope · z");
  });
});

describe("every cost", () => {
  it("is found", () => {
    expect(costs.map(([name]) => name)).toContain("SquaredErrorCost");
  });

  it.each(costs)("%s is explained with its formula and its gradient", (_, Made) => {
    const cost = new Made() as ExplainedCost;
    const ends: Record<string, [string, Maker][]> = {
      sigmoid: activations.filter(([name]) => name === "SigmoidLayer"),
      softmax: activations.filter(([name]) => name === "SoftmaxLayer"),
    };
    const Last = ends[cost.joins ?? "sigmoid"][0][1];
    const Z1 = new LinearLayer([2, 4], 2, "xavier", draw());
    const explanation = explain([Z1, new Last([2, 4]) as ExplainedLayer], X, Y, { cost });
    const [value, gradient] = explanation.steps.find(({ phase }) => phase === "cost")!.equations;
    expect(value.symbols.length).toBeGreaterThan(1);
    expect(gradient.symbols.length).toBeGreaterThan(1);
    expect(value.result).toEqual([[explanation.cost]]);
    expect(gradient.name.text).toBe(cost.joins === undefined ? "∂C/∂Ŷ" : "∂C/∂Z");
    expect(numbers(toText(explanation))).toBeNull();
    // The gradient is the slope of the cost: a little step along W changes the cost by as much as ∂C/∂W says.
    const dW = explanation.steps
      .flatMap(({ equations }) => equations)
      .find(({ name }) => name.text === "∂C/∂W")!.result;
    const layers = [Z1, new Last([2, 4]) as ExplainedLayer];
    const at = (h: number) => {
      Z1.params.W.data[0] += h;
      const { cost: moved } = explain(layers, X, Y, { cost });
      Z1.params.W.data[0] -= h;
      return moved;
    };
    expect((at(1e-6) - at(-1e-6)) / 2e-6).toBeCloseTo(dW[0][0], 6);
  });
});

describe("a network", () => {
  const layers = () => [new LinearLayer([2, 4], 2, "xavier", draw()), new SigmoidLayer([2, 4])];

  it("brings its layers, its cost and its learning rate", () => {
    const optimizer = { name: "gradientDescent", learningRate: 0.5 };
    const explanation = explain({ layers: layers(), optimizer }, X, Y);
    expect(explanation).toEqual(explain(layers(), X, Y, { learningRate: 0.5 }));
  });

  it("says so when it trains otherwise than shown", () => {
    const { steps } = explain({ layers: layers(), optimizer: { name: "adam", learningRate: 0.1 } }, X, Y);
    expect(steps[steps.length - 1].notes).toEqual([expect.stringContaining("trains with adam")]);
  });

  it("joins a cost with the last activation where the cost asks for it", () => {
    const seen: string[] = [];
    const cost: ExplainedCost = {
      joins: "sigmoid",
      computeJoined(_, Z, A) {
        seen.push(`${Z.shape} ${A.shape}`);
        return { cost: 3, dZ: Matrix.from(A.toArray()) };
      },
    };
    const explanation = explain({ layers: layers(), cost }, X, Y);
    expect(seen).toEqual(["2,4 2,4"]);
    expect(explanation.cost).toBe(3);
    const back = explanation.steps.filter(({ phase }) => phase === "backward");
    expect(back.map(({ title }) => title)).toEqual(["Linear layer"]);
    const bare = () => explain([new LinearLayer([2, 4], 2)], X, Y, { cost });
    expect(bare).toThrow(/the cost given needs a sigmoid layer as the last one/);
  });
});

it("a joined cost is written by what goes into the sigmoid when one of several outputs alone is rounded to 1", () => {
  const network = new library.Network([library.linear(1), library.sigmoid()], { inputs: 1, cost: "bce" });
  network.linears[0].params.W.data.set([1]);
  const told = (x: number[][]) => toText(explain(network, x, [1, 0]));
  expect(told([[1], [2]])).toContain("ln(Ŷ)");
  expect(told([[1], [50]])).not.toContain("ln(Ŷ)");
  expect(told([[1], [50]])).toContain("ln(1 + exp(");
});

describe("what is derived from the library's", () => {
  const network = (options: library.NetworkOptions) =>
    new library.Network([library.linear(1)], { inputs: 2, seed: 48, ...options });
  const told = (options: library.NetworkOptions) =>
    toText(explain(network(options), [[1, 2]], [1], { update: true }));

  it("is not written as that: it may compute something else under the same name", () => {
    class Own extends library.SquaredErrorCost {
      override computeCost(...given: Parameters<library.SquaredErrorCost["computeCost"]>) {
        return { ...super.computeCost(...given), cost: 48 };
      }
    }
    class Free extends library.L2Penalty {
      override addTo() {
        return 7;
      }
    }
    class Sign extends library.L1Penalty {}
    class Slow extends library.Adam {}
    expect(told({ cost: new Own() })).toMatch(/L = cost\(Y, Ŷ\) = .* = 48\n/);
    expect(told({ cost: new library.SquaredErrorCost() })).toContain("L = 1/2 · (Y − Ŷ)² = ");
    expect(told({ penalty: new Free(0.5) })).toContain("R(W) = l2(W) = ");
    expect(told({ penalty: new library.L2Penalty(0.5) })).toContain("R(W) = 1/2 · λ₂ · Σ (W ⊙ W) = ");
    expect(told({ penalty: new Sign(0.5) })).toContain("R(W) = l1(W) = ");
    expect(told({ optimizer: new Slow() })).toContain("W := adam(W, ∂L/∂W) = ");
  });

  it("and Adam's letters are its own: λ is AdamW's", () => {
    expect(told({ optimizer: "adam" })).toContain("ε = 1×10⁻⁸, and m and v");
    expect(told({ optimizer: "adamw" }).replaceAll(/\s+/g, " ")).toContain(
      "ε = 1×10⁻⁸, λ = 0.01, and m and v",
    );
  });
});

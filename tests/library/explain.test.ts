import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Explanation, explain, type Rows, toText } from "../../src/explain.ts";
import {
  ArgumentError,
  computeCost,
  DTypeError,
  LinearLayer,
  linear,
  Matrix,
  Network,
  RandomState,
  ShapeError,
  SigmoidLayer,
  sigmoid,
  UnknownCategoryError,
} from "../../src/index.ts";
import { gate, or, TestNetwork, xor } from "../support/network.ts";

/** The article's neuron: weights 0.1 and 0.6, no bias. */
function neuron(m: number) {
  const layers = [new LinearLayer([2, m], 1), new SigmoidLayer([1, m])] as const;
  layers[0].params.W.data.set([0.1, 0.6]);
  return layers;
}

/** What an explanation says of a name, in the given direction. */
function said(explanation: Explanation, phase: string, name: string): Rows {
  const equations = explanation.steps
    .filter((step) => step.phase === phase)
    .flatMap((step) => step.equations)
    .filter((equation) => equation.name.text === name);
  expect(equations.length, `${name} in ${phase}`).toBeGreaterThan(0);
  return equations[0].result;
}

const rounded = (rows: Rows) => rows.map((row) => row.map((value) => Number(value.toFixed(3)) + 0));
const notes = ({ steps }: Explanation) => steps.flatMap((step) => step.notes).join(" ");

describe("explain: the article's neuron on x = (0, 0), y = 0", () => {
  const explained = () =>
    explain(neuron(1), Matrix.from([[0], [0]]), Matrix.from([[0]]), { learningRate: 1 });

  it("gives the numbers that the article works out by hand", () => {
    const explanation = explained();
    expect(said(explanation, "forward", "Z")).toEqual([[0]]);
    expect(said(explanation, "forward", "Ŷ")).toEqual([[0.5]]);
    expect(explanation.cost).toBe(0.125);
    expect(said(explanation, "cost", "L")).toEqual([[0.125]]);
    expect(said(explanation, "cost", "∂L/∂Ŷ")).toEqual([[0.5]]);
    expect(said(explanation, "backward", "∂Ŷ/∂Z")).toEqual([[0.25]]);
    expect(said(explanation, "backward", "∂L/∂Z")).toEqual([[0.125]]);
    expect(said(explanation, "backward", "∂Z/∂W")).toEqual([[0, 0]]);
    expect(said(explanation, "backward", "∂L/∂W")).toEqual([[0, 0]]);
    expect(said(explanation, "backward", "∂L/∂b")).toEqual([[0.125]]);
    expect(said(explanation, "update", "W")).toEqual([[0.1, 0.6]]);
    expect(said(explanation, "update", "b")).toEqual([[-0.125]]);
  });

  it("says why no weight learns, and that the bias does", () => {
    expect(notes(explained())).toContain("x₁ = x₂ = 0, and the upstream gradient times 0 is 0");
    expect(notes(explained())).toContain("only the bias b learns");
  });

  it("reads as it did", () => {
    const golden = readFileSync(new URL("../golden/explain/neuron.txt", import.meta.url), "utf8");
    expect(toText(explained())).toBe(golden);
  });
});

describe("explain: the OR gate", () => {
  it("costs 0.089, and the second iteration has the article's gradients", () => {
    const layers = neuron(4);
    const options = { learningRate: 1, update: true };
    const first = explain(layers, gate(), or(), options);
    expect(first.cost).toBeCloseTo(0.089, 3);
    expect(said(first, "forward", "Z")).toEqual([[0, 0.6, 0.1, 0.7]]);
    const second = explain(layers, gate(), or(), options);
    expect(rounded(said(second, "backward", "∂C/∂W"))).toEqual([[-0.044, -0.035]]);
    expect(rounded(said(second, "backward", "∂C/∂b"))).toEqual([[-0.031]]);
  });
});

describe.each(["float64", "float32"] as const)("explain: the numbers are the layers' own, %s", (dtype) => {
  const X = Matrix.from(gate().toArray(), dtype);
  const Y = Matrix.from(xor().toArray(), dtype);
  const fresh = () => new TestNetwork([2, 5, 3, 1], 4, "xavier", { dtype, random: new RandomState(48) });
  const listed = ({ Zs, As }: TestNetwork) => Zs.flatMap((Z, i) => [Z, As[i]]);
  const parameters = ({ Zs }: TestNetwork) =>
    Zs.map(({ params }) => [params.W.toArray(), params.b.toArray()]);

  it("in every matrix of a 2-5-3-1 network, forward, backward and after the update", () => {
    const network = fresh();
    const explanation = explain(listed(network), X, Y, { learningRate: 0.7 });
    const other = fresh();
    const { cost } = other.iterate(X, Y);
    expect(explanation.cost).toBe(cost);
    expect(said(explanation, "cost", "∂C/∂Ŷ")).toEqual(computeCost(Y, other.As[2].A).dYHat.toArray());
    const index = ["₁", "₂", "₃"];
    other.Zs.forEach((Z, l) => {
      const A = l === 2 ? "Ŷ" : `A${index[l]}`;
      expect(said(explanation, "forward", `Z${index[l]}`)).toEqual(Z.Z.toArray());
      expect(said(explanation, "forward", A)).toEqual(other.As[l].A.toArray());
      expect(said(explanation, "backward", `∂C/∂Z${index[l]}`)).toEqual(other.As[l].dZ.toArray());
      expect(said(explanation, "backward", `∂C/∂W${index[l]}`)).toEqual(Z.dW.toArray());
      expect(said(explanation, "backward", `∂C/∂b${index[l]}`)).toEqual(Z.db.toArray());
      if (l > 0) expect(said(explanation, "backward", `∂C/∂A${index[l - 1]}`)).toEqual(Z.dAPrev.toArray());
    });
    other.update(0.7);
    other.Zs.forEach(({ params }, l) => {
      expect(said(explanation, "update", `W${index[l]}`)).toEqual(params.W.toArray());
      expect(said(explanation, "update", `b${index[l]}`)).toEqual(params.b.toArray());
    });
  });

  it("leaves the parameters as they were, and updates them on request", () => {
    const network = fresh();
    const before = parameters(network);
    explain(listed(network), X, Y, { learningRate: 0.7 });
    expect(parameters(network)).toEqual(before);
    expect(explain(listed(network), X, Y, { learningRate: 0.7, update: true }).updated).toBe(true);
    const other = fresh();
    other.iterate(X, Y);
    other.update(0.7);
    expect(parameters(network)).toEqual(parameters(other));
  });

  it("each product is its local times its upstream gradient", () => {
    const explanation = explain(listed(fresh()), X, Y);
    for (const { title, equations } of explanation.steps.filter((step) => step.phase === "backward")) {
      if (!title.startsWith("Sigmoid")) continue;
      const [upstream, local, product] = equations.map(({ result }) => result);
      product.forEach((row, i) => {
        row.forEach((value, j) => {
          expect(value).toBeCloseTo(upstream[i][j] * local[i][j], dtype === "float64" ? 15 : 6);
        });
      });
    }
  });
});

describe("explain: why gradients are zero", () => {
  const explained = (X: number[][], Y: number[][]) =>
    explain(neuron(X[0].length), Matrix.from(X), Matrix.from(Y));

  it("names the features that are zero in every example", () => {
    const text = notes(explained([[0, 0, 0], [0, 1, 2]], [[0, 1, 1]])); // biome-ignore format: one line
    expect(text).toContain("x₁ is 0 in every example, so column 1 of ∂C/∂W is 0");
  });

  it("says nothing when every feature counts", () => {
    expect(notes(explained([[0, 1], [1, 0]], [[0, 1]]))).toBe(""); // biome-ignore format: one line
  });

  it("says that nothing learns from a prediction that is right", () => {
    expect(notes(explained([[0], [0]], [[0.5]]))).toContain("The upstream gradient ∂L/∂Z is 0 everywhere");
  });

  it("names hidden units that are silent", () => {
    const layers = [new LinearLayer([2, 1], 2), new LinearLayer([2, 1], 1), new SigmoidLayer([1, 1])];
    (layers[0] as LinearLayer).params.W.data.set([1, 1, 0, 0]);
    const text = notes(explain(layers, Matrix.from([[1], [1]]), Matrix.from([[0]])));
    expect(text).toContain("unit 2 of Z₁ is 0, so column 2 of ∂L/∂W₂ is 0");
  });
});

describe("explain: a linear output, and one's own cost", () => {
  it("calls the last linear layer's output Ŷ", () => {
    const Z1 = new LinearLayer([2, 4], 1);
    const explanation = explain([Z1], gate(), or());
    expect(said(explanation, "forward", "Ŷ")).toEqual(Z1.Z.toArray());
    expect(said(explanation, "backward", "∂C/∂W")).toEqual(Z1.dW.toArray());
  });

  it("takes an object with computeCost", () => {
    const cost = { computeCost: (_: Matrix, YHat: Matrix) => ({ cost: 7, dYHat: YHat }) };
    expect(explain(neuron(4), gate(), or(), { cost }).cost).toBe(7);
  });

  it("serves layers without inputGrad", () => {
    const Z1 = new LinearLayer([2, 4], 1, "plain", { inputGrad: false });
    expect(explain([Z1, new SigmoidLayer([1, 4])], gate(), or()).sizes).toEqual([2, 1]);
  });

  it("is plain data", () => {
    const explanation = explain(neuron(4), gate(), or());
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(structuredClone(explanation));
  });
});

describe("a network's preprocessing and classes", () => {
  const [small, large] = [
    [[1], [2], [3], [4]],
    [[100], [200], [300], [500]],
  ];
  const build = () => new Network([linear(1), sigmoid()], { preprocess: "standard", seed: 48 });
  const fit = (network: Network) => network.fitSync(large, ["no", "no", "yes", "yes"], { epochs: 1 });

  it("are not settled by an explanation alone", () => {
    const [explained, fresh] = [build(), build()];
    explain(explained, small, ["cold", "hot", "hot", "hot"]);
    for (const network of [explained, fresh]) fit(network);
    expect(explained.classes).toEqual(["no", "yes"]);
    expect(JSON.stringify(explained)).toBe(JSON.stringify(fresh));
  });

  it("are settled by a step that is taken", () => {
    const network = build();
    explain(network, small, ["cold", "hot", "hot", "hot"], { update: true });
    expect(() => fit(network)).toThrow(UnknownCategoryError);
    expect(network.classes).toEqual(["cold", "hot"]);
  });
});

describe("explain: errors", () => {
  const call =
    (...args: unknown[]) =>
    () =>
      (explain as (...args: unknown[]) => unknown)(...args);
  const [Z1, A1] = neuron(4);
  const layers = [Z1, A1];
  const float32 = Matrix.from([[0, 1, 1, 1]], "float32");

  it.each([
    [[], ArgumentError, /network or a list of layers in order such as \[Z1, A1\], not an array of length 0/],
    [undefined, ArgumentError, /not undefined/],
    [
      [[Z1], [A1]],
      ArgumentError,
      /layer 1 of the list must be a layer such as new LinearLayer\(…\), not an array of length 1; write \[Z1, A1, Z2, A2\]/,
    ],
    [
      [Z1, {}],
      ArgumentError,
      /layer 2 of the list must be a layer such as new LinearLayer\(…\), not an object/,
    ],
    [[Z1, A1, A1], ArgumentError, /layers 2 and 3 of the list are one and the same/],
    [[A1], ArgumentError, /none of the 1 layers is a LinearLayer/],
  ])("refuses %o for layers", (given, type, message) => {
    expect(call(given, gate(), or())).toThrow(type);
    expect(call(given, gate(), or())).toThrow(message);
  });

  it.each([
    [[[1, 2]], or(), ArgumentError, /X must be a Matrix/],
    [Matrix.from([[1, 2, 3, 4]]), or(), ShapeError, /X is 1×4, but the first linear layer takes 2×m/],
    [gate(), Matrix.from([[1, 1]]), ShapeError, /Y is 1×2, but the layers give 1×4/],
    [gate(), gate(), ShapeError, /Y is 2×4, but the layers give 1×4/],
    [gate(), float32, DTypeError, /Y is float32 where float64 is needed/],
  ])("refuses data that do not fit", (X, Y, type, message) => {
    expect(call(layers, X, Y)).toThrow(type);
    expect(call(layers, X, Y)).toThrow(message);
  });

  it.each([
    [{ learningrate: 1 }, /"learningRate"/],
    [{ learningRate: Number.NaN }, /learning rate must be a finite number, not NaN/],
    [{ decimals: 2.5 }, /decimals must be a whole number from 0 to 15, not 2.5/],
    [{ update: 1 }, /update must be true or false, not 1/],
    [{ cost: {} }, /a cost needs a method computeCost/],
    [{ cost: null }, /a cost needs a method computeCost\(Y, YHat\), which null lacks/],
  ])("refuses the options %o", (options, message) => {
    const before = Z1.params.W.toArray();
    expect(call(layers, gate(), or(), options)).toThrow(ArgumentError);
    expect(call(layers, gate(), or(), options)).toThrow(message);
    expect(Z1.params.W.toArray()).toEqual(before);
  });
});

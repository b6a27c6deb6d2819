import { describe, expect, it } from "vitest";
import { describeGraph, explain } from "../../src/explain.ts";
import {
  ArgumentError,
  DropoutLayer,
  LinearLayer,
  l2,
  linear,
  Matrix,
  Network,
  relu,
  SigmoidLayer,
  sigmoid,
  TanhLayer,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { drawGraph } from "../../src/plot.ts";
import { gate, TestNetwork, xor } from "../support/network.ts";

describe("describeGraph", () => {
  it("has one example's values and gradients, as the layers compute them", () => {
    const network = new TestNetwork([2, 3, 1], 4, "xavier");
    const { Zs, As } = network;
    const description = describeGraph([Zs[0], As[0], Zs[1], As[1]], gate(), xor(), { example: 1 });
    const flat = (matrix: Matrix) => [...matrix.data];
    const { cost } = network.iterate(Matrix.from([[0], [1]]), Matrix.from([[1]]));
    expect(description.input).toEqual({ n: 2, A: [0, 1] });
    expect(description.cost).toEqual({ name: "squared error", value: cost, Y: [1] });
    expect(description.layers).toHaveLength(2);
    description.layers.forEach((layer, l) => {
      const [Z, A] = [Zs[l], As[l]];
      expect([layer.kind, layer.n]).toEqual(["sigmoid", Z.nOut]);
      expect([layer.W, layer.dW]).toEqual([Z.params.W.toArray(), Z.dW.toArray()]);
      expect([layer.b, layer.db]).toEqual([flat(Z.params.b), flat(Z.db)]);
      expect([layer.Z, layer.A, layer.dZ]).toEqual([flat(Z.Z), flat(A.A), flat(A.dZ)]);
    });
    expect(description.layers[0].dA).toEqual(flat(Zs[1].dAPrev));
    expect(drawGraph(description)).toContain("<svg");
  });

  it("shows a linear output, and several layers without activation", () => {
    const layers = [new LinearLayer([2, 4], 3), new LinearLayer([3, 4], 1)];
    const { layers: described } = describeGraph(layers, gate(), xor());
    expect(described.map(({ kind, A }) => [kind, A])).toEqual([
      ["linear", undefined],
      ["linear", undefined],
    ]);
  });

  it("shows the first example unless told otherwise, in the layers' own dtype", () => {
    const Z = new LinearLayer([1, 2], 1, "plain", { dtype: "float32" });
    Z.params.W.data.set([0.1]);
    const X = Matrix.from([[3, 5]], "float32");
    const { input, layers } = describeGraph([Z], X, Matrix.from([[0, 1]], "float32"));
    expect([input.A, layers[0].Z]).toEqual([[3], [Math.fround(3 * Math.fround(0.1))]]);
  });

  it("leaves dropout out, and takes what is before the first weights for the inputs", () => {
    const layers = [
      new TanhLayer([2, 4]),
      new LinearLayer([2, 4], 3, "xavier"),
      new DropoutLayer([3, 4], 0.5),
      new LinearLayer([3, 4], 1, "xavier"),
    ];
    const { input, layers: described } = describeGraph(layers, gate(), xor(), { example: 1 });
    const [, second] = input.A as number[];
    expect([input.n, (input.A as number[])[0]]).toEqual([2, 0]);
    expect(second).toBeCloseTo(Math.tanh(1), 14);
    expect(described[0].A).toEqual(described[0].Z);
  });

  it("shows what comes out of several activations as one node's", () => {
    const layers = [
      new LinearLayer([2, 4], 3, "xavier"),
      new SigmoidLayer([3, 4]),
      new TanhLayer([3, 4]),
      new LinearLayer([3, 4], 1),
    ];
    const [first] = describeGraph(layers, gate(), xor(), { example: 2 }).layers;
    expect(first.kind).toBe("sigmoid + tanh");
    for (const [i, z] of [...(first.Z as number[])].entries()) {
      expect((first.A as number[])[i]).toBeCloseTo(Math.tanh(1 / (1 + Math.exp(-z))), 12);
    }
    const { dAPrev } = layers[3] as LinearLayer;
    expect(first.dA).toEqual([...dAPrev.data]);
  });

  it("gives back all memory that it takes, as explain does", () => {
    const { arena } = runtime();
    using network = new Network([linear(2), relu(), linear(1), sigmoid()], {
      inputs: 2,
      seed: 1,
      penalty: l2(0.1),
    });
    const [X, Y] = [
      [
        [0, 1],
        [1, 0],
      ],
      [0, 1],
    ];
    const layers = [new LinearLayer([2, 4], 1), new SigmoidLayer([1, 4])];
    const [columns, labels] = [gate(), xor()];
    const calls = [
      () => explain(network, X, Y),
      () => describeGraph(network, X, Y),
      () => explain(layers, columns, labels),
      () => describeGraph(layers, columns, labels),
      () => expect(() => explain(network, X, Y, { cost: {} })).toThrow(ArgumentError),
    ];
    for (const call of calls) {
      call(); // what is kept for ever is made at first
      const before = arena.usedBytes;
      call();
      expect(arena.usedBytes, String(call)).toBe(before);
    }
  });

  it("leaves the parameters as they were", () => {
    const Z1 = new LinearLayer([2, 4], 1);
    const before = [Z1.params.W.toArray(), Z1.params.b.toArray()];
    describeGraph([Z1, new SigmoidLayer([1, 4])], gate(), xor());
    expect([Z1.params.W.toArray(), Z1.params.b.toArray()]).toEqual(before);
  });

  it.each([
    [{ example: 4 }, /example must be a whole number from 0 to 3, since X has 4 examples, not 4/],
    [{ example: -1 }, /example must be a whole number from 0 to 3, since X has 4 examples, not -1/],
    [{ example: "1" }, /not the string "1"/],
    [{ exmaple: 1 }, /"example"/],
    [{ example: null }, /not null/],
    [{ cost: null }, /computeCost\(Y, YHat\), which null lacks/],
  ])("refuses the options %o", (options, message) => {
    const layers = [new LinearLayer([2, 4], 1), new SigmoidLayer([1, 4])];
    const call = () => describeGraph(layers, gate(), xor(), options as object);
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(message);
  });
});

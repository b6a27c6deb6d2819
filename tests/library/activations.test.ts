import { describe, expect, it, vi } from "vitest";
import { describeGraph } from "../../src/explain/describe-graph.ts";
import {
  ArgumentError,
  DisposedError,
  DropoutLayer,
  DTypeError,
  LeakyReluLayer,
  LinearLayer,
  leakyRelu,
  Matrix,
  OrderError,
  OutOfMemoryError,
  predict,
  RandomState,
  ReluLayer,
  ShapeError,
  SoftmaxLayer,
  TanhLayer,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { activations } from "../support/activations.ts";

it("dropout whose mask finds no room has no gradient", () => {
  const layer = new DropoutLayer([1, 4], 0.5, { random: new RandomState(1) });
  layer.forward(Matrix.from([[1, 1, 1, 1]]));
  const wide = Matrix.zeros(1, 64);
  const { arena } = runtime();
  let calls = 0;
  const spy = vi.spyOn(arena, "allocate").mockImplementation(function (this: Arena, bytes) {
    if (++calls === 2) throw new OutOfMemoryError("no room");
    return Arena.prototype.allocate.call(arena, bytes);
  });
  expect(() => layer.forward(wide)).toThrow("no room");
  spy.mockRestore();
  expect(() => layer.backward(wide)).toThrow(OrderError);
});

describe("values and gradients", () => {
  const Z = Matrix.from([[-2, 0, 3]]);
  const up = Matrix.from([[10, 10, 10]]);

  it("ReLU passes what is above 0", () => {
    const layer = new ReluLayer(Z.shape);
    expect(layer.forward(Z).toArray()).toEqual([[0, 0, 3]]);
    expect(layer.backward(up).toArray()).toEqual([[0, 0, 10]]);
  });

  it("leaky ReLU passes a share of what is below", () => {
    const layer = new LeakyReluLayer(Z.shape, { slope: 0.25 });
    expect(layer.forward(Z).toArray()).toEqual([[-0.5, 0, 3]]);
    expect(layer.backward(up).toArray()).toEqual([[2.5, 2.5, 10]]);
    expect(new LeakyReluLayer(Z.shape).forward(Z).toArray()).toEqual([[-0.02, 0, 3]]);
    expect(leakyRelu()).toEqual({ kind: "leakyRelu", slope: 0.01 });
    expect(() => new LeakyReluLayer([1, 1], { slope: 2 })).toThrow(/from 0 to 1, not 2/);
  });

  it("tanh", () => {
    const layer = new TanhLayer(Z.shape);
    expect(layer.forward(Z).toArray()).toEqual([[-0.9640275800758169, 0, 0.9950547536867305]]);
    const [a, , c] = layer.A.toArray()[0];
    expect(layer.backward(up).toArray()).toEqual([[10 * (1 - a * a), 10, 10 * (1 - c * c)]]);
  });

  it("softmax gives shares of each column, however large its numbers", () => {
    const layer = new SoftmaxLayer([2, 3]);
    layer.forward(
      Matrix.from([
        [1000, 0, -1000],
        [1000, Math.log(3), 1000],
      ]),
    );
    const [first, second] = layer.A.toArray();
    expect(first[0]).toBe(0.5);
    expect(first[1]).toBeCloseTo(0.25, 15);
    expect([first[2], second[2]]).toEqual([0, 1]);
    const dZ = layer
      .backward(
        Matrix.from([
          [1, 1, 1],
          [0, 0, 0],
        ]),
      )
      .toArray();
    expect(dZ[0][0]).toBe(0.25);
    expect(dZ[1][0]).toBe(-0.25);
    expect(dZ[0][1]).toBeCloseTo(0.1875, 15);
  });

  it("dropout draws NumPy's mask, scales what stays, and passes all in prediction", () => {
    // NumPy: np.random.seed(1); np.random.rand(2, 3) >= 0.5
    const layer = new DropoutLayer([2, 3], 0.5, { random: new RandomState(1) });
    const ones = Matrix.from([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const mask = [
      [0, 2, 0],
      [0, 0, 0],
    ];
    expect(layer.forward(ones).toArray()).toEqual(mask);
    expect(layer.backward(ones).toArray()).toEqual(mask);
    layer.training = false;
    expect(layer.forward(ones).toArray()).toEqual(ones.toArray());
    expect(layer.backward(ones).toArray()).toEqual(ones.toArray());
    expect(() => new DropoutLayer([1, 1], 1)).toThrow(/the dropout rate must be .* not 1/);
  });
});

describe("dropout", () => {
  it("is left out of predict and describeGraph, and on again afterwards", () => {
    const Z1 = new LinearLayer([2, 2], 50);
    const A1 = new DropoutLayer([50, 2], 0.5);
    const X = Matrix.from([
      [1, 2],
      [3, 4],
    ]);
    const Y = Matrix.zeros(50, 2);
    const { probabilities } = predict(X, Y, [Z1], [A1]);
    expect(probabilities.toArray()).toEqual(Z1.Z.toArray());
    const [shown] = describeGraph([Z1, A1], X, Y).layers;
    expect(shown.A).toEqual(shown.Z);
    expect(A1.training).toBe(true);
    expect(() => predict(Matrix.zeros(3, 2), Y, [Z1], [A1])).toThrow(ShapeError);
    expect(A1.forward(Z1.Z).toArray()).not.toEqual(Z1.Z.toArray());
    A1.training = false;
    predict(X, Y, [Z1], [A1]);
    expect(A1.training).toBe(false);
  });
});

it.each([
  "float64",
  "float32",
] as const)("dropout in prediction writes its own %s elements and no other", (dtype) => {
  const layer = new DropoutLayer([3, 40], 0.5, { dtype });
  layer.training = false;
  const Z = Matrix.zeros(3, 40, dtype);
  Z.data.fill(3);
  const behind = Matrix.zeros(3, 40, dtype);
  behind.data.fill(9);
  const upstream = Matrix.zeros(3, 40, dtype);
  upstream.data.fill(5);
  // What lies behind the output, the layer's other matrices among it, must not take what lies behind Z.
  const { memory } = runtime();
  layer.forward(Z);
  layer.backward(upstream);
  const before = memory.u8.slice();
  layer.A.data.fill(1);
  expect(layer.forward(Z).data.every((value) => value === 3)).toBe(true);
  expect(memory.u8.every((byte, i) => byte === before[i])).toBe(true);
});

describe.each(Object.entries(activations))("%s", (name, make) => {
  it("follows the number of examples up and down", () => {
    const layer = make([2, 3]);
    for (const m of [3, 1, 7]) {
      expect(layer.forward(Matrix.zeros(2, m)).shape).toEqual([2, m]);
      expect(layer.backward(Matrix.zeros(2, m)).shape).toEqual([2, m]);
    }
  });

  it("names itself in its errors", () => {
    const layer = make([2, 3]);
    expect(() => layer.backward(Matrix.zeros(2, 3))).toThrow(OrderError);
    expect(() => layer.forward(Matrix.zeros(3, 3))).toThrow(
      `${name}.forward: Z is 3×3, but the layer takes 2×m`,
    );
    layer.forward(Matrix.zeros(2, 3));
    expect(() => layer.backward(Matrix.zeros(2, 4))).toThrow(ShapeError);
    expect(() => layer.forward(Matrix.zeros(2, 3, "float32"))).toThrow(DTypeError);
    // @ts-expect-error not a matrix
    expect(() => layer.forward([[1]])).toThrow(ArgumentError);
    layer.dispose();
    expect(() => layer.forward(Matrix.zeros(2, 3))).toThrow(DisposedError);
  });
});

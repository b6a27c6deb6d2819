import { describe, expect, it } from "vitest";
import {
  computeCost,
  DisposedError,
  DTypeError,
  LinearLayer,
  Matrix,
  OrderError,
  RandomState,
  ShapeError,
  SigmoidLayer,
} from "../../src/index.ts";
import { layoutChanged, tellings } from "../../src/kernels/layout.ts";
import { activations } from "../support/activations.ts";

// A layer or cost that is handed the operands of its latest call again does not check them again, unless a matrix has
// moved, changed its shape or been disposed since. Here each call succeeds once, and then something does change.

/** A layer of 2 inputs and 3 neurons after one step on 4 examples. */
function trained() {
  const X = Matrix.from([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  const up = Matrix.from(Array.from({ length: 3 }, () => [1, -1, 2, -2]));
  const layer = new LinearLayer(X.shape, 3, "plain", { random: new RandomState(48) });
  layer.forward(X);
  layer.backward(up);
  layer.updateParams(0.1);
  return { X, up, layer };
}

describe("a linear layer notices that", () => {
  it("its input was disposed", () => {
    const { X, up, layer } = trained();
    X.dispose();
    expect(() => layer.forward(X)).toThrow(DisposedError);
    expect(() => layer.backward(up)).toThrow(DisposedError);
  });

  it("the gradient that it was handed was disposed", () => {
    const { up, layer } = trained();
    up.dispose();
    expect(() => layer.backward(up)).toThrow(DisposedError);
  });

  it.each(["W", "b"] as const)("its %s was disposed", (name) => {
    const { X, up, layer } = trained();
    layer.params[name].dispose();
    expect(() => layer.forward(X)).toThrow(DisposedError);
    expect(() => layer.updateParams(0.1)).toThrow(DisposedError);
    if (name === "W") expect(() => layer.backward(up)).toThrow(DisposedError);
  });

  it.each(["dW", "db", "dAPrev"] as const)("its %s was disposed", (name) => {
    const { up, layer } = trained();
    layer[name].dispose();
    expect(() => layer.backward(up)).toThrow(DisposedError);
    if (name !== "dAPrev") expect(() => layer.updateParams(0.1)).toThrow(DisposedError);
  });

  it("its input has other examples now", () => {
    const A = new SigmoidLayer([2, 4]);
    const layer = new LinearLayer([2, 4], 3);
    const up = Matrix.zeros(3, 4);
    layer.forward(A.forward(Matrix.zeros(2, 4)));
    layer.backward(up);
    A.forward(Matrix.zeros(2, 7));
    expect(() => layer.backward(up)).toThrow(ShapeError);
    expect(layer.forward(A.A).shape).toEqual([3, 7]);
    expect(() => layer.backward(up)).toThrow(ShapeError);
    expect(layer.backward(Matrix.zeros(3, 7)).dAPrev.shape).toEqual([2, 7]);
  });

  it("its gradients are those of an earlier input", () => {
    const { X, layer } = trained();
    layer.forward(X);
    const before = layer.params.b.data.slice();
    expect(() => layer.updateParams(0.1)).toThrow(OrderError);
    expect(layer.params.b.data).toEqual(before);
  });

  it("the learning rate is another one", () => {
    const { up, layer } = trained();
    const before = layer.params.b.data.slice();
    layer.backward(up);
    expect(() => layer.updateParams(Number.NaN)).toThrow();
    expect(() => layer.updateParams("0.1" as never)).toThrow();
    expect(layer.params.b.data).toEqual(before);
  });
});

describe("a step of a linear layer, the only one since it was told of a change, notices that a matrix of its own was disposed", () => {
  type Layer = ReturnType<typeof trained>;
  const matrices = ({ X, up, layer: { params, Z, dW, db, dAPrev } }: Layer) => ({
    ...{ X, up, Z, dW, db, dAPrev },
    ...params,
  });
  const steps: Record<
    string,
    { take: (parts: Layer) => unknown; on: (keyof ReturnType<typeof matrices>)[] }
  > = {
    forward: { take: ({ X, layer }) => layer.forward(X), on: ["X", "W", "b", "Z"] },
    backward: {
      take: ({ up, layer }) => layer.backward(up),
      on: ["up", "X", "W", "Z", "dW", "db", "dAPrev"],
    },
    updateParams: { take: ({ layer }) => layer.updateParams(0.1), on: ["W", "b", "dW", "db"] },
  };

  it.each(
    Object.entries(steps).flatMap(([name, { take, on }]) => on.map((matrix) => ({ name, matrix, take }))),
  )("$name: $matrix", ({ matrix, take }) => {
    const parts = trained();
    layoutChanged();
    take(parts);
    matrices(parts)[matrix].dispose();
    expect(() => take(parts)).toThrow(DisposedError);
  });
});

it("a matrix on which nobody relies goes, and nothing is looked at anew", () => {
  const { X, up, layer } = trained();
  const before = tellings;
  Matrix.zeros(2, 4).dispose();
  expect(tellings).toBe(before);
  layer.forward(X);
  layer.backward(up);
  X.dispose();
  expect(tellings).toBe(before + 1);
});

it("a linear layer takes another input of the same shape, and its gradients are those of that one", () => {
  const { up, layer } = trained();
  const other = Matrix.from([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ]);
  layer.forward(other);
  expect(layer.backward(up).dW.toArray()).toEqual(Array.from({ length: 3 }, () => [1, -1]));
});

describe.each(Object.keys(activations))("%s notices that", (name) => {
  const Z = () => Matrix.from([[-1, 0.5, 2, 3]]);

  it("its input or its output was disposed", () => {
    const z = Z();
    const layer = activations[name](z.shape);
    layer.forward(z);
    z.dispose();
    expect(() => layer.forward(z)).toThrow(DisposedError);
    const again = Z();
    layer.forward(again);
    layer.A.dispose();
    expect(() => layer.forward(again)).toThrow(DisposedError);
  });

  it("the gradient that it was handed, or its own, was disposed", () => {
    const [z, up] = [Z(), Z()];
    const layer = activations[name](z.shape);
    layer.forward(z);
    layer.backward(up);
    up.dispose();
    expect(() => layer.backward(up)).toThrow(DisposedError);
    const again = Z();
    layer.backward(again);
    layer.dZ.dispose();
    expect(() => layer.backward(again)).toThrow(DisposedError);
  });

  it("its input has other examples now", () => {
    const before = new LinearLayer([1, 4], 1);
    const layer = activations[name]([1, 4]);
    layer.forward(before.forward(Z()));
    layer.backward(before.Z);
    before.forward(Matrix.zeros(1, 9));
    expect(() => layer.backward(before.Z)).toThrow(ShapeError);
    expect(layer.forward(before.Z).shape).toEqual([1, 9]);
    expect(layer.backward(before.Z).shape).toEqual([1, 9]);
  });
});

describe("the squared-error cost notices that", () => {
  const [Y, YHat] = [[[0, 1]], [[0.5, 0.25]]];

  it("its labels, its predictions or its gradient were disposed", () => {
    const [y, yHat] = [Matrix.from(Y), Matrix.from(YHat)];
    const { dYHat } = computeCost(y, yHat);
    dYHat.dispose();
    expect(computeCost(y, yHat).dYHat.toArray()).toEqual([[0.25, -0.375]]);
    y.dispose();
    expect(() => computeCost(y, yHat)).toThrow(DisposedError);
    const again = Matrix.from(Y);
    computeCost(again, yHat);
    yHat.dispose();
    expect(() => computeCost(again, yHat)).toThrow(DisposedError);
  });

  it("the labels are others, and whether they fit", () => {
    const yHat = Matrix.from(YHat);
    const { cost } = computeCost(Matrix.from(Y), yHat);
    expect(cost).toBe(0.203125);
    expect(computeCost(Matrix.from([[1, 0]]), yHat).cost).toBe(0.078125);
    expect(computeCost(Matrix.from([[0.5, 0.25]]), yHat).cost).toBe(0);
    expect(() => computeCost(Matrix.from([[1, 1, 1]]), yHat)).toThrow(ShapeError);
  });

  it("the examples have weights now, and whether those fit", () => {
    const [y, yHat] = [Matrix.from(Y), Matrix.from(YHat)];
    const gone = Matrix.from([[1, 1]]);
    gone.dispose();
    computeCost(y, yHat);
    expect(() => computeCost(y, yHat, Matrix.from([[1, 1, 1]]))).toThrow(ShapeError);
    expect(() => computeCost(y, yHat, Matrix.from([[1, 1]], "float32"))).toThrow(DTypeError);
    expect(() => computeCost(y, yHat, gone)).toThrow(DisposedError);
    expect(computeCost(y, yHat, Matrix.from([[2, 0]])).cost).toBe(0.125);
  });

  it("the predictions have other examples now", () => {
    const layer = new LinearLayer([1, 2], 1);
    const y = Matrix.from(Y);
    computeCost(y, layer.forward(Matrix.from(Y)));
    layer.forward(Matrix.zeros(1, 3));
    expect(() => computeCost(y, layer.Z)).toThrow(ShapeError);
  });
});

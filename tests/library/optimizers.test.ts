import { describe, expect, it } from "vitest";
import {
  Adam,
  AdamW,
  ArgumentError,
  clipGradients,
  computeCost,
  DisposedError,
  type DType,
  GradientDescent,
  LinearLayer,
  linear,
  Matrix,
  Momentum,
  Nesterov,
  Network,
  type Optimizer,
  optimizerNames,
  RMSProp,
  type TrainableLayer,
} from "../../src/index.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { worstShare } from "../support/worst-share.ts";

const optimizers: Record<string, () => Optimizer> = {
  gradientDescent: () => new GradientDescent({ learningRate: 0.1 }),
  momentum: () => new Momentum({ learningRate: 0.05, momentum: 0.9 }),
  nesterov: () => new Nesterov({ learningRate: 0.05, momentum: 0.8 }),
  rmsprop: () => new RMSProp({ learningRate: 0.01, decay: 0.97 }),
  adam: () => new Adam({ learningRate: 0.02, beta1: 0.85, beta2: 0.99 }),
  adamw: () => new AdamW({ learningRate: 0.02, weightDecay: 0.05 }),
};

function layer(dtype: DType = "float64") {
  return {
    params: { W: Matrix.fromFlat(golden.W, [3, 4], dtype), b: Matrix.fromFlat(golden.b, [3, 1], dtype) },
    dW: Matrix.zeros(3, 4, dtype),
    db: Matrix.zeros(3, 1, dtype),
  };
}

describe("gradient descent moves every layer once a step", () => {
  const linear = (outputs: number, dtype: "float64" | "float32") => ({
    params: { W: Matrix.zeros(outputs, 2, dtype), b: Matrix.zeros(outputs, 1, dtype) },
    dW: Matrix.fromFlat(new Array(outputs * 2).fill(1), [outputs, 2], dtype),
    db: Matrix.fromFlat(new Array(outputs).fill(2), [outputs, 1], dtype),
  });
  const moved = ({ params }: ReturnType<typeof linear>) => [
    ...new Set(params.W.data),
    ...new Set(params.b.data),
  ];

  it("of lists that grow, change places and hold both dtypes, and after its end", () => {
    const optimizer = new GradientDescent({ learningRate: 0.5 });
    const [one, two, three] = [linear(1, "float64"), linear(4, "float32"), linear(3, "float64")];
    optimizer.step([one]);
    optimizer.step([one]);
    optimizer.step([two, one]);
    optimizer.step([three, two, one]);
    const frozen = Object.freeze([two, three]);
    optimizer.step(frozen);
    optimizer.learningRate = 0.25;
    optimizer.step(frozen);
    optimizer.dispose();
    optimizer.step(frozen);
    expect(moved(one)).toEqual([-2, -4]);
    expect(moved(two)).toEqual([-2, -4]);
    expect(moved(three)).toEqual([-1.5, -3]);
  });

  it("when a matrix of the list has been exchanged, or moved", () => {
    const optimizer = new GradientDescent({ learningRate: 0.5 });
    const trained = linear(2, "float64");
    optimizer.step([trained]);
    const dW = Matrix.fromFlat([3, 3, 3, 3], [2, 2]);
    optimizer.step([{ ...trained, dW }]);
    expect(moved(trained)).toEqual([-2, -2]);
    trained.dW.dispose();
    expect(() => optimizer.step([trained])).toThrow(DisposedError);
    optimizer.step([{ ...trained, dW }]);
    expect(moved(trained)).toEqual([-3.5, -3]);
  });
});

function follow(optimizer: Optimizer, trajectory: { W: number[]; b: number[] }[], clip?: number): number {
  const trained = layer();
  let worst = 0;
  for (const [i, { dW, db }] of golden.gradients.entries()) {
    trained.dW.data.set(dW);
    trained.db.data.set(db);
    if (clip !== undefined) clipGradients([trained], clip);
    optimizer.step([trained]);
    worst = Math.max(worst, worstShare(trained.params.W.data, trajectory[i].W));
    worst = Math.max(worst, worstShare(trained.params.b.data, trajectory[i].b));
  }
  return worst;
}

describe("25 steps on fixed gradients stay within 1e-12 of PyTorch's", () => {
  it.each([...optimizerNames])("%s", (name) => {
    const trajectory = golden.trajectories[name];
    expect(follow(optimizers[name](), trajectory)).toBeLessThan(1e-12);
  });

  it("gradient descent clipped by the global norm", () => {
    expect(follow(new GradientDescent({ learningRate: 0.1 }), golden.clipped, 2.5)).toBeLessThan(1e-12);
  });

  it("reset makes the next step a first one", () => {
    const adam = optimizers.adam();
    follow(adam, golden.trajectories.adam);
    adam.reset();
    expect(follow(adam, golden.trajectories.adam)).toBeLessThan(1e-12);
  });
});

describe("what a class of one's own does at the beginning of a step is done", () => {
  it.each([...optimizerNames])("once by %s, whatever the number of layers", (name) => {
    const optimizer = optimizers[name]();
    const door = optimizer as unknown as { begin(): void };
    const { begin } = door;
    let count = 0;
    door.begin = () => {
      count++;
      begin.call(optimizer);
    };
    const layers = [layer(), layer()];
    optimizer.step(layers);
    expect(count).toBe(1);
    optimizer.step(Object.freeze(layers));
    expect(count).toBe(2);
  });
});

/** A layer of the weights of `layer()`, with gradients of 1. */
const trainedLayers: Record<string, (dtype?: DType) => TrainableLayer> = {
  LinearLayers: (dtype) => {
    const one = new LinearLayer([4, 1], 3, "plain", { dtype });
    one.params.W.data.set(golden.W);
    one.params.b.data.set(golden.b);
    one.forward(Matrix.from([[1], [1], [1], [1]], dtype));
    one.backward(Matrix.from([[1], [1], [1]], dtype));
    return one;
  },
  "layers of one's own": (dtype) => {
    const one = layer(dtype);
    one.dW.data.fill(1);
    one.db.data.fill(1);
    return one;
  },
};

describe.each(Object.entries(trainedLayers))("a frozen list of %s is checked, and again", (_, trained) => {
  it.each([...optimizerNames])("%s: with the steps of a list that is not frozen", (name) => {
    const [open, shut] = [trained(), trained()];
    const [first, second] = [optimizers[name](), optimizers[name]()];
    const frozen = Object.freeze([shut]);
    for (let i = 0; i < 3; i++) {
      first.step([open]);
      second.step(frozen);
    }
    expect(shut.params.W.toArray()).toEqual(open.params.W.toArray());
    expect(shut.params.b.toArray()).toEqual(open.params.b.toArray());
    expect(shut.params.W.data[0]).not.toBe(golden.W[0]);
  });

  it.each([...optimizerNames])("%s: when one of its matrices is disposed", (name) => {
    const one = trained();
    const optimizer = optimizers[name]();
    const frozen = Object.freeze([one]);
    optimizer.step(frozen);
    one.db.dispose();
    const before = one.params.W.toArray();
    expect(() => optimizer.step(frozen)).toThrow(DisposedError);
    expect(one.params.W.toArray()).toEqual(before);
  });

  it("when the learning rate is another", () => {
    const frozen = Object.freeze([trained("float32")]);
    const optimizer = new GradientDescent();
    optimizer.step(frozen);
    optimizer.learningRate = 1e39;
    expect(() => optimizer.step(frozen)).toThrow("must be a finite number in float32, not 1e+39");
  });

  it("and another list at every step: one that is not frozen may hold others by then", () => {
    const [one, other] = [trained(), trained()];
    const optimizer = new GradientDescent({ learningRate: 1 });
    const list = [one];
    optimizer.step(list);
    list[0] = other;
    optimizer.step(list);
    expect(other.params.W.data[0]).toBe(golden.W[0] - 1);
    expect(one.params.W.data[0]).toBe(golden.W[0] - 1);
  });
});

it("a frozen list is checked again when a layer of one's own has a gradient of another shape", () => {
  const [Y, YHat] = [Matrix.zeros(1, 3), Matrix.zeros(1, 3)];
  const { dYHat: dW } = computeCost(Y, YHat);
  const own = { params: { W: Matrix.zeros(1, 3), b: Matrix.zeros(1, 1) }, dW, db: Matrix.zeros(1, 1) };
  const frozen = Object.freeze([own]);
  const optimizer = new GradientDescent();
  optimizer.step(frozen);
  for (const each of [Y, YHat]) each.resizeColumns(2);
  computeCost(Y, YHat);
  expect(() => optimizer.step(frozen)).toThrow("layers[0]: dW is 1×2, but W is 1×3");
});

describe("clipGradients", () => {
  it("returns the norm and leaves gradients below it alone", () => {
    const small = layer();
    small.dW.data.fill(0.5);
    small.db.data.fill(1);
    expect(clipGradients([small], 3)).toBe(Math.sqrt(6));
    expect(small.dW.data[0]).toBe(0.5);
  });

  it.each([
    ["float64", 1e200],
    ["float32", 1e30],
  ] as const)("clips gradients of %s whose squares overflow", (dtype, large) => {
    const layer = new LinearLayer([2, 1], 1, "plain", { dtype });
    layer.forward(Matrix.from([[1], [1]], dtype));
    layer.backward(Matrix.from([[1]], dtype));
    layer.dW.data.set([3 * large, -4 * large]);
    layer.db.data.fill(0);
    expect(clipGradients([layer], 1) / (5 * large)).toBeCloseTo(1, 6);
    expect(layer.dW.data[0]).toBeCloseTo(0.6, 6);
    expect(layer.dW.data[1]).toBeCloseTo(-0.8, 6);
    // below the greatest norm nothing is done
    layer.dW.data.set([3 * large, -4 * large]);
    const before = [...layer.dW.data];
    expect(clipGradients([layer], 6 * large) / (5 * large)).toBeCloseTo(1, 6);
    expect([...layer.dW.data]).toEqual(before);
    // nor does the smallest norm, or one that no number holds, make zeros of them
    const greatest = dtype === "float64" ? 1.5e308 : 3e38;
    layer.dW.data.set([greatest, greatest]);
    const norm = clipGradients([layer], 1e-7);
    expect(norm).toBe(dtype === "float64" ? Number.POSITIVE_INFINITY : norm);
    expect(layer.dW.data[0] * 1e7).toBeCloseTo(Math.SQRT1_2, 5);
    // of an infinity there is no norm
    layer.dW.data[0] = Number.POSITIVE_INFINITY;
    expect(clipGradients([layer], 1)).toBe(Number.POSITIVE_INFINITY);
    layer.dW.data[0] = Number.NaN;
    expect(clipGradients([layer], 1)).toBeNaN();
  });
});

describe("an optimizer's options", () => {
  const learningRate = 0.2;
  it.each([
    [GradientDescent, { learningRate }],
    [Momentum, { learningRate, momentum: 0.3 }],
    [Nesterov, { learningRate, momentum: 0.3 }],
    [RMSProp, { learningRate, decay: 0.3, epsilon: 0.4 }],
    [Adam, { learningRate, beta1: 0.3, beta2: 0.4, epsilon: 0.5 }],
    [AdamW, { learningRate, beta1: 0.3, beta2: 0.4, epsilon: 0.5, weightDecay: 0.6 }],
  ])("are saved with a network and come back: %o with %o", (Optimizer, options) => {
    const optimizer = new Optimizer(options);
    const saved = new Network([linear(1)], { inputs: 1, optimizer }).toJSON();
    expect(saved.optimizer).toEqual({ name: optimizer.name, options });
    expect(Network.fromJSON(saved).optimizer).toMatchObject(options);
  });
});

describe("an optimizer of your own", () => {
  it("takes its steps by its own update, derived from any of the library's", () => {
    class Signs extends GradientDescent {
      protected override update(parameter: Matrix, gradient: Matrix): void {
        for (const [i, slope] of gradient.data.entries())
          parameter.data[i] -= this.learningRate * Math.sign(slope);
      }
    }
    const one = layer();
    one.dW.data.fill(3);
    one.db.data.fill(-2);
    const { W, b } = one.params;
    const [firstW, firstB] = [[...W.data], [...b.data]];
    new Signs({ learningRate: 0.5 }).step([one]);
    expect([...W.data]).toEqual(firstW.map((value) => value - 0.5));
    expect([...b.data]).toEqual(firstB.map((value) => value + 0.5));
  });
});

it.each([
  GradientDescent,
  Momentum,
  Nesterov,
  RMSProp,
  Adam,
  AdamW,
])("a step of no layers changes nothing, of %o", (Optimizer) => {
  const optimizer = new Optimizer();
  const trained = layer();
  trained.dW.data.fill(0.5);
  const before = [...trained.params.W.data];
  optimizer.step([]);
  expect([...trained.params.W.data]).toEqual(before);
  optimizer.step([trained]);
  expect([...trained.params.W.data]).not.toEqual(before);
  optimizer.step([]);
  optimizer.dispose();
});

describe("bad options", () => {
  it("name the nearest known one, or the range", () => {
    // @ts-expect-error a misspelt option
    expect(() => new Adam({ learningrate: 0.1 })).toThrow(
      /no option "learningrate"; did you mean "learningRate"/,
    );
    expect(() => new Momentum({ momentum: 1 })).toThrow(
      /the momentum must be a number from 0 up to but not including 1/,
    );
    expect(() => new GradientDescent({ learningRate: Number.NaN })).toThrow(ArgumentError);
    expect(() => new AdamW({ weightDecay: -1 })).toThrow(/weight decay must be a number from 0 up, not -1/);
    expect(() => clipGradients([layer()], 0)).toThrow(/above 0, not 0/);
  });
});

import { describe, expect, it } from "vitest";
import {
  dropout,
  l1,
  l2,
  leakyRelu,
  linear,
  type Matrix,
  Network,
  type OptimizerName,
  optimizerNames,
  RandomState,
  relu,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.ts";

// One program and one seed give the same parameter bytes on every kind of kernels: this file runs on each of them, and
// each must come to the digest that is written here.

const random = new RandomState(11);
const X = Array.from({ length: 45 }, () => [random.gauss(), random.gauss(), random.gauss()]);
const Y = X.map(([a, b, c]) => (a > 0.5 ? 2 : b * c > 0 ? 1 : 0));

/** FNV-1a of the bytes of all parameters. */
function digest(network: Network): string {
  let hash = 0x811c9dc5;
  for (const { params } of network.linears) {
    for (const { data } of [params.W, params.b]) {
      for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) {
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
    }
  }
  return (hash >>> 0).toString(16);
}

function trained(optimizer: OptimizerName, dtype: "float64" | "float32"): string {
  const layers = [
    linear(9),
    relu(),
    dropout(0.2),
    linear(7),
    tanh(),
    linear(5),
    leakyRelu(),
    linear(4),
    sigmoid(),
  ];
  const network = new Network([...layers, linear(3), softmax()], {
    optimizer,
    dtype,
    seed: 12,
    clipNorm: 2,
    penalty: [l1(1e-3), l2(1e-3)],
  });
  network.fitSync(X, Y, { epochs: 20, batchSize: 16, classWeights: "balanced", validation: 0.2 });
  return digest(network);
}

const digests: Record<OptimizerName, [float64: string, float32: string]> = {
  gradientDescent: ["d6cf92a4", "33b57d24"],
  momentum: ["d87a2c77", "4d54c62"],
  nesterov: ["f128afda", "c4fa8b50"],
  rmsprop: ["8ac0c550", "b92f3b5b"],
  adam: ["e25be6d5", "25adba8c"],
  adamw: ["8f8a8b5", "626ced9"],
};

describe("the parameter bytes after 20 epochs", () => {
  it.each([...optimizerNames])("by %s are those of every other kind of kernels", (name) => {
    expect([trained(name, "float64"), trained(name, "float32")]).toEqual(digests[name]);
  });
});

describe("tables larger than a chunk", () => {
  const many = Array.from({ length: 5000 }, (_, i) => [Math.fround(i / 5000), (i % 7) / 7]);
  const labels = many.map(([a, b]) => (a > b ? 1 : 0));

  it("are predicted as one by one, and evaluated as a whole", () => {
    const shapes: number[][] = [];
    const mean = (Y: Matrix, YHat: Matrix) => {
      shapes.push(Y.shape, YHat.shape);
      return YHat.data[4999];
    };
    const network = new Network([linear(4), tanh(), linear(1), sigmoid()], {
      seed: 1,
      inputs: 2,
      metrics: { mean },
    });
    const predicted = network.predict(many);
    for (const i of [0, 4095, 4096, 4999]) expect(network.predict([many[i]])[0]).toEqual(predicted[i]);
    const { cost, metrics } = network.evaluate(many, labels);
    expect(metrics.mean).toBe(predicted[4999][0]);
    expect(shapes).toEqual([
      [1, 5000],
      [1, 5000],
    ]);
    const sum = predicted.reduce((total, [p], i) => total - Math.log(labels[i] ? p : 1 - p), 0);
    expect(Math.abs(cost / (sum / 5000) - 1)).toBeLessThan(1e-12);
  });
});

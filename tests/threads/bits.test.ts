import { afterAll, describe, expect, it, vi } from "vitest";
import type { DType } from "../../src/index.ts";
import {
  Adam,
  computeCost,
  dot,
  dropout,
  fingerprint,
  GradientDescent,
  getThreads,
  LinearLayer,
  linear,
  Network,
  RandomState,
  relu,
  SigmoidLayer,
  setThreads,
  softmax,
  tanh,
} from "../../src/index.ts";
import { faultBeforeEachCall, prelude } from "./faulty-workers.ts";
import { bytesOf, product, randomMatrix, same, trainedBytes } from "./problems.ts";

vi.mock("../../src/wasm/generated/thread.ts", async (original) =>
  (await import("./faulty-workers.ts")).withPrelude(original),
);

const dtypes: DType[] = ["float64", "float32"];

afterAll(async () => {
  prelude.text = "";
  await setThreads(1);
});

describe("training has the same bits on any number of threads, over 20 seeds", () => {
  const expected = dtypes.map((dtype) => Array.from({ length: 20 }, (_, seed) => trainedBytes(seed, dtype)));

  it.each([2, 3, 4, 8, 1])("%i", async (threads) => {
    await setThreads(threads);
    expect(getThreads()).toBe(threads);
    for (const [d, dtype] of dtypes.entries()) {
      for (let seed = 0; seed < 20; seed++)
        expect(same(trainedBytes(seed, dtype), expected[d][seed])).toBe(true);
    }
    expect(getThreads()).toBe(threads);
  });

  it("and the seeds differ", () => {
    expect(same(expected[0][0], expected[0][1])).toBe(false);
  });
});

describe("a network with dropout, shuffling, Adam and a held-out share has one fingerprint on any number of threads", () => {
  const random = new RandomState(11);
  const X = Array.from({ length: 400 }, () => Array.from({ length: 70 }, () => random.random() - 0.5));
  const Y = X.map(([a, b]) => (a > 0.1 ? 2 : b > 0 ? 1 : 0));

  function fingerprintOf(dtype: DType): string {
    const layers = [linear(200), tanh(), dropout(0.3), linear(150), relu(), linear(3), softmax()];
    using network = new Network(layers, { seed: 9, dtype, optimizer: new Adam({ learningRate: 0.01 }) });
    const { cost } = network.fitSync(X, Y, { epochs: 3, batchSize: 256, validation: 0.1 });
    return `${fingerprint(network.layers)} ${cost.join(" ")}`;
  }
  const expected = dtypes.map(fingerprintOf);

  it.each([2, 3, 4, 8, 1])("%i", async (threads) => {
    await setThreads(threads);
    expect(dtypes.map(fingerprintOf)).toEqual(expected);
    expect(getThreads()).toBe(threads);
  });
});

describe("products of every form and size have the bits of one thread", () => {
  // [m, k, n]: blocks cut to the edge, one row block, one strip of columns, several depths, several blocks of b.
  const shapes = [
    [128, 128, 128],
    [101, 333, 77],
    [5, 700, 700],
    [1300, 40, 47],
    [40, 3000, 30],
    [33, 2100, 1100],
    [260, 9, 1500],
  ];
  const delays = faultBeforeEachCall("if (random() < 0.3) spin(random() * 2)");

  it.each([
    ["prompt workers", ""],
    ["workers that dawdle", delays],
  ])("with %s", async (_, text) => {
    prelude.text = text;
    await setThreads(1);
    const random = new RandomState(5);
    const products = dtypes.flatMap((dtype) => shapes.map((shape) => product(shape, random, dtype)));
    await setThreads(3);
    for (let round = 0; round < 4; round++) {
      for (const { a, b, c, expected } of products) {
        c.data.fill(Number.NaN);
        dot(a, b, c);
        expect(same(bytesOf(c), expected)).toBe(true);
      }
    }
  });
});

it("layers and an optimizer that live through every change go on with the bits of one thread", async () => {
  prelude.text = "";
  const changes = [1, 2, 1, 3, 2, 1];
  const trained = async (changing: boolean) => {
    await setThreads(1);
    const random = new RandomState(8);
    const X = randomMatrix(3, 5, random);
    const Y = randomMatrix(1, 5, random);
    const [Z1, A1, Z2] = [
      new LinearLayer(X.shape, 4, "xavier", { random }),
      new SigmoidLayer([4, 5]),
      new LinearLayer([4, 5], 1, "xavier", { random }),
    ];
    const optimizer = new GradientDescent({ learningRate: 0.5 });
    const bytes: Uint8Array[] = [];
    for (const threads of changes) {
      if (changing) await setThreads(threads);
      const { dYHat, cost } = computeCost(Y, Z2.forward(A1.forward(Z1.forward(X))));
      Z1.backward(A1.backward(Z2.backward(dYHat).dAPrev));
      optimizer.step([Z1, Z2]);
      bytes.push(new Uint8Array(Float64Array.of(cost).buffer), bytesOf(Z1.params.W), bytesOf(Z2.params.b));
    }
    for (const each of [optimizer, Z1, A1, Z2, X, Y]) each.dispose();
    return Buffer.concat(bytes);
  };
  const expected = await trained(false);
  expect(same(await trained(true), expected)).toBe(true);
});

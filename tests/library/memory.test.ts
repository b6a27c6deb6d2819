import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  computeCost,
  DropoutLayer,
  dropout,
  LinearLayer,
  linear,
  Matrix,
  Network,
  RandomState,
  SigmoidLayer,
  sigmoid,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { activations } from "../support/activations.ts";
import { problem, TestNetwork } from "../support/network.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Collects garbage and lets the registry run, until `done` or after many turns. */
async function collectUntil(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !done(); turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("linear memory", () => {
  it("stays flat over 200,000 training steps with changing batch sizes", () => {
    const batches = [4, 1, 3, 4, 2].map((m) => problem([2, 3, 1], m, "float64", new RandomState(m)));
    const network = new TestNetwork([2, 3, 1], 2, "xavier", { random: new RandomState(48) });
    const step = (i: number) => {
      const { X, Y } = batches[i % batches.length];
      network.iterate(X, Y);
      network.update(0.1);
    };
    for (let i = 0; i < 10; i++) step(i);
    const { arena, memory } = runtime();
    const before = { used: arena.usedBytes, top: arena.top, bytes: memory.buffer.byteLength };
    for (let i = 0; i < 200_000; i++) step(i);
    expect({ used: arena.usedBytes, top: arena.top, bytes: memory.buffer.byteLength }).toEqual(before);
    expect(network.Zs[0].params.W.data.every(Number.isFinite)).toBe(true);
  });

  it("comes back at once, all of it, when matrices, layers and networks are disposed of", () => {
    const { arena } = runtime();
    const train = () => {
      using X = Matrix.from([[1, 2, 3], [0, 1, 0]]); // biome-ignore format: one line
      using Y = Matrix.from([[0, 1, 0]]);
      const Z1 = new LinearLayer(X.shape, 1, "xavier", { inputGrad: true });
      const layers = [Z1, new DropoutLayer([1, 3], 0.5), new SigmoidLayer([1, 3])];
      const YHat = layers.reduce((input, layer) => layer.forward(input), X);
      for (let time = 0; time < 2; time++) {
        const { dYHat } = computeCost(Y, YHat);
        layers[2].backward(dYHat);
      }
      Z1.backward((layers[1] as DropoutLayer).backward((layers[2] as SigmoidLayer).dZ));
      Z1.updateParams(0.1);
      for (const layer of layers) layer.dispose();
      using network = new Network([linear(2), dropout(0.2), linear(1), sigmoid()], {
        optimizer: "adam",
        clipNorm: 1,
      });
      network.fitSync([[1], [2], [3]], [0, 1, 1], { epochs: 2, batchSize: 2, validation: 0.3 });
    };
    train(); // what the kernels keep for ever is made at first
    const before = arena.usedBytes;
    train();
    expect(arena.usedBytes).toBe(before);
  });

  it("of matrices and layers dropped without dispose comes back", async () => {
    const { arena } = runtime();
    await collectUntil(() => arena.usedBytes === 0);
    const before = arena.usedBytes;
    const kept = Matrix.from([[1, 2, 3]]);
    (() => {
      for (let i = 0; i < 50; i++) {
        Matrix.zeros(100, 100);
        new TestNetwork([20, 30, 10], 40, "he");
      }
    })();
    expect(arena.usedBytes).toBeGreaterThan(before + 50 * 80_000);
    await collectUntil(() => arena.usedBytes <= before + 64);
    expect(arena.usedBytes).toBeLessThanOrEqual(before + 64);
    expect(kept.toArray()).toEqual([[1, 2, 3]]);
    kept.dispose();
  });

  it("of the host's own stays flat over 100,000 matrices that are disposed of in one job", () => {
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = used();
    for (let i = 0; i < 100_000; i++) Matrix.zeros(1, 1).dispose();
    expect(used() - before).toBeLessThan(4_000_000);
  });

  it("of networks that were trained and dropped comes back too", async () => {
    const { arena } = runtime();
    const { X, Y } = problem([20, 30, 10], 40, "float64", new RandomState(1));
    const train = () => {
      const network = new TestNetwork([20, 30, 10], 40, "he");
      network.iterate(X, Y);
      network.update(0.1);
    };
    train();
    // X, Y and the kernels' own rooms stay; a network takes 70 kB
    await collectUntil(() => arena.usedBytes <= 60_000);
    const before = arena.usedBytes;
    for (let i = 0; i < 50; i++) train();
    expect(arena.usedBytes).toBeGreaterThan(before + 50 * 60_000);
    await collectUntil(() => arena.usedBytes <= before);
    expect(arena.usedBytes).toBeLessThanOrEqual(before);
    X.dispose();
    Y.dispose();
  });

  it("stays with a view whose matrix was dropped", async () => {
    const view = (() => Matrix.from([[1, 2, 3]]).data)();
    for (let turn = 0; turn < 5; turn++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const others = Array.from({ length: 20 }, () => Matrix.from([[7, 7, 7]]));
    expect([...view]).toEqual([1, 2, 3]);
    for (const other of others) other.dispose();
  });

  it("stays where it is when a batch is shorter, and when the next one is full again", () => {
    const layer = new LinearLayer([2, 64], 3);
    const [full, short] = [Matrix.zeros(2, 64), Matrix.zeros(2, 5)];
    const address = layer.Z.data.byteOffset;
    const addresses = [full, short, full].map((X) => layer.forward(X).data.byteOffset);
    expect(addresses).toEqual([address, address, address]);
  });

  it.each(Object.keys(activations))("of a used %s comes back at once by dispose", (name) => {
    const { arena } = runtime();
    const Z = Matrix.zeros(20, 30);
    const before = arena.usedBytes;
    const layer = activations[name]([20, 30]);
    layer.forward(Z);
    layer.backward(Z);
    expect(arena.usedBytes).toBeGreaterThan(before + 9600);
    layer.dispose();
    expect(arena.usedBytes).toBe(before);
  });

  it("comes back at once by dispose, once", () => {
    const { arena } = runtime();
    const before = arena.usedBytes;
    const matrix = Matrix.zeros(10, 10);
    expect(arena.usedBytes).toBe(before + 832);
    matrix.dispose();
    matrix.dispose();
    expect(arena.usedBytes).toBe(before);
  });
});

describe("growth", () => {
  it("detaches older views; the data of every matrix, read anew, is right", () => {
    const { memory } = runtime();
    const matrix = Matrix.from([[1, 2], [3, 4]]); // biome-ignore format: one line
    const single = Matrix.from([[5, 6]], "float32");
    const view = matrix.data;
    expect(matrix.data).toBe(view);
    const size = memory.buffer.byteLength;
    const large = Matrix.zeros(1, size / 8);
    expect(memory.buffer.byteLength).toBeGreaterThan(size);
    expect(view.length).toBe(0);
    expect([...matrix.data]).toEqual([1, 2, 3, 4]);
    expect([...single.data]).toEqual([5, 6]);
    matrix.data[3] = 40;
    expect(matrix.toArray()).toEqual([[1, 2], [3, 40]]); // biome-ignore format: one line
    large.dispose();
  });

  it("while a matrix is made from another one's data loses nothing", () => {
    const { memory } = runtime();
    const count = memory.buffer.byteLength / 8;
    const source = Matrix.zeros(1, count);
    source.data.fill(3);
    const flat = Matrix.fromFlat(source.data, [1, count]);
    expect(flat.data.every((value) => value === 3)).toBe(true);
    flat.dispose();
    const grown = Matrix.zeros(1, memory.buffer.byteLength / 8 / 2);
    grown.data.fill(4);
    const nested = Matrix.from([grown.data, grown.data, grown.data]);
    expect(nested.data.every((value) => value === 4)).toBe(true);
    for (const matrix of [source, grown, nested]) matrix.dispose();
  });
});

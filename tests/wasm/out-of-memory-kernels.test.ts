import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { dot, GradientDescent, LinearLayer, Matrix, OutOfMemoryError, RandomState } from "../../src/index.ts";
import { reserveRoom } from "../../src/kernels/blocked-product.ts";
import { createPlainKernels, startWith } from "../../src/kernels/runtime.ts";
import { isWide } from "../../src/kernels/tile.ts";
import { Workspace } from "../../src/kernels/workspace.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { HEAP_START, LinearMemory } from "../../src/wasm/memory.ts";

// Large products pack their operands into scratch room, and optimizers keep records for the kernels. Here the memory ends as
// soon as a test says so.
const bytes = readFileSync(new URL("../../build/kernels.wasm", import.meta.url));
const { exports, memory: pages, module } = instantiate(bytes);
let ended = false;
const memory = new LinearMemory({
  get buffer() {
    return pages.buffer;
  },
  grow(count: number) {
    if (ended) throw new RangeError("no more pages");
    pages.grow(count);
  },
});
const arena = new Arena(memory);
const workspace = new Workspace(arena);
startWith(() => ({
  memory,
  arena,
  kernels: {
    float64: createPlainKernels(exports, "float64", memory, workspace),
    float32: createPlainKernels(exports, "float32", memory, workspace),
  },
  wasm: { module, workspace, bytes: undefined },
  reserve: (...product) => reserveRoom(workspace, isWide(exports), ...product),
}));

const random = new RandomState(1);
const copy = (matrix: Matrix) => matrix.toArray();

/** What `use` throws when not a byte more is to be had: free blocks are taken up first. */
function withoutMemory(use: () => unknown): unknown {
  const taken: Matrix[] = [];
  ended = true;
  try {
    for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) taken.push(Matrix.zeros(1, size));
      } catch (error) {
        expect(error).toBeInstanceOf(OutOfMemoryError);
      }
    }
    use();
  } catch (error) {
    return error;
  } finally {
    ended = false;
    for (const matrix of taken) matrix.dispose();
  }
  return undefined;
}

beforeEach(() => workspace.release());

describe("when there is no room to pack", () => {
  it("backward writes none of its three gradients, and works once there is room", () => {
    for (const [nIn, nOut, m] of [
      [300, 6, 500],
      [20, 200, 900],
      [72, 72, 72],
    ]) {
      const layer = new LinearLayer([nIn, m], nOut, "xavier", { random });
      layer.forward(random.randn(nIn, m));
      layer.backward(random.randn(nOut, m));
      const upstream = random.randn(nOut, m);
      const before = [layer.dW, layer.db, layer.dAPrev].map(copy);
      workspace.release();
      expect(withoutMemory(() => layer.backward(upstream))).toBeInstanceOf(OutOfMemoryError);
      expect([layer.dW, layer.db, layer.dAPrev].map(copy)).toEqual(before);
      layer.updateParams(0.1);
      layer.backward(upstream);
      expect(copy(layer.dW)).not.toEqual(before[0]);
      layer.dispose();
    }
  });

  it("room for the product of dW alone is no beginning", () => {
    const [nIn, nOut, m] = [36, 200, 900];
    const X = random.randn(nIn, m);
    const upstream = random.randn(nOut, m);
    const layer = new LinearLayer([nIn, m], nOut, "xavier", { random });
    layer.forward(X);
    const before = [layer.dW, layer.db, layer.dAPrev].map(copy);
    workspace.release();
    const wanted = dot(upstream, X, undefined, { transposeB: true });
    expect(withoutMemory(() => dot(upstream, X, wanted, { transposeB: true }))).toBeUndefined();
    expect(withoutMemory(() => layer.backward(upstream))).toBeInstanceOf(OutOfMemoryError);
    expect([layer.dW, layer.db, layer.dAPrev].map(copy)).toEqual(before);
    layer.backward(upstream);
    expect(copy(layer.dW)).toEqual(copy(wanted));
    layer.dispose();
  });

  it("forward keeps Z and what backward needs, whether the number of examples changes or not", () => {
    const layer = new LinearLayer([64, 128], 32, "xavier", { random });
    const X = random.randn(64, 128);
    layer.forward(X);
    const Z = copy(layer.Z);
    for (const other of [random.randn(64, 128), random.randn(64, 100)]) {
      workspace.release();
      expect(withoutMemory(() => layer.forward(other))).toBeInstanceOf(OutOfMemoryError);
      expect(copy(layer.Z)).toEqual(Z);
    }
    const upstream = random.randn(32, 128);
    const { dW } = layer.backward(upstream);
    const wanted = dot(upstream, X, undefined, { transposeB: true });
    expect(copy(dW)).toEqual(copy(wanted));
    layer.dispose();
  });

  it.each([
    ["packed", 64, 64, 64, false],
    ["packed that is transposed", 64, 64, 1000, true],
    ["turned", 40, 8, 2000, true],
    ["turned in place of the right one, by the product's transpose", 8, 64, 8000, true],
  ])("dot makes no matrix for its result, an operand %s", (way, m, n, k, transposeB) => {
    const a = random.randn(m, k);
    const b = transposeB ? random.randn(n, k) : random.randn(k, n);
    // what is turned has room of its own, of a size that nothing had before, which is missing however much there is to pack
    if (way.startsWith("turned")) dot(random.randn(64, 600), random.randn(600, 600));
    // room for the result, and for it alone
    const spare = Matrix.zeros(m, n);
    const { usedBytes } = arena;
    const error = withoutMemory(() => {
      spare.dispose();
      dot(a, b, undefined, { transposeB });
    });
    expect(error).toBeInstanceOf(OutOfMemoryError);
    Matrix.zeros(m, n);
    expect(arena.usedBytes).toBe(usedBytes);
  });
});

describe("when there is no room for an optimizer's records", () => {
  it("it keeps those of fewer layers, and writes nowhere else", () => {
    const optimizer = new GradientDescent({ learningRate: 1 });
    const layers = Array.from({ length: 20 }, () => {
      const layer = new LinearLayer([1, 1], 1, "plain", { random });
      layer.params.W.data.fill(0);
      layer.forward(Matrix.from([[3]]));
      layer.backward(Matrix.from([[1]]));
      return layer;
    });
    const weights = () => layers.map(({ params }) => params.W.data[0]);
    const kernelsOwn = () => new Uint8Array(memory.buffer, 0, HEAP_START).slice();
    const before = kernelsOwn();
    optimizer.step(layers.slice(0, 2));
    expect(withoutMemory(() => optimizer.step(layers))).toBeInstanceOf(OutOfMemoryError);
    optimizer.step(layers.slice(1, 3));
    expect(weights()).toEqual([-3, -6, -3, ...Array(17).fill(0)]);
    expect(kernelsOwn()).toEqual(before);
    optimizer.step(layers);
    expect(weights()).toEqual([-6, -9, -6, ...Array(17).fill(-3)]);
    for (const each of [optimizer, ...layers]) each.dispose();
  });
});

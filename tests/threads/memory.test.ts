import { afterEach, describe, expect, it, vi } from "vitest";
import {
  dot,
  getThreads,
  LinearLayer,
  Matrix,
  OutOfMemoryError,
  RandomState,
  setThreads,
  ThreadError,
} from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { threadSource } from "../../src/wasm/generated/thread.ts";
import { collectWorkers, faultBeforeEachCall, prelude } from "./faulty-workers.ts";
import { bytesOf, multiplies, product, randomMatrix, same } from "./problems.ts";

vi.mock("../../src/wasm/generated/thread.ts", async (original) =>
  (await import("./faulty-workers.ts")).withPrelude(original),
);

const x = product([130, 140, 150], new RandomState(1));

const { Memory } = WebAssembly;

/** Has the host refuse some memories. */
function refuseMemory(refused: (descriptor: WebAssembly.MemoryDescriptor) => boolean): void {
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, [descriptor]) {
      if (refused(descriptor)) throw new RangeError("could not allocate memory");
      return new target(descriptor);
    },
  });
}

afterEach(async () => {
  WebAssembly.Memory = Memory;
  vi.restoreAllMocks();
  prelude.text = "";
  await setThreads(1);
});

describe("every matrix lives on", () => {
  it("at its address, whichever memory it was made in", async () => {
    const before = Matrix.from([[1, 2, 3]]);
    const { pointer } = before;
    await setThreads(2);
    expect(runtime().memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(before.toArray()).toEqual([[1, 2, 3]]);
    expect(before.pointer).toBe(pointer);
    const during = Matrix.from([[4, 5, 6]]);
    before.data[0] = 7;
    await setThreads(1);
    expect(runtime().memory.buffer).toBeInstanceOf(ArrayBuffer);
    expect([before, during].map((matrix) => matrix.toArray())).toEqual([[[7, 2, 3]], [[4, 5, 6]]]);
    expect(before.pointer).toBe(pointer);
  });

  it("and a view from before the move shows that it is stale by being empty", async () => {
    const matrix = Matrix.from([[1, 2, 3]]);
    const { data } = matrix;
    await setThreads(2);
    expect(data).toHaveLength(0);
    expect(Array.from(matrix.data)).toEqual([1, 2, 3]);
  });

  it("through growth while the memory is shared, which the workers see", async () => {
    await setThreads(3);
    const random = new RandomState(2);
    const kept: Matrix[] = [];
    for (let round = 0; round < 4; round++) {
      const size = runtime().memory.buffer.byteLength;
      kept.push(Matrix.zeros(1, size / 8));
      expect(runtime().memory.buffer.byteLength).toBeGreaterThan(size);
      const high = { a: randomMatrix(130, 140, random), b: randomMatrix(140, 150, random) };
      const shared = bytesOf(dot(high.a, high.b));
      expect(getThreads()).toBe(3);
      expect(multiplies(x)).toBe(true);
      expect(Array.from(kept[0].data.subarray(0, 2))).toEqual([0, 0]);
      if (round === 3) {
        await setThreads(1);
        expect(same(shared, bytesOf(dot(high.a, high.b)))).toBe(true);
      }
    }
    for (const matrix of kept) matrix.dispose();
  });

  it("and what is disposed of while it is shared is room again", async () => {
    await setThreads(2);
    const first = Matrix.zeros(300, 300);
    const { pointer } = first;
    first.dispose();
    expect(Matrix.zeros(300, 300).pointer).toBe(pointer);
    expect(() => first.data).toThrow("disposed");
  });
});

describe("the workers", () => {
  it("have no allocator, and would throw at a memory that grows", async () => {
    expect(threadSource).not.toMatch(/\.grow\b|allocate|new WebAssembly\.Memory/);
    prelude.text = `WebAssembly.Memory.prototype.grow = () => { throw new Error("a worker grew the memory"); };`;
    await setThreads(3);
    expect(multiplies(x)).toBe(true);
    const used = runtime().arena.usedBytes;
    for (let i = 0; i < 20; i++) expect(multiplies(x)).toBe(true);
    expect(runtime().arena.usedBytes).toBe(used);
    expect(getThreads()).toBe(3);
  });
});

describe("when there is no room", () => {
  it("to move, setThreads throws, its workers are gone, and everything goes on on one thread", async () => {
    const workers = collectWorkers();
    refuseMemory(({ shared, initial }) => shared === true && initial > 1);
    const used = runtime().arena.usedBytes;
    await expect(setThreads(2)).rejects.toThrow(OutOfMemoryError);
    await expect(setThreads(2)).rejects.toThrow(/no room for a shared memory of \d+ bytes/);
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(getThreads()).toBe(1);
    expect(runtime().arena.usedBytes).toBeLessThanOrEqual(used);
    expect(multiplies(x)).toBe(true);
    WebAssembly.Memory = Memory;
    await setThreads(2);
    expect(getThreads()).toBe(2);
    expect(multiplies(x)).toBe(true);
  });

  it("to move back, setThreads throws, and all goes on on one thread where it is", async () => {
    const held = Matrix.zeros(1, 2 ** 19);
    held.data.fill(5);
    await setThreads(2);
    const refusal = new RangeError("no more pages");
    const grow = vi.spyOn(Memory.prototype, "grow").mockImplementation(() => {
      throw refusal;
    });
    const error = await setThreads(1).catch((thrown) => thrown);
    grow.mockRestore();
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error.message).toMatch(/^the host has no room to move \d+ bytes of memory$/);
    expect(error.cause).toBe(refusal);
    expect(getThreads()).toBe(1);
    expect(multiplies(x)).toBe(true);
    await setThreads(2);
    expect(multiplies(x)).toBe(true);
    await setThreads(1);
    expect(runtime().memory.buffer).toBeInstanceOf(ArrayBuffer);
    expect([multiplies(x), held.data.every((value) => value === 5)]).toEqual([true, true]);
    held.dispose();
  });

  it("to leave a lost worker behind, all are let go", async () => {
    // one of two: their numbers follow each other
    const isOne = 'require("node:worker_threads").threadId % 2 === 0';
    prelude.text = faultBeforeEachCall(`if (${isOne}) throw new Error("as the test wants")`);
    const { a, b, c, expected } = product([400, 200, 200], new RandomState(1));
    await setThreads(3);
    refuseMemory(() => true);
    let said = "";
    for (let i = 0; i < 500 && said === ""; i++) {
      try {
        dot(a, b, c);
      } catch (error) {
        expect(error).toBeInstanceOf(ThreadError);
        said = (error as Error).message;
      }
    }
    expect(said).toContain("it runs on one thread");
    expect(getThreads()).toBe(1);
    expect(same(bytesOf(dot(a, b, c)), expected)).toBe(true);
  });

  it("for 4 GiB at once, the host's smaller limit serves", async () => {
    refuseMemory(({ maximum }) => (maximum ?? 0) > 20_000);
    await setThreads(2);
    expect(getThreads()).toBe(2);
    expect(multiplies(x)).toBe(true);
    expect(() => Matrix.zeros(16_384, 16_384)).toThrow(OutOfMemoryError);
    expect(multiplies(x)).toBe(true);
  });

  it("for a matrix while the memory is shared, only that matrix is missing", async () => {
    await setThreads(2);
    expect(() => Matrix.zeros(16_384, 32_767)).toThrow(OutOfMemoryError);
    expect(getThreads()).toBe(2);
    expect(multiplies(x)).toBe(true);
  });

  it("for the second product of a layer's backward, none of its gradients is written", async () => {
    const random = new RandomState(3);
    // one thread packs nothing for dAPrev: its right operand is small. Threads share it, by its many rows
    const X = randomMatrix(10_000, 64, random);
    const upstream = randomMatrix(8, 64, random);
    const layer = new LinearLayer(X.shape, 8, "xavier", { random });
    layer.forward(X);
    layer.backward(upstream);
    const expected = [layer.dW, layer.db, layer.dAPrev].map(bytesOf);
    await setThreads(2);
    const { arena, wasm } = runtime();
    wasm?.workspace.release();
    const real = arena.allocate.bind(arena);
    for (let free = 0; ; free++) {
      const outputs = [layer.dW, layer.db, layer.dAPrev];
      for (const { data } of outputs) data.fill(7);
      let left = free;
      const allocate = vi.spyOn(arena, "allocate").mockImplementation((bytes) => {
        if (left-- <= 0) throw new OutOfMemoryError("as the test wants");
        return real(bytes);
      });
      let error: unknown;
      try {
        layer.backward(upstream);
      } catch (thrown) {
        error = thrown;
      }
      allocate.mockRestore();
      if (error === undefined) {
        expect(outputs.map(bytesOf).every((bytes, i) => same(bytes, expected[i]))).toBe(true);
        break;
      }
      expect(error).toBeInstanceOf(OutOfMemoryError);
      for (const { data } of outputs) expect(data.every((value) => value === 7)).toBe(true);
    }
    for (const each of [layer, X, upstream]) each.dispose();
    // what the next test finds its room by
    runtime().reserve?.("float64", 130, 150, 140);
  });

  it("to pack a shared product, one thread computes it", async () => {
    await setThreads(2);
    const { arena } = runtime();
    vi.spyOn(arena, "allocate").mockImplementation(() => {
      throw new OutOfMemoryError("as the test wants");
    });
    expect(multiplies(x)).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  dot,
  getThreads,
  HostError,
  Matrix,
  OutOfMemoryError,
  RandomState,
  setThreads,
  ThreadError,
} from "../../src/index.ts";
import { type Recorded, runOnce } from "../../src/kernels/records.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { errorOf, faultBeforeEachCall, patience, prelude } from "./faulty-workers.ts";
import { bytesOf, type Product, product, randomMatrix, same } from "./problems.ts";

vi.mock("../../src/wasm/generated/thread.ts", async (original) =>
  (await import("./faulty-workers.ts")).withPrelude(original),
);

let x: Product;

beforeEach(() => {
  x = product([400, 200, 200], new RandomState(1));
});

afterEach(async () => {
  prelude.text = "";
  await setThreads(1);
  vi.restoreAllMocks();
});

describe("every kernel that is large enough", () => {
  it("is shared, and so may lose a worker; it is begun anew with onFault, however it is called", async () => {
    const random = new RandomState(7);
    const side = 512;
    // held, since what nobody holds is room again
    const operands = [side, side, side, 1].map((cols) => randomMatrix(side, cols, random));
    const [a, b, c, bias] = operands.map(({ pointer }) => pointer);
    const [out, dA, db] = [
      randomMatrix(side, side, random),
      randomMatrix(side, side, random),
      randomMatrix(side, 1, random),
    ];
    const { kernels: all } = runtime();
    const kernels = all.float64;
    const n = side * side;
    const once = (name: Recorded, ...given: number[]) => runOnce(kernels, name, given);
    const steps: Record<string, () => unknown> = {
      matmulNN: () => kernels.matmulNN(out.pointer, a, b, side, side, side),
      matmulNT: () => kernels.matmulNT(out.pointer, a, b, side, side, side),
      matmulTN: () => kernels.matmulTN(out.pointer, a, b, side, side, side),
      tanh: () => kernels.tanh(out.pointer, a, n),
      tanhGradient: () => kernels.tanhGradient(out.pointer, a, b, n),
      sigmoid: () => once("sigmoid", out.pointer, a, n),
      sigmoidGradient: () => once("sigmoidGradient", out.pointer, a, b, n),
      linearForward: () => once("linearForward", out.pointer, a, b, bias, side, side, side),
      linearBackward: () =>
        once("linearBackward", out.pointer, db.pointer, dA.pointer, a, b, c, side, side, side),
    };
    const outputs = () => [out, dA, db].map(bytesOf);
    const expected: Record<string, Uint8Array[]> = {};
    for (const [name, step] of Object.entries(steps)) {
      step();
      expected[name] = outputs();
    }
    prelude.text = faultBeforeEachCall('throw new Error("as the test wants")');
    for (const [name, step] of Object.entries(steps)) {
      await setThreads(2);
      expect(errorOf(step), name).toBeInstanceOf(ThreadError);
      const heard: ThreadError[] = [];
      await setThreads(2, { onFault: (error) => heard.push(error) });
      const isPatient = patience();
      while (isPatient() && heard.length === 0) {
        for (const { data } of [out, dA, db]) data.fill(Number.NaN);
        step();
        const written = name === "linearBackward" ? outputs() : outputs().slice(0, 1);
        expect(
          written.every((bytes, j) => same(bytes, expected[name][j])),
          name,
        ).toBe(true);
      }
      expect(heard, name).toHaveLength(1);
    }
    for (const each of [...operands, out, dA, db]) each.dispose();
  });
});

describe("what an operation throws that has lost no worker", () => {
  it("is the caller's with onFault too, and it is not begun anew", async () => {
    const heard: ThreadError[] = [];
    await setThreads(2, { onFault: (error) => heard.push(error) });
    const { arena, kernels, wasm } = runtime();
    const [m, n, k] = [400, 200, 200];
    const pointers = [x.c.pointer, x.a.pointer, x.b.pointer];
    const W = Matrix.zeros(n, n);
    const layer = [x.c.pointer, x.a.pointer, W.pointer, x.b.pointer, m, n, k];
    // none of what it packs has room
    wasm?.workspace.release();
    const allocate = vi.spyOn(arena, "allocate").mockImplementation(() => {
      throw new OutOfMemoryError("as the test wants");
    });
    const steps = [
      () => kernels.float64.matmulNN(pointers[0], pointers[1], pointers[2], m, n, k),
      () => runOnce(kernels.float64, "linearForward", layer),
    ];
    for (const step of steps) {
      allocate.mockClear();
      expect(step).toThrow(new OutOfMemoryError("as the test wants"));
      // for the threads' panels, and then for those of one
      expect(allocate).toHaveBeenCalledTimes(2);
    }
    allocate.mockRestore();
    // what is no lack of room does not pass for one
    for (const step of steps) {
      const mistake = vi.spyOn(arena, "allocate").mockImplementationOnce(() => {
        throw new RangeError("a mistake");
      });
      expect(step).toThrow(new RangeError("a mistake"));
      mistake.mockRestore();
    }
    W.dispose();
    dot(x.a, x.b, x.c);
    expect(same(bytesOf(x.c), x.expected)).toBe(true);
    expect([heard, getThreads()]).toEqual([[], 2]);
  });
});

describe("a task that fails on this thread", () => {
  const { Instance } = WebAssembly;
  afterEach(() => {
    WebAssembly.Instance = Instance;
  });

  it("gives the caller its error, and leaves the memory to the workers that may still be at theirs", async () => {
    let fails = false;
    WebAssembly.Instance = class {
      readonly exports: WebAssembly.Exports;
      constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
        const wrapped = Object.entries(new Instance(module, imports).exports).map(([name, it]) => {
          if (typeof it !== "function") return [name, it];
          const kernel = (...operands: number[]) => {
            if (!fails) return it(...operands);
            fails = false;
            throw new WebAssembly.RuntimeError("as the test wants");
          };
          return [name, kernel];
        });
        this.exports = Object.fromEntries(wrapped);
      }
    };
    const heard: string[] = [];
    await setThreads(2, { onFault: ({ message }) => heard.push(message) });
    const { buffer } = runtime().memory;
    fails = true;
    // a busy machine may leave all tasks of a product to the worker
    const error = errorOf(() => dot(x.a, x.b, x.c));
    expect(error).toEqual(new WebAssembly.RuntimeError("as the test wants"));
    expect(heard).toEqual([
      expect.stringMatching(/^this thread failed in the middle .* it runs on 2 threads$/),
    ]);
    expect(runtime().memory.buffer).not.toBe(buffer);
    for (let i = 0; i < 5; i++) {
      x.c.data.fill(Number.NaN);
      dot(x.a, x.b, x.c);
      expect(same(bytesOf(x.c), x.expected)).toBe(true);
    }
    expect(getThreads()).toBe(2);
  });
});

describe("a host that starts no kernels any more when a worker is lost", () => {
  const { Instance } = WebAssembly;
  afterEach(() => {
    WebAssembly.Instance = Instance;
  });

  it("is told of by a HostError, and the operands are intact", async () => {
    prelude.text = faultBeforeEachCall('throw new Error("as the test wants")');
    await setThreads(2);
    WebAssembly.Instance = class {
      constructor() {
        throw new Error("not today");
      }
    } as never;
    const error = errorOf(() => dot(x.a, x.b, x.c));
    expect(error).toBeInstanceOf(HostError);
    expect((error as Error).message).toMatch(/^the Wasm kernels could not be started: not today; import/);
    WebAssembly.Instance = Instance;
    await setThreads(1);
    dot(x.a, x.b, x.c);
    expect(same(bytesOf(x.c), x.expected)).toBe(true);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HostError } from "../../src/errors.ts";
import { createSharedMemory, forSharedMemory } from "../../src/wasm/threads/shared-memory.ts";

const built = (name: string) => readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url));

describe("the kernels for a shared memory", () => {
  it("are, byte for byte, what AssemblyScript builds for one", () => {
    expect(Buffer.compare(forSharedMemory(built("kernels")), built("kernels.threads"))).toBe(0);
  });

  it("can be made of the checked build, which imports a function before the memory", () => {
    const module = new WebAssembly.Module(forSharedMemory(built("kernels.checked")));
    const env = { memory: createSharedMemory(1), abort: () => {} };
    expect(new WebAssembly.Instance(module, { env }).exports.sum64).toBeTypeOf("function");
  });

  it("are refused when there is no memory to share", () => {
    const nothing = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    expect(() => forSharedMemory(nothing)).toThrow("the kernels import no memory");
    expect(() => forSharedMemory(built("kernels.threads"))).toThrow("one plain memory");
  });
});

it("a host whose memory cannot be shared is told of as such at once, and not as one without room", () => {
  const { Memory } = WebAssembly;
  const asked: WebAssembly.MemoryDescriptor[] = [];
  WebAssembly.Memory = class {
    readonly buffer = new ArrayBuffer(65536);
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      asked.push(descriptor);
    }
  } as never;
  try {
    expect(() => createSharedMemory(65537)).toThrow(
      new HostError("this host's Wasm memory cannot be shared"),
    );
  } finally {
    WebAssembly.Memory = Memory;
  }
  expect(asked).toEqual([{ initial: 2, maximum: 65536, shared: true }]);
});

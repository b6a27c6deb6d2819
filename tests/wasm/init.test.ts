import { expect, it } from "vitest";
import { ArgumentError, dot, HostError, init, Matrix } from "../../src/index.ts";
import { startWasm, startWith } from "../../src/kernels/runtime.ts";
import { bytesOfBuild } from "../kernels/runtimes.ts";

/** The smallest module: magic number and version, no exports. */
const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

// One story, since the kernels start once in a program.
it("init refuses what is no kernels.wasm, stays ready for a good one, and takes none after the start", () => {
  expect(() => init(new Uint8Array([1, 2, 3, 4]))).toThrow(HostError);
  expect(() => init(new ArrayBuffer(0))).toThrow(/could not be started/);
  expect(() => init(emptyModule)).toThrow(/no kernel matmulNN_f64/);
  expect(() => init(new WebAssembly.Module(emptyModule))).toThrow(HostError);
  expect(() => init("kernels.wasm" as never)).toThrow(ArgumentError);

  init(new WebAssembly.Module(bytesOfBuild("wasm")));
  expect(dot(Matrix.from([[1, 2]]), Matrix.from([[3], [4]])).toArray()).toEqual([[11]]);

  init();
  expect(() => init(bytesOfBuild("wasm"))).toThrow(ArgumentError);
  expect(() => startWith(() => expect.unreachable())).toThrow("started already");
});

it("bytes are kept for threads as they were given: of a part of a buffer that part, whatever is written there later", () => {
  const bytes = new Uint8Array(bytesOfBuild("wasm"));
  const buffer = new Uint8Array(bytes.length + 24).fill(255);
  buffer.set(bytes, 16);
  const { wasm } = startWasm(buffer.subarray(16, 16 + bytes.length));
  buffer.fill(0);
  expect(Buffer.compare(wasm?.bytes?.() as Uint8Array, bytes)).toBe(0);
});

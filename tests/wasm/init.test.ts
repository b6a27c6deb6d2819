import { expect, it } from "vitest";
import { ArgumentError, dot, HostError, init, Matrix } from "../../src/index.ts";
import { startWith } from "../../src/kernels/runtime.ts";
import { stamp } from "../../src/wasm/generated/stamp.ts";
import { bytesOfBuild } from "../kernels/runtimes.ts";

/** The smallest module: magic number and version, no exports. */
const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** The bytes of a positive number in a module: seven bits in each, the last of 64 at most. */
const bytesOf = (value: number): number[] =>
  value < 64 ? [value] : [(value & 127) | 128, ...bytesOf(value >> 7)];

/** The same kernels, but for the stamp of their sources, which follows an i32.const. */
function ofOtherSources(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  const at = Buffer.from(other.buffer).indexOf(Uint8Array.from([0x41, ...bytesOf(stamp)]));
  expect(at).toBeGreaterThan(0);
  other[at + 1] ^= 1;
  return other;
}

// One story, since the kernels start once in a program.
it("init refuses what is no kernels.wasm, stays ready for a good one, and takes none after the start", () => {
  expect(() => init(new Uint8Array([1, 2, 3, 4]))).toThrow(HostError);
  expect(() => init(new ArrayBuffer(0))).toThrow(/could not be started/);
  const otherVersions =
    /could not be started: init\(\) was given another version's kernels\.wasm, not this one's;/;
  expect(() => init(emptyModule)).toThrow(otherVersions);
  expect(() => init(ofOtherSources(bytesOfBuild("wasm")))).toThrow(otherVersions);
  expect(() => init(new WebAssembly.Module(emptyModule))).toThrow(HostError);
  expect(() => init("kernels.wasm" as never)).toThrow(ArgumentError);

  init(new WebAssembly.Module(bytesOfBuild("wasm")));
  expect(dot(Matrix.from([[1, 2]]), Matrix.from([[3], [4]])).toArray()).toEqual([[11]]);

  init();
  expect(() => init(bytesOfBuild("wasm"))).toThrow(ArgumentError);
  expect(() => startWith(() => expect.unreachable())).toThrow("started already");
});

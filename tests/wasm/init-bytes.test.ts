import { expect, it } from "vitest";
import { init } from "../../src/index.ts";
import { runtime } from "../../src/kernels/runtime.ts";
import { bytesOfBuild } from "../kernels/runtimes.ts";

it("bytes are kept for threads as they were given: of a part of a buffer that part, whatever is written there later", () => {
  const bytes = new Uint8Array(bytesOfBuild("wasm"));
  const buffer = new Uint8Array(bytes.length + 24).fill(255);
  buffer.set(bytes, 16);
  init(buffer.subarray(16, 16 + bytes.length));
  buffer.fill(0);
  expect(Buffer.compare(runtime().wasm?.bytes?.() as Uint8Array, bytes)).toBe(0);
});

import { beforeEach, expect, it, vi } from "vitest";
import { bytesOfBuild } from "../kernels/runtimes.ts";

// Entries say how the kernels start when they are imported, and those start once in a program: each of these is one of its own.
beforeEach(() => {
  vi.resetModules();
  vi.doMock("../../src/wasm/revectorizer.ts", () => ({ turnOnRevectorizer: () => true }));
});

type Entry = "inlined" | "turbo" | "reference";

/** The kernels' bytes in a program that imports these entries in this order; undefined when they are the reference's. */
async function bytesAfter(...entries: Entry[]): Promise<Uint8Array | undefined> {
  for (const entry of entries) (await import(`../../src/${entry}.ts`)).begin();
  const { runtime } = await import("../../src/kernels/runtime.ts");
  return runtime().wasm?.bytes?.();
}

const isBuild = (bytes: Uint8Array | undefined, build: "turbo" | "wasm") =>
  bytes !== undefined && Buffer.compare(bytes, bytesOfBuild(build)) === 0;

it("the turbo entry's kernels serve a program that imports the usual entry too, before it or after it", async () => {
  expect(isBuild(await bytesAfter("inlined"), "wasm")).toBe(true);
  vi.resetModules();
  expect(isBuild(await bytesAfter("inlined", "turbo"), "turbo")).toBe(true);
  vi.resetModules();
  expect(isBuild(await bytesAfter("turbo", "inlined"), "turbo")).toBe(true);
});

it("the reference serves a program that imports it beside turbo, before it or after it", async () => {
  expect(await bytesAfter("reference", "turbo", "inlined")).toBe(undefined);
  vi.resetModules();
  expect(await bytesAfter("inlined", "turbo", "reference")).toBe(undefined);
});

it("kernels that have started stay, with their matrices, when turbo comes later", async () => {
  expect(isBuild(await bytesAfter("inlined"), "wasm")).toBe(true);
  expect(isBuild(await bytesAfter("turbo"), "wasm")).toBe(true);
});

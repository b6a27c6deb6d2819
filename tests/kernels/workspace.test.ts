import { expect, it } from "vitest";
import { Workspace } from "../../src/kernels/workspace.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { HEAP_START, LinearMemory, PlainPages } from "../../src/wasm/memory.ts";

it("scratch room that grows gives the smaller room back; what is fixed stays", () => {
  const arena = new Arena(new LinearMemory(new PlainPages(16)));
  const workspace = new Workspace(arena);
  new Workspace(arena).release(); // of nothing
  expect(workspace.ensure(1)).toBe(HEAP_START);
  workspace.release();
  expect(workspace.ensure(1)).toBe(HEAP_START);
  workspace.release();
  const fixed = workspace.fixed(290);
  const before = arena.usedBytes;
  expect([fixed, before]).toEqual([HEAP_START, 320]);
  workspace.ensure(990);
  const small = arena.usedBytes - before;
  workspace.release();
  workspace.ensure(5000);
  const large = arena.usedBytes - before;
  expect([small, large]).toEqual([1024, 5056]);
  workspace.release();
  expect(arena.usedBytes).toBe(before);

  const first = workspace.ensure(990);
  expect([workspace.ensure(10), arena.usedBytes - before]).toEqual([first, small]);
  workspace.ensure(5000);
  expect(arena.usedBytes - before).toBe(large);
  workspace.release();
  expect(arena.usedBytes).toBe(before);
  expect([workspace.fixed(290), arena.usedBytes]).toEqual([fixed, before]);
});

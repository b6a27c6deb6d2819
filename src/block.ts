import { runtime } from "./kernels/runtime.ts";

/** @internal What a matrix takes of the linear memory; nothing, at address 0, once it was given back. */
export interface Block {
  pointer: number;
  bytes: number;
}

/** Frees the block of an owner that was dropped; absent in the few hosts without it, where only `dispose()` gives memory back. */
const dropped =
  typeof FinalizationRegistry === "function"
    ? /* @__PURE__ */ new FinalizationRegistry<Block>(release)
    : undefined;

/**
 * The owners that are not registered yet, each with its block: they are when this job of the host ends, before which nothing that was
 * dropped is freed anyway. Most are disposed of in the job that makes them, and to register one and strike it out again takes longer
 * than the rest of its life.
 */
let fresh: (readonly [object, Block])[] = [];

/** Most of them, since those that were disposed of meanwhile are held too. */
const MOST_FRESH = 1000;

function register(): void {
  for (const [owner, block] of fresh) if (block.pointer !== 0) dropped?.register(owner, block, block);
  fresh = [];
}

function release(block: Block): void {
  if (block.pointer !== 0) runtime().arena.free(block.pointer);
  block.pointer = 0;
}

/**
 * @internal A block that is freed when its owner is dropped, unless it was given back.
 * @throws OutOfMemoryError when the memory cannot grow
 */
export function blockFor(owner: object, bytes: number): Block {
  const block = { pointer: runtime().arena.allocate(bytes), bytes };
  if (fresh.length === 0) void Promise.resolve().then(register);
  if (fresh.push([owner, block]) === MOST_FRESH) register();
  return block;
}

/** @internal Frees it now. */
export function giveBack(block: Block): void {
  dropped?.unregister(block);
  release(block);
}

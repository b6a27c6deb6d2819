import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OutOfMemoryError } from "../../src/errors.ts";
import { ALIGNMENT, APART_BYTES, Arena, SPARE_BYTES } from "../../src/wasm/arena.ts";
import { HEAP_START, LinearMemory, MAX_BYTES, PAGE_BYTES, PlainPages } from "../../src/wasm/memory.ts";

/** A memory that is never touched: the arena keeps its books outside, so 4 GiB can be given out on paper. */
function onPaper(): { arena: Arena; reserved: () => number } {
  let most = 0;
  const reserve = (end: number) => {
    most = Math.max(most, end);
  };
  const u8 = new Uint8Array(0);
  return { arena: new Arena({ reserve, u8 } as unknown as LinearMemory), reserved: () => most };
}

/** Sizes from nothing to half a GiB. */
const bytes = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 29 }));
/** Allocate so many bytes, or free the live block of that number. */
const step = fc.oneof(fc.record({ allocate: bytes }), fc.record({ free: fc.nat() }));

describe("the arena, over random orders of allocating and freeing up to 4 GiB", () => {
  it("never lets two blocks overlap, aligns each to 64, and returns to its start when all are freed", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const { arena, reserved } = onPaper();
        const live: { start: number; end: number }[] = [];
        for (const action of steps) {
          if ("free" in action) {
            const [block] = live.splice(action.free % Math.max(1, live.length), 1);
            if (block) arena.free(block.start);
          } else {
            const before = { used: arena.usedBytes, top: arena.top };
            try {
              const start = arena.allocate(action.allocate);
              const end = start + action.allocate + SPARE_BYTES;
              expect(start % ALIGNMENT).toBe(0);
              expect(start).toBeGreaterThanOrEqual(HEAP_START);
              expect(end).toBeLessThan(MAX_BYTES);
              expect(arena.top).toBeGreaterThanOrEqual(end);
              for (const other of live) expect(end <= other.start || start >= other.end).toBe(true);
              live.push({ start, end });
            } catch (error) {
              expect(error).toBeInstanceOf(OutOfMemoryError);
              expect({ used: arena.usedBytes, top: arena.top }).toEqual(before);
            }
          }
          const least = live.reduce((total, { start, end }) => total + end - start, 0);
          expect(arena.usedBytes).toBeGreaterThanOrEqual(least);
          expect(arena.usedBytes).toBeLessThanOrEqual(least + live.length * (ALIGNMENT + APART_BYTES));
          expect(Math.max(reserved(), HEAP_START)).toBeGreaterThanOrEqual(arena.top);
        }
        for (const { start } of live) arena.free(start);
        expect(arena.usedBytes).toBe(0);
        expect(arena.top).toBe(HEAP_START);
      }),
      { seed: 48, numRuns: 300 },
    );
  });

  it("reaches almost 4 GiB, and no block ends where 32 bits turn to 0", () => {
    const { arena } = onPaper();
    const all = MAX_BYTES - HEAP_START;
    expect(() => arena.allocate(all)).toThrow(OutOfMemoryError);
    const start = arena.allocate(all - ALIGNMENT - SPARE_BYTES);
    expect(arena.top).toBe(MAX_BYTES - ALIGNMENT);
    expect(() => arena.allocate(1)).toThrow(/beyond 4 GiB; dispose\(\) matrices/);
    arena.free(start);
    expect(arena.allocate(1)).toBe(HEAP_START);
  });

  it("keeps its end where it was when the memory has no room, and gives out smaller blocks from there", () => {
    let room = 10_000;
    const reserve = (end: number) => {
      if (end > room) throw new OutOfMemoryError("as the test wants");
    };
    const arena = new Arena({ reserve, u8: new Uint8Array(0) } as unknown as LinearMemory);
    const first = arena.allocate(1000);
    const { top, usedBytes } = arena;
    expect(() => arena.allocate(9000)).toThrow("as the test wants");
    expect([arena.top, arena.usedBytes]).toEqual([top, usedBytes]);
    expect(arena.allocate(100)).toBe(top);
    room = 100_000;
    expect(arena.allocate(9000)).toBe(top + 128);
    arena.free(first);
    expect(arena.allocate(1000)).toBe(first);
  });

  it("uses a freed block again before it grows", () => {
    const { arena } = onPaper();
    const blocks = [100, 200, 300, 400].map((size) => arena.allocate(size));
    const { top } = arena;
    arena.free(blocks[1]);
    arena.free(blocks[2]);
    expect(arena.allocate(500)).toBe(blocks[1]); // the two are one now
    expect(arena.top).toBe(top);
  });

  it("takes the smallest free block that is large enough, and keeps what is left of it", () => {
    const { arena } = onPaper();
    const [large, , small, , middle, , larger] = [1000, 10, 100, 10, 480, 10, 2000, 10].map((size) =>
      arena.allocate(size),
    );
    for (const block of [large, small, middle, larger]) arena.free(block);
    expect(arena.allocate(400)).toBe(middle);
    expect(arena.allocate(100)).toBe(small);
    expect(arena.allocate(20)).toBe(middle + 448);
    expect(arena.allocate(20)).toBe(large);
  });

  it("finds every free block of a size again", () => {
    const { arena } = onPaper();
    const blocks = [500, 10, 500, 10, 500, 10].map((size) => arena.allocate(size));
    const free = [blocks[0], blocks[2], blocks[4]];
    const { top } = arena;
    for (const block of free) arena.free(block);
    expect(new Set(free.map(() => arena.allocate(500)))).toEqual(new Set(free));
    expect(arena.top).toBe(top);
  });

  it("has what follows matrices of whole 4 KiB begin in another set of the cache than they do, and than what is near them", () => {
    for (const size of [4096, 8192, 2 ** 20]) {
      const { arena } = onPaper();
      const sets = Array.from({ length: 12 }, () => (arena.allocate(size) % 4096) / ALIGNMENT);
      for (const [i, set] of sets.entries()) {
        for (const other of sets.slice(i + 1)) expect(Math.abs(other - set)).toBeGreaterThan(1);
      }
    }
    const { arena } = onPaper();
    const [first, next] = [arena.allocate(8000), arena.allocate(8000)];
    expect(next - first).toBe(8064);
  });

  it("gives each block zeros behind its last byte, whatever was there", () => {
    const memory = new LinearMemory(new PlainPages(1));
    const arena = new Arena(memory);
    for (const bytes of [0, 1, 52, 53, 64, 500]) {
      const dirty = arena.allocate(1000);
      memory.u8.fill(7, dirty, dirty + 1000);
      arena.free(dirty);
      const start = arena.allocate(bytes);
      expect(start).toBe(dirty);
      const behind = memory.u8.slice(start + bytes, start + bytes + SPARE_BYTES);
      expect([...behind]).toEqual(Array(SPARE_BYTES).fill(0));
      expect(memory.u8.slice(start, start + bytes).every((byte) => byte === 7)).toBe(true);
      arena.free(start);
    }
  });

  it("grows by half of what there is, by more where more is missing, and not beyond 4 GiB", () => {
    const pages = (size: number) => size / PAGE_BYTES;
    const asked = (size: number, end: number) => {
      const buffer = new ArrayBuffer(0);
      Object.defineProperty(buffer, "byteLength", { value: size });
      const grown: number[] = [];
      new LinearMemory({ buffer, grow: (by) => grown.push(by) }).reserve(end);
      return grown;
    };
    const MiB = 2 ** 20;
    expect(asked(MiB, MiB)).toEqual([]);
    expect(asked(MiB, MiB + 1)).toEqual([pages(MiB / 2)]);
    expect(asked(MiB, 3 * MiB - 1)).toEqual([pages(2 * MiB)]);
    expect(asked(3072 * MiB, 3072 * MiB + 1)).toEqual([pages(1024 * MiB)]);
  });

  it("refuses to free what is not live", () => {
    const { arena } = onPaper();
    const block = arena.allocate(64);
    expect(() => arena.free(block + 8)).toThrow("is not a live block");
    arena.free(block);
    expect(() => arena.free(block)).toThrow("is not a live block");
  });
});

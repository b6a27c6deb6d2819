import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COL_BLOCK,
  createBlockedProduct,
  createBlockSteps,
  reserveRoom,
} from "../../src/kernels/blocked-product.ts";
import { bytesOf, type DType } from "../../src/kernels/dtype.ts";
import { createPlainKernels } from "../../src/kernels/runtime.ts";
import { isWide } from "../../src/kernels/tile.ts";
import { createWasmKernels } from "../../src/kernels/wasm.ts";
import type { Workspace } from "../../src/kernels/workspace.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { LinearMemory } from "../../src/wasm/memory.ts";
import { type builds, bytesOfBuild, dtypes } from "./runtimes.ts";

// Scratch room is kept and grows, so a room that is too small is hidden by any larger product before it. Here each product has a
// room of its own, of just as many bytes as it asks for.

const GUARD_BYTES = 256;
const SENTINEL = 0xa5;
type Shape = readonly [m: number, n: number, k: number];
type Kernel = "matmulNN" | "matmulNT" | "matmulTN";
const kernels = ["matmulNN", "matmulNT", "matmulTN"] as const;

/** A workspace that gives each time another block, of just so many bytes, and guards what lies behind. */
class GuardedRoom {
  readonly ensured: number[] = [];
  readonly kept: number[] = [];
  readonly #blocks: [pointer: number, bytes: number][] = [];
  readonly #arena: Arena;
  readonly #memory: LinearMemory;

  constructor(arena: Arena, memory: LinearMemory) {
    this.#arena = arena;
    this.#memory = memory;
  }

  ensure(bytes: number): number {
    this.ensured.push(bytes);
    return this.#block(bytes);
  }

  fixed(bytes: number): number {
    this.kept.push(bytes);
    return this.#block(bytes);
  }

  get asWorkspace(): Workspace {
    return this as unknown as Workspace;
  }

  /** Which rooms were written beyond their end; all are given back. */
  trespassed(): number[] {
    const { u8 } = this.#memory;
    const beyond = this.#blocks.filter(([pointer, bytes]) => {
      const end = pointer + bytes;
      return !u8.subarray(end, end + GUARD_BYTES).every((byte) => byte === SENTINEL);
    });
    for (const [pointer] of this.#blocks.splice(0)) this.#arena.free(pointer);
    return beyond.map(([, bytes]) => bytes);
  }

  #block(bytes: number): number {
    const pointer = this.#arena.allocate(bytes + GUARD_BYTES);
    this.#memory.u8.fill(SENTINEL, pointer + bytes, pointer + bytes + GUARD_BYTES);
    this.#blocks.push([pointer, bytes]);
    return pointer;
  }
}

describe.each([
  "wasm",
  "turbo",
] satisfies (keyof typeof builds)[])("the scratch room of the %s build", (build) => {
  const { exports, memory: pages } = instantiate(bytesOfBuild(build));
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);

  function multiply(kernelsOn: (room: Workspace) => Record<Kernel, (...given: number[]) => void>) {
    return (kernel: Kernel, dtype: DType, [m, n, k]: Shape): GuardedRoom => {
      const room = new GuardedRoom(arena, memory);
      const operands = [m * n, m * k, k * n].map((count) => arena.allocate(count * bytesOf(dtype)));
      kernelsOn(room.asWorkspace)[kernel](...operands, m, n, k);
      for (const pointer of operands) arena.free(pointer);
      return room;
    };
  }

  it.each(kernels)("of %s is found beforehand, whichever way the product goes", (kernel) => {
    /** The ways that products went: with scratch room or without, with fixed room or without. */
    const ways = new Set<string>();
    const check = (dtype: DType, shape: Shape) => {
      const found = new GuardedRoom(arena, memory);
      if (kernel === "matmulNT") reserveRoom(found.asWorkspace, isWide(exports), dtype, ...shape, true);
      else reserveRoom(found.asWorkspace, isWide(exports), dtype, ...shape);
      const taken = multiply((room) => createPlainKernels(exports, dtype, memory, room))(
        kernel,
        dtype,
        shape,
      );
      expect([...found.trespassed(), ...taken.trespassed()]).toEqual([]);
      expect(Math.max(0, ...taken.ensured)).toBeLessThanOrEqual(Math.max(0, ...found.ensured));
      expect(found.kept).toEqual(expect.arrayContaining(taken.kept));
      // what is not turned needs no room to turn it
      if (kernel !== "matmulNT") expect(found.kept).toEqual([]);
      ways.add(`${taken.ensured.length > 0} ${taken.kept.length > 0}`);
    };
    for (const dtype of dtypes) {
      // few rows of a transposed right operand, whose transpose has more
      for (const shape of [
        [4, 16, 8200],
        [8, 32, 8200],
        [16, 64, 4200],
        [300, 8, 20],
        // a single row, for which nothing is turned
        [1, 90, 4000],
        [1, 400, 300],
        // which only one of the two tiles takes by its transpose
        [2, 31, 24],
        [6, 2000, 30],
      ] as const) {
        check(dtype, shape);
      }
    }
    const small = fc.integer({ min: 1, max: 90 });
    const shapes = fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 16 }), small, fc.integer({ min: 1, max: 9000 })),
      fc.tuple(small, fc.integer({ min: 1, max: 1100 }), small),
      fc.tuple(small, small, fc.integer({ min: 1, max: 600 })),
    );
    fc.assert(fc.property(fc.constantFrom(...dtypes), shapes, check), { seed: 48, numRuns: 150 });
    // of a few rows' transpose the wide tile takes lines in blocks that the narrow one does not
    const byTranspose = build === "turbo" ? ["true true"] : [];
    expect([...ways].sort()).toEqual(
      kernel === "matmulNT" ? ["false true", "true false", ...byTranspose] : ["false false", "true false"],
    );
  });

  it.each(kernels)("of %s in blocks holds all that is packed, to the byte", (kernel) => {
    for (const dtype of dtypes) {
      const product = multiply((room) => {
        const steps = createBlockSteps(exports, dtype, true);
        const blocked = createBlockedProduct(steps, room);
        return createWasmKernels(exports, dtype, blocked, memory, room, () => true);
      });
      for (const m of [1, 4, 5, 6, 11, 39, 40, 41, 46]) {
        for (const n of [1, 3, 8, 9, 17, COL_BLOCK - 1, COL_BLOCK, COL_BLOCK + 1]) {
          for (const k of [1, 2, 7, 263, 264, 265]) {
            const room = product(kernel, dtype, [m, n, k]);
            expect(room.trespassed(), `${m}×${n} over ${k}`).toEqual([]);
          }
        }
      }
    }
  });
});

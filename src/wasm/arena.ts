import { OutOfMemoryError } from "../errors.ts";
import { HEAP_START, type LinearMemory, MAX_BYTES } from "./memory.ts";

/** Every block starts on a cache line. */
export const ALIGNMENT = 64;
/**
 * Bytes behind a block's last element that kernels may read and overwrite: a vector that begins with that float has three
 * more, and a tile of one row goes on for four vectors where two of them have elements (assembly/matmul/direct.ts). So a kernel has
 * whole vectors only (assembly/lanes.ts). They begin as zeros, since any number may stand there but one that is subnormal: an
 * optimizer's memory keeps it for ever, and a step of Adam takes 268 ns for 14 with it.
 */
export const SPARE_BYTES = 28;

/**
 * Bytes more behind a block of a multiple of 4 KiB, as matrices are whose lines meet in one set of the first-level cache (SET_STRIDE of
 * src/kernels/blocking-limits.ts). Its neighbour would begin one set beside it: 64 rows of 4,096 columns over 8 took 1.15 to 1.28 times
 * as long with their result 64 bytes behind the right operand, modulo 4,096, or on the same, as they take 128 to 3,584 behind it.
 */
const SETS_BYTES = 2 ** 12;
export const APART_BYTES = 256;

/**
 * The allocator of the linear memory: the smallest free block that is large enough, neighbours joined when freed. Its books are kept
 * outside the memory, so a kernel's stray write cannot harm them. Neither way takes longer for the number of free blocks, only
 * for that of their sizes: when thousands of networks are dropped, all of their blocks are freed in one go.
 */
export class Arena {
  readonly #memory: LinearMemory;
  /** The size of each live block. */
  readonly #sizes = new Map<number, number>();
  /** The size of each free block below #top, no two of which touch: by where it starts, and by −1 times where it ends. */
  readonly #free = new Map<number, number>();
  /** Where the free blocks of a size start. */
  readonly #starts = new Map<number, Set<number>>();
  #top = HEAP_START;
  #used = 0;

  constructor(memory: LinearMemory) {
    this.#memory = memory;
  }

  /** Bytes in live blocks. */
  get usedBytes(): number {
    return this.#used;
  }

  /** One past the highest address that is handed out. */
  get top(): number {
    return this.#top;
  }

  /**
   * A block of at least `bytes` bytes, aligned to 64; its contents are whatever was there, and zeros behind.
   * @throws OutOfMemoryError when the memory cannot hold it; every live block is intact then.
   */
  allocate(bytes: number): number {
    const apart = bytes % SETS_BYTES === 0 ? APART_BYTES : 0;
    const size = Math.ceil((bytes + apart + SPARE_BYTES) / ALIGNMENT) * ALIGNMENT;
    let least = Number.POSITIVE_INFINITY;
    for (const each of this.#starts.keys()) if (each >= size && each < least) least = each;
    let start = this.#top;
    const reused = this.#starts.get(least);
    if (reused !== undefined) {
      [start] = reused;
      this.#take(start, least);
      if (least > size) this.#keep(start + size, least - size);
    } else {
      const end = start + size;
      // A block that ended at 2^32 would have 0 for its end in a kernel.
      if (end >= MAX_BYTES) {
        throw new OutOfMemoryError(
          `${size} bytes more than the ${this.#used} in use go beyond 4 GiB; dispose() matrices that are no longer needed`,
        );
      }
      this.#memory.reserve(end);
      this.#top = end;
    }
    this.#sizes.set(start, size);
    this.#used += size;
    this.#memory.u8.fill(0, start + bytes, start + size);
    return start;
  }

  /** Gives the block back. `pointer` must have come from `allocate` and not been freed since. */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) throw new Error(`internal: address ${pointer} is not a live block`);
    this.#sizes.delete(pointer);
    this.#used -= size;
    let start = pointer;
    let end = pointer + size;
    const before = this.#free.get(-start);
    const behind = this.#free.get(end);
    if (before !== undefined) {
      start -= before;
      this.#take(start, before);
    }
    if (behind !== undefined) {
      this.#take(end, behind);
      end += behind;
    }
    if (end === this.#top) this.#top = start;
    else this.#keep(start, end - start);
  }

  /** Enters a free block. */
  #keep(start: number, size: number): void {
    this.#free.set(start, size).set(-start - size, size);
    const starts = this.#starts.get(size) ?? new Set<number>();
    this.#starts.set(size, starts.add(start));
  }

  /** Strikes a free block out. */
  #take(start: number, size: number): void {
    this.#free.delete(start);
    this.#free.delete(-start - size);
    const starts = this.#starts.get(size)!;
    starts.delete(start);
    if (starts.size === 0) this.#starts.delete(size);
  }
}

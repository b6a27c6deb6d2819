import { OutOfMemoryError } from "../errors.ts";
import { HEAP_START, type LinearMemory, MAX_BYTES } from "./memory.ts";

/** Every block starts on a cache line. */
export const ALIGNMENT = 64;
/**
 * Bytes behind a block's last element that kernels may read and overwrite: a vector that begins with that float has three
 * more. So a kernel has whole vectors only (assembly/lanes.ts). They begin as zeros, since any number may stand there but
 * one that is subnormal: an optimizer's memory keeps it for ever, and a step of Adam takes 268 ns for 14 with it.
 */
export const SPARE_BYTES = 12;

/**
 * The allocator of the linear memory: first fit over free blocks in address order, neighbours joined when
 * freed. Its books are kept outside the memory, so a kernel's stray write cannot harm them. Training allocates
 * nothing once its layers have their sizes, so this is written to be plain and tight, not fast.
 */
export class Arena {
  readonly #memory: LinearMemory;
  /** Free blocks below #top, as parallel lists in address order; no two touch. */
  readonly #freeStarts: number[] = [];
  readonly #freeSizes: number[] = [];
  readonly #sizes = new Map<number, number>();
  #top = HEAP_START;
  #used = 0;

  constructor(memory: LinearMemory) {
    this.#memory = memory;
  }

  /** Bytes in live blocks. */
  get usedBytes(): number {
    return this.#used;
  }

  /** One past the highest address that was ever handed out. */
  get top(): number {
    return this.#top;
  }

  /**
   * A block of at least `bytes` bytes, aligned to 64; its contents are whatever was there, and zeros behind.
   * @throws OutOfMemoryError when the memory cannot hold it; every live block is intact then.
   */
  allocate(bytes: number): number {
    const size = Math.ceil((bytes + SPARE_BYTES) / ALIGNMENT) * ALIGNMENT;
    for (let i = 0; i < this.#freeStarts.length; i++) {
      if (this.#freeSizes[i] >= size) return this.#record(this.#take(i, size), size, bytes);
    }
    const start = this.#top;
    const end = start + size;
    // A block that ended at 2^32 would have 0 for its end in a kernel.
    if (end >= MAX_BYTES) {
      throw new OutOfMemoryError(
        `${size} bytes more than the ${this.#used} in use go beyond 4 GiB; dispose() matrices that are no longer needed`,
      );
    }
    this.#memory.reserve(end);
    this.#top = end;
    return this.#record(start, size, bytes);
  }

  /** Gives the block back. `pointer` must have come from `allocate` and not been freed since. */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) throw new Error(`internal: address ${pointer} is not a live block`);
    this.#sizes.delete(pointer);
    this.#used -= size;
    let i = this.#firstFreeAfter(pointer);
    let start = pointer;
    let end = pointer + size;
    if (i < this.#freeStarts.length && this.#freeStarts[i] === end) {
      end += this.#freeSizes[i];
      this.#remove(i);
    }
    if (i > 0 && this.#freeStarts[i - 1] + this.#freeSizes[i - 1] === start) {
      i--;
      start = this.#freeStarts[i];
      this.#remove(i);
    }
    if (end === this.#top) {
      this.#top = start;
    } else {
      this.#freeStarts.splice(i, 0, start);
      this.#freeSizes.splice(i, 0, end - start);
    }
  }

  #take(i: number, size: number): number {
    const start = this.#freeStarts[i];
    if (this.#freeSizes[i] === size) {
      this.#remove(i);
    } else {
      this.#freeStarts[i] += size;
      this.#freeSizes[i] -= size;
    }
    return start;
  }

  #record(start: number, size: number, bytes: number): number {
    this.#sizes.set(start, size);
    this.#used += size;
    this.#memory.u8.fill(0, start + bytes, start + size);
    return start;
  }

  #remove(i: number): void {
    this.#freeStarts.splice(i, 1);
    this.#freeSizes.splice(i, 1);
  }

  #firstFreeAfter(address: number): number {
    let low = 0;
    let high = this.#freeStarts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#freeStarts[middle] < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

import type { Arena } from "../wasm/arena.ts";

/** Scratch room for one kernel at a time, kept between calls and grown to the largest need so far. */
export class Workspace {
  readonly #arena: Arena;
  #pointer = 0;
  #bytes = 0;
  readonly #fixed = new Map<number, number>();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /**
   * The address of at least `bytes` bytes; what an earlier call left there is lost.
   * @throws OutOfMemoryError when the memory cannot hold it
   */
  ensure(bytes: number): number {
    if (bytes > this.#bytes) {
      const pointer = this.#arena.allocate(bytes);
      if (this.#pointer !== 0) this.#arena.free(this.#pointer);
      this.#pointer = pointer;
      this.#bytes = bytes;
    }
    return this.#pointer;
  }

  /**
   * The address of other room, of so many bytes, that stays where it is: callers may keep it.
   * @throws OutOfMemoryError when the memory cannot hold it
   */
  fixed(bytes: number): number {
    let address = this.#fixed.get(bytes);
    if (address === undefined) {
      address = this.#arena.allocate(bytes);
      this.#fixed.set(bytes, address);
    }
    return address;
  }

  /** Gives the room back, but for what is fixed. */
  release(): void {
    if (this.#pointer !== 0) this.#arena.free(this.#pointer);
    this.#pointer = 0;
    this.#bytes = 0;
  }
}

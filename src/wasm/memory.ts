import { OutOfMemoryError } from "../errors.ts";

export const PAGE_BYTES = 65536;

/** The most a 32-bit pointer reaches: 4 GiB. */
export const MAX_BYTES = 2 ** 32;

/**
 * The first address a matrix may have. Below 1024 the compiler puts nothing, which lets it fold offsets into loads; from
 * there on lie the kernels' constants, and the texts of the checked build's assertions.
 */
export const HEAP_START = 4096;

/** Room below the constants for the operands of one call of a kernel that takes them in a record (src/kernels/records.ts). */
export const SCRATCH_RECORD = 512;

/** What holds the bytes: a `WebAssembly.Memory`, or a stand-in where WebAssembly is barred. */
export interface PageSource {
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB; throws when there are none. Detaches the former buffer. */
  grow(pages: number): unknown;
}

/**
 * The one linear memory. Growth and the making of views live here alone, because growth detaches every view:
 * whoever keeps a view compares its buffer with `buffer` first.
 */
export class LinearMemory {
  /** The current buffer; a SharedArrayBuffer while threads run, which views treat alike. */
  buffer!: ArrayBuffer;
  /** The whole memory as bytes and as words; replaced on growth. */
  u8!: Uint8Array;
  u32!: Uint32Array;
  #source: PageSource;

  constructor(source: PageSource) {
    this.#source = source;
    this.#look();
  }

  /**
   * Makes addresses below `end` usable.
   * @throws OutOfMemoryError when the host has no more memory; nothing has changed then.
   */
  reserve(end: number): void {
    const size = this.buffer.byteLength;
    if (end <= size) return;
    const missing = end - size;
    // Half as much again keeps the number of growths small; the exact need is the second try.
    const generous = Math.min(Math.max(missing, size / 2), MAX_BYTES - size);
    if (!this.#grow(generous) && !this.#grow(missing)) {
      throw new OutOfMemoryError(
        `the linear memory holds ${size} bytes and cannot grow by ${missing} more; dispose() matrices that are no longer needed`,
      );
    }
  }

  /** Takes another source, which holds the same bytes at the same addresses; returns the former one. */
  replace(source: PageSource): PageSource {
    const former = this.#source;
    this.#source = source;
    this.#look();
    return former;
  }

  #grow(bytes: number): boolean {
    try {
      this.#source.grow(Math.ceil(bytes / PAGE_BYTES));
    } catch {
      return false;
    }
    this.#look();
    return true;
  }

  /** Looks at the source's present buffer. */
  #look(): void {
    this.buffer = this.#source.buffer as ArrayBuffer;
    this.u8 = new Uint8Array(this.buffer);
    this.u32 = new Uint32Array(this.buffer);
  }
}

/** Pages without WebAssembly, for the reference kernels: growth copies, and detaches the former buffer as
 *  `WebAssembly.Memory` does, so that a stale view shows at once; not where the host has no structuredClone, as a bare engine. */
export class PlainPages implements PageSource {
  buffer: ArrayBuffer;

  constructor(pages: number) {
    this.buffer = new ArrayBuffer(pages * PAGE_BYTES);
  }

  grow(pages: number): void {
    const grown = new ArrayBuffer(this.buffer.byteLength + pages * PAGE_BYTES);
    new Uint8Array(grown).set(new Uint8Array(this.buffer));
    globalThis.structuredClone?.(this.buffer, { transfer: [this.buffer] });
    this.buffer = grown;
  }
}

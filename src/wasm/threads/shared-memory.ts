import { HostError, OutOfMemoryError } from "../../errors.ts";
import { PAGE_BYTES } from "../memory.ts";

/** Pages in the 4 GiB that a 32-bit address reaches; a shared memory has to say how far it may grow. */
const MOST_PAGES = 65536;

/**
 * A shared memory of at least `bytes` bytes that may grow to `most` pages, or to as many as the host sets aside.
 * @throws HostError when the host has none to share, OutOfMemoryError when it has no room
 */
export function createSharedMemory(bytes: number, most = MOST_PAGES): WebAssembly.Memory {
  const initial = Math.ceil(bytes / PAGE_BYTES);
  let refusal: unknown;
  for (let maximum = most; maximum >= initial; maximum = Math.floor(maximum / 2)) {
    try {
      const memory = new WebAssembly.Memory({ initial, maximum, shared: true });
      if (memory.buffer instanceof ArrayBuffer)
        throw new HostError("this host's Wasm memory cannot be shared");
      return memory;
    } catch (cause) {
      if (cause instanceof HostError) throw cause;
      refusal = cause;
    }
  }
  throw new OutOfMemoryError(`the host has no room for a shared memory of ${bytes} bytes`, {
    cause: refusal,
  });
}

const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
const FUNCTION = 0;
const MEMORY = 2;
/** Limits of a memory: bit 0 says that a maximum follows, bit 1 that it is shared. */
const SHARED_WITH_MAXIMUM = 3;

/**
 * The same kernels for a shared memory. Wasm has a module say in one byte of its imports whether the memory it is
 * given is shared; no kernel uses an atomic instruction, so that byte and the maximum behind it are all that a build
 * for shared memory has of its own (the tests compare with one). Rewriting them spares every bundle a second copy.
 *
 * @param wasm a module that imports functions and one memory that is not shared
 */
export function forSharedMemory(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = HEADER_BYTES;
  const byte = () => wasm[at++];
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) return value;
    }
  };
  const name = () => {
    const length = number();
    at += length;
  };

  while (at < wasm.length) {
    const section = byte();
    const sizeAt = at;
    const size = number();
    const start = at;
    if (section !== IMPORT_SECTION) {
      at += size;
      continue;
    }
    for (let imports = number(); imports > 0; imports--) {
      name();
      name();
      const kind = byte();
      if (kind === FUNCTION) {
        number();
      } else if (kind === MEMORY && wasm[at] === 0) {
        const limits = at;
        byte();
        const minimum = encoded(number());
        const shared = [SHARED_WITH_MAXIMUM, ...minimum, ...encoded(MOST_PAGES)];
        const grown = encoded(size + shared.length - (at - limits));
        return joined(
          wasm.subarray(0, sizeAt),
          grown,
          wasm.subarray(start, limits),
          shared,
          wasm.subarray(at),
        );
      } else {
        throw new HostError(
          `internal: the kernels import something else than one plain memory (kind ${kind})`,
        );
      }
    }
  }
  throw new HostError("internal: the kernels import no memory");
}

/** A number as Wasm writes it: seven bits a byte, the lowest first (LEB128). */
function encoded(value: number): number[] {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}

function joined(...parts: ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

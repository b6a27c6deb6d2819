import { OutOfMemoryError } from "../../errors.ts";
import { type LinearMemory, PAGE_BYTES, type PageSource } from "../memory.ts";

/**
 * Moves the first `bytes` bytes to another source, at the same addresses, and empties the former one, so that a stale
 * view shows itself as it does after growth. (A shared buffer cannot be emptied: whoever holds it keeps the old.)
 * @throws OutOfMemoryError when the new source cannot hold them; nothing has changed then
 */
export function moveMemory(memory: LinearMemory, source: PageSource, bytes: number): void {
  const missing = bytes - source.buffer.byteLength;
  try {
    if (missing > 0) source.grow(Math.ceil(missing / PAGE_BYTES));
  } catch (cause) {
    throw new OutOfMemoryError(`the host has no room to move ${bytes} bytes of memory`, { cause });
  }
  new Uint8Array(source.buffer).set(memory.u8.subarray(0, bytes));
  memory.replace(source).grow(0);
}

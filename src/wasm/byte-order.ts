/**
 * Whether this host's views read the lowest byte of a number first, as Wasm does. IBM Z does not; nearly all others do.
 * Asked anew each time: who asks does so once a start or a file.
 */
export function isLowestFirst(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}

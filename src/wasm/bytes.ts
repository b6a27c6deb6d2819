import { kernelsHex } from "./generated/kernels.ts";

/** The compiled kernels that the bundle carries. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return bytesOfHex(kernelsHex);
}

/** What hosts have for it; the library has no types of any. */
interface HexReaders {
  readonly Buffer?: { from(hex: string, encoding: "hex"): Uint8Array };
}

/**
 * Bytes that a bundle carries as text of two hexadecimal digits each: a web server's compression sees bytes where base64
 * would show it shifted bits, and sends 40 % less. Node's own reader takes 0.1 ms for the kernels, the loop 2 ms in a
 * process that has just begun.
 */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const { Buffer } = globalThis as HexReaders;
  if (Buffer !== undefined) return new Uint8Array(Buffer.from(hex, "hex"));
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = digit(hex, 2 * i) * 16 + digit(hex, 2 * i + 1);
  return bytes;
}

function digit(hex: string, i: number): number {
  const code = hex.charCodeAt(i);
  return code < 58 ? code - 48 : code - 87;
}

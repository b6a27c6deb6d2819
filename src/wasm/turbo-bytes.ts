import { bytesOfHex } from "./bytes.ts";
import { turboKernelsHex } from "./generated/turbo-kernels.ts";

/** The kernels laid out in pairs of vectors. */
export function turboKernelBytes(): Uint8Array<ArrayBuffer> {
  return bytesOfHex(turboKernelsHex);
}

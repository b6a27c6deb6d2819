import { bytesOfHex } from "./bytes.ts";
import { turboKernelsHex } from "./generated/turbo-kernels.ts";

/** The kernels with the wide tile. */
export function turboKernelBytes(): Uint8Array<ArrayBuffer> {
  return bytesOfHex(turboKernelsHex);
}

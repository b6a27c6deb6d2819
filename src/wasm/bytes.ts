import { kernelsBase64 } from "./generated/kernels.ts";

/** The compiled kernels that the bundle carries. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const binary = atob(kernelsBase64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

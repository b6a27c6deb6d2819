// Base64 without the host's help: an audio worklet has neither btoa nor atob, nor has a bare engine.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NO_DIGIT = 64;
/** Arguments of one call: an engine takes only so many. */
const PIECE = 4096;

/** @internal The text of these bytes in base64 (RFC 4648, section 4), padded. */
export function base64Of(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill("=".charCodeAt(0));
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const count = Math.min(3, bytes.length - i);
    const bits = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit <= count; digit++) {
      codes[at + digit] = DIGITS.charCodeAt((bits >> (18 - 6 * digit)) & 63);
    }
  }
  let text = "";
  for (let i = 0; i < codes.length; i += PIECE) text += String.fromCharCode(...codes.subarray(i, i + PIECE));
  return text;
}

/** @internal The bytes of such a text, or undefined where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const values = new Uint8Array(128).fill(NO_DIGIT);
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length - padding; i += 4) {
    let bits = 0;
    for (let digit = i; digit < i + 4; digit++) {
      const isPadding = digit >= text.length - padding;
      const value = isPadding ? 0 : (values[text.charCodeAt(digit)] ?? NO_DIGIT);
      if (value === NO_DIGIT) return undefined;
      bits = (bits << 6) | value;
    }
    // beyond the end of the array a write is lost, as the padding's should be
    bytes[at++] = bits >> 16;
    bytes[at++] = bits >> 8;
    bytes[at++] = bits;
  }
  return bytes;
}

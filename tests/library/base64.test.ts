import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64Of, bytesOfBase64 } from "../../src/network/base64.ts";

describe("base64", () => {
  test("of any bytes is what Node makes of them, and they come back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = base64Of(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(bytesOfBase64(text)).toEqual(bytes);
      }),
    );
  });

  test("of more bytes than one call takes arguments", () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => (i * i) >> 3);
    const text = base64Of(bytes);
    expect(text === Buffer.from(bytes).toString("base64")).toBe(true);
    expect(Buffer.compare(bytesOfBase64(text) ?? new Uint8Array(), bytes)).toBe(0);
  });

  test.each([
    ["three digits", "AAA"],
    ["a character that is no digit", "AA-A"],
    ["a character beyond the digits' codes", "AAéA"],
    ["padding alone", "===="],
    ["three of padding", "A==="],
    ["padding within", "AA=A"],
    ["a space", "AAAA AAA"],
  ])("refuses %s", (_, text) => {
    expect(bytesOfBase64(text)).toBeUndefined();
  });
});

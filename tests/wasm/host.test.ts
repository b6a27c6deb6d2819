import { afterEach, describe, expect, it, vi } from "vitest";
import { bytesOfHex } from "../../src/wasm/bytes.ts";
import { LinearMemory, PAGE_BYTES, PlainPages } from "../../src/wasm/memory.ts";
import { turnOnRevectorizer } from "../../src/wasm/revectorizer.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("bytes come of their digits alike with Node's reader and without", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(bytesOfHex(hex)).toEqual(bytes);
  vi.stubGlobal("Buffer", undefined);
  const read = bytesOfHex(hex);
  vi.unstubAllGlobals();
  expect(read).toEqual(bytes);
});

describe("V8's revectorizer", () => {
  const flagsOn = (globals: Record<string, unknown>, arch = "x64", node = "24.0.0") => {
    const flags: string[] = [];
    const v8 = { setFlagsFromString: (flag: string) => flags.push(flag) };
    vi.stubGlobal("process", { arch, versions: { node }, getBuiltinModule: () => v8 });
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const is = turnOnRevectorizer();
    vi.unstubAllGlobals();
    return [is, ...flags];
  };

  it("is turned on in Node 24 and later on x64, and nowhere else", () => {
    expect(flagsOn({})).toEqual([true, "--experimental-wasm-revectorize"]);
    expect(flagsOn({}, "x64", "26.1.0")).toEqual([true, "--experimental-wasm-revectorize"]);
    expect(flagsOn({}, "x64", "23.9.0")).toEqual([false]);
    expect(flagsOn({}, "arm64")).toEqual([false]);
    expect(flagsOn({ Deno: {} })).toEqual([false]);
    expect(flagsOn({ Bun: {} })).toEqual([false]);
    expect(flagsOn({ process: undefined })).toEqual([false]);
  });
});

describe("the linear memory", () => {
  it("grows when it must, by half at least, and not before", () => {
    const memory = new LinearMemory(new PlainPages(16));
    const { buffer } = memory;
    memory.reserve(16 * PAGE_BYTES);
    expect(memory.buffer).toBe(buffer);
    memory.u8[5] = 7;
    memory.reserve(16 * PAGE_BYTES + 1);
    expect(memory.buffer.byteLength).toBe(24 * PAGE_BYTES);
    expect([memory.u8[5], memory.u8.length, memory.u32.length]).toEqual([7, 24 * PAGE_BYTES, 6 * PAGE_BYTES]);
    memory.reserve(100 * PAGE_BYTES);
    expect(memory.buffer.byteLength).toBe(100 * PAGE_BYTES);
  });

  it("empties former views of plain pages too", () => {
    const memory = new LinearMemory(new PlainPages(1));
    const { u8 } = memory;
    memory.reserve(PAGE_BYTES + 1);
    expect(u8.length).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostError, OutOfMemoryError } from "../../src/errors.ts";
import { bytesOfHex } from "../../src/wasm/bytes.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { LinearMemory, PAGE_BYTES, PlainPages } from "../../src/wasm/memory.ts";
import { turnOnRevectorizer } from "../../src/wasm/revectorizer.ts";
import { bytesOfBuild } from "../kernels/runtimes.ts";
import { HighestFirst } from "../support/highest-first.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the bytes that digits say", () => {
  const own = Object.getOwnPropertyDescriptor(Uint8Array, "fromHex");
  /** Puts a reader, or that there is none, in the place of the engine's. */
  const give = (fromHex?: (hex: string) => Uint8Array) =>
    Object.defineProperty(Uint8Array, "fromHex", { value: fromHex, configurable: true });
  /** Reads where Buffer is what is given; the test runner needs its own again. */
  const readBeside = (buffer: unknown, hex: string) => {
    vi.stubGlobal("Buffer", buffer);
    try {
      return bytesOfHex(hex);
    } finally {
      vi.unstubAllGlobals();
    }
  };
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  beforeEach(() => {
    give();
  });
  afterEach(() => {
    if (own === undefined) Reflect.deleteProperty(Uint8Array, "fromHex");
    else Object.defineProperty(Uint8Array, "fromHex", own);
  });

  it("are alike with Node's reader and without", () => {
    expect(bytesOfHex(digits)).toEqual(bytes);
    expect(readBeside(undefined, digits)).toEqual(bytes);
  });

  it("are the engine's where it reads them, and no Buffer is asked for", () => {
    const asked: string[] = [];
    give((hex) => {
      asked.push(hex);
      return bytes;
    });
    expect(readBeside({ from: () => expect.unreachable() }, digits)).toBe(bytes);
    expect(asked).toEqual([digits]);
  });

  it("are not those of an element of a page that is called Buffer", () =>
    expect([...readBeside({ id: "Buffer" }, "00ff7f")]).toEqual([0, 255, 127]));
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

  it("is not said to be on where Node gives no way to its flags", () => {
    vi.stubGlobal("process", { arch: "x64", versions: { node: "24.0.0" } });
    expect(turnOnRevectorizer()).toBe(false);
    vi.stubGlobal("process", {
      arch: "x64",
      versions: { node: "24.0.0" },
      getBuiltinModule: () => undefined,
    });
    expect(turnOnRevectorizer()).toBe(false);
  });
});

describe("a host that starts no kernels", () => {
  const INSTEAD = 'import from "nothing-but-wasm/reference", which runs the same kernels in plain TypeScript';

  /** What is said of a host whose WebAssembly throws this when a module is compiled. */
  const saidOf = (thrown: unknown) => {
    const { Memory } = WebAssembly;
    class Module {
      constructor() {
        throw thrown;
      }
    }
    vi.stubGlobal("WebAssembly", { Memory, Module });
    try {
      instantiate(new Uint8Array(8));
    } catch (error) {
      expect(error).toBeInstanceOf(HostError);
      expect((error as HostError).cause).toBe(thrown);
      return (error as HostError).message;
    }
    return expect.unreachable();
  };

  it.each([
    "WebAssembly.Module(): Refused by the Content Security Policy of this page",
    "call to WebAssembly.Module() blocked by CSP",
    "Refused to compile because 'unsafe-eval' is not an allowed source",
    "Wasm code generation disallowed",
    "WebAssembly.Module(): Wasm disallowed by embedder",
  ])("by its policy is told what to allow: %s", (words) => {
    const said = saidOf(new Error(words));
    expect(said).toMatch(/^this page's or host's policy forbids compiling WebAssembly \(/);
    for (const part of [words, "script-src 'wasm-unsafe-eval'", "init()", '"nothing-but-wasm/reference"']) {
      expect(said).toContain(part);
    }
  });

  it("for another reason hears that reason, whatever was thrown", () => {
    expect(saidOf(new RangeError("out of pages"))).toBe(
      `the Wasm kernels could not be started: out of pages; ${INSTEAD}`,
    );
    expect(saidOf("no")).toBe(`the Wasm kernels could not be started: no; ${INSTEAD}`);
  });

  it("and has no room for their memory hears so, as where a page has loaded a hundred copies of the library", () => {
    const { Module } = WebAssembly;
    class Memory {
      constructor() {
        throw new RangeError("could not allocate memory");
      }
    }
    vi.stubGlobal("WebAssembly", { Module, Memory });
    expect(() => instantiate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toThrow(
      new HostError(`the Wasm kernels could not be started: could not allocate memory; ${INSTEAD}`),
    );
  });

  it("and has no WebAssembly is led to the reference", () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect(() => instantiate(new Uint8Array(8))).toThrow(
      new HostError(`this host has no WebAssembly; ${INSTEAD}`),
    );
  });

  it("and has the highest byte of a number first, as IBM Z, is led there too", () => {
    vi.stubGlobal("Uint16Array", HighestFirst);
    expect(() => instantiate(bytesOfBuild("wasm"))).toThrow(
      new HostError(`this host has another order of bytes than WebAssembly; ${INSTEAD}`),
    );
  });
});

/** A memory that cannot grow, for this reason. */
function throwing(thrown: unknown): LinearMemory {
  const grow = () => {
    throw thrown;
  };
  return new LinearMemory({ buffer: new ArrayBuffer(PAGE_BYTES), grow });
}

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

  it("takes what a memory throws for no room", () => {
    const thrown = Object.assign(new Error("no"), { name: "InternalError" });
    expect(() => throwing(thrown).reserve(PAGE_BYTES + 1)).toThrow(OutOfMemoryError);
  });

  it("empties former views of plain pages too", () => {
    const memory = new LinearMemory(new PlainPages(1));
    const { u8 } = memory;
    memory.reserve(PAGE_BYTES + 1);
    expect(u8.length).toBe(0);
  });
});

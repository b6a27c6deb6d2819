import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kernelBytes } from "../../src/wasm/bytes.ts";
import { readWasm, relaxedSimd } from "./wasm-reader.ts";

const file = (name: string) => new Uint8Array(readFileSync(new URL(`../../${name}`, import.meta.url)));

/** A module of one function with the given body. */
const moduleOf = (...body: number[]) =>
  Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    10,
    body.length + 4,
    1,
    body.length + 2,
    0,
    ...body,
    0x0b,
  ]);

describe("the reader of binaries", () => {
  it("counts instructions, passes what follows them, and finds relaxed SIMD", () => {
    // i32.const 253, then f32x4.relaxed_madd, whose opcode 0x105 takes two bytes.
    const { functions, opcodes } = readWasm(moduleOf(0x41, 0xfd, 0x01, 0xfd, 0x85, 0x02));
    expect(functions).toBe(1);
    expect([...opcodes]).toEqual([
      ["41", 1],
      ["fd 105", 1],
      ["b", 1],
    ]);
    expect(relaxedSimd(opcodes)).toEqual(["fd 105"]);
  });

  it("stops at what it does not know", () => {
    expect(() => readWasm(moduleOf(0xfe, 0))).toThrow("unknown opcode fe");
    expect(() => readWasm(moduleOf(0xfd, 0x94, 0x02))).toThrow("unknown opcode fd 114");
  });
});

/** A dtype, and its multiplication and addition of vectors in hexadecimal. */
const arithmetic: [string, string, string][] = [
  ["f64", "fdf201", "fdf001"],
  ["f32", "fde601", "fde401"],
];

/** In which order the products and sums of vectors stand: assembly/fence.ts keeps Binaryen from putting each product next to its sum. */
function orderIn(module: Uint8Array, [, mul, add]: [string, string, string]) {
  const found =
    Buffer.from(module)
      .toString("hex")
      .match(new RegExp(`${mul}|${add}`, "g")) ?? [];
  return found.map((opcode) => (opcode === mul ? "product" : "sum")).join(" ");
}

// V8 computes a pair of vectors where the first of them stands
it.each(
  arithmetic,
)("the turbo module has products of both pairs of a row before their sums, over four steps, in %s", (...of) => {
  const row = "product product sum product sum product sum sum";
  expect(orderIn(file("build/kernels.turbo.wasm"), of)).toContain(Array(20).fill(row).join(" "));
});

describe("the default module", () => {
  const facts = readWasm(file("dist/kernels.wasm"));

  it("is what the bundle carries", () => {
    expect(kernelBytes()).toEqual(file("dist/kernels.wasm"));
  });

  it("holds no relaxed-SIMD instruction, among its many of plain SIMD", () => {
    expect(relaxedSimd(facts.opcodes)).toEqual([]);
    const simd = [...facts.opcodes].filter(([code]) => code.startsWith("fd ")).map(([, count]) => count);
    expect(simd.reduce((a, b) => a + b, 0)).toBeGreaterThan(1000);
  });

  it.each(
    arithmetic,
  )("has both products of a row before its sums, over two steps of five rows, in %s", (...of) => {
    expect(orderIn(kernelBytes(), of)).toContain(Array(10).fill("product product sum sum").join(" "));
  });

  it("holds no fence, and reads no global", () => {
    expect(facts.exports).not.toContain("fence");
    expect(facts.opcodes.get("23")).toBe(undefined);
  });

  it("imports the memory and nothing else", () => {
    expect(facts.imports).toEqual(["env.memory memory"]);
  });

  it("exports what the engine sees, and carries no names or notes", () => {
    const engine = WebAssembly.Module.exports(new WebAssembly.Module(kernelBytes()));
    expect(facts.exports).toEqual(engine.map(({ name }) => name));
    expect(facts.exports).toContain("multiplyBlock");
    expect(facts.customSections).toEqual([]);
  });
});

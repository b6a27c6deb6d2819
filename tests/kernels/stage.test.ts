import { describe, expect, it } from "vitest";
import type { Kernels } from "../../src/kernels/kernels.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { ordinary, withSpecials } from "./numbers.ts";
import { dtypes, startReference } from "./runtimes.ts";
import { type Call, expectSameBits, perform } from "./stage.ts";

// What the comparison of kernels rests on: it must notice a kernel that does what none may.

const runtime = startReference();
const call: Call = { kernel: "multiply", dtype: "float64", dims: [5], draw: () => ordinary(3) };

/** The runtime with another kernel that multiplies. */
function withMultiply(multiply: Kernels["multiply"]): Runtime {
  const { float64, float32 } = runtime.kernels;
  return { ...runtime, kernels: { float64: { ...float64, multiply }, float32: { ...float32, multiply } } };
}

const right = runtime.kernels.float64.multiply;
const write = (address: number, byte: number) => {
  runtime.memory.u8[address] = byte;
};

describe("a call of a kernel", () => {
  it("that keeps to its outputs is performed, and gives its operands and what it returns", () => {
    const { operands, returned } = perform(runtime, call);
    const [out, a, b] = operands;
    expect([...out]).toEqual(Array.from(a, (x, i) => x * b[i]));
    expect(new Set(a).size).toBe(5);
    expect(returned).toBeUndefined();
    const sum = perform(runtime, { ...call, kernel: "sum", dims: [3] });
    const [x] = sum.operands;
    expect(sum.returned).toBe(x[0] + x[1] + x[2]);
  });

  it.each([
    ["before its output", (out: number) => write(out - 1, 0)],
    ["behind its output", (out: number, _a: number, _b: number, n: number) => write(out + 8 * n, 0)],
    ["to its first input", (_: number, a: number) => write(a, 0x77)],
    [
      "to the last byte of its last input",
      (_out: number, _a: number, b: number, n: number) => write(b + 8 * n - 1, 0x77),
    ],
    ["behind its last operand", (_out: number, _a: number, b: number, n: number) => write(b + 8 * n, 0)],
  ] as const)("that writes %s is refused", (_, stray) => {
    const faulty = withMultiply((out, a, b, n) => {
      right(out, a, b, n);
      stray(out, a, b, n);
    });
    expect(() => perform(faulty, call)).toThrow(
      /^multiply float64 5 shift 0: byte \d+ outside the outputs was written$/,
    );
  });

  it("may write a vector's rest behind an output, where the kernel is not exact, and no more", () => {
    const relu: Call = { ...call, kernel: "relu" };
    const plain = runtime.kernels.float64;
    const behind = (bytes: number): Runtime => ({
      ...runtime,
      kernels: {
        ...runtime.kernels,
        float64: {
          ...plain,
          relu(a, z, n) {
            plain.relu(a, z, n);
            write(a + 8 * n + bytes, 0);
          },
        },
      },
    });
    expect(() => perform(behind(7), relu)).not.toThrow();
    expect(() => perform(behind(8), relu)).toThrow("outside the outputs was written");
  });
});

describe("two outcomes are the same", () => {
  const wanted = perform(runtime, call);
  const other = (change: (values: Float64Array) => void, i = 0) => {
    const operands = wanted.operands.map((values) => values.slice());
    change(operands[i] as Float64Array);
    return { ...wanted, operands };
  };

  it("to the bit, and one NaN is any other", () => {
    expect(() =>
      expectSameBits(
        call,
        other(() => {}),
        wanted,
      ),
    ).not.toThrow();
    const [one, another] = [0, 1].map((bit) =>
      other((values) => new Uint32Array(values.buffer).set([bit, 0x7ff80000], 2)),
    );
    expect(() => expectSameBits(call, one, another)).not.toThrow();
  });

  it.each([
    [
      "an element that is off by its last bit",
      other((values) => {
        new Uint32Array(values.buffer)[8] ^= 1;
      }),
      4,
    ],
    [
      "an element that was left unwritten",
      other((values) => new Uint8Array(values.buffer).fill(0xa5, 8, 16)),
      1,
    ],
    ["a NaN", other((values) => values.fill(Number.NaN, 0, 1)), 0],
  ])("and not with %s", (_, ours, i) => {
    const said = new RegExp(
      `^multiply float64 5 shift 0: operand 0\\[${i}\\] is \\S+; the reference has \\S+$`,
    );
    expect(() => expectSameBits(call, ours, wanted)).toThrow(said);
  });

  it("and not with another zero, another input or another number returned", () => {
    const [zero, minusZero] = [0, -0].map((value) => other((values) => values.fill(value)));
    expect(() => expectSameBits(call, zero, minusZero)).toThrow("operand 0[0]");
    expect(() =>
      expectSameBits(
        call,
        other((values) => values.fill(7), 2),
        wanted,
      ),
    ).toThrow("operand 2[0]");
    expect(() => expectSameBits(call, { ...wanted, returned: 0 }, { ...wanted, returned: -0 })).toThrow(
      "returned",
    );
  });

  it("and an output that no kernel writes is no other's", () => {
    for (const dtype of dtypes) {
      const idle = perform(
        withMultiply(() => {}),
        { ...call, dtype },
      );
      const [out] = idle.operands;
      expect(new Uint8Array(out.buffer).every((byte) => byte === 0xa5)).toBe(true);
      expect(() => expectSameBits(call, idle, perform(runtime, { ...call, dtype }))).toThrow("operand 0[0]");
    }
  });
});

it("special numbers come as often as they are asked for, all of them, and ordinary ones are never special", () => {
  const draw = withSpecials(5, 4);
  const drawn = Array.from({ length: 4000 }, draw);
  const special = drawn.filter((x) => !(Math.abs(x) > 1e-30 && Math.abs(x) < 16) || Math.abs(x) === 1);
  expect(special.length).toBeGreaterThan(800);
  expect(special.length).toBeLessThan(1200);
  expect(new Set(special.map((x) => (Object.is(x, -0) ? "-0" : String(x)))).size).toBe(15);
  const usual = Array.from({ length: 1000 }, ordinary(5));
  expect(usual.every((x) => Math.abs(x) > 0 && Math.abs(x) < 16)).toBe(true);
  expect([usual.some((x) => x > 0), usual.some((x) => x < 0)]).toEqual([true, true]);
});

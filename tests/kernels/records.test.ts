import { describe, expect, it } from "vitest";
import { RECORD_BYTES, subtractScaled, writeRecord } from "../../src/kernels/records.ts";
import { dtypes, startBuild, startReference } from "./runtimes.ts";

describe.each([
  ["compiled", () => startBuild("wasm")],
  ["reference", startReference],
])("prepared kernels, %s", (_, start) => {
  it.each(dtypes)("run on what their operands hold by then, each on its own record, in %s", (dtype) => {
    const { arena, kernels, memory } = start();
    const view = (values: number[]) => {
      const pointer = arena.allocate(values.length * 8);
      const Elements = dtype === "float64" ? Float64Array : Float32Array;
      const elements = new Elements(memory.buffer, pointer, values.length);
      elements.set(values);
      return { pointer, elements };
    };
    const [w, dW, b, db] = [view([1, 2, 3]), view([1, 1, 2]), view([8]), view([4])];
    const record = arena.allocate(2 * RECORD_BYTES);
    const operands = [w.pointer, b.pointer, dW.pointer, db.pointer, 3, 1];
    const both = kernels[dtype].prepare("linearUpdate", record, operands);
    const biases = [b.pointer, b.pointer, db.pointer, db.pointer, 1, 0];
    const one = kernels[dtype].prepare("linearUpdate", record + RECORD_BYTES, biases);
    both(record, 0.5);
    expect([...w.elements, ...b.elements]).toEqual([0.5, 1.5, 2, 6]);
    db.elements.fill(8);
    one(record + RECORD_BYTES, 0.25);
    expect([...w.elements, ...b.elements]).toEqual([0.5, 1.5, 2, 4]);
    both(record, 1);
    expect([...w.elements, ...b.elements]).toEqual([-0.5, 0.5, 0, -4]);
    subtractScaled(kernels[dtype], w.pointer, dW.pointer, 3, -0.5);
    expect([...w.elements, ...b.elements]).toEqual([0, 1, 1, -4]);
  });

  it.each(dtypes)("leave the record behind theirs alone, that of the most operands too, in %s", (dtype) => {
    const { arena, kernels, memory } = start();
    const record = arena.allocate(2 * RECORD_BYTES);
    const next = (record + RECORD_BYTES) / 4;
    memory.u32[next] = 48;
    const pointers = Array.from({ length: 6 }, () => arena.allocate(64));
    kernels[dtype].prepare("linearBackward", record, [...pointers, 2, 2, 2]);
    expect(memory.u32[next]).toBe(48);
  });
});

it("a record beyond 2 GiB is written where it lies", () => {
  const words: Record<number, number> = {};
  writeRecord(words as unknown as Uint32Array, 2 ** 31 + 64, [7, 8], [9]);
  expect(words).toEqual({ [2 ** 29 + 16]: 7, [2 ** 29 + 17]: 8, [2 ** 29 + 18]: 9 });
});

import type { DType, DTypeArray } from "../../src/kernels/dtype.ts";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { callKernel } from "./cases.ts";
import { numbersOf } from "./functions.ts";

/** What a kernel of one input and one output makes of numbers: x, rounded to the dtype, and y. */
export function applied(
  { arena, memory, kernels }: Pick<Runtime, "arena" | "memory" | "kernels">,
  name: "sigmoid" | "tanh",
  dtype: DType,
  values: ArrayLike<number>,
): { x: DTypeArray; y: DTypeArray } {
  const View = dtype === "float64" ? Float64Array : Float32Array;
  const x = numbersOf(dtype, values);
  const from = arena.allocate(x.byteLength);
  const to = arena.allocate(x.byteLength);
  new View(memory.buffer, from, x.length).set(x);
  callKernel(kernels[dtype], name, [to, from, x.length], []);
  const y = new View(memory.buffer, to, x.length).slice();
  arena.free(to);
  arena.free(from);
  return { x, y };
}

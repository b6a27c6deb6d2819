import type { LinearMemory } from "../../wasm/memory.ts";
import { bytesOf, type DType, type DTypeArray } from "../dtype.ts";
import { exp32, exp64 } from "./exp.ts";
import { log32, log64 } from "./log.ts";
import { tanh32, tanh64 } from "./tanh.ts";

/** What the reference kernels of one dtype work with: its rounding, its functions, its view of the memory. */
export interface Scalars {
  /** Every operation rounds to the dtype, as its machine instruction does. */
  round(x: number): number;
  exp(x: number): number;
  /** ln x + rest, what a part of x below its last place adds; 0 for a plain logarithm */
  log(x: number, rest: number): number;
  tanh(x: number): number;
  /** The memory in elements. */
  heap(): DTypeArray;
  /** The index of the element at an address. */
  index(pointer: number): number;
  /** x[out + i] = element(i, x) for i from 0 to n − 1 */
  map(out: number, n: number, element: (i: number, x: DTypeArray) => number): void;
}

export function scalarsOf(memory: LinearMemory, dtype: DType): Scalars {
  const double = dtype === "float64";
  const shift = Math.log2(bytesOf(dtype));
  const whole = (): DTypeArray =>
    double ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
  let elements = whole();
  const heap = () => {
    if (elements.buffer !== memory.buffer) elements = whole();
    return elements;
  };
  return {
    round: double ? (x) => x : Math.fround,
    exp: double ? exp64 : exp32,
    log: double ? log64 : log32,
    tanh: double ? tanh64 : tanh32,
    heap,
    index: (pointer) => pointer >>> shift,
    map(out, n, element) {
      const x = heap();
      const o = out >>> shift;
      for (let i = 0; i < n; i++) x[o + i] = element(i, x);
    },
  };
}

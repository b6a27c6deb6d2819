import { readFileSync } from "node:fs";
import { type DType, type DTypeArray, suffixOf } from "../../src/kernels/dtype.ts";
import { exp32, exp64 } from "../../src/kernels/reference/exp.ts";
import { log32, log64 } from "../../src/kernels/reference/log.ts";

/** The functions that kernels are made of and none gives by itself; assembly/functions.ts gives them to the tests. */
type FunctionName = "exp" | "log";

/** A function of each element: what it makes of numbers that are of its dtype already. */
export type Functions = (name: FunctionName, dtype: DType, x: DTypeArray) => DTypeArray;

const reference = {
  exp: { float64: exp64, float32: exp32 },
  log: { float64: (x: number) => log64(x, 0), float32: (x: number) => log32(x, 0) },
};

export const referenceFunctions: Functions = (name, dtype, x) => x.map(reference[name][dtype]);

/** The compiled ones, in a memory that is as large as their numbers ask for. */
export function compiledFunctions(): Functions {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(readFileSync(new URL("../../build/functions.wasm", import.meta.url)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return (name, dtype, x) => {
    // behind the module's constants, and whole vectors of both
    const from = 4096;
    const to = from + Math.ceil(x.byteLength / 16) * 16;
    const missing = to + x.byteLength + 16 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    const View = dtype === "float64" ? Float64Array : Float32Array;
    new View(memory.buffer, from, x.length).set(x);
    (exports[`${name}${suffixOf(dtype)}`] as (out: number, x: number, n: number) => void)(to, from, x.length);
    return new View(memory.buffer, to, x.length).slice();
  };
}

/** Numbers rounded to a dtype. */
export function numbersOf(dtype: DType, values: ArrayLike<number>): DTypeArray {
  return dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values);
}

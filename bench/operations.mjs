// How many vector operations a kernel spends on a vector of elements, counted in the compiled module.
import { readFileSync } from "node:fs";

const WAT = new URL("../build/kernels.wat", import.meta.url);
const OPERATION =
  /\b[fi]\d+x\d+\.(add|sub|mul|div|pmin|pmax|min|max|shl|shr_[su]|eq|ne|lt|gt|le|ge|neg|abs|sqrt)\b/g;
/** A branch that stores nothing: it is for the rare numbers, which the vectors that are timed have not. */
const RARE = /\bif\b(?:(?!\b(?:if|end|v128\.store)\b).)*\bend\b/gs;
const VECTORS = { float64: "f64x2.", float32: "f32x4." };

/** The operations between registers for each vector that an exported kernel stores in its first loop over vectors of the
 *  dtype; loads and stores are not among them, nor what a branch that stores nothing does. */
export function vectorOperations(kernel, dtype, wat = readFileSync(WAT, "utf8")) {
  const start = wat.indexOf(`\n (func $assembly/index/${kernel} `);
  if (start < 0) throw new Error(`build/kernels.wat holds no kernel ${kernel}`);
  const body = wat.slice(start, wat.indexOf("\n (func ", start + 1));
  const loop = body.split(/\n\s+loop /).find((part, i) => i > 0 && part.includes(VECTORS[dtype]));
  if (loop === undefined) throw new Error(`${kernel} has no loop over vectors of ${dtype}`);
  const found = [...loop.replace(RARE, "").matchAll(OPERATION)].map(([, name]) => name);
  const vectors = [...loop.matchAll(/\bv128\.store\b/g)].length;
  const divisions = found.filter((name) => name === "div").length;
  return { all: found.length / vectors, divisions: divisions / vectors };
}

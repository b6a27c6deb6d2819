import { describe } from "./describe.ts";
import { ArgumentError } from "./errors.ts";
import type { Parameters } from "./initializers.ts";
import { checkMatrix, Matrix } from "./matrix.ts";

/**
 * What has a fingerprint: a matrix; a layer, that is, anything with `params`, or with `forward` and none; a `Network`,
 * by its linear layers; an object of named matrices, such as a layer's `params`; an array or other iterable of all these.
 */
export type Fingerprintable =
  | Matrix
  | {
      /** Those of a layer, or of what is like one. */
      readonly params: unknown;
    }
  | {
      /** Those of a network. */
      readonly linears: object & Iterable<Fingerprintable>;
    }
  | {
      /** What makes it a layer. */
      readonly forward: (input: Matrix) => unknown;
    }
  | Parameters
  | { readonly [name: string]: Matrix }
  | (object & Iterable<Fingerprintable>);

/**
 * The fingerprint of parameters: sixteen hexadecimal digits that are the same exactly when every bit of every
 * parameter is (but for a chance of 1 in 2^64), on every host. Two trainings that agree here agree everywhere.
 *
 * It is the 64-bit FNV-1a hash (Fowler, Noll and Vo: offset basis cbf29ce484222325, prime 100000001b3) of these bytes,
 * for one matrix after the other: the width of an element in bits (64 or 32), the rows and the columns, as three
 * little-endian 32-bit whole numbers, then the elements row after row, little-endian IEEE 754, every NaN as
 * 7ff8000000000000 or 7fc00000. Named parameters come in the order of their names: `W` before `b`.
 *
 * It tells apart what differs by accident; it does not withstand somebody who wants two things to look the same.
 *
 * @param parameters a matrix, layer or network, or an iterable of them
 * @throws ArgumentError for anything else, DisposedError for a disposed matrix, OrderError for a network that has no
 *   parameters yet
 * @example
 * fingerprint(Matrix.from([[0.1, 0.6]]));   // "3bd898ac50c7d597"
 * fingerprint(new LinearLayer([2, 4], 3));  // of its W and b; so of a network, or a list of either
 */
export function fingerprint(parameters: Fingerprintable): string {
  const hash = new Fnv1a();
  visit(parameters, hash, "fingerprint: the argument", new Set());
  return hash.toString();
}

/** @param open the objects on the way here, so that a circle ends with a sentence and not with the stack */
function visit(value: unknown, hash: Fnv1a, place: string, open: Set<unknown>): void {
  // one of another copy of the library is none for checkMatrix
  if (value instanceof Matrix || describe(value) === "a Matrix") {
    checkMatrix(value as Matrix, place);
    addMatrix(hash, value as Matrix);
    return;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) {
    throw new ArgumentError(`${place} must be a Matrix, a layer or a list of them, not ${describe(value)}`);
  }
  if (open.has(value)) throw new ArgumentError(`${place} contains itself`);
  open.add(value);
  if ("params" in value) {
    visit(value.params, hash, `${place}.params`, open);
  } else if ("linears" in value) {
    visit(value.linears, hash, `${place}.linears`, open);
  } else if (Symbol.iterator in value) {
    let i = 0;
    for (const element of value as Iterable<unknown>) visit(element, hash, `${place}[${i++}]`, open);
  } else if (!("forward" in value)) {
    visitNamed(value as Record<string, unknown>, hash, place, open);
  }
  open.delete(value);
}

function visitNamed(value: Record<string, unknown>, hash: Fnv1a, place: string, open: Set<unknown>): void {
  const names = Object.keys(value).sort();
  if (names.length === 0) throw new ArgumentError(`${place} is ${describe(value)} without parameters`);
  for (const name of names) visit(value[name], hash, `${place}.${name}`, open);
}

function addMatrix(hash: Fnv1a, { data, rows, cols }: Matrix): void {
  const double = data instanceof Float64Array;
  for (const header of [double ? 64 : 32, rows, cols]) hash.addUint32(header);
  const element = new DataView(new ArrayBuffer(8));
  for (const x of data) {
    if (double) {
      element.setFloat64(0, x, true);
      hash.addUint32(Number.isNaN(x) ? 0 : element.getUint32(0, true));
      hash.addUint32(Number.isNaN(x) ? 0x7ff80000 : element.getUint32(4, true));
    } else {
      element.setFloat32(0, x, true);
      hash.addUint32(Number.isNaN(x) ? 0x7fc00000 : element.getUint32(0, true));
    }
  }
}

/** FNV-1a in two halves of 32 bits: the prime is 2^40 + 435, so a product is a shift and two small products. */
class Fnv1a {
  #high = 0xcbf29ce4;
  #low = 0x84222325;

  addUint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) {
      const low = (this.#low ^ ((value >>> shift) & 255)) >>> 0;
      const product = low * 435;
      this.#high = (Math.imul(this.#high, 435) + (low << 8) + Math.floor(product / 2 ** 32)) >>> 0;
      this.#low = product >>> 0;
    }
  }

  toString(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(8, "0")).join("");
  }
}

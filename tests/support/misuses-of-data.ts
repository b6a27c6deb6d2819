import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";

const { ArgumentError, DTypeError, DisposedError, OutOfMemoryError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const { Matrix, RandomState, dot, fingerprint, init, permutation, randn, seed, transpose } = library as any;

const sizes: [name: string, value: unknown][] = [
  ["zero", 0],
  ["negative", -3],
  ["fractional", 2.5],
  ["NaN", Number.NaN],
  ["null", null],
  ["infinite", Number.POSITIVE_INFINITY],
  ["beyond whole numbers", 2 ** 53],
  ["a string", "3"],
  ["missing", undefined],
];

/** A wrong size, wherever one is taken; `call` passes it on. */
export function wrongSizes(name: string, call: (size: unknown) => unknown): Misuse[] {
  return sizes.map(([kind, size]) =>
    misuse(
      `${name} ${kind}`,
      () => call(size),
      ShapeError,
      "positive whole number",
      typeof size === "string" ? '"3"' : String(size),
    ),
  );
}

const seeds: [name: string, value: unknown][] = [
  ["negative", -1],
  ["of 2^32", 2 ** 32],
  ["fractional", 0.5],
  ["NaN", Number.NaN],
  ["a string", "48"],
  ["a BigInt", 48n],
  ["an array", [1, 2]],
];

function wrongSeeds(call: (seed: unknown) => unknown): Misuse[] {
  return seeds.map(([kind, value]) =>
    misuse(`a seed ${kind}`, () => call(value), ArgumentError, "from 0 to 4294967295", "not "),
  );
}

/** The misuses of what is not a layer, cost or prediction. */
export const misusesOfData: Record<string, Misuse[]> = {
  Matrix: [
    ...wrongSizes("rows", (n) => new Matrix(n, 2, "float64")),
    misuse("an unknown dtype", () => new Matrix(1, 1, "int8"), DTypeError, '"int8"', '"float32"'),
    misuse(
      "new for zeros",
      () => new Matrix(2, 3),
      ArgumentError,
      "made by Matrix.zeros(rows, cols)",
      "Matrix.fromFlat",
    ),
  ],
  "Matrix.zeros": [
    ...wrongSizes("rows", (n) => Matrix.zeros(n, 2)),
    ...wrongSizes("columns", (n) => Matrix.zeros(2, n)),
    misuse("an overflowing size", () => Matrix.zeros(65536, 65536), ShapeError, "34359738368 bytes", "4 GiB"),
    misuse("2^32 bytes to the byte", () => Matrix.zeros(2 ** 29, 1), ShapeError, "4294967296 bytes"),
    misuse("an unknown dtype", () => Matrix.zeros(2, 2, "float16"), DTypeError, '"float16"', '"float64"'),
    misuse("a dtype that is null", () => Matrix.zeros(2, 2, null), DTypeError, "null"),
    misuse(
      "a dtype that cannot be written",
      () => Matrix.zeros(2, 2, Object.create(null)),
      DTypeError,
      "object",
    ),
  ],
  "Matrix.from": [
    misuse("ragged rows", () => Matrix.from([[1, 2], [3]]), ShapeError, "row 0 has 2", "row 1 has 1"),
    misuse("no rows", () => Matrix.from([]), ShapeError, "at least one row"),
    misuse("an empty row", () => Matrix.from([[]]), ShapeError, "row 0 is empty"),
    misuse("a flat array", () => Matrix.from([1, 2]), ArgumentError, "row 0", "not 1", "[[1, 2, 3]]"),
    misuse("a row an argument", () => Matrix.from([1, 2], [3, 4]), ArgumentError, "row 0", "is written [[1, 2, 3]]"), // biome-ignore format: one line
    misuse("a string", () => Matrix.from("12"), ArgumentError, "array of rows", '"12"'),
    misuse("nothing", () => Matrix.from(), ArgumentError, "undefined"),
    misuse("a string element", () => Matrix.from([[1, "2"]]), ArgumentError, "row 0, column 1", '"2"'),
    misuse("a hole", () => Matrix.from([Array(2)]), ArgumentError, "row 0, column 0", "undefined"),
    misuse("null in a later row", () => Matrix.from([[1], [null]]), ArgumentError, "row 1, column 0", "null"),
    misuse("BigInts", () => Matrix.from([new BigInt64Array(2)]), ArgumentError, "row 0, column 0", "bigint"),
    misuse("an unknown dtype", () => Matrix.from([[1]], "float"), DTypeError, '"float"'),
  ],
  "Matrix.fromFlat": [
    misuse("too few", () => Matrix.fromFlat([1, 2, 3], [2, 2]), ShapeError, "2×2 matrix", "length 4, not 3"),
    misuse("too many", () => Matrix.fromFlat([1, 2, 3, 4, 5], [2, 2]), ShapeError, "length 4, not 5"),
    misuse("no array", () => Matrix.fromFlat(7, [1, 1]), ArgumentError, "array of numbers", "not 7"),
    misuse(
      "a DataView",
      () => Matrix.fromFlat(new DataView(new ArrayBuffer(8)), [1, 8]),
      ArgumentError,
      "DataView",
    ),
    misuse("a string element", () => Matrix.fromFlat([1, "2"], [1, 2]), ArgumentError, "element 1", '"2"'),
    misuse("two sizes", () => Matrix.fromFlat([1, 2], 1, 2), ShapeError, "must be [rows, columns]", "not 1"),
    misuse("no shape", () => Matrix.fromFlat([1]), ShapeError, "[rows, columns]", "undefined"),
    misuse(
      "a shape of three",
      () => Matrix.fromFlat([1], [1, 1, 1]),
      ShapeError,
      "[rows, columns]",
      "length 3",
    ),
    misuse("an overflowing shape", () => Matrix.fromFlat([1], [2 ** 26, 2 ** 26]), ShapeError, "4 GiB"),
    misuse("an unknown dtype", () => Matrix.fromFlat([1], [1, 1], 64), DTypeError, "64"),
    ...wrongSizes("rows", (n) => Matrix.fromFlat([1], [n, 1])),
  ],
  "Matrix.toJSON": [
    misuse("a disposed matrix", (w) => w.disposed.toJSON(), DisposedError, "2×4", "disposed"),
  ],
  "Matrix.toArray": [
    misuse("a disposed matrix", (w) => w.disposed.toArray(), DisposedError, "2×4", "disposed"),
  ],
  "Matrix.toString": [
    misuse("a disposed matrix", (w) => String(w.disposed), DisposedError, "2×4", "disposed"),
  ],
  "Matrix.data": [misuse("a disposed matrix", (w) => w.disposed.data, DisposedError, "2×4", "disposed")],
  dot: [
    misuse("inner sizes", (w) => dot(w.X, w.X), ShapeError, "2×4", "columns (4)", "rows (2)"),
    misuse("dtypes", (w) => dot(w.square, w.X32), DTypeError, "b is float32", "float64 is needed"),
    misuse("no matrix", (w) => dot(w.X, [[1]]), ArgumentError, "b must be a Matrix", "an array of length 1"),
    misuse("a turn in words", (w) => dot(w.X, w.X, undefined, { transposeA: "no" }), ArgumentError, "dot: transposeA must be true or false", '"no"'), // biome-ignore format: one line
    misuse("options third", (w) => dot(w.X, w.X, { transposeB: true }), ArgumentError, "options come fourth, as in dot(a, b, undefined, { transposeB: true })"), // biome-ignore format: one line
    misuse("nothing", () => dot(), ArgumentError, "a must be a Matrix", "undefined"),
    misuse("a disposed matrix", (w) => dot(w.disposed, w.X), DisposedError, "dot: a", "disposed"),
    misuse("out of another shape", (w) => dot(w.square, w.X, w.Y), ShapeError, "out is 1×4", "2×4"),
    misuse("out of another dtype", (w) => dot(w.square, w.X, w.X32), DTypeError, "out is float32"),
    misuse("out as an operand", (w) => dot(w.square, w.X, w.X), ArgumentError, "out may not be an operand"),
    misuse(
      "out that is null",
      (w) => dot(w.square, w.X, null),
      ArgumentError,
      "out must be a Matrix",
      "null",
    ),
  ],
  transpose: [
    misuse("no matrix", () => transpose({}), ArgumentError, "a must be a Matrix", "not an object"),
    misuse("a disposed matrix", (w) => transpose(w.disposed), DisposedError, "disposed"),
    misuse("out of another shape", (w) => transpose(w.X, w.Y), ShapeError, "out is 1×4", "4×2"),
    misuse("out as its operand", (w) => transpose(w.square, w.square), ArgumentError, "out may not be"),
  ],
  seed: [...wrongSeeds((n) => seed(n)), misuse("no seed", () => seed(), ArgumentError, "undefined")],
  randn: [...wrongSizes("rows", (n) => randn(n, 2)), ...wrongSizes("columns", (n) => randn(2, n))],
  permutation: [
    ...wrongSizes("length", (n) => permutation(n)),
    misuse("too long", () => permutation(2 ** 31), OutOfMemoryError, "2147483648 numbers", "no room"),
  ],
  RandomState: wrongSeeds((n) => new RandomState(n)),
  "RandomState.seed": wrongSeeds((n) => new RandomState(1).seed(n)),
  "RandomState.randn": wrongSizes("rows", (n) => new RandomState(1).randn(n, 1)),
  "RandomState.permutation": wrongSizes("length", (n) => new RandomState(1).permutation(n)),
  "RandomState.shuffle": [
    misuse("nothing", (w) => w.random.shuffle(), ArgumentError, "array", "undefined"),
    misuse("a string", (w) => w.random.shuffle("abc"), ArgumentError, '"abc"'),
    misuse(
      "a frozen array",
      (w) => w.random.shuffle(Object.freeze([1, 2, 3])),
      ArgumentError,
      "may be written",
    ),
  ],
  fingerprint: [
    misuse("nothing", () => fingerprint(), ArgumentError, "the argument must be a Matrix", "undefined"),
    misuse("a list with a number", (w) => fingerprint([w.X, 3]), ArgumentError, "the argument[1]", "not 3"),
    misuse("an array of numbers", () => fingerprint(new Float64Array(2)), ArgumentError, "Float64Array"),
    misuse("an empty object", () => fingerprint({}), ArgumentError, "without parameters"),
    misuse("a disposed matrix", (w) => fingerprint(w.disposed), DisposedError, "disposed"),
    misuse("a disposed layer", (w) => fingerprint([w.disposedLinear]), DisposedError, "[0].params.W"),
  ],
  init: [
    misuse("null", () => init(null), ArgumentError, "WebAssembly.Module", "null"),
    misuse("a string", () => init("kernels.wasm"), ArgumentError, "WebAssembly.Module", "string"),
    misuse("a promise", () => init(Promise.resolve()), ArgumentError, "not a Promise"),
    misuse("bytes once the kernels run", () => init(new Uint8Array(8)), ArgumentError, "started already"),
  ],
};

import { type Block, blockFor, giveBack } from "./block.ts";
import { Compared } from "./compared.ts";
import { describe, describeOther } from "./describe.ts";
import { ArgumentError, DisposedError, DTypeError, ShapeError } from "./errors.ts";
import { checkDType, type DType, type DTypeArray } from "./kernels/dtype.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { layoutChanged, tell, tellings } from "./kernels/layout.ts";
import { runtime } from "./kernels/runtime.ts";
import { isList } from "./list.ts";
import { checkedBytes, checkNested, checkNumbers, checkShape, type Shape } from "./matrix-checks.ts";

/** The matrix of each view: who keeps only `matrix.data` keeps the memory that it shows. */
const owners = new WeakMap<DTypeArray, Matrix>();

/**
 * A matrix of numbers in the linear memory, row-major, of dtype "float64" (default) or "float32". Columns are
 * examples throughout the library: data is (features × examples).
 *
 * A matrix that is dropped gives its memory back once the engine has collected it and the event loop has turned; `dispose()` (or
 * `using`) does so at once. The engine does not see how large it is: a loop that drops matrices of 8 MB may fill the 4 GiB first.
 *
 * `structuredClone` and `postMessage` do not see its numbers: send `toArray()`, or `data.slice()` with the shape.
 *
 * @example
 * const X = Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]);   // 2 features × 4 examples
 * X.shape;                                              // [2, 4]
 * X.toArray();                                          // [[0, 0, 1, 1], [0, 1, 0, 1]]
 */
export class Matrix {
  /** Element type: 64-bit or 32-bit floating point. */
  readonly dtype: DType;
  #rows: number;
  #cols: number;
  /** The block's pointer once more, since steps read it often. */
  #pointer: number;
  readonly #block: Block;
  /** The view that was read last, and the one before, of another number of columns or a memory that has grown. */
  #view: DTypeArray | undefined;
  #formerView: DTypeArray | undefined;
  /** The count of tellings when somebody relied on this one last; he does as long as it is the same. */
  #reliedAt = -1;
  #gradient: Matrix | undefined;
  #compared: Compared | undefined = undefined;

  /** @internal Contents are unset; the public doors are `zeros`, `from` and `fromFlat`. */
  constructor(rows: number, cols: number, dtype: DType) {
    if (dtype === undefined) {
      throw new ArgumentError(
        "a Matrix is made by Matrix.zeros(rows, cols), Matrix.from(rows) or Matrix.fromFlat",
      );
    }
    checkDType(dtype);
    const bytes = checkedBytes(rows, cols, dtype);
    this.dtype = dtype;
    this.#rows = rows;
    this.#cols = cols;
    this.#block = blockFor(this, bytes);
    this.#pointer = this.#block.pointer;
  }

  /**
   * A matrix of zeros.
   * @throws ShapeError unless rows and cols are positive whole numbers whose matrix a 4 GiB memory can hold
   * @throws DTypeError for an unknown dtype
   * @throws OutOfMemoryError when the memory cannot grow
   * @example
   * Matrix.zeros(2, 3).toArray();   // [[0, 0, 0], [0, 0, 0]]
   */
  static zeros(rows: number, cols: number, dtype: DType = "float64"): Matrix {
    const matrix = new Matrix(rows, cols, dtype);
    matrix.data.fill(0);
    return matrix;
  }

  /**
   * A matrix of the given rows, copied.
   * @param nested an array of equally long rows (arrays or typed arrays) of numbers
   * @throws ShapeError for no rows, empty rows or rows of different lengths
   * @throws ArgumentError for anything that is not a number
   * @throws DTypeError for an unknown dtype
   * @example
   * Matrix.from([[1, 2], [3, 4]]).shape;   // [2, 2]
   */
  static from(nested: ArrayLike<ArrayLike<number>>, dtype: DType = "float64"): Matrix {
    const { rows, cols } = checkNested(nested);
    const sources = Array.from(nested, outsideMemory);
    const matrix = new Matrix(rows, cols, dtype);
    const { data } = matrix;
    for (let i = 0; i < rows; i++) data.set(sources[i], i * cols);
    return matrix;
  }

  /**
   * A matrix of the given numbers, row after row, copied.
   * @param data rows × cols numbers in an array or typed array
   * @throws ShapeError for a shape that is none, or when their count is not rows × cols
   * @throws ArgumentError for anything that is not a number
   * @throws DTypeError for an unknown dtype
   * @example
   * Matrix.fromFlat([1, 2, 3, 4, 5, 6], [2, 3]).toArray();   // [[1, 2, 3], [4, 5, 6]]
   */
  static fromFlat(data: ArrayLike<number>, shape: Shape, dtype: DType = "float64"): Matrix {
    const [rows, cols] = checkShape(shape);
    if (!isList<number>(data)) {
      throw new ArgumentError(`Matrix.fromFlat takes an array of numbers, not ${describe(data)}`);
    }
    checkedBytes(rows, cols, dtype);
    if (data.length !== rows * cols) {
      throw new ShapeError(
        `a ${rows}×${cols} matrix needs data of length ${rows * cols}, not ${data.length}`,
      );
    }
    checkNumbers(data, (i) => `element ${i}`);
    const source = outsideMemory(data);
    const matrix = new Matrix(rows, cols, dtype);
    matrix.data.set(source);
    return matrix;
  }

  /** Number of rows. */
  get rows(): number {
    return this.#rows;
  }

  /** Number of columns. */
  get cols(): number {
    return this.#cols;
  }

  /** @internal Vue and others wrap objects without a tag in proxies, which have no private fields. */
  get [Symbol.toStringTag](): string {
    return "Matrix";
  }

  /** [rows, cols] */
  get shape(): [number, number] {
    return [this.#rows, this.#cols];
  }

  /** rows × cols */
  get size(): number {
    return this.#rows * this.#cols;
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#pointer === 0;
  }

  /**
   * The elements themselves, row after row, as a typed array on the linear memory: what is written here is in the
   * matrix. Read the property anew after making other matrices, since growth of the memory detaches older views.
   * @throws DisposedError after `dispose()`
   */
  get data(): DTypeArray {
    const pointer = this.#pointer;
    if (pointer === 0) throw new DisposedError(`this ${this.#rows}×${this.#cols} matrix was disposed`);
    const { buffer } = runtime().memory;
    const view = this.#view;
    if (shows(view, buffer, pointer, this.size)) return view;
    const former = this.#formerView;
    this.#formerView = view;
    // a short last batch and a full one alternate; each view made anew, and its owner, is garbage to collect
    this.#view = former;
    if (shows(former, buffer, pointer, this.size)) return former;
    const List = this.dtype === "float64" ? Float64Array : Float32Array;
    this.#view = new List(buffer, pointer, this.size);
    owners.set(this.#view, this);
    return this.#view;
  }

  /** @internal The address of the elements; 0 after `dispose()`. */
  get pointer(): number {
    return this.#pointer;
  }

  /**
   * @internal Changes the number of columns; the contents are lost. Memory is asked for only beyond the largest
   * number so far, so a short last batch and a full one can alternate for ever. A failure changes nothing.
   */
  resizeColumns(cols: number): void {
    const bytes = checkedBytes(this.#rows, cols, this.dtype);
    const block = this.#block;
    if (bytes > block.bytes) {
      const pointer = runtime().arena.allocate(bytes);
      runtime().arena.free(block.pointer);
      this.#pointer = pointer;
      block.pointer = pointer;
      block.bytes = bytes;
      layoutChanged();
    } else if (this.#reliedAt === tellings) {
      tell();
    }
    this.#cols = cols;
  }

  /** @internal Somebody relies on the matrix as it is, until he is told that something has changed. */
  relied(): void {
    this.#reliedAt = tellings;
  }

  /**
   * @internal A matrix that is kept with this one, for what goes with it: the gradient of a cost with respect to it, or squares and
   * terms on the way to a sum. Made at the first call, of this one's shape at every call, so that a training loop allocates
   * nothing. It is disposed with this one.
   */
  gradient(): Matrix {
    const kept = this.#gradient;
    if (kept === undefined || kept.pointer === 0) {
      this.#gradient = new Matrix(this.#rows, this.#cols, this.dtype);
      return this.#gradient;
    }
    if (kept.#cols !== this.#cols) kept.resizeColumns(this.#cols);
    return kept;
  }

  /** @internal What a cost has found of this matrix and the labels that it was compared with. */
  get compared(): Compared | undefined {
    return this.#compared;
  }

  /** @internal Keeps what a cost has found. */
  compare(labels: Matrix, gradient: Matrix, kernels: Kernels): Compared {
    this.#compared ??= new Compared();
    this.#compared.keep(this, labels, gradient, kernels);
    return this.#compared;
  }

  /** The elements as nested arrays, copied. @throws DisposedError after `dispose()` */
  toArray(): number[][] {
    const { data } = this;
    return Array.from({ length: this.#rows }, (_, i) =>
      Array.from(data.subarray(i * this.#cols, (i + 1) * this.#cols)),
    );
  }

  /** Its rows, for JSON.stringify; where all are finite, `Matrix.from` makes a matrix of them again. @throws DisposedError after `dispose()` */
  toJSON(): number[][] {
    return this.toArray();
  }

  /** NumPy's way of writing a matrix: `[[0 1 1 0]]`. @throws DisposedError after `dispose()` */
  toString(): string {
    return `[${this.toArray()
      .map((row) => `[${row.join(" ")}]`)
      .join("\n ")}]`;
  }

  /** Gives the memory back now. Every later use throws `DisposedError`; disposing again does nothing. */
  dispose(): void {
    giveBack(this.#block);
    this.#pointer = 0;
    this.#view = undefined;
    this.#formerView = undefined;
    this.#gradient?.dispose();
    this.#gradient = undefined;
    this.#compared?.room?.dispose();
    this.#compared = undefined;
    layoutChanged(this.#reliedAt === tellings);
  }

  /** `dispose()`, for `using matrix = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Whether a view is of so many elements at that place in the memory as it is now. */
function shows(
  view: DTypeArray | undefined,
  buffer: ArrayBuffer,
  pointer: number,
  size: number,
): view is DTypeArray {
  return view !== undefined && view.buffer === buffer && view.byteOffset === pointer && view.length === size;
}

/**
 * @internal Makes several matrices or none: when `make` throws, those that it has passed to `keep` are given back.
 */
export function allOrNone<T>(make: (keep: (matrix: Matrix) => Matrix) => T): T {
  const made: Matrix[] = [];
  try {
    return make((matrix) => {
      made.push(matrix);
      return matrix;
    });
  } catch (error) {
    for (const matrix of made) matrix.dispose();
    throw error;
  }
}

/**
 * @internal Checks an operand once, at the door.
 * @param role how the caller's message names it, such as "LinearLayer.forward: APrev"
 * @throws ArgumentError, DisposedError or DTypeError
 */
export function checkMatrix(value: Matrix, role: string, dtype?: DType): void {
  if (!(value instanceof Matrix)) {
    throw new ArgumentError(
      `${role} must be a Matrix, not ${describeOther("Matrix", value)}; Matrix.from([[…]]) makes one`,
    );
  }
  if (value.pointer === 0)
    throw new DisposedError(`${role}: this ${value.rows}×${value.cols} matrix was disposed`);
  if (dtype !== undefined && value.dtype !== dtype) {
    throw new DTypeError(
      `${role} is ${value.dtype} where ${dtype} is needed; give both the same dtype when you make them`,
    );
  }
}

/** @internal Whether checkMatrix has nothing to say of a, nor of b where a's dtype is needed; builds no message to find out. */
export function areLive(a: Matrix, b: Matrix): boolean {
  return a instanceof Matrix && b instanceof Matrix && a.pointer > 0 && b.pointer > 0 && a.dtype === b.dtype;
}

/** `values`, copied when they lie in the linear memory, whose growth would empty them. */
function outsideMemory(values: ArrayLike<number>): ArrayLike<number> {
  const lies = ArrayBuffer.isView(values) && values.buffer === runtime().memory.buffer;
  return lies ? (values as unknown as DTypeArray).slice() : values;
}

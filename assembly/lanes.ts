// The width of a 128-bit vector in elements of T, and loads and stores of less than a vector.
//
// A kernel of n elements, none of which knows another, walks whole vectors. The last one may begin with the last element:
// it reads and writes up to 12 bytes behind it, of the 28 that the arena keeps behind every block (src/wasm/arena.ts), and sigmoid.ts
// reads a vector further. An element's bits do not depend on its position then, and a tail costs one vector instead of one for each of
// its elements.
//
// A pointer that walks down a column, not the first, ends up to a row behind its matrix; beyond 2^32, where the matrix is the
// last block of 4 GiB, that end is a small number. So such a loop asks whether the pointer is at its end, not below it.

/** Whether this is the turbo build, for V8's revectorizer: it makes one 256-bit vector of two that lie side by side and
 *  are stored so, where all that leads to them is alike. asconfig.json says it. */
// @ts-ignore: given by the compiler's option `use`
export const IN_PAIRS: bool = PAIRED != 0;

/** Elements of T in a 128-bit vector: 2 for f64, 4 for f32. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): usize {
  return 16 / sizeof<T>();
}

/** One element in lane 0, zeros in the other lanes. */
// @ts-ignore: decorator
@inline
export function loadOne<T>(pointer: usize): v128 {
  if (sizeof<T>() == 8) return v128.load64_zero(pointer);
  return v128.load32_zero(pointer);
}

/** Stores lane 0. */
// @ts-ignore: decorator
@inline
export function storeOne<T>(pointer: usize, vector: v128): void {
  if (sizeof<T>() == 8) v128.store64_lane(pointer, vector, 0);
  else v128.store32_lane(pointer, vector, 0);
}

/** Stores two vectors side by side: the higher first, as the revectorizer finds its pairs. */
// @ts-ignore: decorator
@inline
export function storePair(pointer: usize, low: v128, high: v128): void {
  v128.store(pointer, high, 16);
  v128.store(pointer, low);
}

/** Stores the first of two vectors and, if there are `two`, the second beside it; `two` is a constant where this is inlined. */
// @ts-ignore: decorator
@inline
export function storeOneOrTwo(pointer: usize, first: v128, second: v128, two: bool): void {
  if (two) storePair(pointer, first, second);
  else v128.store(pointer, first);
}

/** Checked builds trap here on a pointer that no matrix could have. */
// @ts-ignore: decorator
@inline
export function assertAligned<T>(pointer: usize): void {
  assert(pointer != 0 && pointer % sizeof<T>() == 0, "a pointer is null or not aligned to its element");
}

const FIRST_BYTES = memory.data<u64>([-1, -1, 0, 0], 16);

/** Stores the lanes of a vector that lie in a row of `left` more bytes: the others are the next row's. */
// @ts-ignore: decorator
@inline
export function storeInRow(pointer: usize, vector: v128, left: usize): void {
  if (left < 16) {
    const isInRow = v128.load(FIRST_BYTES + 16 - left);
    vector = v128.bitselect(vector, v128.load(pointer), isInRow);
  }
  v128.store(pointer, vector);
}

/** The same in a row of `left` more bytes, which both lie in if there are `two`. */
// @ts-ignore: decorator
@inline
export function storeOneOrTwoInRow(pointer: usize, low: v128, high: v128, left: usize, two: bool): void {
  if (two) storePair(pointer, low, high);
  else storeInRow(pointer, low, left);
}

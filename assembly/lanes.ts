// The width of a 128-bit vector in elements of T, and loads and stores of a single element. A kernel runs its
// tail through the same vector code with one live lane, so an element's bits do not depend on its position.

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

/** Checked builds trap here on a pointer that no matrix could have. */
// @ts-ignore: decorator
@inline
export function assertAligned<T>(pointer: usize): void {
  assert(pointer != 0 && pointer % sizeof<T>() == 0, "a pointer is null or not aligned to its element");
}

/** A vector, or one element of it: what a kernel with one loop body for both reads and writes by. */
// @ts-ignore: decorator
@inline
export function read<T>(pointer: usize, single: bool): v128 {
  return single ? loadOne<T>(pointer) : v128.load(pointer);
}

// @ts-ignore: decorator
@inline
export function write<T>(pointer: usize, vector: v128, single: bool): void {
  if (single) storeOne<T>(pointer, vector);
  else v128.store(pointer, vector);
}

/** Whether less than a whole vector is left before `bytes`. */
// @ts-ignore: decorator
@inline
export function isTail(i: usize, bytes: usize): bool {
  return i + 16 > bytes;
}

/** Bytes that a step went on by. */
// @ts-ignore: decorator
@inline
export function stepOf<T>(single: bool): usize {
  return single ? sizeof<T>() : 16;
}

// The width of a 128-bit vector in elements of T, and loads and stores of a single element. A kernel runs its
// tail through the same vector code with one live lane, so an element's bits do not depend on its position.

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

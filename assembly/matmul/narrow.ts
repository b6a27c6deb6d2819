// A product of few rows that are at most two vectors long, as a small layer's are. direct.ts takes rows by fours and threes, and
// spends more on finding out how than on multiplying where one or two are left: two rows take 0.5 to 0.85 times as long here.

import { zero } from "../constants";
import { assertAligned } from "../lanes";

/** Whether the product of elements of `size` bytes is one of few short rows: of two, or of so little that rows by fours, or a
 *  column's by vectors, are not worth it. That is a little more where by fours one or two rows are left, and where three or four
 *  rows are one column, which takes 0.75 to 1.0 times as long here; a longer column takes up to 1.3. */
export function isNarrow(m: usize, n: usize, k: usize, size: usize): bool {
  if (n == 1 && m > 4) return false;
  const most: usize = (m & 3) - 1 < 2 ? 20 : n == 1 ? 12 : 8;
  return n * size <= 32 && (m == 2 || m * k <= most);
}

/** What multiplyDirect computes, for a product that isNarrow; `biased` or not is known where this is inlined. */
// @ts-ignore: decorator
@inline
export function multiplyNarrow<T>(
  c: usize, a: usize, b: usize, bias: usize, m: usize, n: usize, k: usize, aRow: usize, aStep: usize, biased: bool,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = n * sizeof<T>();
  const end = c + m * line;
  // What a row writes beyond its end the next one overwrites.
  if (line > 16) {
    if (k == 1 && !biased) {
      // each row is the only one of b times a number: dA of a layer with one output
      const left = v128.load(b), right = v128.load(b, 16);
      const nothing = zero<T>();
      for (; c < end; c += line, a += aRow) {
        const factor = v128.load_splat<T>(a);
        v128.store(c, v128.add<T>(nothing, v128.mul<T>(factor, left)));
        v128.store(c, v128.add<T>(nothing, v128.mul<T>(factor, right)), 16);
      }
      return;
    }
    // a row of two vectors
    for (; c < end; c += line, a += aRow, bias += sizeof<T>()) {
      let left = zero<T>(), right = left;
      let pa = a;
      let pb = b;
      for (let p = k; p > 0; p--, pa += aStep, pb += line) {
        const factor = v128.load_splat<T>(pa);
        left = v128.add<T>(left, v128.mul<T>(factor, v128.load(pb)));
        right = v128.add<T>(right, v128.mul<T>(factor, v128.load(pb, 16)));
      }
      if (biased) {
        const x = v128.load_splat<T>(bias);
        left = v128.add<T>(left, x);
        right = v128.add<T>(right, x);
      }
      v128.store(c, left);
      v128.store(c, right, 16);
    }
    return;
  }
  // two rows of a vector each, the last one twice if it has no other beside it
  const last = end - line;
  for (; c < end; c += 2 * line, a += 2 * aRow, bias += 2 * sizeof<T>()) {
    const single = c == last;
    const next: usize = single ? 0 : aRow;
    let upper = zero<T>(), lower = upper;
    let pa = a;
    let pb = b;
    for (let p = k; p > 0; p--, pa += aStep, pb += line) {
      const row = v128.load(pb);
      upper = v128.add<T>(upper, v128.mul<T>(v128.load_splat<T>(pa), row));
      lower = v128.add<T>(lower, v128.mul<T>(v128.load_splat<T>(pa + next), row));
    }
    if (biased) {
      upper = v128.add<T>(upper, v128.load_splat<T>(bias));
      lower = v128.add<T>(lower, v128.load_splat<T>(bias + sizeof<T>()));
    }
    v128.store(c, upper);
    if (!single) v128.store(c + line, lower);
  }
}

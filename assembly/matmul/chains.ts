// A small product with a transposed right operand, whose rows run along k: no vector runs across them, so two columns of c
// share the lanes of one. The bits are those of direct.ts, one chain over k for each element.

import { zero } from "../constants";
import { assertAligned, storeOne } from "../lanes";

/** c(m × n) = a(m × k) · b(n × k)ᵀ, each element the dot product of two rows: 4 rows of a by 2 of b at a time, then what is
 *  left; n and k are not 0. Unless sums is 0, sums(m × 1) = the sum of each row of a, in order. */
export function multiplyChains<T>(c: usize, a: usize, b: usize, sums: usize, m: usize, n: usize, k: usize): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  if (sums) assertAligned<T>(sums);
  const line = k * sizeof<T>();
  const outLine = n * sizeof<T>();
  const sumsStep = sums ? sizeof<T>() : 0;
  for (; m >= 4; m -= 4, a += 4 * line, c += 4 * outLine, sums += 4 * sumsStep) {
    multiplyRowsNT<T>(c, a, b, sums, n, line, outLine, 4, 2);
  }
  if (m > 1) multiplyRowsNT<T>(c, a, b, sums, n, line, outLine, 3, m - 1);
  else if (m == 1) multiplyRowsNT<T>(c, a, b, sums, n, line, outLine, 1, 0);
}

/** 1, 3 or 4 rows of a, a constant where this is inlined; of two, `last` (1 instead of 2) makes the third the second over again.
 *  A last column that has no other beside it is met twice. */
// @ts-ignore: decorator
@inline
function multiplyRowsNT<T>(
  c: usize, a: usize, b: usize, sums: usize, n: usize, line: usize, outLine: usize, rows: i32, last: usize,
): void {
  const aEnd = a + line;
  const aLast = last * line;
  for (let left = n; ; left -= 2) {
    const single = left == 1;
    const other: usize = single ? 0 : line;
    let c0 = zero<T>(), c1 = c0, c2 = c0, c3 = c0, s0 = c0, s1 = c0, s2 = c0, s3 = c0;
    let pa = a, pb = b;
    do {
      const pair = loadPair<T>(pb, pb + other);
      let factor = v128.load_splat<T>(pa);
      c0 = v128.add<T>(c0, v128.mul<T>(factor, pair));
      s0 = v128.add<T>(s0, factor);
      if (rows > 1) {
        factor = v128.load_splat<T>(pa + line);
        c1 = v128.add<T>(c1, v128.mul<T>(factor, pair));
        s1 = v128.add<T>(s1, factor);
        factor = v128.load_splat<T>(pa + aLast);
        c2 = v128.add<T>(c2, v128.mul<T>(factor, pair));
        s2 = v128.add<T>(s2, factor);
      }
      if (rows == 4) {
        factor = v128.load_splat<T>(pa + 3 * line);
        c3 = v128.add<T>(c3, v128.mul<T>(factor, pair));
        s3 = v128.add<T>(s3, factor);
      }
      pa += sizeof<T>();
      pb += sizeof<T>();
    } while (pa < aEnd);
    storeElements<T>(c, c0, single);
    if (rows > 1) {
      storeElements<T>(c + outLine, c1, single);
      storeElements<T>(c + last * outLine, c2, single);
    }
    if (rows == 4) storeElements<T>(c + 3 * outLine, c3, single);
    if (left <= 2) {
      if (sums) {
        storeOne<T>(sums, s0);
        if (rows > 1) {
          storeOne<T>(sums + sizeof<T>(), s1);
          storeOne<T>(sums + last * sizeof<T>(), s2);
        }
        if (rows == 4) storeOne<T>(sums + 3 * sizeof<T>(), s3);
      }
      return;
    }
    b += 2 * line;
    c += 2 * sizeof<T>();
  }
}

/** The elements at p and q in lanes 0 and 1. */
// @ts-ignore: decorator
@inline
function loadPair<T>(p: usize, q: usize): v128 {
  if (sizeof<T>() == 8) return v128.load64_lane(q, v128.load64_zero(p), 1);
  return v128.load32_lane(q, v128.load32_zero(p), 1);
}

/** Stores the elements in lanes 0 and 1, or, of a last column that has no other beside it, the first of them. */
// @ts-ignore: decorator
@inline
function storeElements<T>(c: usize, pair: v128, single: bool): void {
  if (single) storeOne<T>(c, pair);
  else if (sizeof<T>() == 8) v128.store(c, pair);
  else v128.store64_lane(c, pair, 0);
}

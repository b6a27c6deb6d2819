// One column of c: c[i] is row i of a times the column b, and no vector runs across rows that lie apart. So a square of one
// vector's width is multiplied by a vector of b and turned in registers, and its rows' chains go on side by side:
//
//   a[i]     · b[p…]     p0 p1 p2 p3        p0 q0 r0 s0   first
//   a[i + 1] · b[p…]     q0 q1 q2 q3   →    p1 q1 r1 s1   then         c[i…i + 3] += each of them, in order
//   a[i + 2] · b[p…]     r0 r1 r2 r3        p2 q2 r2 s2   then
//   a[i + 3] · b[p…]     s0 s1 s2 s3        p3 q3 r3 s3   last         two of two in f64

import { zero } from "../constants";
import { assertAligned, lanes } from "../lanes";

/** Vectors of rows that go on side by side, so that the adders do not wait for a chain: 6 rows in f64, 8 in f32. */
// @ts-ignore: decorator
@inline
function vectors<T>(): usize {
  return sizeof<T>() == 8 ? 3 : 2;
}

/** Rows that go on side by side. */
// @ts-ignore: decorator
@inline
function columnRows<T>(): usize {
  return vectors<T>() * lanes<T>();
}

/** c(m × 1) = a(m × k) · b(k × 1), then, unless bias is 0, + bias(m × 1); m is a vector's lanes at least. What is left of the
 *  rows goes with some of those before it once more: another pass takes as long however few rows it has. */
export function multiplyColumn<T>(c: usize, a: usize, b: usize, bias: usize, m: usize, k: usize): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = k * sizeof<T>();
  const biasStep = bias ? sizeof<T>() : 0;
  const rows = min<usize>(m, columnRows<T>());
  const last = rows - lanes<T>();
  const second = min<usize>(last, lanes<T>());
  for (let i: usize = 0; ; i = min<usize>(i + rows, m - rows)) {
    multiplySquares<T>(
      c + i * sizeof<T>(), a + i * line, b, bias + i * biasStep, k, line, second, last, biasStep,
    );
    if (i + rows == m) return;
  }
}

/** The rows of a from its first one, from row `second` and, in f64, from row `last` on, a vector each. What is left of k in f32 goes by
 *  squares too, of which only so many columns are added: the others are what lies behind. Of 127 rows over 3 that takes 0.73 times as
 *  long as elements gathered one by one, over 7 0.77; in f64, where one is left, 1.0 to 1.08. */
// @ts-ignore: decorator
@inline
function multiplySquares<T>(
  c: usize, a: usize, b: usize, bias: usize, k: usize, line: usize, second: usize, last: usize, biasStep: usize,
): void {
  let a1 = a + second * line;
  let a2 = a + last * line;
  let c0 = zero<T>(), c1 = c0, c2 = c0;
  if (sizeof<T>() == 8) {
    for (; k > 1; k -= 2, a += 16, a1 += 16, a2 += 16, b += 16) {
      const x = v128.load(b);
      c0 = addSquare(c0, a, line, x);
      c1 = addSquare(c1, a1, line, x);
      c2 = addSquare(c2, a2, line, x);
    }
    if (k) {
      const x = v128.load64_splat(b);
      c0 = f64x2.add(c0, f64x2.mul(down(a, line), x));
      c1 = f64x2.add(c1, f64x2.mul(down(a1, line), x));
      c2 = f64x2.add(c2, f64x2.mul(down(a2, line), x));
    }
  } else {
    for (; k > 0; k -= 4, a += 16, a1 += 16, b += 16) {
      const x = v128.load(b);
      const p0 = f32x4.mul(v128.load(a), x), q0 = f32x4.mul(v128.load(a + line), x);
      const r0 = f32x4.mul(v128.load(a + 2 * line), x), s0 = f32x4.mul(v128.load(a + 3 * line), x);
      const p1 = f32x4.mul(v128.load(a1), x), q1 = f32x4.mul(v128.load(a1 + line), x);
      const r1 = f32x4.mul(v128.load(a1 + 2 * line), x), s1 = f32x4.mul(v128.load(a1 + 3 * line), x);
      const low0 = v128.shuffle<f32>(p0, q0, 0, 4, 1, 5), high0 = v128.shuffle<f32>(r0, s0, 0, 4, 1, 5);
      const low1 = v128.shuffle<f32>(p1, q1, 0, 4, 1, 5), high1 = v128.shuffle<f32>(r1, s1, 0, 4, 1, 5);
      c0 = f32x4.add(c0, v128.shuffle<f64>(low0, high0, 0, 2));
      c1 = f32x4.add(c1, v128.shuffle<f64>(low1, high1, 0, 2));
      if (k == 1) break;
      c0 = f32x4.add(c0, v128.shuffle<f64>(low0, high0, 1, 3));
      c1 = f32x4.add(c1, v128.shuffle<f64>(low1, high1, 1, 3));
      if (k == 2) break;
      const low2 = v128.shuffle<f32>(p0, q0, 2, 6, 3, 7), high2 = v128.shuffle<f32>(r0, s0, 2, 6, 3, 7);
      const low3 = v128.shuffle<f32>(p1, q1, 2, 6, 3, 7), high3 = v128.shuffle<f32>(r1, s1, 2, 6, 3, 7);
      c0 = f32x4.add(c0, v128.shuffle<f64>(low2, high2, 0, 2));
      c1 = f32x4.add(c1, v128.shuffle<f64>(low3, high3, 0, 2));
      if (k == 3) break;
      c0 = f32x4.add(c0, v128.shuffle<f64>(low2, high2, 1, 3));
      c1 = f32x4.add(c1, v128.shuffle<f64>(low3, high3, 1, 3));
    }
  }
  v128.store(c, v128.add<T>(c0, v128.load(bias)));
  v128.store(c + second * sizeof<T>(), v128.add<T>(c1, v128.load(bias + second * biasStep)));
  if (vectors<T>() == 3) v128.store(c + last * sizeof<T>(), v128.add<T>(c2, v128.load(bias + last * biasStep)));
}

/** sum + the products of one square of a and x, one after another along k. */
// @ts-ignore: decorator
@inline
function addSquare(sum: v128, a: usize, line: usize, x: v128): v128 {
  const p = f64x2.mul(v128.load(a), x);
  const q = f64x2.mul(v128.load(a + line), x);
  sum = f64x2.add(sum, v128.shuffle<f64>(p, q, 0, 2));
  return f64x2.add(sum, v128.shuffle<f64>(p, q, 1, 3));
}

/** One element of each of two rows. */
// @ts-ignore: decorator
@inline
function down(a: usize, line: usize): v128 {
  return v128.load64_lane(a + line, v128.load64_zero(a), 1);
}

// One column of c: c[i] is row i of a times the column b, and no vector runs across rows that lie apart. So a square of one
// vector's width is multiplied by a vector of b and turned in registers, and its rows' chains go on side by side:
//
//   a[i]     · b[p…]     p0 p1 p2 p3        p0 q0 r0 s0   first
//   a[i + 1] · b[p…]     q0 q1 q2 q3   →    p1 q1 r1 s1   then         c[i…i + 3] += each of them, in order
//   a[i + 2] · b[p…]     r0 r1 r2 r3        p2 q2 r2 s2   then
//   a[i + 3] · b[p…]     s0 s1 s2 s3        p3 q3 r3 s3   last         two of two in f64

import { zero } from "../constants";
import { assertAligned, lanes, loadOne } from "../lanes";

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

/** The rows of a from its first one, from row `second` and, in f64, from row `last` on, a vector each. */
// @ts-ignore: decorator
@inline
function multiplySquares<T>(
  c: usize, a: usize, b: usize, bias: usize, k: usize, line: usize, second: usize, last: usize, biasStep: usize,
): void {
  let a1 = a + second * line;
  let a2 = a + last * line;
  let c0 = zero<T>(), c1 = c0, c2 = c0;
  for (; k >= lanes<T>(); k -= lanes<T>(), a += 16, a1 += 16, a2 += 16, b += 16) {
    const x = v128.load(b);
    c0 = addSquare<T>(c0, a, line, x);
    c1 = addSquare<T>(c1, a1, line, x);
    if (vectors<T>() == 3) c2 = addSquare<T>(c2, a2, line, x);
  }
  for (; k > 0; k--, a += sizeof<T>(), a1 += sizeof<T>(), a2 += sizeof<T>(), b += sizeof<T>()) {
    const x = v128.load_splat<T>(b);
    c0 = v128.add<T>(c0, v128.mul<T>(down<T>(a, line), x));
    c1 = v128.add<T>(c1, v128.mul<T>(down<T>(a1, line), x));
    if (vectors<T>() == 3) c2 = v128.add<T>(c2, v128.mul<T>(down<T>(a2, line), x));
  }
  v128.store(c, v128.add<T>(c0, v128.load(bias)));
  v128.store(c + second * sizeof<T>(), v128.add<T>(c1, v128.load(bias + second * biasStep)));
  if (vectors<T>() == 3) v128.store(c + last * sizeof<T>(), v128.add<T>(c2, v128.load(bias + last * biasStep)));
}

/** sum + the products of one square of a and x, one after another along k. */
// @ts-ignore: decorator
@inline
function addSquare<T>(sum: v128, a: usize, line: usize, x: v128): v128 {
  const p = v128.mul<T>(v128.load(a), x);
  const q = v128.mul<T>(v128.load(a + line), x);
  if (sizeof<T>() == 8) {
    sum = v128.add<T>(sum, v128.shuffle<f64>(p, q, 0, 2));
    return v128.add<T>(sum, v128.shuffle<f64>(p, q, 1, 3));
  }
  const r = v128.mul<T>(v128.load(a + 2 * line), x);
  const s = v128.mul<T>(v128.load(a + 3 * line), x);
  const low = v128.shuffle<f32>(p, q, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(r, s, 0, 4, 1, 5);
  sum = v128.add<T>(sum, v128.shuffle<f64>(low, high, 0, 2));
  sum = v128.add<T>(sum, v128.shuffle<f64>(low, high, 1, 3));
  const low2 = v128.shuffle<f32>(p, q, 2, 6, 3, 7);
  const high2 = v128.shuffle<f32>(r, s, 2, 6, 3, 7);
  sum = v128.add<T>(sum, v128.shuffle<f64>(low2, high2, 0, 2));
  return v128.add<T>(sum, v128.shuffle<f64>(low2, high2, 1, 3));
}

/** One element of each of a vector's rows. */
// @ts-ignore: decorator
@inline
function down<T>(a: usize, line: usize): v128 {
  let column = loadOne<T>(a);
  if (sizeof<T>() == 8) return v128.load64_lane(a + line, column, 1);
  column = v128.load32_lane(a + line, column, 1);
  column = v128.load32_lane(a + 2 * line, column, 2);
  return v128.load32_lane(a + 3 * line, column, 3);
}

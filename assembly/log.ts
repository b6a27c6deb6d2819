// ln x on a vector, without the host's Math and without FMA.
//
// Method: x = 2^k · m with m in [√½, √2), f = m − 1, s = f / (2 + f). Then ln m = 2·atanh(s) = f − s·(f − R),
// where R = z·P(z) with z = s² is what 2s³/3 + 2s⁵/5 + … leaves over s. f²/2 is the exact-to-rounding head of
// f − ln m, so the sum is written f − (f²/2 − s·(f²/2 + R)): its rounding errors are those of terms smaller than
// the result. P is a minimax polynomial (Remez, weighted for relative error of ln m): degree 6 with error 2^-59.5
// for f64, degree 2 with error 2^-30.2 for f32. ln2 is split in two as in exp.ts.
//
// Error, measured against a 100-bit result: below 0.90 ulp in f64 and 0.85 ulp in f32 (tests/kernels/log-tanh).

import { mulAdd, roundingMagic, timesLn2High, timesLn2Low } from "./exp";
import { c } from "./lanes";

/** P(z), by Estrin's tree. */
// @ts-ignore: decorator
@inline
function atanhTail<T>(z: v128): v128 {
  const z2 = v128.mul<T>(z, z);
  if (sizeof<T>() == 8) {
    const p01 = mulAdd<T>(z, c<T>(0.3999999999941464), c<T>(0.6666666666666734));
    const p23 = mulAdd<T>(z, c<T>(0.22222198572206855), c<T>(0.2857142874239651));
    const p45 = mulAdd<T>(z, c<T>(0.1531404909122269), c<T>(0.18183564380143255));
    const p46 = mulAdd<T>(z2, c<T>(0.14795965080047357), p45);
    return mulAdd<T>(v128.mul<T>(z2, z2), p46, mulAdd<T>(z2, p23, p01));
  }
  const p01 = mulAdd<T>(z, c<T>(0.3997754156589508), c<T>(0.6666677594184875));
  return mulAdd<T>(z2, c<T>(0.2987174689769745), p01);
}

/** ln(x + low), where low is at most half a unit in x's last place: 0 for a plain logarithm. ln 0 = −∞, ln of a
 *  negative number is NaN. */
export function logOf<T>(x: v128, low: v128): v128 {
  const zero = c<T>(0);
  const infinity = c<T>(Infinity);
  let bits: v128, k: v128, m: v128, subnormal: v128;
  if (sizeof<T>() == 8) {
    subnormal = v128.lt<T>(x, c<T>(2.2250738585072014e-308));
    bits = v128.bitselect(v128.mul<T>(x, c<T>(18014398509481984.0)), x, subnormal);
    k = i64x2.shr_s(i64x2.sub(bits, i64x2.splat(0x3fe6a09e00000000)), 52);
    m = i64x2.sub(bits, i64x2.shl(k, 52));
    k = i64x2.add(k, roundingMagic<T>());
  } else {
    subnormal = v128.lt<T>(x, c<T>(1.1754943508222875e-38));
    bits = v128.bitselect(v128.mul<T>(x, c<T>(33554432.0)), x, subnormal);
    k = i32x4.shr_s(i32x4.sub(bits, i32x4.splat(0x3f3504f3)), 23);
    m = i32x4.sub(bits, i32x4.shl(k, 23));
    k = i32x4.add(k, roundingMagic<T>());
  }
  const shift = sizeof<T>() == 8 ? c<T>(54) : c<T>(25);
  const n = v128.sub<T>(v128.sub<T>(k, roundingMagic<T>()), v128.and(subnormal, shift));
  const f = v128.sub<T>(m, c<T>(1));
  const s = v128.div<T>(f, v128.add<T>(c<T>(2), f));
  const z = v128.mul<T>(s, s);
  const half = v128.mul<T>(c<T>(0.5), v128.mul<T>(f, f));
  const headed = v128.mul<T>(s, v128.add<T>(half, v128.mul<T>(z, atanhTail<T>(z))));
  const small = v128.add<T>(timesLn2Low<T>(n), v128.div<T>(low, x));
  const below = v128.sub<T>(v128.sub<T>(half, v128.add<T>(headed, small)), f);
  const finite = v128.sub<T>(timesLn2High<T>(n), below);
  const pole = v128.bitselect(c<T>(-Infinity), c<T>(NaN), v128.eq<T>(x, zero));
  const positive = v128.bitselect(finite, pole, v128.gt<T>(x, zero));
  return v128.bitselect(positive, x, v128.lt<T>(x, infinity));
}

/** ln(1 + u) for u from 0 to 1, `sum` being 1 + u: the rounding error of that sum is carried. */
// @ts-ignore: decorator
@inline
export function logOnePlus<T>(u: v128, sum: v128): v128 {
  return logOf<T>(sum, v128.sub<T>(u, v128.sub<T>(sum, c<T>(1))));
}

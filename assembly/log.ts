// ln x on a vector, without the host's Math and without FMA.
//
// Method: x = 2^k · m with m in [√½, √2), f = m − 1, s = f / (2 + f). Then ln m = 2·atanh(s) = f − s·(f − R),
// where R = z·P(z) with z = s² is what 2s³/3 + 2s⁵/5 + … leaves over s. f²/2 is the exact-to-rounding head of
// f − ln m, so the sum is written f − (f²/2 − s·(f²/2 + R)): its rounding errors are those of terms smaller than
// the result. P is a minimax polynomial (Remez, weighted for relative error of ln m): degree 6 with error 2^-59.5
// for f64, degree 2 with error 2^-30.2 for f32. ln2 is split in two as in exp.ts.
//
// Error, measured against a 100-bit result: below 0.90 ulp in f64 and 0.85 ulp in f32 (tests/kernels/log-tanh).

import { constant, half, one, two, zero } from "./constants";
import { biasedMagic, ln2High, ln2Low, mulAdd, roundingMagic } from "./exp";

/** The least normal float. */
const NORMAL: usize = 0;
/** A power of two that makes a subnormal float normal, and its exponent. */
const LIFT: usize = 1;
const LIFT_EXPONENT: usize = 2;
const MINUS_INFINITY: usize = 3;
const NOT_A_NUMBER: usize = 4;
const INFINITY: usize = 5;
/** About √½, m's least value. */
const ROOT_HALF: usize = 6;
/** P's coefficients, from the constant one up. */
const P: usize = 7;
/** In f64, what the root's bits lack of those of 1, and the bits of a fraction. */
const TO_ONE: usize = 14;
const FRACTION: usize = 15;

const TABLE_64 = memory.data<f64>([
  2.2250738585072014e-308,
  18014398509481984.0,
  54.0,
  -Infinity,
  NaN,
  Infinity,
  0.7071065902709961,
  0.6666666666666734,
  0.3999999999941464,
  0.2857142874239651,
  0.22222198572206855,
  0.18183564380143255,
  0.1531404909122269,
  0.14795965080047357,
  1.303418938634091e-308,
  2.225073858507201e-308,
], 16);

const TABLE_32 = memory.data<f32>([
  1.1754943508222875e-38,
  33554432.0,
  25.0,
  -Infinity,
  NaN,
  Infinity,
  0.7071067690849304,
  0.6666677594184875,
  0.3997754156589508,
  0.2987174689769745,
], 16);

// @ts-ignore: decorator
@inline
function number<T>(index: usize): v128 {
  return constant<T>(TABLE_64, TABLE_32, index);
}

/** z times P's coefficient `index` + 1, plus coefficient `index`. */
// @ts-ignore: decorator
@inline
function pair<T>(z: v128, index: usize): v128 {
  return mulAdd<T>(z, number<T>(P + index + 1), number<T>(P + index));
}

/** P(z), by Estrin's tree. */
// @ts-ignore: decorator
@inline
function atanhTail<T>(z: v128): v128 {
  const z2 = v128.mul<T>(z, z);
  if (sizeof<T>() == 8) {
    const p46 = mulAdd<T>(z2, number<T>(P + 6), pair<T>(z, 4));
    return mulAdd<T>(v128.mul<T>(z2, z2), p46, mulAdd<T>(z2, pair<T>(z, 2), pair<T>(z, 0)));
  }
  return mulAdd<T>(z2, number<T>(P + 2), pair<T>(z, 0));
}

/** ln x. ln 0 = −∞, ln of a negative number is NaN. */
// @ts-ignore: decorator
@inline
export function logOf<T>(x: v128, inlined: bool): v128 {
  return logAndRest<T>(x, zero<T>(), inlined);
}

/** ln x + rest: what a part of x below its last place adds, that part / x. A call or `inlined` as in expOf. */
// @ts-ignore: decorator
@inline
function logAndRest<T>(x: v128, rest: v128, inlined: bool): v128 {
  return inlined ? logInline<T>(x, rest) : logCalled<T>(x, rest);
}

function logCalled<T>(x: v128, rest: v128): v128 {
  return logInline<T>(x, rest);
}

// @ts-ignore: decorator
@inline
function logInline<T>(x: v128, rest: v128): v128 {
  const subnormal = v128.lt<T>(x, number<T>(NORMAL));
  const bits = v128.bitselect(v128.mul<T>(x, number<T>(LIFT)), x, subnormal);
  const root = number<T>(ROOT_HALF), magic = roundingMagic<T>();
  let k: v128, m: v128;
  if (sizeof<T>() == 8) {
    // Raised by what the root lacks of 1, x has k for its exponent, biased, and for its fraction what m's bits are above the root's.
    // The way of f32 shifts signed numbers, which is no instruction of x64 in 64 bits: in Bun ln took up to 2.3 times as long.
    const raised = i64x2.add(bits, number<T>(TO_ONE));
    m = i64x2.add(v128.and(raised, number<T>(FRACTION)), root);
    k = v128.sub<T>(i64x2.add(i64x2.shr_u(raised, 52), magic), biasedMagic<T>());
  } else {
    k = i32x4.shr_s(i32x4.sub(bits, root), 23);
    m = i32x4.sub(bits, i32x4.shl(k, 23));
    k = v128.sub<T>(i32x4.add(k, magic), magic);
  }
  const n = v128.sub<T>(k, v128.and(subnormal, number<T>(LIFT_EXPONENT)));
  const f = v128.sub<T>(m, one<T>());
  const s = v128.div<T>(f, v128.add<T>(two<T>(), f));
  const z = v128.mul<T>(s, s);
  const halfSquare = v128.mul<T>(half<T>(), v128.mul<T>(f, f));
  const headed = v128.mul<T>(s, v128.add<T>(halfSquare, v128.mul<T>(z, atanhTail<T>(z))));
  const small = mulAdd<T>(n, ln2Low<T>(), rest);
  const below = v128.sub<T>(v128.sub<T>(halfSquare, v128.add<T>(headed, small)), f);
  const finite = v128.sub<T>(v128.mul<T>(n, ln2High<T>()), below);
  const pole = v128.bitselect(number<T>(MINUS_INFINITY), number<T>(NOT_A_NUMBER), v128.eq<T>(x, zero<T>()));
  const positive = v128.bitselect(finite, pole, v128.gt<T>(x, zero<T>()));
  return v128.bitselect(positive, x, v128.lt<T>(x, number<T>(INFINITY)));
}

/** ln(1 + u) for u from 0 to 1, `sum` being 1 + u: the rounding error of that sum is carried. */
// @ts-ignore: decorator
@inline
export function logOnePlus<T>(u: v128, sum: v128, inlined: bool): v128 {
  return logAndRest<T>(sum, v128.div<T>(v128.sub<T>(u, v128.sub<T>(sum, one<T>())), sum), inlined);
}

// e^x on a vector, without the host's Math and without FMA, so that every host computes the same bits.
//
// Method: x = n·ln2 + r with |r| ≤ ln2/2, and e^x = 2^n · (1 + r + r²·Q(r)). ln2 is split in two so that
// n·LN2_HIGH is exact (Cody and Waite); the low part joins the sum last, unrounded into r. Q is a minimax
// polynomial (Remez, weighted for relative error of e^r): degree 9 with error 2^-57.9 for f64, degree 4 with
// error 2^-28.3 for f32. Q is evaluated as a tree (Estrin), which halves its latency: a small layer waits for
// one exp, not for a stream of them. (Sigmoid has a method of its own, sigmoid.ts: it divides anyway.)
//
// Error, measured against a 72-bit result, in units in the last place of e^x. f64: at most 0.96 over the 10^7 points of
// tests/kernels/exp.test.ts, and 0.988 over 10^9 points where it is worst (e^r just above √½). f32: at most 0.934, over
// every float.

import { constant, one } from "./constants";

const INVERSE_LN2: usize = 0;
const LN2_HIGH: usize = 1;
const LN2_LOW: usize = 2;
/** Adding and subtracting it rounds to an integer. */
const ROUNDER: usize = 3;
/** ROUNDER plus the exponent's bias: adding it to n leaves 2^n's exponent in the low bits. */
const SCALER: usize = 4;
const LOWEST: usize = 5;
const HIGHEST: usize = 6;
/** The exponent's bias, twice. */
const TWO_BIASES: usize = 7;
/** Q's coefficients, from the constant one up. */
const Q: usize = 8;

const TABLE_64 = memory.data<f64>([
  1.4426950408889634,
  0.6931471803691238,
  1.9082149292705877e-10,
  6755399441055744.0, // 1.5·2^52
  6755399441056767.0,
  -746.0,
  710.0,
  2046.0,
  0.5000000000000011,
  0.1666666666666641,
  0.04166666666653011,
  0.008333333333496087,
  0.0013888888943650423,
  0.0001984126950271687,
  2.480149307252975e-5,
  2.7557590114907527e-6,
  2.763025938876134e-7,
  2.4998788413495948e-8,
], 16);

const TABLE_32 = memory.data<f32>([
  1.4426950408889634,
  0.693359375,
  -2.12194440e-4,
  12582912.0, // 1.5·2^23
  12583039.0,
  -104.0,
  89.0,
  254.0,
  0.4999999403953552,
  0.1666652113199234,
  0.04166838899254799,
  0.008368716575205326,
  0.001381459878757596,
], 16);

// @ts-ignore: decorator
@inline
function number<T>(index: usize): v128 {
  return constant<T>(TABLE_64, TABLE_32, index);
}

/** a·b + c in two roundings. */
// @ts-ignore: decorator
@inline
export function mulAdd<T>(a: v128, b: v128, addend: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, b), addend);
}

/** 1.5·2^52 or 1.5·2^23, next to which no float has a fraction. */
// @ts-ignore: decorator
@inline
export function roundingMagic<T>(): v128 {
  return number<T>(ROUNDER);
}

/** The same plus the exponent's bias. */
// @ts-ignore: decorator
@inline
export function biasedMagic<T>(): v128 {
  return number<T>(SCALER);
}

/** 1 / ln2. */
// @ts-ignore: decorator
@inline
export function inverseLn2<T>(): v128 {
  return number<T>(INVERSE_LN2);
}

/** The integer n nearest to x / ln2, as a float. */
// @ts-ignore: decorator
@inline
export function exponentOf<T>(x: v128): v128 {
  const rounder = roundingMagic<T>();
  return v128.sub<T>(mulAdd<T>(x, inverseLn2<T>(), rounder), rounder);
}

/** The high part of ln2, whose product with n is exact. */
// @ts-ignore: decorator
@inline
export function ln2High<T>(): v128 {
  return number<T>(LN2_HIGH);
}

/** The low part of ln2. */
// @ts-ignore: decorator
@inline
export function ln2Low<T>(): v128 {
  return number<T>(LN2_LOW);
}

/** 2^n for an integer-valued n whose power is normal. */
// @ts-ignore: decorator
@inline
export function powerOfTwo<T>(n: v128): v128 {
  const biased = v128.add<T>(n, biasedMagic<T>());
  return sizeof<T>() == 8 ? i64x2.shl(biased, 52) : i32x4.shl(biased, 23);
}

/** r²·Q(r), which is e^r − 1 − r. */
// @ts-ignore: decorator
@inline
export function expTail<T>(r: v128): v128 {
  const r2 = v128.mul<T>(r, r);
  const r4 = v128.mul<T>(r2, r2);
  const q01 = mulAdd<T>(r, number<T>(Q + 1), number<T>(Q));
  const q23 = mulAdd<T>(r, number<T>(Q + 3), number<T>(Q + 2));
  const q03 = mulAdd<T>(r2, q23, q01);
  if (sizeof<T>() == 8) {
    const q45 = mulAdd<T>(r, number<T>(Q + 5), number<T>(Q + 4));
    const q67 = mulAdd<T>(r, number<T>(Q + 7), number<T>(Q + 6));
    const q89 = mulAdd<T>(r, number<T>(Q + 9), number<T>(Q + 8));
    const q47 = mulAdd<T>(r2, q67, q45);
    return v128.mul<T>(r2, mulAdd<T>(v128.mul<T>(r4, r4), q89, mulAdd<T>(r4, q47, q03)));
  }
  return v128.mul<T>(r2, mulAdd<T>(r4, number<T>(Q + 4), q03));
}

/** e^r, in [0.70, 1.42], for r = high − n·LN2_LOW. */
// @ts-ignore: decorator
@inline
function expReduced<T>(high: v128, n: v128): v128 {
  const low = v128.mul<T>(n, ln2Low<T>());
  const tail = v128.sub<T>(expTail<T>(v128.sub<T>(high, low)), low);
  return v128.add<T>(one<T>(), v128.add<T>(high, tail));
}

/** Below it e^x is below half of the least subnormal number. */
// @ts-ignore: decorator
@inline
export function lowestPower<T>(): v128 {
  return number<T>(LOWEST);
}

/** x held to [lowest, highest]; a NaN stays a NaN. */
// @ts-ignore: decorator
@inline
export function clamp<T>(x: v128, lowest: v128, highest: v128): v128 {
  return v128.pmin<T>(v128.pmax<T>(x, lowest), highest);
}

/** e^x for every x: subnormal results, 0 and ∞ included. A call, not a copy in each kernel that needs it, so that the module stays
 *  small; but where two vectors go side by side it must be `inlined`, since V8 makes no pair of calls. */
// @ts-ignore: decorator
@inline
export function expOf<T>(x: v128, inlined: bool): v128 {
  return inlined ? expInline<T>(x) : expCalled<T>(x);
}

function expCalled<T>(x: v128): v128 {
  return expInline<T>(x);
}

/** 2^n is applied in two halves, each representable. */
// @ts-ignore: decorator
@inline
function expInline<T>(x: v128): v128 {
  const held = clamp<T>(x, lowestPower<T>(), number<T>(HIGHEST));
  const rounder = roundingMagic<T>();
  const rounded = mulAdd<T>(held, inverseLn2<T>(), rounder);
  const n = v128.sub<T>(rounded, rounder);
  const power = expReduced<T>(v128.sub<T>(held, v128.mul<T>(n, ln2High<T>())), n);
  // n and the bias twice over are in the last bits: half of them is one exponent, what is left the other.
  const biased = v128.add<T>(rounded, number<T>(TWO_BIASES));
  if (sizeof<T>() == 8) {
    const first = i64x2.shr_u(biased, 1);
    return v128.mul<T>(v128.mul<T>(power, i64x2.shl(first, 52)), i64x2.shl(i64x2.sub(biased, first), 52));
  }
  const first = i32x4.shr_u(biased, 1);
  return v128.mul<T>(v128.mul<T>(power, i32x4.shl(first, 23)), i32x4.shl(i32x4.sub(biased, first), 23));
}

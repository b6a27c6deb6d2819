// e^x on a vector, without the host's Math and without FMA, so that every host computes the same bits.
//
// Method: x = n·ln2 + r with |r| ≤ ln2/2, and e^x = 2^n · (1 + r + r²·Q(r)). ln2 is split in two so that
// n·LN2_HIGH is exact (Cody and Waite); the low part joins the sum last, unrounded into r. Q is a minimax
// polynomial (Remez, weighted for relative error of e^r): degree 9 with error 2^-57.9 for f64, degree 4 with
// error 2^-28.3 for f32. Q is evaluated as a tree (Estrin), which halves its latency: a small layer waits for
// one exp, not for a stream of them.
//
// Error, measured against a 72-bit result, in units in the last place of e^x. f64: at most 0.96 over the 10^7 points of
// tests/kernels/exp.test.ts, and 0.988 over 10^9 points where it is worst (e^r just above √½). f32: at most 0.934, over
// every float.
//
// With its constants in a table an f64 vector of sigmoid takes V8 70 instructions, and 105 with v128.const.

import { constant, half, one } from "./constants";

const INVERSE_LN2: usize = 0;
const LN2_HIGH: usize = 1;
const LN2_LOW: usize = 2;
/** Adding and subtracting it rounds to an integer. */
const ROUNDER: usize = 3;
/** ROUNDER plus the exponent's bias: adding it to n leaves 2^n's exponent in the low bits. */
const SCALER: usize = 4;
/** SCALER − 1, for 2^(n−1). */
const HALF_SCALER: usize = 5;
const EXP_LOWEST: usize = 6;
const EXP_HIGHEST: usize = 7;
const SIGMOID_LOWEST: usize = 8;
const SIGMOID_HIGHEST: usize = 9;
/** Q's coefficients, from the constant one up. */
const Q: usize = 10;

const TABLE_64 = memory.data<f64>([
  1.4426950408889634,
  0.6931471803691238,
  1.9082149292705877e-10,
  6755399441055744.0, // 1.5·2^52
  6755399441056767.0,
  6755399441056766.0,
  -746.0,
  710.0,
  -710.0,
  700.0,
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
  12583038.0,
  -104.0,
  89.0,
  -89.0,
  86.0,
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

/** The integer nearest to x, as a float; |x| far below 2^51 (2^22 in f32). */
// @ts-ignore: decorator
@inline
function nearest<T>(x: v128): v128 {
  const rounder = roundingMagic<T>();
  return v128.sub<T>(v128.add<T>(x, rounder), rounder);
}

/** The integer n nearest to x / ln2, as a float. */
// @ts-ignore: decorator
@inline
export function exponentOf<T>(x: v128): v128 {
  return nearest<T>(v128.mul<T>(x, number<T>(INVERSE_LN2)));
}

/** n · the high part of ln2, exactly. */
// @ts-ignore: decorator
@inline
export function timesLn2High<T>(n: v128): v128 {
  return v128.mul<T>(n, number<T>(LN2_HIGH));
}

/** n · the low part of ln2. */
// @ts-ignore: decorator
@inline
export function timesLn2Low<T>(n: v128): v128 {
  return v128.mul<T>(n, number<T>(LN2_LOW));
}

/** 2^n for an integer-valued n whose power is normal; with HALF_SCALER, 2^(n−1). */
// @ts-ignore: decorator
@inline
export function powerOfTwo<T>(n: v128, scaler: usize = SCALER): v128 {
  const biased = v128.add<T>(n, number<T>(scaler));
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
  const low = timesLn2Low<T>(n);
  const tail = v128.sub<T>(expTail<T>(v128.sub<T>(high, low)), low);
  return v128.add<T>(one<T>(), v128.add<T>(high, tail));
}

/** x held to [lowest, highest]; a NaN stays a NaN. */
// @ts-ignore: decorator
@inline
export function clamp<T>(x: v128, lowest: v128, highest: v128): v128 {
  return v128.pmin<T>(v128.pmax<T>(x, lowest), highest);
}

/** e^x for every x: subnormal results, 0 and ∞ included (2^n is applied in two halves, each representable). A call,
 *  not a copy in each kernel that needs it: the module stays small. */
export function expOf<T>(x: v128): v128 {
  const held = clamp<T>(x, number<T>(EXP_LOWEST), number<T>(EXP_HIGHEST));
  const n = exponentOf<T>(held);
  const first = nearest<T>(v128.mul<T>(n, half<T>()));
  const scaled = v128.mul<T>(expReduced<T>(v128.sub<T>(held, timesLn2High<T>(n)), n), powerOfTwo<T>(first));
  return v128.mul<T>(scaled, powerOfTwo<T>(v128.sub<T>(n, first)));
}

/** 1 / (1 + e^−z). The clamp costs no bit: 1 + e^−700 is 1. e^−z is built at half its size and doubled, so
 *  that the last step to ∞ (z ≤ −709.78) is an ordinary overflow. The sign of z goes into n and the
 *  subtraction, which rounds alike on both sides of 0. */
// @ts-ignore: decorator
@inline
export function sigmoidOf<T>(z: v128): v128 {
  const held = clamp<T>(z, number<T>(SIGMOID_LOWEST), number<T>(SIGMOID_HIGHEST));
  const rounder = roundingMagic<T>();
  const biased = mulAdd<T>(held, number<T>(INVERSE_LN2), rounder);
  const n = v128.sub<T>(rounder, biased);
  const high = v128.sub<T>(timesLn2High<T>(v128.sub<T>(biased, rounder)), held);
  const halfExp = v128.mul<T>(expReduced<T>(high, n), powerOfTwo<T>(n, HALF_SCALER));
  return v128.div<T>(one<T>(), v128.add<T>(one<T>(), v128.add<T>(halfExp, halfExp)));
}

/** The sigmoid of two vectors at z, step by step side by side: one alone is a chain of some 85 cycles, of which V8's order
 *  lets too few overlap. In f64 that takes 7 % of the time of many, 15 % of twelve. */
// @ts-ignore: decorator
@inline
export function sigmoidOfTwo<T>(a: usize, z: usize): void {
  const lowest = number<T>(SIGMOID_LOWEST), highest = number<T>(SIGMOID_HIGHEST);
  const held0 = clamp<T>(v128.load(z), lowest, highest);
  const held1 = clamp<T>(v128.load(z, 16), lowest, highest);
  const rounder = roundingMagic<T>(), inverse = number<T>(INVERSE_LN2);
  const biased0 = mulAdd<T>(held0, inverse, rounder);
  const biased1 = mulAdd<T>(held1, inverse, rounder);
  const n0 = v128.sub<T>(rounder, biased0);
  const n1 = v128.sub<T>(rounder, biased1);
  const ln2High = number<T>(LN2_HIGH);
  const high0 = v128.sub<T>(v128.mul<T>(v128.sub<T>(biased0, rounder), ln2High), held0);
  const high1 = v128.sub<T>(v128.mul<T>(v128.sub<T>(biased1, rounder), ln2High), held1);
  const half0 = v128.mul<T>(expReduced<T>(high0, n0), powerOfTwo<T>(n0, HALF_SCALER));
  const half1 = v128.mul<T>(expReduced<T>(high1, n1), powerOfTwo<T>(n1, HALF_SCALER));
  const unit = one<T>();
  v128.store(a, v128.div<T>(unit, v128.add<T>(unit, v128.add<T>(half0, half0))));
  v128.store(a, v128.div<T>(unit, v128.add<T>(unit, v128.add<T>(half1, half1))), 16);
}

/** The same by a call, for the few elements that fill no vector or pair: every step rounds as in sigmoidOf. */
// @ts-ignore: decorator
@inline
export function sigmoidOfFew<T>(z: v128): v128 {
  return v128.div<T>(one<T>(), v128.add<T>(one<T>(), expOf<T>(v128.neg<T>(z))));
}

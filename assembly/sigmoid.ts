// 1 / (1 + e^−z) and its gradient.
//
// Method: −z = n·ln2 + r with |r| ≤ ln2/2, as in exp.ts, and e^r = E(r) / E(−r), where E(r) = q(r²) + r·p(r²). The sigmoid
// has a division anyway, and takes this one in: E(−r) / (E(−r) + 2^n·E(r)). f64: p and q are quadratic, minimax (Remez) for
// the relative error of e^r, 2^-60.0; f32: q is quadratic and p is constant, 2^-31.6. An f64 vector takes 25 operations, an
// f32 one 21; by exp.ts's polynomial they were 41 and 30.
//
// E may be scaled at will. By 0.84 all its values in f64 lie in [0.70, 1], where a rounding weighs least (f32: by 2, as p is 1
// then). By 2^-54 (f32: 2^-24) more, neither 2^n·E(r) nor the sum overflows for any z whose sigmoid is not 0, and 2^n is a
// subtraction from E(r)'s exponent: 1 / (1 + e^−z) in floating point is 0 below −709.78, this gives the subnormal numbers
// there down to −745. A NaN comes through E(−r).
//
// Error against 1 / (1 + e^−z) in exact arithmetic, in units in the last place: at most 2.45 in f64 (2·10^7 points) and
// 2.46 in f32 (every third float). 1 / (1 + expOf(−z)), to the letter, has 2.44 and 2.48 without the subnormal numbers.

import { constant, one } from "./constants";
import { clamp, inverseLn2, ln2High, ln2Low, lowestPower, mulAdd, roundingMagic } from "./exp";
import { IN_PAIRS, assertAligned, storePair } from "./lanes";

/** e^−z is far below half a unit in the last place of 1 above it, and 2^−m·E(r) still normal below it. */
const HIGHEST: usize = 0;
/** q's coefficients from the constant one up, then p's. */
const E: usize = 1;

const TABLE_64 = memory.data<f64>([
  640.0,
  4.662936703425657e-17,
  5.1808863508841934e-18,
  4.624385184064166e-20,
  2.3314683517128286e-17,
  6.475528823481766e-19,
  1.5406906047085999e-21,
], 16);

const TABLE_32 = memory.data<f32>([
  70.0,
  1.1920928955078125e-7,
  9.934058020633074e-9,
  -1.6474235864372133e-10,
  5.9604644775390625e-8,
], 16);

// @ts-ignore: decorator
@inline
function number<T>(index: usize): v128 {
  return constant<T>(TABLE_64, TABLE_32, index);
}

/** x · 2^−m, where `biased` is the magic rounder plus the integer m: m is in its last bits. */
// @ts-ignore: decorator
@inline
function dividedByPower<T>(x: v128, biased: v128): v128 {
  return sizeof<T>() == 8
    ? i64x2.sub(x, i64x2.shl(biased, 52))
    : i32x4.sub(x, i32x4.shl(biased, 23));
}

/** Whether a lane lies so far from 0 that it must be held. None of a net that learns does, and a branch that is not taken costs
 *  no time, where to hold every vector is the first two steps of its chain: without that 2,400 elements take 0.9 times as
 *  long. The lanes' signs come in one operation and any_true in three: 0.96 times as long. */
// @ts-ignore: decorator
@inline
function isFar<T>(z: v128, highest: v128): bool {
  const far = v128.ge<T>(v128.abs<T>(z), highest);
  return (sizeof<T>() == 8 ? v128.bitmask<i64>(far) : v128.bitmask<i32>(far)) != 0;
}

/** The rounding magic plus m, the integer nearest to z / ln2: m is in its last bits. */
// @ts-ignore: decorator
@inline
function biasedOf<T>(z: v128, perLn2: v128, rounder: v128): v128 {
  return mulAdd<T>(z, perLn2, rounder);
}

/** r = m·ln2 − z. */
// @ts-ignore: decorator
@inline
function restOf<T>(z: v128, biased: v128, rounder: v128, high: v128, low: v128): v128 {
  const m = v128.sub<T>(biased, rounder);
  return mulAdd<T>(m, low, v128.sub<T>(v128.mul<T>(m, high), z));
}

/** E(−r) / (E(−r) + 2^−m·E(r)). */
// @ts-ignore: decorator
@inline
function ratioOf<T>(
  r: v128, biased: v128, q0: v128, q1: v128, q2: v128, p0: v128, p1: v128, p2: v128,
): v128 {
  const square = v128.mul<T>(r, r);
  const even = mulAdd<T>(mulAdd<T>(q2, square, q1), square, q0);
  const odd = v128.mul<T>(r, sizeof<T>() == 8 ? mulAdd<T>(mulAdd<T>(p2, square, p1), square, p0) : p0);
  const unit = v128.sub<T>(even, odd);
  return v128.div<T>(unit, v128.add<T>(unit, dividedByPower<T>(v128.add<T>(even, odd), biased)));
}

/** a(n) = 1 / (1 + e^−z(n)); a may be z.
 *
 *  The constants are locals, not read where they are used: V8 keeps them in registers then, where it would load each of them anew
 *  for every vector, as it cannot know that the stores leave the tables alone.
 *
 *  A ratio is written beside the rest of the vector behind it, in pairs beside the rests of the pair behind it: the two chains go on
 *  side by side, where one as long as both would fill the processor's queue with operations that wait. From 100 elements on that takes
 *  0.88 to 0.91 times as long in f64, 0.9 to 0.97 in f32, in Node, Deno and Bun; in pairs 0.85 and 0.91. */
// @ts-ignore: decorator
@inline
export function sigmoid<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const highest = number<T>(HIGHEST);
  const perLn2 = inverseLn2<T>(), rounder = roundingMagic<T>(), high = ln2High<T>(), low = ln2Low<T>();
  const q0 = number<T>(E), q1 = number<T>(E + 1), q2 = number<T>(E + 2), p0 = number<T>(E + 3);
  const p1 = sizeof<T>() == 8 ? number<T>(E + 4) : p0, p2 = sizeof<T>() == 8 ? number<T>(E + 5) : p0;
  const end = a + n * sizeof<T>();
  // From five pairs on: of fewer, the first rests and the last ratio, which nothing goes beside, take longer than that saves. (With
  // the loop behind it as one, around this one, 12 elements take 1.25 times as long.)
  if (IN_PAIRS && n >= 160 / sizeof<T>()) {
    const lowest = lowestPower<T>();
    const z0 = clamp<T>(v128.load(z), lowest, highest), z1 = clamp<T>(v128.load(z, 16), lowest, highest);
    let b0 = biasedOf<T>(z0, perLn2, rounder), b1 = biasedOf<T>(z1, perLn2, rounder);
    let r0 = restOf<T>(z0, b0, rounder, high, low), r1 = restOf<T>(z1, b1, rounder, high, low);
    for (; a + 64 <= end; a += 32) {
      z += 32;
      const z0 = clamp<T>(v128.load(z), lowest, highest), z1 = clamp<T>(v128.load(z, 16), lowest, highest);
      const next0 = biasedOf<T>(z0, perLn2, rounder), next1 = biasedOf<T>(z1, perLn2, rounder);
      const rest0 = restOf<T>(z0, next0, rounder, high, low), rest1 = restOf<T>(z1, next1, rounder, high, low);
      storePair(a, ratioOf<T>(r0, b0, q0, q1, q2, p0, p1, p2), ratioOf<T>(r1, b1, q0, q1, q2, p0, p1, p2));
      b0 = next0;
      b1 = next1;
      r0 = rest0;
      r1 = rest1;
    }
    storePair(a, ratioOf<T>(r0, b0, q0, q1, q2, p0, p1, p2), ratioOf<T>(r1, b1, q0, q1, q2, p0, p1, p2));
    a += 32;
    z += 32;
  }
  for (; IN_PAIRS && a + 32 <= end; z += 32, a += 32) {
    const lowest = lowestPower<T>();
    const z0 = clamp<T>(v128.load(z), lowest, highest), z1 = clamp<T>(v128.load(z, 16), lowest, highest);
    const b0 = biasedOf<T>(z0, perLn2, rounder), b1 = biasedOf<T>(z1, perLn2, rounder);
    const r0 = restOf<T>(z0, b0, rounder, high, low), r1 = restOf<T>(z1, b1, rounder, high, low);
    storePair(a, ratioOf<T>(r0, b0, q0, q1, q2, p0, p1, p2), ratioOf<T>(r1, b1, q0, q1, q2, p0, p1, p2));
  }
  if (IN_PAIRS) {
    for (; a < end; z += 16, a += 16) {
      let held = v128.load(z);
      if (isFar<T>(held, highest)) held = clamp<T>(held, lowestPower<T>(), highest);
      const biased = biasedOf<T>(held, perLn2, rounder);
      v128.store(a, ratioOf<T>(restOf<T>(held, biased, rounder, high, low), biased, q0, q1, q2, p0, p1, p2));
    }
  } else {
    // Once more than there are vectors: the first time no ratio is due, and nothing comes of the last rest, of what lies behind z.
    // (With the first rest before the loop and the last ratio behind it 2 to 6 elements take 1.5 ns less, in 310 bytes more.)
    let biased = rounder, rest = rounder;
    for (let to: usize = 0; ; a += 16) {
      const last = biased, r = rest;
      let held = v128.load(z);
      if (isFar<T>(held, highest)) held = clamp<T>(held, lowestPower<T>(), highest);
      biased = biasedOf<T>(held, perLn2, rounder);
      rest = restOf<T>(held, biased, rounder, high, low);
      z += 16;
      if (to) v128.store(to, ratioOf<T>(r, last, q0, q1, q2, p0, p1, p2));
      if (a >= end) break;
      to = a;
    }
  }
}

/** Of one vector. */
// @ts-ignore: decorator
@inline
function gradientOf<T>(upstream: v128, a: v128): v128 {
  return v128.mul<T>(v128.mul<T>(upstream, a), v128.sub<T>(one<T>(), a));
}

/** dZ(n) = upstream(n) · a(n) · (1 − a(n)), in that order; dZ may be upstream. Two vectors at a time where V8 makes one of them:
 *  of 2,400 elements 0.6 times as long, 0.8 without that, which would not pay for its 240 bytes. */
// @ts-ignore: decorator
@inline
export function sigmoidGradient<T>(dZ: usize, upstream: usize, a: usize, n: usize): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const end = dZ + n * sizeof<T>();
  for (; IN_PAIRS && dZ + 32 <= end; dZ += 32, upstream += 32, a += 32) {
    const second = gradientOf<T>(v128.load(upstream, 16), v128.load(a, 16));
    storePair(dZ, gradientOf<T>(v128.load(upstream), v128.load(a)), second);
  }
  for (; dZ < end; dZ += 16, upstream += 16, a += 16) {
    v128.store(dZ, gradientOf<T>(v128.load(upstream), v128.load(a)));
  }
}

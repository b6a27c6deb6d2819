import {
  clamp,
  exponentOf32,
  exponentOf64,
  LN2_HIGH_32,
  LN2_HIGH_64,
  LN2_LOW_32,
  LN2_LOW_64,
  mulAdd32,
  powerOfTwo,
  type Scalar,
} from "./exp.ts";

const { fround } = Math;
/** 2^-53 and 2^-24. */
const SMALL_64 = 1.1102230246251565e-16;
const SMALL_32 = 5.9604644775390625e-8;
const Q1_32 = fround(0.16666583716869354);
const Q2_32 = fround(-0.0027639181353151798);

/**
 * 1 / (1 + e^−z), element by element, with the operations of assembly/sigmoid.ts in the same order, but that its scale by a
 * power of two, which rounds nothing, is in the coefficients there. The two must be changed together; the tests hold them
 * to the same bits.
 */
export const sigmoid64: Scalar = (z) => {
  const held = clamp(z, -746, 640);
  const m = exponentOf64(held);
  if (Number.isNaN(m)) return Number.NaN;
  const r = m * LN2_HIGH_64 - held + m * LN2_LOW_64;
  const square = r * r;
  const q = (0.0008330551756707608 * square + 0.09333055135716377) * square + 0.84;
  const p = r * ((2.7754614533035498e-5 * square + 0.011665275678583754) * square + 0.42);
  const unit = (q - p) * SMALL_64;
  return unit / (unit + (q + p) * powerOfTwo(-m - 53));
};

export const sigmoid32: Scalar = (z) => {
  const held = clamp(z, -104, 70);
  const m = exponentOf32(held);
  if (Number.isNaN(m)) return Number.NaN;
  const r = fround(fround(fround(m * LN2_HIGH_32) - held) + fround(m * LN2_LOW_32));
  const square = fround(r * r);
  const q = mulAdd32(mulAdd32(Q2_32, square, Q1_32), square, 2);
  const unit = fround(fround(q - r) * SMALL_32);
  return fround(unit / fround(unit + fround(fround(q + r) * powerOfTwo(-m - 24))));
};

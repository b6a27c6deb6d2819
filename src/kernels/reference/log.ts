import { LN2_HIGH_32, LN2_HIGH_64, LN2_LOW_32, LN2_LOW_64, mulAdd32 } from "./exp.ts";

// ln x with the operations of assembly/log.ts in the same order. The two must be changed together; the tests hold
// them to the same bits.

const { fround } = Math;
const bits = new DataView(new ArrayBuffer(8));

/** ln of what neither has a logarithm nor is a positive finite number. */
function logOfSpecial(x: number): number {
  if (x > 0) return x;
  return x === 0 ? -Infinity : Number.NaN;
}

/** ln x + rest in double precision. */
export function log64(x: number, rest: number): number {
  if (!(x > 0 && x < Infinity)) return logOfSpecial(x);
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = bits.getInt32(0);
  const k = (high - 0x3fe6a09e) >> 20;
  bits.setInt32(0, high - (k << 20));
  const f = bits.getFloat64(0) - 1;
  const n = k - (subnormal ? 54 : 0);
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const p01 = z * 0.3999999999941464 + 0.6666666666666734;
  const p23 = z * 0.22222198572206855 + 0.2857142874239651;
  const p45 = z * 0.1531404909122269 + 0.18183564380143255;
  const p46 = z2 * 0.14795965080047357 + p45;
  const p = z2 * z2 * p46 + (z2 * p23 + p01);
  const half = 0.5 * (f * f);
  const headed = s * (half + z * p);
  const small = n * LN2_LOW_64 + rest;
  return n * LN2_HIGH_64 - (half - (headed + small) - f);
}

const P32 = [0.6666677594184875, 0.3997754156589508, 0.2987174689769745];

/** ln x + rest in single precision. */
export function log32(x: number, rest: number): number {
  if (!(x > 0 && x < Infinity)) return logOfSpecial(x);
  const subnormal = x < 1.1754943508222875e-38;
  bits.setFloat32(0, subnormal ? x * 33554432 : x);
  const word = bits.getInt32(0);
  const k = (word - 0x3f3504f3) >> 23;
  bits.setInt32(0, word - (k << 23));
  const f = fround(bits.getFloat32(0) - 1);
  const n = k - (subnormal ? 25 : 0);
  const s = fround(f / fround(2 + f));
  const z = fround(s * s);
  const p = mulAdd32(fround(z * z), P32[2], mulAdd32(z, P32[1], P32[0]));
  const half = fround(0.5 * fround(f * f));
  const headed = fround(s * fround(half + fround(z * p)));
  const small = fround(fround(n * LN2_LOW_32) + rest);
  return fround(fround(n * LN2_HIGH_32) - fround(fround(half - fround(headed + small)) - f));
}

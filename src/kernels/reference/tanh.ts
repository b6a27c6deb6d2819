import {
  clamp,
  exponentOf32,
  exponentOf64,
  expTail32,
  expTail64,
  LN2_HIGH_32,
  LN2_HIGH_64,
  LN2_LOW_32,
  LN2_LOW_64,
  mulAdd32,
  powerOfTwo,
} from "./exp.ts";

// tanh x with the operations of assembly/tanh.ts in the same order. The two must be changed together; the tests
// hold them to the same bits.

const { fround } = Math;

function withSignOf(x: number, size: number): number {
  return x < 0 || Object.is(x, -0) ? -size : size;
}

export function tanh64(x: number): number {
  if (Number.isNaN(x)) return x;
  const y = Math.abs(x);
  if (y < 0.7) {
    const z = y * y;
    const z2 = z * z;
    const z4 = z2 * z2;
    const t01 = z * 0.1333333333329888 - 0.3333333333333309;
    const t23 = z * 0.02186948812346893 - 0.05396825395143838;
    const t45 = z * 0.0035920731031250756 - 0.008863229575412253;
    const t67 = z * 0.0005885787391859098 - 0.0014554944037754604;
    const t89 = z * 8.812470959428089e-5 - 0.0002348381174493939;
    const tab = z * 4.80030968939157e-6 - 2.706746442389582e-5;
    const t = z4 * (z4 * (z2 * tab + t89) + (z2 * t67 + t45)) + (z2 * t23 + t01);
    return withSignOf(x, y + y * z * t);
  }
  const held = clamp(y, 0, 22);
  const twice = held + held;
  const n = exponentOf64(twice);
  const high = twice - n * LN2_HIGH_64;
  const low = n * LN2_LOW_64;
  const tail = expTail64(high - low) - low;
  const head = 1 + high;
  const rest = 1 - head + high + tail;
  const e = head + rest;
  const eLow = rest - (e - head);
  const power = powerOfTwo(n);
  const grown = power * e;
  const d = grown + 1;
  const dLow = 1 - (d - grown) + power * eLow;
  const q = 2 / d;
  const far = 1 - q;
  const farLow = 1 - far - q;
  return withSignOf(x, far + (farLow + 0.5 * (q * q) * dLow));
}

const T32 = [
  -0.33333325386047363, 0.133329838514328, -0.05392095446586609, 0.021571053192019463, -0.00788329541683197,
  0.0018956562271341681,
];

export function tanh32(x: number): number {
  if (Number.isNaN(x)) return x;
  const y = Math.abs(x);
  if (y < fround(0.7)) {
    const z = fround(y * y);
    const z2 = fround(z * z);
    const t01 = mulAdd32(z, T32[1], T32[0]);
    const t23 = mulAdd32(z, T32[3], T32[2]);
    const t45 = mulAdd32(z, T32[5], T32[4]);
    const t = mulAdd32(fround(z2 * z2), t45, mulAdd32(z2, t23, t01));
    return withSignOf(x, fround(y + fround(fround(y * z) * t)));
  }
  const held = clamp(y, 0, 10);
  const twice = fround(held + held);
  const n = exponentOf32(twice);
  const high = fround(twice - fround(n * LN2_HIGH_32));
  const low = fround(n * LN2_LOW_32);
  const tail = fround(expTail32(fround(high - low)) - low);
  const head = fround(1 + high);
  const rest = fround(fround(fround(1 - head) + high) + tail);
  const e = fround(head + rest);
  const eLow = fround(rest - fround(e - head));
  const power = powerOfTwo(n);
  const grown = fround(power * e);
  const d = fround(grown + 1);
  const dLow = fround(fround(1 - fround(d - grown)) + fround(power * eLow));
  const q = fround(2 / d);
  const far = fround(1 - q);
  const farLow = fround(fround(1 - far) - q);
  const correction = fround(fround(0.5 * fround(q * q)) * dLow);
  return withSignOf(x, fround(far + fround(farLow + correction)));
}

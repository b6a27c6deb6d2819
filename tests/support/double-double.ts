// e^x and the sigmoid to about 72 bits, as the unevaluated sum of two doubles: the oracles of the tests of both. e^x is held
// to mpmath's values in tests/kernels/exp.test.ts.
//
// Method: x = n·ln2 + j/64 + s with |s| ≤ 1/128, and e^x = 2^n · e^(j/64) · e^s. e^(j/64) and ln2 are made in whole
// numbers of 2^-200, so that no constant has to be believed.

const BITS = 200n;
const ONE = 1n << BITS;
const SPLITTER = 134217729;
const STEPS = 64;

/** The double nearest to a whole number of 2^-200, and the whole number that it misses. */
function nearest(fixed: bigint): { value: number; rest: bigint } {
  const value = Number(fixed) / 2 ** Number(BITS);
  return { value, rest: fixed - toFixed(value) };
}

function toFixed(value: number): bigint {
  // value · 2^200 is whole for every value used here (|value| ≥ 2^-140)
  const high = value * 2 ** 200;
  return BigInt(high);
}

/** e^(numerator/denominator) in whole numbers of 2^-200. */
function fixedExp(numerator: bigint, denominator: bigint): bigint {
  let term = ONE;
  let total = 0n;
  for (let i = 1n; term !== 0n; i++) {
    total += term;
    term = (term * numerator) / (denominator * i);
  }
  return total;
}

/** ln 2 = Σ 1 / (i · 2^i) */
function fixedLn2(): bigint {
  let total = 0n;
  for (let i = 1n; i <= BITS; i++) total += (ONE >> i) / i;
  return total;
}

const ln2 = fixedLn2();
// n·LN2_A is exact for |n| ≤ 2^11: LN2_A has 40 bits.
const LN2_A = Math.floor(Math.LN2 * 2 ** 40) / 2 ** 40;
const { value: LN2_B, rest: ln2Rest } = nearest(ln2 - toFixed(LN2_A));
const LN2_C = nearest(ln2Rest).value;

const half = Math.ceil(STEPS * 0.36);
const tableHigh = new Float64Array(2 * half + 1);
const tableLow = new Float64Array(2 * half + 1);
for (let j = -half; j <= half; j++) {
  const { value, rest } = nearest(fixedExp(BigInt(j), BigInt(STEPS)));
  tableHigh[j + half] = value;
  tableLow[j + half] = nearest(rest).value;
}

/** The error of the rounded product p = a·b. */
function productError(a: number, b: number, p: number): number {
  const aShifted = SPLITTER * a;
  const aHigh = aShifted - (aShifted - a);
  const bShifted = SPLITTER * b;
  const bHigh = bShifted - (bShifted - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** The error of the rounded sum s = a + b. */
function sumError(a: number, b: number, s: number): number {
  const bPart = s - a;
  return a - (s - bPart) + (b - bPart);
}

/** A number 2^n · (high + low). */
export interface Scaled {
  n: number;
  high: number;
  low: number;
}

/** Writes e^x to `out`, for |x| ≤ 1,000; nothing is allocated. */
export function accurateExp(x: number, out: Scaled): void {
  const n = Math.round(x * Math.LOG2E);
  const a = x - n * LN2_A; // exact: both are multiples of x's last bit or of 2^-40, and nearly equal
  const product = n * LN2_B;
  const r = a - product;
  const rLow = sumError(a, -product, r) - productError(n, LN2_B, product) - n * LN2_C;
  const j = Math.round(r * STEPS);
  const sHead = r - j / STEPS; // exact
  const s = sHead + rLow;
  const sLow = rLow - (s - sHead);
  // e^s − 1 = s + s²/2 + (s³/6 + …), the square in two parts, the rest below 2^-23
  const square = s * s;
  const squareLow = productError(s, s, square) + 2 * s * sLow;
  const tail =
    square *
    s *
    (1 / 6 + s * (1 / 24 + s * (1 / 120 + s * (1 / 720 + s * (1 / 5040 + s * (1 / 40320 + s / 362880))))));
  const p = s + square / 2;
  const pLow = sumError(s, square / 2, p) + (sLow + squareLow / 2 + tail);
  // table · (1 + p)
  const t = tableHigh[j + half];
  const tLow = tableLow[j + half];
  const tp = t * p;
  const tpLow = productError(t, p, tp) + t * pLow + tLow * p;
  const high = t + tp;
  const low = sumError(t, tp, high) + (tpLow + tLow);
  out.n = n;
  out.high = high + low;
  out.low = low - (out.high - high);
}

const power: Scaled = { n: 0, high: 0, low: 0 };

/** Writes 1 / (1 + e^−z) to `out`, for |z| ≤ 1,000: u / (1 + u) with u = e^z below 0, 1 / (1 + u) with u = e^−z above. */
export function accurateSigmoid(z: number, out: Scaled): void {
  accurateExp(-Math.abs(z), power);
  const { n, high, low } = power;
  const [u, uLow] = [scaleByPower(high, n), scaleByPower(low, n)];
  const below = z < 0;
  const [top, topLow] = below ? [high, low] : [1, 0];
  const sum = 1 + u;
  const sumLow = sumError(1, u, sum) + uLow;
  const quotient = top / sum;
  const product = quotient * sum;
  // top and the product are so near that their difference is exact
  const rest = top - product - productError(quotient, sum, product) - quotient * sumLow + topLow;
  out.n = below ? n : 0;
  out.high = quotient + rest / sum;
  out.low = rest / sum - (out.high - quotient);
}

/** The error of `result` as `exact`, in units in the last place of a dtype of `bits` whose least number is 2^lowest; the
 *  high part of `exact` is from [0.25, 2). */
export function errorInUlp(result: number, exact: Scaled, bits: number, lowest: number): number {
  const { n, high, low } = exact;
  const exponent = high < 0.5 ? -2 : high < 1 ? -1 : 0;
  const last = Math.max(exponent - bits + 1, lowest - n);
  return Math.abs(scaleByPower(result, -n) - high - low) * scaleByPower(1, -last);
}

const powers = Float64Array.from({ length: 2200 }, (_, i) => 2 ** (i - 1100));

/** 2^e · x without rounding where it is a normal number, though 2^e alone may lie outside the range. */
function scaleByPower(x: number, e: number): number {
  const first = Math.trunc(e / 2);
  return x * powers[first + 1100] * powers[e - first + 1100];
}

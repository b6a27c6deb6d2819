// ln x for the Gaussian draws, accurate to a little over half a unit in the last place, so that they agree with
// NumPy's, whose C library is about as accurate; and free of the host's Math.log, which differs by engine.
//
// Method: x = 2^e · m, m in [√½, √2); s = (m − 1)/(m + 1); ln m = 2(s + s³/3 + s⁵/5 + …). s and the first terms
// are carried as unevaluated sums of two doubles (Dekker 1971); the rest adds less than 2^-64 of error.

const SPLITTER = 134217729; // 2^27 + 1
const LN2_HIGH = Math.LN2;
const LN2_LOW = 2.3190468138462996e-17;

const view = new DataView(new ArrayBuffer(8));

/** The rounding error of the product p = a·b. */
function productError(a: number, b: number, p: number): number {
  const aShifted = SPLITTER * a;
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = SPLITTER * b;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** The rounding error of the sum s = a + b. */
function sumError(a: number, b: number, s: number): number {
  const bPart = s - a;
  return a - (s - bPart) + (b - bPart);
}

/** ln x for a positive normal x. */
export function preciseLog(x: number): number {
  view.setFloat64(0, x);
  const highWord = view.getUint32(0);
  let exponent = (highWord >>> 20) - 1023;
  view.setUint32(0, (highWord & 0xfffff) | 0x3ff00000);
  let m = view.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    exponent++;
  }
  // s = f / d with f = m − 1 exact and d = m + 1 = dHigh + dLow.
  const f = m - 1;
  const dHigh = m + 1;
  const dLow = sumError(m, 1, dHigh);
  const s = f / dHigh;
  const sTimesD = s * dHigh;
  const sLow = (f - sTimesD - productError(s, dHigh, sTimesD) - s * dLow) / dHigh;
  // s² and s³ in two parts
  const s2 = s * s;
  const s2Low = productError(s, s, s2) + 2 * s * sLow;
  const s3 = s2 * s;
  const s3Low = productError(s2, s, s3) + s2 * sLow + s2Low * s;
  // 2/3·s³ in two parts
  const twoThirds = 0.6666666666666666;
  const twoThirdsLow = 3.700743415417188e-17;
  const cubic = twoThirds * s3;
  const cubicLow = productError(twoThirds, s3, cubic) + twoThirds * s3Low + twoThirdsLow * s3;
  // the rest of the series: 2·s⁵·(1/5 + s²/7 + s⁴/9 + …), |s| < 0.1716
  let tail = 0;
  for (let odd = 29; odd >= 5; odd -= 2) tail = tail * s2 + 2 / odd;
  tail *= s3 * s2;
  // exponent·ln2 + 2s + cubic + tail, largest first
  const e2 = exponent * LN2_HIGH;
  const e2Low = productError(exponent, LN2_HIGH, e2) + exponent * LN2_LOW;
  const first = e2 + 2 * s;
  const firstLow = sumError(e2, 2 * s, first);
  const second = first + cubic;
  const secondLow = sumError(first, cubic, second);
  return second + (secondLow + firstLow + (tail + (cubicLow + (2 * sLow + e2Low))));
}

// exp, log and tanh to 200 bits, in BigInt fixed point: the oracle of the error bounds. Plain series, no speed.

const BITS = 200n;
const ONE = 1n << BITS;

/** A double as a fixed-point number, exactly (|x| from 2^-140 up). */
export function fixed(x: number): bigint {
  let scaled = x;
  let shift = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  const whole = BigInt(scaled) << BITS;
  return whole >> shift;
}

const times = (a: bigint, b: bigint) => (a * b) >> BITS;
const over = (a: bigint, b: bigint) => (a << BITS) / b;

/** 2·atanh(s) */
function twiceAtanh(s: bigint): bigint {
  const square = times(s, s);
  let power = s;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN2 = twiceAtanh(ONE / 3n);

export function logFixed(x: bigint): bigint {
  let exponent = 0n;
  let m = x;
  while (m >= 2n * ONE) {
    m >>= 1n;
    exponent++;
  }
  while (m < ONE) {
    m <<= 1n;
    exponent--;
  }
  return exponent * LN2 + twiceAtanh(over(m - ONE, m + ONE));
}

export function expFixed(x: bigint): bigint {
  const n = x / LN2;
  const r = x - n * LN2;
  let term = ONE;
  let sum = 0n;
  for (let i = 1n; term !== 0n; i++) {
    sum += term;
    term = times(term, r) / i;
  }
  return n >= 0n ? sum << n : sum >> -n;
}

export function tanhFixed(x: bigint): bigint {
  const e = expFixed(2n * x);
  return over(e - ONE, e + ONE);
}

/** |computed − exact| in units of the last place of a number with `digits` binary digits. */
export function ulps(computed: number, exact: bigint, digits: number): number {
  const size = exact < 0n ? -exact : exact;
  const length = BigInt(size.toString(2).length);
  const difference = fixed(computed) - exact;
  const distance = difference < 0n ? -difference : difference;
  // one unit of the last place is 2^(length − digits) in fixed point
  return Number((distance << (BigInt(digits) + 20n)) >> length) / 2 ** 20;
}

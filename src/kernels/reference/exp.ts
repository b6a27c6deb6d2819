/**
 * e^x, element by element, with the operations of assembly/exp.ts in the same order. The two must be changed
 * together; the tests hold them to the same bits.
 */
export type Scalar = (x: number) => number;

const MAGIC64 = 6755399441055744;
const MAGIC32 = 12582912;

const { fround } = Math;

/** 2^e for a whole e in the normal range, exactly: the host's `**` need not be. */
export function powerOfTwo(e: number): number {
  bits.setUint32(4, (e + 1023) << 20, true);
  return bits.getFloat64(0, true);
}
const bits = new DataView(new ArrayBuffer(8));

export const clamp = (x: number, lowest: number, highest: number) => {
  const raised = x < lowest ? lowest : x;
  return highest < raised ? highest : raised;
};

export function exponentOf64(x: number): number {
  return x * Math.LOG2E + MAGIC64 - MAGIC64;
}

export const LN2_HIGH_64 = 0.6931471803691238;
export const LN2_LOW_64 = 1.9082149292705877e-10;

/** e^r − 1 − r */
export function expTail64(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const q01 = r * 0.1666666666666641 + 0.5000000000000011;
  const q23 = r * 0.008333333333496087 + 0.04166666666653011;
  const q45 = r * 0.0001984126950271687 + 0.0013888888943650423;
  const q67 = r * 2.7557590114907527e-6 + 2.480149307252975e-5;
  const q89 = r * 2.4998788413495948e-8 + 2.763025938876134e-7;
  const q03 = r2 * q23 + q01;
  const q47 = r2 * q67 + q45;
  return r2 * (r4 * r4 * q89 + (r4 * q47 + q03));
}

function expReduced64(x: number, n: number): number {
  const high = x - n * LN2_HIGH_64;
  const low = n * LN2_LOW_64;
  return 1 + (high + (expTail64(high - low) - low));
}

export const exp64: Scalar = (x) => {
  const held = clamp(x, -746, 710);
  const n = exponentOf64(held);
  if (Number.isNaN(n)) return Number.NaN;
  const half = n * 0.5 + MAGIC64 - MAGIC64;
  return expReduced64(held, n) * powerOfTwo(half) * powerOfTwo(n - half);
};

const INVERSE_LN2_32 = fround(Math.LOG2E);
export const LN2_HIGH_32 = fround(0.693359375);
export const LN2_LOW_32 = fround(-2.1219444e-4);
const Q32 = [
  0.4999999403953552, 0.1666652113199234, 0.04166838899254799, 0.008368716575205326, 0.001381459878757596,
];

/** a·b + c in two single-precision roundings. */
export const mulAdd32 = (a: number, b: number, c: number) => fround(fround(a * b) + c);

export function exponentOf32(x: number): number {
  return fround(mulAdd32(x, INVERSE_LN2_32, MAGIC32) - MAGIC32);
}

/** e^r − 1 − r */
export function expTail32(r: number): number {
  const r2 = fround(r * r);
  const q01 = mulAdd32(r, Q32[1], Q32[0]);
  const q23 = mulAdd32(r, Q32[3], Q32[2]);
  return fround(r2 * mulAdd32(fround(r2 * r2), Q32[4], mulAdd32(r2, q23, q01)));
}

function expReduced32(x: number, n: number): number {
  const high = fround(x - fround(n * LN2_HIGH_32));
  const low = fround(n * LN2_LOW_32);
  return fround(1 + fround(high + fround(expTail32(fround(high - low)) - low)));
}

export const exp32: Scalar = (x) => {
  const held = clamp(x, -104, 89);
  const n = exponentOf32(held);
  if (Number.isNaN(n)) return Number.NaN;
  const half = fround(mulAdd32(n, 0.5, MAGIC32) - MAGIC32);
  return fround(fround(expReduced32(held, n) * powerOfTwo(half)) * powerOfTwo(n - half));
};

// Products of small matrices, straight from their rows: no packing, no workspace. Every element is one chain
// over k in order, multiply then add, beginning with 0, so these agree to the bit with the packed kernels.
//
// c is covered by tiles of 4, 3 or 1 rows by 2 vectors, then 1 vector. Each tile runs over k once, all its chains side by side:
// a small layer's time is the latency of its chains. Columns that fill no vector share one all the same:
//
//   n = 9, f64    0 1 2 3 | 4 5 6 7 | 7 8    the last tile ends where the row does: 7 once more, with the same bits
//   n = 3, f64    0 1 2 ×                    a short row: × is read from b's next row, or from behind b, and written where
//                                            c's next row comes, or behind c
//
// One by one such columns took as long as a vector each: 16 × 3 × 20 in f32 3.2 times, 5 × 7 × 20 2.5 times as long as so.
//
// A product without a bias adds the zeros at address 0, so that there is one way to store a tile. It changes no bit: a chain
// that begins with +0 never ends in −0, the one number that + 0 changes.

import { zero } from "../constants";
import { assertAligned } from "../lanes";

/** Bytes of b above which one row of c is gathered along b's rows. In the nearest caches the chains of multiplyLines take
 *  less time; from farther ones its cache lines, each of another row, come too late. */
const FAR: usize = 1 << 18;

/** c(m × n) = a · b(k × n), where a's element (i, p) lies at a + i·aRow + p·aStep (bytes): its rows for a
 *  plain product, its columns for aᵀ · b. Unless bias is 0, bias(m × 1) is added along each row at last. */
export function multiplyDirect<T>(
  c: usize, a: usize, b: usize, bias: usize,
  m: usize, n: usize, k: usize, aRow: usize, aStep: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = n * sizeof<T>();
  const biasStep = bias ? sizeof<T>() : 0;
  let rows = m;
  for (; rows >= 4; rows -= 4) {
    multiplyRows<T>(c, a, b, bias, biasStep, line, k, aRow, aStep, 4);
    a += 4 * aRow;
    c += 4 * line;
    bias += 4 * biasStep;
  }
  if (rows == 3) {
    multiplyRows<T>(c, a, b, bias, biasStep, line, k, aRow, aStep, 3);
    return;
  }
  for (; rows > 0; rows--, a += aRow, c += line, bias += biasStep) {
    multiplyRows<T>(c, a, b, bias, biasStep, line, k, aRow, aStep, 1);
  }
}

/** 1, 3 or 4 rows of c, a constant where this is inlined. */
// @ts-ignore: decorator
@inline
function multiplyRows<T>(
  c: usize, a: usize, b: usize, bias: usize, biasStep: usize,
  line: usize, k: usize, aRow: usize, aStep: usize, rows: i32,
): void {
  let j: usize = 0;
  if (rows == 1) {
    if (k * line > FAR) j = gatherRows<T>(c, a, b, bias, line, k, aStep);
    else j = multiplyLines<T>(c, a, b, bias, line, k, aStep);
  }
  const lastPair = max<usize>(line, 32) - 32;
  while (j + 16 < line) {
    j = min<usize>(j, lastPair);
    let c00 = zero<T>(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--, pa += aStep, pb += line) {
      const b0 = v128.load(pb);
      const b1 = v128.load(pb, 16);
      let factor = v128.load_splat<T>(pa);
      c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
      c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
      if (rows > 1) {
        factor = v128.load_splat<T>(pa + aRow);
        c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        factor = v128.load_splat<T>(pa + 2 * aRow);
        c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
      }
      if (rows == 4) {
        factor = v128.load_splat<T>(pa + 3 * aRow);
        c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
        c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      }
    }
    storePair<T>(c + j, c00, c01, bias);
    if (rows > 1) {
      storePair<T>(c + j + line, c10, c11, bias + biasStep);
      storePair<T>(c + j + 2 * line, c20, c21, bias + 2 * biasStep);
    }
    if (rows == 4) storePair<T>(c + j + 3 * line, c30, c31, bias + 3 * biasStep);
    j += 32;
  }
  if (j < line) {
    j = min<usize>(j, max<usize>(line, 16) - 16);
    let c0 = zero<T>(), c1 = c0, c2 = c0, c3 = c0;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--, pa += aStep, pb += line) {
      const b0 = v128.load(pb);
      c0 = v128.add<T>(c0, v128.mul<T>(v128.load_splat<T>(pa), b0));
      if (rows > 1) {
        c1 = v128.add<T>(c1, v128.mul<T>(v128.load_splat<T>(pa + aRow), b0));
        c2 = v128.add<T>(c2, v128.mul<T>(v128.load_splat<T>(pa + 2 * aRow), b0));
      }
      if (rows == 4) c3 = v128.add<T>(c3, v128.mul<T>(v128.load_splat<T>(pa + 3 * aRow), b0));
    }
    storeVector<T>(c + j, c0, bias);
    if (rows > 1) {
      storeVector<T>(c + j + line, c1, bias + biasStep);
      storeVector<T>(c + j + 2 * line, c2, bias + 2 * biasStep);
    }
    if (rows == 4) storeVector<T>(c + j + 3 * line, c3, bias + 3 * biasStep);
  }
}

/** One row of c in steps of a whole cache line of 64 bytes, whose four chains also keep the adders busy. Returns how many
 *  bytes of the row are done. */
// @ts-ignore: decorator
@inline
function multiplyLines<T>(
  c: usize, a: usize, b: usize, bias: usize, line: usize, k: usize, aStep: usize,
): usize {
  const whole = line & ~63;
  let j: usize = 0;
  for (; j < whole; j += 64) {
    let c0 = zero<T>(), c1 = c0, c2 = c0, c3 = c0;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--, pa += aStep, pb += line) {
      const factor = v128.load_splat<T>(pa);
      c0 = v128.add<T>(c0, v128.mul<T>(factor, v128.load(pb)));
      c1 = v128.add<T>(c1, v128.mul<T>(factor, v128.load(pb, 16)));
      c2 = v128.add<T>(c2, v128.mul<T>(factor, v128.load(pb, 32)));
      c3 = v128.add<T>(c3, v128.mul<T>(factor, v128.load(pb, 48)));
    }
    storePair<T>(c + j, c0, c1, bias);
    storePair<T>(c + j + 32, c2, c3, bias);
  }
  return j;
}

/** One row of c, its whole vectors: gathered four rows of b at a time, each of which is read along. Returns how many
 *  bytes of the row are done. */
// @ts-ignore: decorator
@inline
function gatherRows<T>(
  c: usize, a: usize, b: usize, bias: usize, line: usize, k: usize, aStep: usize,
): usize {
  const whole = line & ~15;
  memory.fill(c, 0, whole);
  for (; k >= 4; k -= 4, a += 4 * aStep, b += 4 * line) gather<T>(c, a, b, whole, line, aStep, true);
  for (; k > 0; k--, a += aStep, b += line) gather<T>(c, a, b, whole, line, aStep, false);
  for (let j: usize = 0; j < whole; j += 16) storeVector<T>(c + j, v128.load(c + j), bias);
  return whole;
}

/** c += the product of one row of b, or four in order, with its factor in a. */
// @ts-ignore: decorator
@inline
function gather<T>(c: usize, a: usize, b: usize, whole: usize, line: usize, aStep: usize, four: bool): void {
  const f0 = v128.load_splat<T>(a);
  const f1 = four ? v128.load_splat<T>(a + aStep) : f0;
  const f2 = four ? v128.load_splat<T>(a + 2 * aStep) : f0;
  const f3 = four ? v128.load_splat<T>(a + 3 * aStep) : f0;
  for (const end = c + whole; c < end; c += 16, b += 16) {
    let sum = v128.add<T>(v128.load(c), v128.mul<T>(f0, v128.load(b)));
    if (four) {
      sum = v128.add<T>(sum, v128.mul<T>(f1, v128.load(b + line)));
      sum = v128.add<T>(sum, v128.mul<T>(f2, v128.load(b + 2 * line)));
      sum = v128.add<T>(sum, v128.mul<T>(f3, v128.load(b + 3 * line)));
    }
    v128.store(c, sum);
  }
}

// @ts-ignore: decorator
@inline
function storePair<T>(c: usize, c0: v128, c1: v128, bias: usize): void {
  const biases = v128.load_splat<T>(bias);
  v128.store(c, v128.add<T>(c0, biases));
  v128.store(c, v128.add<T>(c1, biases), 16);
}

// @ts-ignore: decorator
@inline
function storeVector<T>(c: usize, c0: v128, bias: usize): void {
  v128.store(c, v128.add<T>(c0, v128.load_splat<T>(bias)));
}

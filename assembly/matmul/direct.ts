// Products of small matrices, straight from their rows: no packing, no workspace. Every element is one chain
// over k in order, multiply then add, beginning with 0, so these agree to the bit with the packed kernels.

import { lanes, assertAligned } from "../lanes";

/** c(m × n) = a · b(k × n), where a's element (i, p) lies at a + i·aRow + p·aStep (bytes): its rows for a
 *  plain product, its columns for aᵀ · b. */
// @ts-ignore: decorator
@inline
export function multiplyDirect<T>(
  c: usize, a: usize, b: usize, m: usize, n: usize, k: usize, aRow: usize, aStep: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = n * sizeof<T>();
  const twoVectors = (n & ~(2 * lanes<T>() - 1)) * sizeof<T>();
  const oneVector = (n & ~(lanes<T>() - 1)) * sizeof<T>();
  for (let i: usize = 0; i < m; i++, a += aRow, c += line) {
    let j: usize = 0;
    for (; j < twoVectors; j += 32) {
      let sum0 = v128.splat<T>(<T>0);
      let sum1 = v128.splat<T>(<T>0);
      let pa = a;
      let pb = b + j;
      for (let p: usize = 0; p < k; p++, pa += aStep, pb += line) {
        const factor = v128.load_splat<T>(pa);
        sum0 = v128.add<T>(sum0, v128.mul<T>(factor, v128.load(pb)));
        sum1 = v128.add<T>(sum1, v128.mul<T>(factor, v128.load(pb, 16)));
      }
      v128.store(c + j, sum0);
      v128.store(c + j, sum1, 16);
    }
    if (j < oneVector) {
      let sum0 = v128.splat<T>(<T>0);
      let pa = a;
      let pb = b + j;
      for (let p: usize = 0; p < k; p++, pa += aStep, pb += line) {
        sum0 = v128.add<T>(sum0, v128.mul<T>(v128.load_splat<T>(pa), v128.load(pb)));
      }
      v128.store(c + j, sum0);
      j += 16;
    }
    for (; j < line; j += sizeof<T>()) {
      let sum0: T = 0;
      let pa = a;
      let pb = b + j;
      for (let p: usize = 0; p < k; p++, pa += aStep, pb += line) sum0 += load<T>(pa) * load<T>(pb);
      store<T>(c + j, sum0);
    }
  }
}

/** c(m × n) = a(m × k) · b(n × k)ᵀ: each element the dot product of two rows, four chains at a time. */
// @ts-ignore: decorator
@inline
export function multiplyDirectNT<T>(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = k * sizeof<T>();
  for (let i: usize = 0; i < m; i++, a += line) {
    let j: usize = 0;
    let row = b;
    for (; j + 4 <= n; j += 4, row += line * 4, c += 4 * sizeof<T>()) {
      let sum0: T = 0;
      let sum1: T = 0;
      let sum2: T = 0;
      let sum3: T = 0;
      let b0 = row;
      let b1 = row + line;
      let b2 = row + line * 2;
      let b3 = row + line * 3;
      const aEnd = a + line;
      for (let pa = a; pa < aEnd; pa += sizeof<T>()) {
        const factor = load<T>(pa);
        sum0 += factor * load<T>(b0);
        sum1 += factor * load<T>(b1);
        sum2 += factor * load<T>(b2);
        sum3 += factor * load<T>(b3);
        b0 += sizeof<T>();
        b1 += sizeof<T>();
        b2 += sizeof<T>();
        b3 += sizeof<T>();
      }
      store<T>(c, sum0);
      store<T>(c + sizeof<T>(), sum1);
      store<T>(c + 2 * sizeof<T>(), sum2);
      store<T>(c + 3 * sizeof<T>(), sum3);
    }
    for (; j < n; j++, row += line, c += sizeof<T>()) {
      let sum0: T = 0;
      for (let q: usize = 0; q < line; q += sizeof<T>()) sum0 += load<T>(a + q) * load<T>(row + q);
      store<T>(c, sum0);
    }
  }
}

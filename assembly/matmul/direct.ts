// Products of small matrices, straight from their rows: no packing, no workspace. Every element is one chain
// over k in order, multiply then add, beginning with 0, so these agree to the bit with the packed kernels.
//
// c is covered by tiles of up to 4 rows by 2 vectors, then 1 vector, then single columns. Each tile runs over k
// once, all its chains side by side: a small layer's time is the latency of its chains.

import { lanes, assertAligned } from "../lanes";

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
  let rows = m;
  for (; rows >= 4; rows -= 4) {
    multiplyRows<T>(c, a, b, bias, line, k, aRow, aStep, 4);
    a += 4 * aRow;
    c += 4 * line;
    if (bias) bias += 4 * sizeof<T>();
  }
  if (rows == 3) multiplyRows<T>(c, a, b, bias, line, k, aRow, aStep, 3);
  else if (rows == 2) multiplyRows<T>(c, a, b, bias, line, k, aRow, aStep, 2);
  else if (rows == 1) multiplyRows<T>(c, a, b, bias, line, k, aRow, aStep, 1);
}

/** `rows` (1 to 4, a constant where it is inlined) rows of c. */
// @ts-ignore: decorator
@inline
function multiplyRows<T>(
  c: usize, a: usize, b: usize, bias: usize, line: usize, k: usize, aRow: usize, aStep: usize, rows: usize,
): void {
  const twoVectors = line & ~31;
  const oneVector = line & ~15;
  let j: usize = 0;
  for (; j < twoVectors; j += 32) {
    let c00 = v128.splat<T>(<T>0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--) {
      const b0 = v128.load(pb);
      const b1 = v128.load(pb, 16);
      const a0 = v128.load_splat<T>(pa);
      c00 = v128.add<T>(c00, v128.mul<T>(a0, b0));
      c01 = v128.add<T>(c01, v128.mul<T>(a0, b1));
      if (rows > 1) {
        const a1 = v128.load_splat<T>(pa + aRow);
        c10 = v128.add<T>(c10, v128.mul<T>(a1, b0));
        c11 = v128.add<T>(c11, v128.mul<T>(a1, b1));
      }
      if (rows > 2) {
        const a2 = v128.load_splat<T>(pa + 2 * aRow);
        c20 = v128.add<T>(c20, v128.mul<T>(a2, b0));
        c21 = v128.add<T>(c21, v128.mul<T>(a2, b1));
      }
      if (rows > 3) {
        const a3 = v128.load_splat<T>(pa + 3 * aRow);
        c30 = v128.add<T>(c30, v128.mul<T>(a3, b0));
        c31 = v128.add<T>(c31, v128.mul<T>(a3, b1));
      }
      pa += aStep;
      pb += line;
    }
    storePair<T>(c + j, c00, c01, bias);
    if (rows > 1) storePair<T>(c + j + line, c10, c11, bias ? bias + sizeof<T>() : 0);
    if (rows > 2) storePair<T>(c + j + 2 * line, c20, c21, bias ? bias + 2 * sizeof<T>() : 0);
    if (rows > 3) storePair<T>(c + j + 3 * line, c30, c31, bias ? bias + 3 * sizeof<T>() : 0);
  }
  if (j < oneVector) {
    let c0 = v128.splat<T>(<T>0), c1 = c0, c2 = c0, c3 = c0;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--) {
      const b0 = v128.load(pb);
      c0 = v128.add<T>(c0, v128.mul<T>(v128.load_splat<T>(pa), b0));
      if (rows > 1) c1 = v128.add<T>(c1, v128.mul<T>(v128.load_splat<T>(pa + aRow), b0));
      if (rows > 2) c2 = v128.add<T>(c2, v128.mul<T>(v128.load_splat<T>(pa + 2 * aRow), b0));
      if (rows > 3) c3 = v128.add<T>(c3, v128.mul<T>(v128.load_splat<T>(pa + 3 * aRow), b0));
      pa += aStep;
      pb += line;
    }
    storeVector<T>(c + j, c0, bias);
    if (rows > 1) storeVector<T>(c + j + line, c1, bias ? bias + sizeof<T>() : 0);
    if (rows > 2) storeVector<T>(c + j + 2 * line, c2, bias ? bias + 2 * sizeof<T>() : 0);
    if (rows > 3) storeVector<T>(c + j + 3 * line, c3, bias ? bias + 3 * sizeof<T>() : 0);
    j += 16;
  }
  for (; j < line; j += sizeof<T>()) {
    let c0: T = 0, c1: T = 0, c2: T = 0, c3: T = 0;
    let pa = a;
    let pb = b + j;
    for (let p = k; p > 0; p--) {
      const b0 = load<T>(pb);
      c0 += load<T>(pa) * b0;
      if (rows > 1) c1 += load<T>(pa + aRow) * b0;
      if (rows > 2) c2 += load<T>(pa + 2 * aRow) * b0;
      if (rows > 3) c3 += load<T>(pa + 3 * aRow) * b0;
      pa += aStep;
      pb += line;
    }
    if (bias) {
      c0 += load<T>(bias);
      if (rows > 1) c1 += load<T>(bias, sizeof<T>());
      if (rows > 2) c2 += load<T>(bias, 2 * sizeof<T>());
      if (rows > 3) c3 += load<T>(bias, 3 * sizeof<T>());
    }
    store<T>(c + j, c0);
    if (rows > 1) store<T>(c + j + line, c1);
    if (rows > 2) store<T>(c + j + 2 * line, c2);
    if (rows > 3) store<T>(c + j + 3 * line, c3);
  }
}

// @ts-ignore: decorator
@inline
function storePair<T>(c: usize, c0: v128, c1: v128, bias: usize): void {
  if (bias) {
    const biases = v128.load_splat<T>(bias);
    v128.store(c, v128.add<T>(c0, biases));
    v128.store(c, v128.add<T>(c1, biases), 16);
  } else {
    v128.store(c, c0);
    v128.store(c, c1, 16);
  }
}

// @ts-ignore: decorator
@inline
function storeVector<T>(c: usize, c0: v128, bias: usize): void {
  v128.store(c, bias ? v128.add<T>(c0, v128.load_splat<T>(bias)) : c0);
}

/** c(m × n) = a(m × k) · b(n × k)ᵀ: each element the dot product of two rows; up to 4 rows of a by 2 of b, eight
 *  chains, at a time. */
export function multiplyDirectNT<T>(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  let rows = m;
  for (; rows >= 4; rows -= 4) {
    multiplyRowsNT<T>(c, a, b, n, k, 4);
    a += 4 * k * sizeof<T>();
    c += 4 * n * sizeof<T>();
  }
  if (rows == 3) multiplyRowsNT<T>(c, a, b, n, k, 3);
  else if (rows == 2) multiplyRowsNT<T>(c, a, b, n, k, 2);
  else if (rows == 1) multiplyRowsNT<T>(c, a, b, n, k, 1);
}

// @ts-ignore: decorator
@inline
function multiplyRowsNT<T>(c: usize, a: usize, b: usize, n: usize, k: usize, rows: usize): void {
  const line = k * sizeof<T>();
  const outLine = n * sizeof<T>();
  const aEnd = a + line;
  let left = n;
  for (; left >= 2; left -= 2) {
    let c00: T = 0, c01: T = 0, c10: T = 0, c11: T = 0, c20: T = 0, c21: T = 0, c30: T = 0, c31: T = 0;
    let pb = b;
    for (let pa = a; pa < aEnd; pa += sizeof<T>(), pb += sizeof<T>()) {
      const b0 = load<T>(pb);
      const b1 = load<T>(pb + line);
      const a0 = load<T>(pa);
      c00 += a0 * b0;
      c01 += a0 * b1;
      if (rows > 1) {
        const a1 = load<T>(pa + line);
        c10 += a1 * b0;
        c11 += a1 * b1;
      }
      if (rows > 2) {
        const a2 = load<T>(pa + 2 * line);
        c20 += a2 * b0;
        c21 += a2 * b1;
      }
      if (rows > 3) {
        const a3 = load<T>(pa + 3 * line);
        c30 += a3 * b0;
        c31 += a3 * b1;
      }
    }
    store<T>(c, c00);
    store<T>(c, c01, sizeof<T>());
    if (rows > 1) {
      store<T>(c + outLine, c10);
      store<T>(c + outLine, c11, sizeof<T>());
    }
    if (rows > 2) {
      store<T>(c + 2 * outLine, c20);
      store<T>(c + 2 * outLine, c21, sizeof<T>());
    }
    if (rows > 3) {
      store<T>(c + 3 * outLine, c30);
      store<T>(c + 3 * outLine, c31, sizeof<T>());
    }
    b += 2 * line;
    c += 2 * sizeof<T>();
  }
  if (left) {
    let c0: T = 0, c1: T = 0, c2: T = 0, c3: T = 0;
    let pb = b;
    for (let pa = a; pa < aEnd; pa += sizeof<T>(), pb += sizeof<T>()) {
      const b0 = load<T>(pb);
      c0 += load<T>(pa) * b0;
      if (rows > 1) c1 += load<T>(pa + line) * b0;
      if (rows > 2) c2 += load<T>(pa + 2 * line) * b0;
      if (rows > 3) c3 += load<T>(pa + 3 * line) * b0;
    }
    store<T>(c, c0);
    if (rows > 1) store<T>(c + outLine, c1);
    if (rows > 2) store<T>(c + 2 * outLine, c2);
    if (rows > 3) store<T>(c + 3 * outLine, c3);
  }
}

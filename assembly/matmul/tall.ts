// Rows of c of at most two vectors, eight at a time, for the turbo build. By four, as direct.ts takes them, their one pair of
// vectors is half as many chains as the adders take.
//
//    a0(p) a0(p + 1)          b(p)      0 1 2 3        c0 += a0(p) · b(p), … c7 += a7(p) · b(p);
//    a1(p) a1(p + 1)          b(p + 1)  0 1 2 3        c0 += a0(p + 1) · b(p + 1), … c7 += a7(p + 1) · b(p + 1)
//      ⋮       ⋮
//    a7(p) a7(p + 1)
//
// Two steps of k use the same eight addresses, since to move those takes as many operations as the products of one step: moved at
// every step, eight rows took as long as four and four. So 16 rows of 3 or 4 over 150 take 0.75 to 0.82 times as long in f64, 0.8
// to 0.88 in f32, 64 rows of 8 in f32 0.75 to 0.8. The narrow build has too few registers for eight rows of two vectors.

import { zero } from "../constants";
import { IN_PAIRS } from "../lanes";
import { addProduct, multiplyDirect, storeRow } from "./direct";

/** Whether c(m × n) goes this way: longer rows are as many chains in direct.ts. */
// @ts-ignore: decorator
@inline
export function isTall<T>(m: usize, n: usize): bool {
  return IN_PAIRS && m >= 8 && n * sizeof<T>() <= 32;
}

/** c(m × n) = a(m × k) · b(k × n), then, unless bias is 0, + bias(m × 1) along each row, of a product that isTall; rows that are
 *  left over go directly. */
export function multiplyTall<T>(c: usize, a: usize, b: usize, bias: usize, m: usize, n: usize, k: usize): void {
  const line = n * sizeof<T>();
  const aRow = k * sizeof<T>();
  const biasStep = bias ? sizeof<T>() : 0;
  // Loops that run once: where the tiles are the arms of one condition, V8 pairs nothing, and they take 2.4 times as long.
  for (; m >= 8 && k > 0; m -= 8, a += 8 * aRow, c += 8 * line, bias += 8 * biasStep) {
    let j: usize = 0;
    for (; j + 16 < line; j += 32) multiplyTile<T>(c + j, a, b + j, bias, biasStep, line, k, 2);
    for (; j < line; j += 16) multiplyTile<T>(c + j, a, b + j, bias, biasStep, line, k, 1);
  }
  if (m) multiplyDirect<T>(c, a, b, bias, m, n, k, aRow, sizeof<T>());
}

/** Eight rows of c by one or two vectors, a constant where this is inlined. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(
  c: usize, a: usize, b: usize, bias: usize, biasStep: usize, line: usize, k: usize, vectors: i32,
): void {
  const aRow = k * sizeof<T>();
  let a0 = a, a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  let a4 = a3 + aRow, a5 = a4 + aRow, a6 = a5 + aRow, a7 = a6 + aRow;
  let c00 = zero<T>(), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00, c60 = c00, c70 = c00;
  let c01 = c00, c11 = c00, c21 = c00, c31 = c00, c41 = c00, c51 = c00, c61 = c00, c71 = c00;
  for (;;) {
    let b0 = v128.load(b);
    let b1 = vectors > 1 ? v128.load(b, 16) : b0;
    let factor = v128.load_splat<T>(a0);
    c00 = addProduct<T>(c00, factor, b0, true);
    c01 = addProduct<T>(c01, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a1);
    c10 = addProduct<T>(c10, factor, b0, true);
    c11 = addProduct<T>(c11, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a2);
    c20 = addProduct<T>(c20, factor, b0, true);
    c21 = addProduct<T>(c21, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a3);
    c30 = addProduct<T>(c30, factor, b0, true);
    c31 = addProduct<T>(c31, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a4);
    c40 = addProduct<T>(c40, factor, b0, true);
    c41 = addProduct<T>(c41, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a5);
    c50 = addProduct<T>(c50, factor, b0, true);
    c51 = addProduct<T>(c51, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a6);
    c60 = addProduct<T>(c60, factor, b0, true);
    c61 = addProduct<T>(c61, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a7);
    c70 = addProduct<T>(c70, factor, b0, true);
    c71 = addProduct<T>(c71, factor, b1, vectors > 1);
    if (k == 1) break;
    b += line;
    b0 = v128.load(b);
    b1 = vectors > 1 ? v128.load(b, 16) : b0;
    factor = v128.load_splat<T>(a0, sizeof<T>());
    c00 = addProduct<T>(c00, factor, b0, true);
    c01 = addProduct<T>(c01, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a1, sizeof<T>());
    c10 = addProduct<T>(c10, factor, b0, true);
    c11 = addProduct<T>(c11, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a2, sizeof<T>());
    c20 = addProduct<T>(c20, factor, b0, true);
    c21 = addProduct<T>(c21, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a3, sizeof<T>());
    c30 = addProduct<T>(c30, factor, b0, true);
    c31 = addProduct<T>(c31, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a4, sizeof<T>());
    c40 = addProduct<T>(c40, factor, b0, true);
    c41 = addProduct<T>(c41, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a5, sizeof<T>());
    c50 = addProduct<T>(c50, factor, b0, true);
    c51 = addProduct<T>(c51, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a6, sizeof<T>());
    c60 = addProduct<T>(c60, factor, b0, true);
    c61 = addProduct<T>(c61, factor, b1, vectors > 1);
    factor = v128.load_splat<T>(a7, sizeof<T>());
    c70 = addProduct<T>(c70, factor, b0, true);
    c71 = addProduct<T>(c71, factor, b1, vectors > 1);
    k -= 2;
    if (k == 0) break;
    b += line;
    a0 += 2 * sizeof<T>();
    a1 += 2 * sizeof<T>();
    a2 += 2 * sizeof<T>();
    a3 += 2 * sizeof<T>();
    a4 += 2 * sizeof<T>();
    a5 += 2 * sizeof<T>();
    a6 += 2 * sizeof<T>();
    a7 += 2 * sizeof<T>();
  }
  storeRow<T>(c, c00, c01, c01, c01, bias, vectors);
  storeRow<T>(c + line, c10, c11, c11, c11, bias + biasStep, vectors);
  storeRow<T>(c + 2 * line, c20, c21, c21, c21, bias + 2 * biasStep, vectors);
  storeRow<T>(c + 3 * line, c30, c31, c31, c31, bias + 3 * biasStep, vectors);
  storeRow<T>(c + 4 * line, c40, c41, c41, c41, bias + 4 * biasStep, vectors);
  storeRow<T>(c + 5 * line, c50, c51, c51, c51, bias + 5 * biasStep, vectors);
  storeRow<T>(c + 6 * line, c60, c61, c61, c61, bias + 6 * biasStep, vectors);
  storeRow<T>(c + 7 * line, c70, c71, c71, c71, bias + 7 * biasStep, vectors);
}

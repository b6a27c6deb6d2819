// Which way a small product goes, for each side that may be transposed. All ways agree to the bit: each element is one chain
// over k in order.

import { IN_PAIRS, assertAligned, lanes } from "../lanes";
import { transpose } from "../transpose";
import { goesByTranspose, multiplyByTranspose } from "./by-transpose";
import { multiplyChains } from "./chains";
import { multiplyColumn } from "./column";
import { multiplyDirect } from "./direct";
import { isTall, multiplyTall } from "./tall";

/** Whether the product of elements of `size` bytes goes by chains.ts: up to 128 multiply-adds of f32 or 256 of f64, in the turbo build
 *  160, where that takes less time than turning b; where nothing is turned, over one product up to 64 or 128, and if c is one row or
 *  one column, or the row that b is then has more than 16 elements, up to 16 or 32: 24 to 64 take 0.69 to 0.93 times as long along
 *  vectors. Two columns share a vector there, up to 7 rows in less time than any other way. Not of nothing but such. */
export function goesByChains(m: usize, n: usize, k: usize, size: usize): bool {
  if (n == 2 && m < 8) return m * k > 0;
  const turned: usize = IN_PAIRS && size == 8 ? 20 : 32;
  const most: usize = min<usize>(m, n) == 1 ? 4 : k > 1 ? turned : n > 16 ? 4 : 16;
  return m * n * k - 1 < most * size;
}

/** c(m × n) = a(m × k) · b(k × n), then, unless bias is 0, + bias(m × 1) along each row. */
// @ts-ignore: decorator
@inline
export function multiplySmall<T>(c: usize, a: usize, b: usize, bias: usize, m: usize, n: usize, k: usize): void {
  if (n == 1 && m >= lanes<T>()) multiplyColumn<T>(c, a, b, bias, m, k);
  else if (isTall<T>(m, n)) multiplyTall<T>(c, a, b, bias, m, n, k);
  else multiplyDirect<T>(c, a, b, bias, m, n, k, k * sizeof<T>(), sizeof<T>());
}

/** c(m × n) = a(m × k) · b(n × k)ᵀ. `turned` is room for bᵀ, or, where the product goesByTranspose, for what that turns. A b of one
 *  row or one column lies as bᵀ does; a of one row changes places with b, since c and its transpose lie alike then. Not in the turbo
 *  build over one product: a row of 17 to 512 elements takes 0.44 to 1.0 times as long along its vectors of twice the length. */
export function multiplySmallNT<T>(
  c: usize, a: usize, b: usize, turned: usize, m: usize, n: usize, k: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  if (goesByChains(m, n, k, sizeof<T>())) {
    multiplyChains<T>(c, a, b, 0, m, n, k);
    return;
  }
  if (m == 1 && !(IN_PAIRS && k == 1)) {
    multiplySmall<T>(c, b, a, 0, n, 1, k);
    return;
  }
  if (goesByTranspose<T>(m, n, k)) {
    multiplyByTranspose<T>(c, a, b, turned, m, n, k);
    return;
  }
  let right = b;
  if (n > 1 && k > 1) {
    transpose<T>(turned, b, n, k);
    right = turned;
  }
  multiplySmall<T>(c, a, right, 0, m, n, k);
}

/** c(m × n) = a(k × m)ᵀ · b(k × n). A b of one column changes places with a: it lies as one row does, which meets a's lines
 *  as they lie in memory. */
// @ts-ignore: decorator
@inline
export function multiplySmallTN<T>(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  const column = n == 1;
  multiplyDirect<T>(
    c, column ? b : a, column ? a : b, 0,
    column ? 1 : m, column ? m : n, k, sizeof<T>(), (column ? 1 : m) * sizeof<T>(),
  );
}

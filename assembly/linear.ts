// A small linear layer's three steps, each one call: for a small net the calls cost more than the arithmetic.

import { columnSums } from "./column-sums";
import { subtractScaled } from "./elementwise";
import { IN_PAIRS, assertAligned } from "./lanes";
import { goesByTranspose, multiplyByTranspose } from "./matmul/by-transpose";
import { multiplyChains } from "./matmul/chains";
import { isNarrow, multiplyNarrow } from "./matmul/narrow";
import { goesByChains, multiplySmall, multiplySmallNT, multiplySmallTN } from "./matmul/small";
import { isChain, rowSums } from "./sums";

/** Of an f64 layer. */
export const DOUBLE: i32 = 1;
/** forward is narrow. */
const NARROW_FORWARD: i32 = 2;
/** dW goes by chains, and db with it. */
const CHAINS: i32 = 4;
/** dA is narrow. */
const NARROW_BACKWARD: i32 = NARROW_FORWARD << 2;
/** dW goes by its transpose, and db by the columns of dZᵀ, which is turned for that. */
const BY_TRANSPOSE: i32 = NARROW_BACKWARD << 1;

/** Which ways a layer's steps go, for their records: found once for a shape. Found out at every call it took 66 of the 1,671
 *  instructions that an epoch of XOR in float64 had here. */
export function waysOf(nOut: usize, m: usize, nIn: usize, double: i32): i32 {
  const size: usize = double ? 8 : 4;
  let found = double ? DOUBLE : 0;
  // forward, then backward: one call that is inlined once
  for (let way = NARROW_FORWARD, rows = nOut, depth = nIn; way <= NARROW_BACKWARD; way <<= 2, rows = nIn, depth = nOut) {
    if (isNarrow(rows, m, depth, size)) found |= way;
  }
  // Sums that are chains go along with those of the product.
  if (isChain(m) && goesByChains(nOut, nIn, m, size)) found |= CHAINS;
  if (IN_PAIRS && !double && nOut % 8 == 0 && goesByTranspose<f32>(nOut, nIn, m)) found |= BY_TRANSPOSE;
  return found;
}

/** z(nOut × m) = w(nOut × nIn) · a(nIn × m), then + b(nOut × 1) along each row. */
// @ts-ignore: decorator
@inline
export function forward<T>(
  z: usize, w: usize, a: usize, b: usize, nOut: usize, m: usize, nIn: usize, ways: i32,
): void {
  assertAligned<T>(b);
  if (ways & NARROW_FORWARD) multiplyNarrow<T>(z, w, a, b, nOut, m, nIn, nIn * sizeof<T>(), sizeof<T>(), true);
  else multiplySmall<T>(z, w, a, b, nOut, m, nIn);
}

/** dW(nOut × nIn) = dZ(nOut × m) · a(nIn × m)ᵀ, db(nOut × 1) = the row sums of dZ, and, unless dA is 0,
 *  dA(nIn × m) = w(nOut × nIn)ᵀ · dZ. `turned` is room for aᵀ, or dZᵀ. */
// @ts-ignore: decorator
@inline
export function backward<T>(
  dW: usize, db: usize, dA: usize, dZ: usize, a: usize, w: usize, turned: usize,
  nOut: usize, m: usize, nIn: usize, ways: i32,
): void {
  assertAligned<T>(db);
  if (ways & CHAINS) multiplyChains<T>(dW, dZ, a, db, nOut, nIn, m);
  else if (IN_PAIRS && sizeof<T>() == 4 && (ways & BY_TRANSPOSE) != 0) {
    multiplyByTranspose<T>(dW, dZ, a, turned, nOut, nIn, m);
    columnSums(db, turned, m, nOut, turned + (m + nIn) * nOut * sizeof<T>());
  } else {
    multiplySmallNT<T>(dW, dZ, a, turned, nOut, nIn, m);
    rowSums<T>(db, dZ, nOut, m);
  }
  if (dA == 0) return;
  if (ways & NARROW_BACKWARD) multiplyNarrow<T>(dA, w, dZ, 0, nIn, m, nOut, sizeof<T>(), nIn * sizeof<T>(), false);
  else multiplySmallTN<T>(dA, w, dZ, nIn, m, nOut);
}

/** w(weights) −= rate · dW and b(biases) −= rate · db. */
// @ts-ignore: decorator
@inline
export function update<T>(
  w: usize, b: usize, dW: usize, db: usize, weights: usize, biases: usize, rate: T,
): void {
  // w, then b. Inlined for each, the update would take another 200 bytes of the module.
  for (let part = 0, n = weights; part < 2; part++, n = biases, w = b, dW = db) {
    subtractScaled<T>(w, dW, n, rate);
  }
}

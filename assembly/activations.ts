// Activations beside the sigmoid: one function of each element, except softmax, which joins the rows of a column. The turbo build
// takes two vectors at a time, which V8 makes one of: of 2,400 elements ReLU takes 0.5 times as long so, its gradient 0.7.

import { one, zero } from "./constants";
import { expOf } from "./exp";
import { IN_PAIRS, assertAligned, storePair, storeOneOrTwoInRow } from "./lanes";
import { tanhOf } from "./tanh";

/** a(n) = tanh z(n); a may be z. */
// @ts-ignore: decorator
@inline
export function tanh<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) {
    const second = tanhOf<T>(v128.load(z + i, 16));
    storePair(a + i, tanhOf<T>(v128.load(z + i)), second);
  }
  for (; i < bytes; i += 16) v128.store(a + i, tanhOf<T>(v128.load(z + i)));
}

/** Of one vector. */
// @ts-ignore: decorator
@inline
function tanhGradientOf<T>(upstream: v128, a: v128): v128 {
  return v128.mul<T>(upstream, v128.sub<T>(one<T>(), v128.mul<T>(a, a)));
}

/** dZ(n) = upstream(n) · (1 − a(n)²); dZ may be upstream. */
// @ts-ignore: decorator
@inline
export function tanhGradient<T>(dZ: usize, upstream: usize, a: usize, n: usize): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) {
    const second = tanhGradientOf<T>(v128.load(upstream + i, 16), v128.load(a + i, 16));
    storePair(dZ + i, tanhGradientOf<T>(v128.load(upstream + i), v128.load(a + i)), second);
  }
  for (; i < bytes; i += 16) {
    v128.store(dZ + i, tanhGradientOf<T>(v128.load(upstream + i), v128.load(a + i)));
  }
}

/** Of one vector. pmax is one instruction and keeps −0, which the sum with 0 turns; max, which orders zeros and carries NaN both
 *  ways, is eight. */
// @ts-ignore: decorator
@inline
function reluOf<T>(z: v128, nothing: v128): v128 {
  return v128.add<T>(v128.pmax<T>(z, nothing), nothing);
}

/** a(n) = max(z(n), 0); a NaN stays one; a may be z. */
// @ts-ignore: decorator
@inline
export function relu<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const nothing = zero<T>();
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) {
    const second = reluOf<T>(v128.load(z + i, 16), nothing);
    storePair(a + i, reluOf<T>(v128.load(z + i), nothing), second);
  }
  for (; i < bytes; i += 16) v128.store(a + i, reluOf<T>(v128.load(z + i), nothing));
}

/** x where `side` is greater than 0, else slope · x, of one vector. */
// @ts-ignore: decorator
@inline
function leaky<T>(x: v128, side: v128, slopes: v128): v128 {
  return v128.bitselect(x, v128.mul<T>(slopes, x), v128.gt<T>(side, zero<T>()));
}

/** a(n) = z(n) where z > 0, else slope · z(n); a may be z. */
// @ts-ignore: decorator
@inline
export function leakyRelu<T>(a: usize, z: usize, n: usize, slope: T): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const slopes = v128.splat<T>(slope);
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) {
    const first = v128.load(z + i);
    const second = v128.load(z + i, 16);
    storePair(a + i, leaky<T>(first, first, slopes), leaky<T>(second, second, slopes));
  }
  for (; i < bytes; i += 16) {
    const value = v128.load(z + i);
    v128.store(a + i, leaky<T>(value, value, slopes));
  }
}

/** dZ(n) = upstream(n) where a > 0, else slope · upstream(n): ReLU's with slope 0. dZ may be upstream. */
// @ts-ignore: decorator
@inline
export function reluGradient<T>(dZ: usize, upstream: usize, a: usize, n: usize, slope: T): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const slopes = v128.splat<T>(slope);
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) {
    const second = leaky<T>(v128.load(upstream + i, 16), v128.load(a + i, 16), slopes);
    storePair(dZ + i, leaky<T>(v128.load(upstream + i), v128.load(a + i), slopes), second);
  }
  for (; i < bytes; i += 16) {
    v128.store(dZ + i, leaky<T>(v128.load(upstream + i), v128.load(a + i), slopes));
  }
}

/** The greatest element of each of the columns side by side in one vector. A NaN below the first row is passed over: the sum of the
 *  powers meets it. */
export function greatestOf<T>(z: usize, rowBytes: usize, bytes: usize): v128 {
  let most = v128.load(z);
  for (const end = z + bytes; z != end; z += rowBytes) most = v128.pmax<T>(most, v128.load(z));
  return most;
}

/** The columns side by side in a vector, or two, `left` bytes before their rows end: their greatest element, then the exponentials of
 *  what lies below it, summed down the rows in order as NumPy does for axis 0, then the quotients. */
// @ts-ignore: decorator
@inline
function softmaxColumns<T>(a: usize, z: usize, rowBytes: usize, bytes: usize, left: usize, two: bool): void {
  let most = two ? v128.load(z) : greatestOf<T>(z, rowBytes, bytes);
  let nextMost = two ? v128.load(z, 16) : most;
  for (let i: usize = 0; two && i < bytes; i += rowBytes) {
    most = v128.pmax<T>(most, v128.load(z + i));
    nextMost = v128.pmax<T>(nextMost, v128.load(z + i, 16));
  }
  let total = zero<T>(), nextTotal = total;
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    const power = expOf<T>(v128.sub<T>(v128.load(z + i), most), two);
    const nextPower = two ? expOf<T>(v128.sub<T>(v128.load(z + i, 16), nextMost), two) : power;
    total = v128.add<T>(total, power);
    nextTotal = two ? v128.add<T>(nextTotal, nextPower) : total;
    storeOneOrTwoInRow(a + i, power, nextPower, left, two);
  }
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    const share = v128.div<T>(v128.load(a + i), total);
    storeOneOrTwoInRow(a + i, share, two ? v128.div<T>(v128.load(a + i, 16), nextTotal) : share, left, two);
  }
}

/** a(rows × cols) = e^(z − max) / Σ e^(z − max), over the rows of each column; a may be z. */
// @ts-ignore: decorator
@inline
export function softmax<T>(a: usize, z: usize, rows: usize, cols: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const rowBytes = cols * sizeof<T>();
  const bytes = rows * rowBytes;
  let j: usize = 0;
  for (; IN_PAIRS && j + 32 <= rowBytes; j += 32) softmaxColumns<T>(a + j, z + j, rowBytes, bytes, 32, true);
  for (; j < rowBytes; j += 16) softmaxColumns<T>(a + j, z + j, rowBytes, bytes, rowBytes - j, false);
}

/** Of the columns side by side in a vector, or two, from j bytes of a row on. */
// @ts-ignore: decorator
@inline
function softmaxGradientColumns<T>(
  dZ: usize, upstream: usize, a: usize, j: usize, rowBytes: usize, bytes: usize, two: bool,
): void {
  const left = rowBytes - j;
  let total = zero<T>(), nextTotal = total;
  for (let i = j; i < bytes; i += rowBytes) {
    total = v128.add<T>(total, v128.mul<T>(v128.load(upstream + i), v128.load(a + i)));
    if (two) nextTotal = v128.add<T>(nextTotal, v128.mul<T>(v128.load(upstream + i, 16), v128.load(a + i, 16)));
  }
  for (let i = j; i < bytes; i += rowBytes) {
    const below = v128.sub<T>(v128.load(upstream + i), total);
    const slope = v128.mul<T>(v128.load(a + i), below);
    const next = two ? v128.mul<T>(v128.load(a + i, 16), v128.sub<T>(v128.load(upstream + i, 16), nextTotal)) : slope;
    storeOneOrTwoInRow(dZ + i, slope, next, left, two);
  }
}

/** dZ(rows × cols) = a · (upstream − Σ upstream · a), the sum over the rows of each column; dZ may be upstream. */
// @ts-ignore: decorator
@inline
export function softmaxGradient<T>(dZ: usize, upstream: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const rowBytes = cols * sizeof<T>();
  const bytes = rows * rowBytes;
  let j: usize = 0;
  for (; IN_PAIRS && j + 32 <= rowBytes; j += 32) softmaxGradientColumns<T>(dZ, upstream, a, j, rowBytes, bytes, true);
  for (; j < rowBytes; j += 16) softmaxGradientColumns<T>(dZ, upstream, a, j, rowBytes, bytes, false);
}

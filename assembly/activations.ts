// Activations beside the sigmoid: one function of each element, except softmax, which joins the rows of a column.

import { one, zero } from "./constants";
import { expOf } from "./exp";
import { IN_PAIRS, assertAligned, isTail, lanes, loadOne, read, stepOf, storeOne, write } from "./lanes";
import { logOf } from "./log";
import { tanhOf } from "./tanh";

/** out(n) = ln x(n); out may be x. */
// @ts-ignore: decorator
@inline
export function log<T>(out: usize, x: usize, n: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    write<T>(out + i, logOf<T>(read<T>(x + i, single), zero<T>()), single);
    i += stepOf<T>(single);
  }
}

/** a(n) = tanh z(n); a may be z. */
// @ts-ignore: decorator
@inline
export function tanh<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const bytes = n * sizeof<T>();
  let i: usize = 0;
  if (IN_PAIRS) {
    for (; i + 32 <= bytes; i += 32) {
      const second = tanhOf<T>(v128.load(z + i, 16));
      v128.store(a + i, tanhOf<T>(v128.load(z + i)));
      v128.store(a + i, second, 16);
    }
  }
  while (i < bytes) {
    const single = isTail(i, bytes);
    write<T>(a + i, tanhOf<T>(read<T>(z + i, single)), single);
    i += stepOf<T>(single);
  }
}

/** dZ(n) = upstream(n) · (1 − a(n)²); dZ may be upstream. */
// @ts-ignore: decorator
@inline
export function tanhGradient<T>(dZ: usize, upstream: usize, a: usize, n: usize): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const value = read<T>(a + i, single);
    const slope = v128.sub<T>(one<T>(), v128.mul<T>(value, value));
    write<T>(dZ + i, v128.mul<T>(read<T>(upstream + i, single), slope), single);
    i += stepOf<T>(single);
  }
}

/** a(n) = max(z(n), 0); a NaN stays one; a may be z. */
// @ts-ignore: decorator
@inline
export function relu<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const end = a + n * sizeof<T>();
  const vectorEnd = a + (n & ~(lanes<T>() - 1)) * sizeof<T>();
  for (; a < vectorEnd; a += 16, z += 16) v128.store(a, v128.max<T>(v128.load(z), zero<T>()));
  for (; a < end; a += sizeof<T>(), z += sizeof<T>()) storeOne<T>(a, v128.max<T>(loadOne<T>(z), zero<T>()));
}

/** a(n) = z(n) where z > 0, else slope · z(n); a may be z. */
// @ts-ignore: decorator
@inline
export function leakyRelu<T>(a: usize, z: usize, n: usize, slope: T): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const slopes = v128.splat<T>(slope);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const value = read<T>(z + i, single);
    write<T>(a + i, v128.bitselect(value, v128.mul<T>(slopes, value), v128.gt<T>(value, zero<T>())), single);
    i += stepOf<T>(single);
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
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const up = read<T>(upstream + i, single);
    const live = v128.gt<T>(read<T>(a + i, single), zero<T>());
    write<T>(dZ + i, v128.bitselect(up, v128.mul<T>(slopes, up), live), single);
    i += stepOf<T>(single);
  }
}

/** The greatest element of each of the columns side by side in one vector, or of the single one. */
export function greatestOf<T>(z: usize, rowBytes: usize, bytes: usize, single: bool): v128 {
  let most = read<T>(z, single);
  for (const end = z + bytes; z < end; z += rowBytes) most = v128.max<T>(most, read<T>(z, single));
  return most;
}

/** The columns side by side in one vector (or the single one): their greatest element, then the exponentials of
 *  what lies below it, summed down the rows in order as NumPy does for axis 0, then the quotients. */
// @ts-ignore: decorator
@inline
function softmaxColumns<T>(a: usize, z: usize, rowBytes: usize, bytes: usize, single: bool): void {
  const most = greatestOf<T>(z, rowBytes, bytes, single);
  let total = zero<T>();
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    const power = expOf<T>(v128.sub<T>(read<T>(z + i, single), most));
    total = v128.add<T>(total, power);
    write<T>(a + i, power, single);
  }
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    write<T>(a + i, v128.div<T>(read<T>(a + i, single), total), single);
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
  for (let j: usize = 0; j < rowBytes; ) {
    const single = isTail(j, rowBytes);
    softmaxColumns<T>(a + j, z + j, rowBytes, bytes, single);
    j += stepOf<T>(single);
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
  for (let j: usize = 0; j < rowBytes; ) {
    const single = isTail(j, rowBytes);
    let total = zero<T>();
    for (let i = j; i < bytes; i += rowBytes) {
      total = v128.add<T>(total, v128.mul<T>(read<T>(upstream + i, single), read<T>(a + i, single)));
    }
    for (let i = j; i < bytes; i += rowBytes) {
      const below = v128.sub<T>(read<T>(upstream + i, single), total);
      write<T>(dZ + i, v128.mul<T>(read<T>(a + i, single), below), single);
    }
    j += stepOf<T>(single);
  }
}

// Activations beside the sigmoid: one function of each element, except softmax, which joins the rows of a column.

import { one, zero } from "./constants";
import { expOf } from "./exp";
import { IN_PAIRS, assertAligned, storeInRow } from "./lanes";
import { logOf } from "./log";
import { tanhOf } from "./tanh";

/** out(n) = ln x(n); out may be x. */
// @ts-ignore: decorator
@inline
export function log<T>(out: usize, x: usize, n: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(x);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, logOf<T>(v128.load(x + i), zero<T>()));
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
  for (; i < bytes; i += 16) v128.store(a + i, tanhOf<T>(v128.load(z + i)));
}

/** dZ(n) = upstream(n) · (1 − a(n)²); dZ may be upstream. */
// @ts-ignore: decorator
@inline
export function tanhGradient<T>(dZ: usize, upstream: usize, a: usize, n: usize): void {
  assertAligned<T>(dZ);
  assertAligned<T>(upstream);
  assertAligned<T>(a);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const value = v128.load(a + i);
    const slope = v128.sub<T>(one<T>(), v128.mul<T>(value, value));
    v128.store(dZ + i, v128.mul<T>(v128.load(upstream + i), slope));
  }
}

/** a(n) = max(z(n), 0); a NaN stays one; a may be z. pmax is one instruction and keeps −0, which the sum with 0 turns; max, which
 *  orders zeros and carries NaN both ways, is eight. */
// @ts-ignore: decorator
@inline
export function relu<T>(a: usize, z: usize, n: usize): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const nothing = zero<T>();
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(a + i, v128.add<T>(v128.pmax<T>(v128.load(z + i), nothing), nothing));
  }
}

/** a(n) = z(n) where z > 0, else slope · z(n); a may be z. */
// @ts-ignore: decorator
@inline
export function leakyRelu<T>(a: usize, z: usize, n: usize, slope: T): void {
  assertAligned<T>(a);
  assertAligned<T>(z);
  const slopes = v128.splat<T>(slope);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const value = v128.load(z + i);
    v128.store(a + i, v128.bitselect(value, v128.mul<T>(slopes, value), v128.gt<T>(value, zero<T>())));
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
  for (let i: usize = 0; i < bytes; i += 16) {
    const up = v128.load(upstream + i);
    const live = v128.gt<T>(v128.load(a + i), zero<T>());
    v128.store(dZ + i, v128.bitselect(up, v128.mul<T>(slopes, up), live));
  }
}

/** The greatest element of each of the columns side by side in one vector. A NaN below the first row is passed over: the sum of the
 *  powers meets it. */
export function greatestOf<T>(z: usize, rowBytes: usize, bytes: usize): v128 {
  let most = v128.load(z);
  for (const end = z + bytes; z != end; z += rowBytes) most = v128.pmax<T>(most, v128.load(z));
  return most;
}

/** The columns side by side in one vector, `left` bytes before their rows end: their greatest element, then the exponentials of what
 *  lies below it, summed down the rows in order as NumPy does for axis 0, then the quotients. */
// @ts-ignore: decorator
@inline
function softmaxColumns<T>(a: usize, z: usize, rowBytes: usize, bytes: usize, left: usize): void {
  const most = greatestOf<T>(z, rowBytes, bytes);
  let total = zero<T>();
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    const power = expOf<T>(v128.sub<T>(v128.load(z + i), most));
    total = v128.add<T>(total, power);
    storeInRow(a + i, power, left);
  }
  for (let i: usize = 0; i < bytes; i += rowBytes) {
    storeInRow(a + i, v128.div<T>(v128.load(a + i), total), left);
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
  for (let j: usize = 0; j < rowBytes; j += 16) {
    softmaxColumns<T>(a + j, z + j, rowBytes, bytes, rowBytes - j);
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
  for (let j: usize = 0; j < rowBytes; j += 16) {
    const left = rowBytes - j;
    let total = zero<T>();
    for (let i = j; i < bytes; i += rowBytes) {
      total = v128.add<T>(total, v128.mul<T>(v128.load(upstream + i), v128.load(a + i)));
    }
    for (let i = j; i < bytes; i += rowBytes) {
      const below = v128.sub<T>(v128.load(upstream + i), total);
      storeInRow(dZ + i, v128.mul<T>(v128.load(a + i), below), left);
    }
  }
}

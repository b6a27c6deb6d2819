// Costs beside the squared error with its own fused kernel. Each leaves two matrices: the terms, one an element,
// which the caller weighs if it has weights and sums pairwise, and scale · the gradient of each term.

import { greatestOf } from "./activations";
import { half, one, zero } from "./constants";
import { clamp, expInline, expOf } from "./exp";
import { IN_PAIRS, assertAligned, storePairInRow } from "./lanes";
import { logInline, logOf, logOnePlus } from "./log";

/** x where the factor is not 0, else 0: 0 · ln 0 and 0 / 0 count as 0 here. */
// @ts-ignore: decorator
@inline
function unlessZero<T>(x: v128, factor: v128): v128 {
  return v128.and(x, v128.ne<T>(factor, zero<T>()));
}

/** size · sign(x): 0 where x is 0, and NaN where x is NaN, whose own sign differs from host to host. */
// @ts-ignore: decorator
@inline
function withSignOf<T>(size: v128, x: v128): v128 {
  const signed = v128.bitselect(size, v128.neg<T>(size), v128.gt<T>(x, zero<T>()));
  return v128.bitselect(x, unlessZero<T>(signed, x), v128.ne<T>(x, x));
}

/** terms(n) = |y − yHat|; dYHat(n) = scale · sign(yHat − y), 0 where they are equal. */
// @ts-ignore: decorator
@inline
export function absoluteErrorTerms<T>(
  terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: T,
): void {
  assertAligned<T>(terms);
  assertAligned<T>(dYHat);
  assertAligned<T>(y);
  assertAligned<T>(yHat);
  const scales = v128.splat<T>(scale);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const difference = v128.sub<T>(v128.load(yHat + i), v128.load(y + i));
    v128.store(terms + i, v128.abs<T>(difference));
    v128.store(dYHat + i, withSignOf<T>(scales, difference));
  }
}

/** terms(n) = r²/2 where |r| ≤ delta, else delta · (|r| − delta/2), with r = yHat − y; dYHat(n) = scale · r held to
 *  ±delta. */
// @ts-ignore: decorator
@inline
export function huberTerms<T>(
  terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: T, delta: T,
): void {
  assertAligned<T>(terms);
  assertAligned<T>(dYHat);
  assertAligned<T>(y);
  assertAligned<T>(yHat);
  const scales = v128.splat<T>(scale);
  const deltas = v128.splat<T>(delta), lowest = v128.neg<T>(deltas), halfDeltas = v128.mul<T>(half<T>(), deltas);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const r = v128.sub<T>(v128.load(yHat + i), v128.load(y + i));
    const size = v128.abs<T>(r);
    const square = v128.mul<T>(v128.mul<T>(half<T>(), r), r);
    const line = v128.mul<T>(deltas, v128.sub<T>(size, halfDeltas));
    v128.store(terms + i, v128.bitselect(square, line, v128.le<T>(size, deltas)));
    v128.store(dYHat + i, v128.mul<T>(scales, v128.pmax<T>(v128.pmin<T>(r, deltas), lowest)));
  }
}

/** terms(n) = −y·ln p − (1 − y)·ln(1 − p); dP(n) = scale · (−(y / p) + (1 − y) / (1 − p)). */
// @ts-ignore: decorator
@inline
export function bceTerms<T>(terms: usize, dP: usize, y: usize, p: usize, n: usize, scale: T): void {
  assertAligned<T>(terms);
  assertAligned<T>(dP);
  assertAligned<T>(y);
  assertAligned<T>(p);
  const scales = v128.splat<T>(scale);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const label = v128.load(y + i);
    const other = v128.sub<T>(one<T>(), label);
    const chance = v128.load(p + i);
    const rest = v128.sub<T>(one<T>(), chance);
    const first = v128.mul<T>(v128.neg<T>(label), logOf<T>(chance, zero<T>()));
    const second = v128.mul<T>(other, logOf<T>(rest, zero<T>()));
    v128.store(terms + i, v128.sub<T>(unlessZero<T>(first, label), unlessZero<T>(second, other)));
    const slope = v128.add<T>(
      v128.neg<T>(unlessZero<T>(v128.div<T>(label, chance), label)),
      unlessZero<T>(v128.div<T>(other, rest), other),
    );
    v128.store(dP + i, v128.mul<T>(scales, slope));
  }
}

/** terms(n) = max(z, 0) − z·y + ln(1 + e^−|z|); dZ(n) = scale · (σ(z) − y). */
// @ts-ignore: decorator
@inline
export function stableBceTerms<T>(terms: usize, dZ: usize, y: usize, z: usize, n: usize, scale: T): void {
  assertAligned<T>(terms);
  assertAligned<T>(dZ);
  assertAligned<T>(y);
  assertAligned<T>(z);
  const scales = v128.splat<T>(scale);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const label = v128.load(y + i);
    const logit = v128.load(z + i);
    const line = v128.sub<T>(v128.pmax<T>(logit, zero<T>()), v128.mul<T>(logit, label));
    const u = expOf<T>(v128.neg<T>(v128.abs<T>(logit)));
    const sum = v128.add<T>(one<T>(), u);
    v128.store(terms + i, v128.add<T>(line, logOnePlus<T>(u, sum)));
    // σ(z) is 1/(1 + u) for z ≥ 0 and u/(1 + u) below: e^−|z| serves both, and neither overflows.
    const above = v128.bitselect(one<T>(), u, v128.ge<T>(logit, zero<T>()));
    v128.store(dZ + i, v128.mul<T>(scales, v128.sub<T>(v128.div<T>(above, sum), label)));
  }
}

/** z(n) = ln(p / (1 − p)) of p held to [lowest, highest]; z may be p. */
// @ts-ignore: decorator
@inline
export function logit<T>(z: usize, p: usize, n: usize, lowest: T, highest: T): void {
  assertAligned<T>(z);
  assertAligned<T>(p);
  const least = v128.splat<T>(lowest);
  const most = v128.splat<T>(highest);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const held = clamp<T>(v128.load(p + i), least, most);
    v128.store(z + i, logOf<T>(v128.div<T>(held, v128.sub<T>(one<T>(), held)), zero<T>()));
  }
}

/** Of the columns side by side in a vector, or two, from j bytes of a row on. */
// @ts-ignore: decorator
@inline
function softmaxCrossEntropyColumns<T>(
  terms: usize, dZ: usize, y: usize, z: usize, j: usize, rowBytes: usize, bytes: usize, scales: v128, two: bool,
): void {
  const left = rowBytes - j;
  let most = two ? v128.load(z + j) : greatestOf<T>(z + j, rowBytes, bytes);
  let nextMost = two ? v128.load(z + j, 16) : most;
  for (let i = j; two && i < bytes; i += rowBytes) {
    most = v128.pmax<T>(most, v128.load(z + i));
    nextMost = v128.pmax<T>(nextMost, v128.load(z + i, 16));
  }
  let total = zero<T>(), nextTotal = total, labels = total, nextLabels = total;
  for (let i = j; i < bytes; i += rowBytes) {
    const below = v128.sub<T>(v128.load(z + i), most);
    const power = two ? expInline<T>(below) : expOf<T>(below);
    const nextPower = two ? expInline<T>(v128.sub<T>(v128.load(z + i, 16), nextMost)) : power;
    total = v128.add<T>(total, power);
    nextTotal = two ? v128.add<T>(nextTotal, nextPower) : total;
    labels = v128.add<T>(labels, v128.load(y + i));
    nextLabels = two ? v128.add<T>(nextLabels, v128.load(y + i, 16)) : labels;
    storePairInRow(dZ + i, power, nextPower, left, two);
  }
  const logTotal = two ? logInline<T>(total, zero<T>()) : logOf<T>(total, zero<T>());
  const nextLogTotal = two ? logInline<T>(nextTotal, zero<T>()) : logTotal;
  for (let i = j; i < bytes; i += rowBytes) {
    const label = v128.load(y + i);
    const nextLabel = two ? v128.load(y + i, 16) : label;
    const below = v128.sub<T>(logTotal, v128.sub<T>(v128.load(z + i), most));
    const loss = v128.mul<T>(label, below);
    const nextLoss = two
      ? v128.mul<T>(nextLabel, v128.sub<T>(nextLogTotal, v128.sub<T>(v128.load(z + i, 16), nextMost)))
      : loss;
    storePairInRow(terms + i, loss, nextLoss, left, two);
    const share = v128.div<T>(v128.load(dZ + i), total);
    const slope = v128.mul<T>(scales, v128.sub<T>(v128.mul<T>(share, labels), label));
    const nextShare = two ? v128.div<T>(v128.load(dZ + i, 16), nextTotal) : share;
    const nextSlope = two ? v128.mul<T>(scales, v128.sub<T>(v128.mul<T>(nextShare, nextLabels), nextLabel)) : slope;
    storePairInRow(dZ + i, slope, nextSlope, left, two);
  }
}

/** terms(rows × cols) = y · (ln Σ e^(z − max) − (z − max)); dZ = scale · (softmax(z) · Σ y − y), the greatest and the
 *  sums over the rows of each column. dZ may not be z. */
// @ts-ignore: decorator
@inline
export function softmaxCrossEntropyTerms<T>(
  terms: usize, dZ: usize, y: usize, z: usize, rows: usize, cols: usize, scale: T,
): void {
  assertAligned<T>(terms);
  assertAligned<T>(dZ);
  assertAligned<T>(y);
  assertAligned<T>(z);
  const scales = v128.splat<T>(scale);
  const rowBytes = cols * sizeof<T>();
  const bytes = rows * rowBytes;
  let j: usize = 0;
  for (; IN_PAIRS && j + 32 <= rowBytes; j += 32) {
    softmaxCrossEntropyColumns<T>(terms, dZ, y, z, j, rowBytes, bytes, scales, true);
  }
  for (; j < rowBytes; j += 16) {
    softmaxCrossEntropyColumns<T>(terms, dZ, y, z, j, rowBytes, bytes, scales, false);
  }
}

/** terms(n) = |w(n)|; g(n) += scale · sign(w), nothing where w is 0. */
// @ts-ignore: decorator
@inline
export function absolutePenalty<T>(terms: usize, g: usize, w: usize, n: usize, scale: T): void {
  assertAligned<T>(terms);
  assertAligned<T>(g);
  assertAligned<T>(w);
  const scales = v128.splat<T>(scale);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const weight = v128.load(w + i);
    v128.store(terms + i, v128.abs<T>(weight));
    v128.store(g + i, v128.add<T>(v128.load(g + i), withSignOf<T>(scales, weight)));
  }
}

// Costs beside the squared error with its own fused kernel. Each leaves two matrices: the terms, one an element,
// which the caller weighs if it has weights and sums pairwise, and scale · the gradient of each term.

import { greatestOf } from "./activations";
import { half, minusZero, one, zero } from "./constants";
import { clamp, expOf } from "./exp";
import { IN_PAIRS, assertAligned, storeOneOrTwo, storeOneOrTwoInRow } from "./lanes";
import { logOf, logOnePlus } from "./log";

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
  const signed = v128.bitselect(size, v128.xor(size, minusZero<T>()), v128.gt<T>(x, zero<T>()));
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
  const deltas = v128.splat<T>(delta), lowest = v128.splat<T>(-delta), halfDeltas = v128.mul<T>(half<T>(), deltas);
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

// @ts-ignore: decorator
@inline
function bceTerm<T>(y: v128, otherY: v128, p: v128, otherP: v128, inlined: bool): v128 {
  const first = v128.mul<T>(v128.xor(y, minusZero<T>()), logOf<T>(p, inlined));
  const second = v128.mul<T>(otherY, logOf<T>(otherP, inlined));
  return v128.sub<T>(unlessZero<T>(first, y), unlessZero<T>(second, otherY));
}

// @ts-ignore: decorator
@inline
function bceSlope<T>(y: v128, otherY: v128, p: v128, otherP: v128): v128 {
  return v128.add<T>(
    v128.xor(unlessZero<T>(v128.div<T>(y, p), y), minusZero<T>()), unlessZero<T>(v128.div<T>(otherY, otherP), otherY),
  );
}

/** Of one vector, or two. */
// @ts-ignore: decorator
@inline
function bceTermsOf<T>(terms: usize, dP: usize, y: usize, p: usize, scales: v128, two: bool): void {
  const label = v128.load(y), other = v128.sub<T>(one<T>(), label);
  const chance = v128.load(p), rest = v128.sub<T>(one<T>(), chance);
  const nextLabel = two ? v128.load(y, 16) : label, nextOther = two ? v128.sub<T>(one<T>(), nextLabel) : other;
  const nextChance = two ? v128.load(p, 16) : chance, nextRest = two ? v128.sub<T>(one<T>(), nextChance) : rest;
  const term = bceTerm<T>(label, other, chance, rest, two);
  storeOneOrTwo(terms, term, two ? bceTerm<T>(nextLabel, nextOther, nextChance, nextRest, two) : term, two);
  const slope = v128.mul<T>(scales, bceSlope<T>(label, other, chance, rest));
  storeOneOrTwo(
    dP, slope, two ? v128.mul<T>(scales, bceSlope<T>(nextLabel, nextOther, nextChance, nextRest)) : slope, two,
  );
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
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) bceTermsOf<T>(terms + i, dP + i, y + i, p + i, scales, true);
  for (; i < bytes; i += 16) bceTermsOf<T>(terms + i, dP + i, y + i, p + i, scales, false);
}

// @ts-ignore: decorator
@inline
function stableBceTerm<T>(y: v128, z: v128, u: v128, sum: v128, inlined: bool): v128 {
  const line = v128.sub<T>(v128.pmax<T>(z, zero<T>()), v128.mul<T>(z, y));
  return v128.add<T>(line, logOnePlus<T>(u, sum, inlined));
}

/** σ(z) is 1/(1 + u) for z ≥ 0 and u/(1 + u) below: e^−|z| serves both, and neither overflows. */
// @ts-ignore: decorator
@inline
function stableBceSlope<T>(y: v128, z: v128, u: v128, sum: v128): v128 {
  const above = v128.bitselect(one<T>(), u, v128.ge<T>(z, zero<T>()));
  return v128.sub<T>(v128.div<T>(above, sum), y);
}

/** Of one vector, or two. */
// @ts-ignore: decorator
@inline
function stableBceTermsOf<T>(terms: usize, dZ: usize, y: usize, z: usize, scales: v128, two: bool): void {
  const label = v128.load(y), nextLabel = two ? v128.load(y, 16) : label;
  const logit = v128.load(z), nextLogit = two ? v128.load(z, 16) : logit;
  // e^−|z|: with the sign's bit
  const u = expOf<T>(v128.or(logit, minusZero<T>()), two);
  const nextU = two ? expOf<T>(v128.or(nextLogit, minusZero<T>()), two) : u;
  const sum = v128.add<T>(one<T>(), u), nextSum = two ? v128.add<T>(one<T>(), nextU) : sum;
  const term = stableBceTerm<T>(label, logit, u, sum, two);
  storeOneOrTwo(terms, term, two ? stableBceTerm<T>(nextLabel, nextLogit, nextU, nextSum, two) : term, two);
  const slope = v128.mul<T>(scales, stableBceSlope<T>(label, logit, u, sum));
  storeOneOrTwo(
    dZ, slope, two ? v128.mul<T>(scales, stableBceSlope<T>(nextLabel, nextLogit, nextU, nextSum)) : slope, two,
  );
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
  let i: usize = 0;
  for (; IN_PAIRS && i + 32 <= bytes; i += 32) stableBceTermsOf<T>(terms + i, dZ + i, y + i, z + i, scales, true);
  for (; i < bytes; i += 16) stableBceTermsOf<T>(terms + i, dZ + i, y + i, z + i, scales, false);
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
    v128.store(z + i, logOf<T>(v128.div<T>(held, v128.sub<T>(one<T>(), held)), false));
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
    const power = expOf<T>(v128.sub<T>(v128.load(z + i), most), two);
    const nextPower = two ? expOf<T>(v128.sub<T>(v128.load(z + i, 16), nextMost), two) : power;
    total = v128.add<T>(total, power);
    nextTotal = two ? v128.add<T>(nextTotal, nextPower) : total;
    labels = v128.add<T>(labels, v128.load(y + i));
    nextLabels = two ? v128.add<T>(nextLabels, v128.load(y + i, 16)) : labels;
    storeOneOrTwoInRow(dZ + i, power, nextPower, left, two);
  }
  const logTotal = logOf<T>(total, two), nextLogTotal = two ? logOf<T>(nextTotal, two) : logTotal;
  for (let i = j; i < bytes; i += rowBytes) {
    const label = v128.load(y + i);
    const nextLabel = two ? v128.load(y + i, 16) : label;
    const below = v128.sub<T>(logTotal, v128.sub<T>(v128.load(z + i), most));
    const loss = v128.mul<T>(label, below);
    const nextLoss = two
      ? v128.mul<T>(nextLabel, v128.sub<T>(nextLogTotal, v128.sub<T>(v128.load(z + i, 16), nextMost)))
      : loss;
    storeOneOrTwoInRow(terms + i, loss, nextLoss, left, two);
    const share = v128.div<T>(v128.load(dZ + i), total);
    const slope = v128.mul<T>(scales, v128.sub<T>(v128.mul<T>(share, labels), label));
    const nextShare = two ? v128.div<T>(v128.load(dZ + i, 16), nextTotal) : share;
    const nextSlope = two ? v128.mul<T>(scales, v128.sub<T>(v128.mul<T>(nextShare, nextLabels), nextLabel)) : slope;
    storeOneOrTwoInRow(dZ + i, slope, nextSlope, left, two);
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

// The module's exports: every kernel for each dtype, from one generic source. Pointers are byte offsets in the imported
// memory, shapes are rows × columns in row-major order, n counts elements. A kernel allocates nothing, throws nothing and
// keeps nothing; sizes of 0 are allowed and do nothing.

import { leakyRelu, relu, reluGradient, softmax, softmaxGradient, tanh, tanhGradient } from "./activations";
import {
  absoluteErrorTerms, absolutePenalty, bceTerms, huberTerms, logit, softmaxCrossEntropyTerms, stableBceTerms,
} from "./costs";
import { addBias, multiply, scale } from "./elementwise";
import { IN_PAIRS } from "./lanes";
import * as linear from "./linear";
import { multiplyNarrowBlock } from "./matmul/narrow-block";
import { packRight } from "./matmul/pack";
import { TILE_ROW_BYTES } from "./matmul/panels";
import { multiplySmall, multiplySmallNT, multiplySmallTN } from "./matmul/small";
import { multiplyWideBlock } from "./matmul/wide-block";
import { adamUpdate, momentumUpdate, rmsPropUpdate } from "./optimizers";
import * as activation from "./sigmoid";
import * as cost from "./squared-error";
import { rowSums, sum } from "./sums";
import { transpose } from "./transpose";

export { fence } from "./fence";

/** Of which sources these kernels are, a digest that .tools/build.mjs gives: the library refuses others than its own. */
// @ts-ignore: given by the compiler's option `use`
export const stamp: i32 = STAMP;

// matmulNN: c(m × n) = a(m × k) · b(k × n)
export function matmulNN64(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplySmall<f64>(c, a, b, 0, m, n, k);
}
export function matmulNN32(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplySmall<f32>(c, a, b, 0, m, n, k);
}

// matmulNT: c(m × n) = a(m × k) · b(n × k)ᵀ, with room for bᵀ
export function matmulNT64(c: usize, a: usize, b: usize, turned: usize, m: usize, n: usize, k: usize): void {
  multiplySmallNT<f64>(c, a, b, turned, m, n, k);
}
export function matmulNT32(c: usize, a: usize, b: usize, turned: usize, m: usize, n: usize, k: usize): void {
  multiplySmallNT<f32>(c, a, b, turned, m, n, k);
}

// matmulTN: c(m × n) = a(k × m)ᵀ · b(k × n)
export function matmulTN64(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplySmallTN<f64>(c, a, b, m, n, k);
}
export function matmulTN32(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplySmallTN<f32>(c, a, b, m, n, k);
}

// packRight: packed panels of a right operand, stored transposed or not
export function packRight64(out: usize, x: usize, depth: usize, columns: usize, line: usize, transposed: u32): void {
  packRight<f64>(out, x, depth, columns, line, transposed);
}
export function packRight32(out: usize, x: usize, depth: usize, columns: usize, line: usize, transposed: u32): void {
  packRight<f32>(out, x, depth, columns, line, transposed);
}

/** Bytes of a row of a tile: how wide panels of the right operand are packed. */
export const tileRowBytes: usize = TILE_ROW_BYTES;

/** c(rows × width bytes, lines apart by `line` bytes) = a · b over `depth`, or, of a depth of which `done` steps are done, += a · b. Row
 *  i of a has step p at a + i · aRow + p · aStep; the lines of b lie bStep apart, or it is packed if that is 0, as the narrow tile takes
 *  it. `spare` is room for one tile, where those of a last panel of fewer columns are computed whole, and behind it for the panels of a:
 *  of five rows in the narrow tile, of all in the wide one. Of f64 if it is `double`. */
export function multiplyBlock(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, bStep: usize, done: usize, double: i32,
): void {
  if (!IN_PAIRS) {
    assert(bStep == 0, "the narrow tile takes a packed right operand");
    multiplyNarrowBlock(c, a, b, spare, rows, width, depth, line, aRow, aStep, done, double);
  } else if (double) multiplyWideBlock<f64>(c, a, b, spare, rows, width, depth, line, aRow, aStep, bStep, done);
  else multiplyWideBlock<f32>(c, a, b, spare, rows, width, depth, line, aRow, aStep, bStep, done);
}

// transpose: out(cols × rows) = a(rows × cols)ᵀ
export function transpose64(out: usize, a: usize, rows: usize, cols: usize): void {
  transpose<f64>(out, a, rows, cols);
}
export function transpose32(out: usize, a: usize, rows: usize, cols: usize): void {
  transpose<f32>(out, a, rows, cols);
}

// addBias: z(rows × cols) += b(rows × 1)
export function addBias64(z: usize, b: usize, rows: usize, cols: usize): void {
  addBias<f64>(z, b, rows, cols);
}
export function addBias32(z: usize, b: usize, rows: usize, cols: usize): void {
  addBias<f32>(z, b, rows, cols);
}

// rowSums: out(rows × 1) = row sums of a(rows × cols)
export function rowSums64(out: usize, a: usize, rows: usize, cols: usize): void {
  rowSums<f64>(out, a, rows, cols);
}
export function rowSums32(out: usize, a: usize, rows: usize, cols: usize): void {
  rowSums<f32>(out, a, rows, cols);
}

// sum: Σ a(n)
export function sum64(a: usize, n: usize): f64 {
  return sum<f64>(a, n);
}
export function sum32(a: usize, n: usize): f32 {
  return sum<f32>(a, n);
}

// What small networks call most. These take their operands in a record, 32-bit words one behind another that stay from call to
// call, and are one for both dtypes: V8 spends ten instructions on an operand, and puts a call into the code that makes it
// where a line calls one function only. src/kernels/records.ts says what they hold.

/** A word of a record. */
// @ts-ignore: decorator
@inline
function word(record: usize, i: usize): u32 {
  return load<u32>(record + 4 * i);
}

// linearWays: the last word of the records of the next two, which holds the dtype too
export function linearWays(nOut: usize, m: usize, nIn: usize, double: i32): i32 {
  return linear.waysOf(nOut, m, nIn, double);
}

// linearForward: z = w · a + b; the record is z, w, a, b, nOut, m, nIn, ways
export function linearForward(record: usize): void {
  const z = word(record, 0), w = word(record, 1), a = word(record, 2), b = word(record, 3);
  const nOut = word(record, 4), m = word(record, 5), nIn = word(record, 6), ways = word(record, 7);
  if (ways & linear.DOUBLE) linear.forward<f64>(z, w, a, b, nOut, m, nIn, ways);
  else linear.forward<f32>(z, w, a, b, nOut, m, nIn, ways);
}

// linearBackward: dW, db and, unless dA is 0, dA; the record is dW, db, dA, dZ, a, w, nOut, m, nIn, turned, ways
export function linearBackward(record: usize): void {
  const dW = word(record, 0), db = word(record, 1), dA = word(record, 2), dZ = word(record, 3);
  const a = word(record, 4), w = word(record, 5), nOut = word(record, 6), m = word(record, 7), nIn = word(record, 8);
  const turned = word(record, 9), ways = word(record, 10);
  if (ways & linear.DOUBLE) linear.backward<f64>(dW, db, dA, dZ, a, w, turned, nOut, m, nIn, ways);
  else linear.backward<f32>(dW, db, dA, dZ, a, w, turned, nOut, m, nIn, ways);
}

// linearUpdate: w(weights) −= rate · dW, b(biases) −= rate · db; the record is w, b, dW, db, weights, biases, double
export function linearUpdate(record: usize, rate: f64): void {
  const w = word(record, 0), b = word(record, 1), dW = word(record, 2), db = word(record, 3);
  const weights = word(record, 4), biases = word(record, 5);
  if (word(record, 6)) linear.update<f64>(w, b, dW, db, weights, biases, rate);
  else linear.update<f32>(w, b, dW, db, weights, biases, <f32>rate);
}

// sigmoid: a(n) = 1 / (1 + e^−z(n)); the record is a, z, n, double
export function sigmoid(record: usize): void {
  const a = word(record, 0), z = word(record, 1), n = word(record, 2);
  if (word(record, 3)) activation.sigmoid<f64>(a, z, n);
  else activation.sigmoid<f32>(a, z, n);
}

// sigmoidGradient: dZ(n) = upstream(n) · a(n) · (1 − a(n)); the record is dZ, upstream, a, n, double
export function sigmoidGradient(record: usize): void {
  const dZ = word(record, 0), upstream = word(record, 1), a = word(record, 2), n = word(record, 3);
  if (word(record, 4)) activation.sigmoidGradient<f64>(dZ, upstream, a, n);
  else activation.sigmoidGradient<f32>(dZ, upstream, a, n);
}

// squaredError: dYHat(n) = scale · (y − yHat), returns Σ (y − yHat)²; the record is dYHat, y, yHat, n, double
export function squaredError(record: usize, scale: f64): f64 {
  const dYHat = word(record, 0), y = word(record, 1), yHat = word(record, 2), n = word(record, 3);
  return word(record, 4)
    ? cost.squaredError<f64>(dYHat, y, yHat, n, scale)
    : cost.squaredError<f32>(dYHat, y, yHat, n, <f32>scale);
}

// tanh: a(n) = tanh z(n)
export function tanh64(a: usize, z: usize, n: usize): void {
  tanh<f64>(a, z, n);
}
export function tanh32(a: usize, z: usize, n: usize): void {
  tanh<f32>(a, z, n);
}

// tanhGradient: dZ(n) = upstream(n) · (1 − a(n)²)
export function tanhGradient64(dZ: usize, upstream: usize, a: usize, n: usize): void {
  tanhGradient<f64>(dZ, upstream, a, n);
}
export function tanhGradient32(dZ: usize, upstream: usize, a: usize, n: usize): void {
  tanhGradient<f32>(dZ, upstream, a, n);
}

// relu: a(n) = max(z(n), 0)
export function relu64(a: usize, z: usize, n: usize): void {
  relu<f64>(a, z, n);
}
export function relu32(a: usize, z: usize, n: usize): void {
  relu<f32>(a, z, n);
}

// leakyRelu: a(n) = z(n) where z > 0, else slope · z(n)
export function leakyRelu64(a: usize, z: usize, n: usize, slope: f64): void {
  leakyRelu<f64>(a, z, n, slope);
}
export function leakyRelu32(a: usize, z: usize, n: usize, slope: f32): void {
  leakyRelu<f32>(a, z, n, slope);
}

// reluGradient: dZ(n) = upstream(n) where a > 0, else slope · upstream(n)
export function reluGradient64(dZ: usize, upstream: usize, a: usize, n: usize, slope: f64): void {
  reluGradient<f64>(dZ, upstream, a, n, slope);
}
export function reluGradient32(dZ: usize, upstream: usize, a: usize, n: usize, slope: f32): void {
  reluGradient<f32>(dZ, upstream, a, n, slope);
}

// softmax: a(rows × cols) = softmax of each column of z
export function softmax64(a: usize, z: usize, rows: usize, cols: usize): void {
  softmax<f64>(a, z, rows, cols);
}
export function softmax32(a: usize, z: usize, rows: usize, cols: usize): void {
  softmax<f32>(a, z, rows, cols);
}

// softmaxGradient: dZ = a · (upstream − Σ upstream · a), column by column
export function softmaxGradient64(dZ: usize, upstream: usize, a: usize, rows: usize, cols: usize): void {
  softmaxGradient<f64>(dZ, upstream, a, rows, cols);
}
export function softmaxGradient32(dZ: usize, upstream: usize, a: usize, rows: usize, cols: usize): void {
  softmaxGradient<f32>(dZ, upstream, a, rows, cols);
}

// multiply: out(n) = a(n) · b(n)
export function multiply64(out: usize, a: usize, b: usize, n: usize): void {
  multiply<f64>(out, a, b, n);
}
export function multiply32(out: usize, a: usize, b: usize, n: usize): void {
  multiply<f32>(out, a, b, n);
}

// scale: x(n) ·= factor
export function scale64(x: usize, n: usize, factor: f64): void {
  scale<f64>(x, n, factor);
}
export function scale32(x: usize, n: usize, factor: f32): void {
  scale<f32>(x, n, factor);
}

// absoluteErrorTerms: terms(n) = |y − yHat| and its gradient
export function absoluteErrorTerms64(terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: f64): void {
  absoluteErrorTerms<f64>(terms, dYHat, y, yHat, n, scale);
}
export function absoluteErrorTerms32(terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: f32): void {
  absoluteErrorTerms<f32>(terms, dYHat, y, yHat, n, scale);
}

// huberTerms: terms(n) = Huber's function of yHat − y and its gradient
export function huberTerms64(terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: f64, delta: f64): void {
  huberTerms<f64>(terms, dYHat, y, yHat, n, scale, delta);
}
export function huberTerms32(terms: usize, dYHat: usize, y: usize, yHat: usize, n: usize, scale: f32, delta: f32): void {
  huberTerms<f32>(terms, dYHat, y, yHat, n, scale, delta);
}

// bceTerms: terms(n) = −y·ln p − (1 − y)·ln(1 − p) and its gradient
export function bceTerms64(terms: usize, dP: usize, y: usize, p: usize, n: usize, scale: f64): void {
  bceTerms<f64>(terms, dP, y, p, n, scale);
}
export function bceTerms32(terms: usize, dP: usize, y: usize, p: usize, n: usize, scale: f32): void {
  bceTerms<f32>(terms, dP, y, p, n, scale);
}

// stableBceTerms: the same of p = 1/(1 + e^−z), from z
export function stableBceTerms64(terms: usize, dZ: usize, y: usize, z: usize, n: usize, scale: f64): void {
  stableBceTerms<f64>(terms, dZ, y, z, n, scale);
}
export function stableBceTerms32(terms: usize, dZ: usize, y: usize, z: usize, n: usize, scale: f32): void {
  stableBceTerms<f32>(terms, dZ, y, z, n, scale);
}

// logit: z(n) = ln(p / (1 − p)) of p held to [lowest, highest]
export function logit64(z: usize, p: usize, n: usize, lowest: f64, highest: f64): void {
  logit<f64>(z, p, n, lowest, highest);
}
export function logit32(z: usize, p: usize, n: usize, lowest: f32, highest: f32): void {
  logit<f32>(z, p, n, lowest, highest);
}

// softmaxCrossEntropyTerms: terms(rows × cols) = −y · ln softmax(z) and its gradient
export function softmaxCrossEntropyTerms64(terms: usize, dZ: usize, y: usize, z: usize, rows: usize, cols: usize, scale: f64): void {
  softmaxCrossEntropyTerms<f64>(terms, dZ, y, z, rows, cols, scale);
}
export function softmaxCrossEntropyTerms32(terms: usize, dZ: usize, y: usize, z: usize, rows: usize, cols: usize, scale: f32): void {
  softmaxCrossEntropyTerms<f32>(terms, dZ, y, z, rows, cols, scale);
}

// absolutePenalty: terms(n) = |w|, g(n) += scale · sign(w)
export function absolutePenalty64(terms: usize, g: usize, w: usize, n: usize, scale: f64): void {
  absolutePenalty<f64>(terms, g, w, n, scale);
}
export function absolutePenalty32(terms: usize, g: usize, w: usize, n: usize, scale: f32): void {
  absolutePenalty<f32>(terms, g, w, n, scale);
}

// momentumUpdate: v = momentum · v + g, p −= rate · v (or Nesterov's)
export function momentumUpdate64(p: usize, v: usize, g: usize, n: usize, rate: f64, momentum: f64, nesterov: f64): void {
  momentumUpdate<f64>(p, v, g, n, rate, momentum, nesterov);
}
export function momentumUpdate32(p: usize, v: usize, g: usize, n: usize, rate: f32, momentum: f32, nesterov: f32): void {
  momentumUpdate<f32>(p, v, g, n, rate, momentum, nesterov);
}

// rmsPropUpdate: s = decay · s + fresh · g², p −= rate · g / (√s + epsilon)
export function rmsPropUpdate64(p: usize, s: usize, g: usize, n: usize, rate: f64, decay: f64, fresh: f64, epsilon: f64): void {
  rmsPropUpdate<f64>(p, s, g, n, rate, decay, fresh, epsilon);
}
export function rmsPropUpdate32(p: usize, s: usize, g: usize, n: usize, rate: f32, decay: f32, fresh: f32, epsilon: f32): void {
  rmsPropUpdate<f32>(p, s, g, n, rate, decay, fresh, epsilon);
}

// adamUpdate: Adam's moments m and v, and p by them
export function adamUpdate64(p: usize, m: usize, v: usize, g: usize, n: usize, rate: f64, beta1: f64, fresh1: f64, beta2: f64, fresh2: f64, correction: f64, epsilon: f64, shrink: f64): void {
  adamUpdate<f64>(p, m, v, g, n, rate, beta1, fresh1, beta2, fresh2, correction, epsilon, shrink);
}
export function adamUpdate32(p: usize, m: usize, v: usize, g: usize, n: usize, rate: f32, beta1: f32, fresh1: f32, beta2: f32, fresh2: f32, correction: f32, epsilon: f32, shrink: f32): void {
  adamUpdate<f32>(p, m, v, g, n, rate, beta1, fresh1, beta2, fresh2, correction, epsilon, shrink);
}

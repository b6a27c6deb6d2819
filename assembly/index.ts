// The module's exports: every kernel once for each dtype, from one generic source. Pointers are byte offsets in
// the imported memory, shapes are rows × columns in row-major order, n counts elements. A kernel allocates
// nothing, throws nothing and keeps nothing; sizes of 0 are allowed and do nothing.

import { addBias, exp, sigmoid, sigmoidGradient, subtractScaled } from "./elementwise";
import { linearBackward, linearForward, linearUpdate } from "./linear";
import { multiplyDirect, multiplyDirectNT } from "./matmul/direct";
import { packAcross, packAlong } from "./matmul/pack";
import { multiplyPanels } from "./matmul/tile";
import { squaredError } from "./squared-error";
import { rowSums, sum } from "./sums";
import { transpose } from "./transpose";

// matmulNN: c(m × n) = a(m × k) · b(k × n)
export function matmulNN_f64(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirect<f64>(c, a, b, 0, m, n, k, k * sizeof<f64>(), sizeof<f64>());
}
export function matmulNN_f32(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirect<f32>(c, a, b, 0, m, n, k, k * sizeof<f32>(), sizeof<f32>());
}

// matmulNT: c(m × n) = a(m × k) · b(n × k)ᵀ
export function matmulNT_f64(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirectNT<f64>(c, a, b, m, n, k);
}
export function matmulNT_f32(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirectNT<f32>(c, a, b, m, n, k);
}

// matmulTN: c(m × n) = a(k × m)ᵀ · b(k × n)
export function matmulTN_f64(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirect<f64>(c, a, b, 0, m, n, k, sizeof<f64>(), m * sizeof<f64>());
}
export function matmulTN_f32(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  multiplyDirect<f32>(c, a, b, 0, m, n, k, sizeof<f32>(), m * sizeof<f32>());
}

// packAcross: packed panels of x, whose lines run across a panel
export function packAcross_f64(out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize): void {
  packAcross<f64>(out, x, depth, count, line, width);
}
export function packAcross_f32(out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize): void {
  packAcross<f32>(out, x, depth, count, line, width);
}

// packAlong: packed panels of x, whose lines run along a panel
export function packAlong_f64(out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize): void {
  packAlong<f64>(out, x, depth, count, line, width);
}
export function packAlong_f32(out: usize, x: usize, depth: usize, count: usize, line: usize, width: usize): void {
  packAlong<f32>(out, x, depth, count, line, width);
}

// multiplyPanels: c(rows × cols) = or += packed a · packed b
export function multiplyPanels_f64(c: usize, a: usize, b: usize, spare: usize, rows: usize, cols: usize, depth: usize, line: usize, accumulate: bool): void {
  multiplyPanels<f64>(c, a, b, spare, rows, cols, depth, line, accumulate);
}
export function multiplyPanels_f32(c: usize, a: usize, b: usize, spare: usize, rows: usize, cols: usize, depth: usize, line: usize, accumulate: bool): void {
  multiplyPanels<f32>(c, a, b, spare, rows, cols, depth, line, accumulate);
}

// transpose: out(cols × rows) = a(rows × cols)ᵀ
export function transpose_f64(out: usize, a: usize, rows: usize, cols: usize): void {
  transpose<f64>(out, a, rows, cols);
}
export function transpose_f32(out: usize, a: usize, rows: usize, cols: usize): void {
  transpose<f32>(out, a, rows, cols);
}

// addBias: z(rows × cols) += b(rows × 1)
export function addBias_f64(z: usize, b: usize, rows: usize, cols: usize): void {
  addBias<f64>(z, b, rows, cols);
}
export function addBias_f32(z: usize, b: usize, rows: usize, cols: usize): void {
  addBias<f32>(z, b, rows, cols);
}

// rowSums: out(rows × 1) = row sums of a(rows × cols)
export function rowSums_f64(out: usize, a: usize, rows: usize, cols: usize): void {
  rowSums<f64>(out, a, rows, cols);
}
export function rowSums_f32(out: usize, a: usize, rows: usize, cols: usize): void {
  rowSums<f32>(out, a, rows, cols);
}

// sum: Σ a(n)
export function sum_f64(a: usize, n: usize): f64 {
  return sum<f64>(a, n);
}
export function sum_f32(a: usize, n: usize): f32 {
  return sum<f32>(a, n);
}

// exp: out(n) = e^x(n)
export function exp_f64(out: usize, x: usize, n: usize): void {
  exp<f64>(out, x, n);
}
export function exp_f32(out: usize, x: usize, n: usize): void {
  exp<f32>(out, x, n);
}

// sigmoid: a(n) = 1 / (1 + e^−z(n))
export function sigmoid_f64(a: usize, z: usize, n: usize): void {
  sigmoid<f64>(a, z, n);
}
export function sigmoid_f32(a: usize, z: usize, n: usize): void {
  sigmoid<f32>(a, z, n);
}

// sigmoidGradient: dZ(n) = upstream(n) · a(n) · (1 − a(n))
export function sigmoidGradient_f64(dZ: usize, upstream: usize, a: usize, n: usize): void {
  sigmoidGradient<f64>(dZ, upstream, a, n);
}
export function sigmoidGradient_f32(dZ: usize, upstream: usize, a: usize, n: usize): void {
  sigmoidGradient<f32>(dZ, upstream, a, n);
}

// squaredError: dYHat(n) = scale · (y − yHat), returns Σ (y − yHat)²
export function squaredError_f64(dYHat: usize, y: usize, yHat: usize, n: usize, scale: f64): f64 {
  return squaredError<f64>(dYHat, y, yHat, n, scale);
}
export function squaredError_f32(dYHat: usize, y: usize, yHat: usize, n: usize, scale: f32): f32 {
  return squaredError<f32>(dYHat, y, yHat, n, scale);
}

// subtractScaled: p(n) −= scale · g(n)
export function subtractScaled_f64(p: usize, g: usize, n: usize, scale: f64): void {
  subtractScaled<f64>(p, g, n, scale);
}
export function subtractScaled_f32(p: usize, g: usize, n: usize, scale: f32): void {
  subtractScaled<f32>(p, g, n, scale);
}

// linearForward: z = w · a + b
export function linearForward_f64(z: usize, w: usize, a: usize, b: usize, nOut: usize, m: usize, nIn: usize): void {
  linearForward<f64>(z, w, a, b, nOut, m, nIn);
}
export function linearForward_f32(z: usize, w: usize, a: usize, b: usize, nOut: usize, m: usize, nIn: usize): void {
  linearForward<f32>(z, w, a, b, nOut, m, nIn);
}

// linearBackward: dW, db and, unless dA is 0, dA
export function linearBackward_f64(dW: usize, db: usize, dA: usize, dZ: usize, a: usize, w: usize, nOut: usize, m: usize, nIn: usize): void {
  linearBackward<f64>(dW, db, dA, dZ, a, w, nOut, m, nIn);
}
export function linearBackward_f32(dW: usize, db: usize, dA: usize, dZ: usize, a: usize, w: usize, nOut: usize, m: usize, nIn: usize): void {
  linearBackward<f32>(dW, db, dA, dZ, a, w, nOut, m, nIn);
}

// linearUpdate: w −= rate · dW, b −= rate · db
export function linearUpdate_f64(w: usize, b: usize, dW: usize, db: usize, nOut: usize, nIn: usize, rate: f64): void {
  linearUpdate<f64>(w, b, dW, db, nOut, nIn, rate);
}
export function linearUpdate_f32(w: usize, b: usize, dW: usize, db: usize, nOut: usize, nIn: usize, rate: f32): void {
  linearUpdate<f32>(w, b, dW, db, nOut, nIn, rate);
}

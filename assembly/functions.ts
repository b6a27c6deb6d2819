// A module for the tests: the functions that kernels are made of and none gives by itself, each over an array, so that their errors
// can be measured. No part of the package.

import { expOf } from "./exp";
import { logOf } from "./log";

// exp: out(n) = e^x(n)
export function exp64(out: usize, x: usize, n: usize): void {
  for (const end = x + n * 8; x < end; x += 16, out += 16) v128.store(out, expOf<f64>(v128.load(x), false));
}
export function exp32(out: usize, x: usize, n: usize): void {
  for (const end = x + n * 4; x < end; x += 16, out += 16) v128.store(out, expOf<f32>(v128.load(x), false));
}

// log: out(n) = ln x(n)
export function log64(out: usize, x: usize, n: usize): void {
  for (const end = x + n * 8; x < end; x += 16, out += 16) v128.store(out, logOf<f64>(v128.load(x), false));
}
export function log32(out: usize, x: usize, n: usize): void {
  for (const end = x + n * 4; x < end; x += 16, out += 16) v128.store(out, logOf<f32>(v128.load(x), false));
}

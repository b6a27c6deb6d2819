// tanh x on a vector, without the host's Math and without FMA.
//
// Method, for y = |x|; the sign is put back at the end:
//   y < 0.7   y + y³·T(y²), T a minimax polynomial (Remez, weighted for relative error of tanh): degree 11 with
//             error 2^-57.3 for f64, degree 5 with error 2^-30.4 for f32
//   else      1 − 2/(e^2y + 1). e^2y and the denominator are carried in two parts, so that what is left of their
//             rounding is a small share of the quotient, itself below 0.4; 1 − quotient is summed in two parts too.
//
// Error, measured against a 100-bit result: below 0.92 ulp in f64 and 0.94 ulp in f32 (tests/kernels/log-tanh).

import { constant, half, minusZero, one, two } from "./constants";
import { expTail, exponentOf, ln2High, ln2Low, mulAdd, powerOfTwo } from "./exp";

/** Below it the polynomial serves. */
const NEAR: usize = 0;
/** From here on the result is 1. */
const HIGHEST: usize = 1;
/** T's coefficients, from the constant one up. */
const T0: usize = 2;

const TABLE_64 = memory.data<f64>([
  0.7,
  22.0,
  -0.3333333333333309,
  0.1333333333329888,
  -0.05396825395143838,
  0.02186948812346893,
  -0.008863229575412253,
  0.0035920731031250756,
  -0.0014554944037754604,
  0.0005885787391859098,
  -0.0002348381174493939,
  8.812470959428089e-5,
  -2.706746442389582e-5,
  4.80030968939157e-6,
], 16);

const TABLE_32 = memory.data<f32>([
  0.7,
  10.0,
  -0.33333325386047363,
  0.133329838514328,
  -0.05392095446586609,
  0.021571053192019463,
  -0.00788329541683197,
  0.0018956562271341681,
], 16);

// @ts-ignore: decorator
@inline
function number<T>(index: usize): v128 {
  return constant<T>(TABLE_64, TABLE_32, index);
}

/** z times T's coefficient `index` + 1, plus coefficient `index`. */
// @ts-ignore: decorator
@inline
function pair<T>(z: v128, index: usize): v128 {
  return mulAdd<T>(z, number<T>(T0 + index + 1), number<T>(T0 + index));
}

/** T(z), by Estrin's tree. */
// @ts-ignore: decorator
@inline
function oddTail<T>(z: v128): v128 {
  const z2 = v128.mul<T>(z, z);
  const z4 = v128.mul<T>(z2, z2);
  const low = mulAdd<T>(z2, pair<T>(z, 2), pair<T>(z, 0));
  if (sizeof<T>() == 8) {
    const middle = mulAdd<T>(z2, pair<T>(z, 6), pair<T>(z, 4));
    const high = mulAdd<T>(z2, pair<T>(z, 10), pair<T>(z, 8));
    return mulAdd<T>(z4, mulAdd<T>(z4, high, middle), low);
  }
  return mulAdd<T>(z4, pair<T>(z, 4), low);
}

/** tanh x. */
// @ts-ignore: decorator
@inline
export function tanhOf<T>(x: v128): v128 {
  const y = v128.abs<T>(x);
  const z = v128.mul<T>(y, y);
  const near = v128.add<T>(y, v128.mul<T>(v128.mul<T>(y, z), oddTail<T>(z)));
  // e^2y = 2^n · (e + eLow); beyond the bound the result is 1.
  const held = v128.pmin<T>(y, number<T>(HIGHEST));
  const twice = v128.add<T>(held, held);
  const n = exponentOf<T>(twice);
  const high = v128.sub<T>(twice, v128.mul<T>(n, ln2High<T>()));
  const low = v128.mul<T>(n, ln2Low<T>());
  const tail = v128.sub<T>(expTail<T>(v128.sub<T>(high, low)), low);
  const head = v128.add<T>(one<T>(), high);
  const rest = v128.add<T>(v128.add<T>(v128.sub<T>(one<T>(), head), high), tail);
  const e = v128.add<T>(head, rest);
  const eLow = v128.sub<T>(rest, v128.sub<T>(e, head));
  const power = powerOfTwo<T>(n);
  const grown = v128.mul<T>(power, e);
  // d + dLow = 1 + e^2y, and 2/(d + dLow) = q − q²·dLow/2.
  const d = v128.add<T>(grown, one<T>());
  const dLow = v128.add<T>(v128.sub<T>(one<T>(), v128.sub<T>(d, grown)), v128.mul<T>(power, eLow));
  const q = v128.div<T>(two<T>(), d);
  const far = v128.sub<T>(one<T>(), q);
  const farLow = v128.sub<T>(v128.sub<T>(one<T>(), far), q);
  const correction = v128.mul<T>(v128.mul<T>(half<T>(), v128.mul<T>(q, q)), dLow);
  const corrected = v128.add<T>(far, v128.add<T>(farLow, correction));
  const result = v128.bitselect(near, corrected, v128.lt<T>(y, number<T>(NEAR)));
  return v128.or(result, v128.and(x, minusZero<T>()));
}

import { lanes, loadOne, storeOne, assertAligned } from "./lanes";
import { sum } from "./sums";

// @ts-ignore: decorator
@inline
function square<T>(difference: v128): v128 {
  return v128.mul<T>(difference, difference);
}

/** Returns Σ (y − yHat)² and leaves dYHat(n) = scale · (y − yHat). dYHat holds the squares until they are summed,
 *  so that the sum is the pairwise one without a workspace; it may not be y or yHat. */
// @ts-ignore: decorator
@inline
export function squaredError<T>(dYHat: usize, y: usize, yHat: usize, n: usize, scale: T): T {
  assertAligned<T>(dYHat);
  assertAligned<T>(y);
  assertAligned<T>(yHat);
  const bytes = n * sizeof<T>();
  const vectorBytes = (n & ~(lanes<T>() - 1)) * sizeof<T>();
  let i: usize = 0;
  for (; i < vectorBytes; i += 16) {
    v128.store(dYHat + i, square<T>(v128.sub<T>(v128.load(y + i), v128.load(yHat + i))));
  }
  for (; i < bytes; i += sizeof<T>()) {
    storeOne<T>(dYHat + i, square<T>(v128.sub<T>(loadOne<T>(y + i), loadOne<T>(yHat + i))));
  }
  const total = sum<T>(dYHat, n);
  const scales = v128.splat<T>(scale);
  for (i = 0; i < vectorBytes; i += 16) {
    v128.store(dYHat + i, v128.mul<T>(scales, v128.sub<T>(v128.load(y + i), v128.load(yHat + i))));
  }
  for (; i < bytes; i += sizeof<T>()) store<T>(dYHat + i, scale * (load<T>(y + i) - load<T>(yHat + i)));
  return total;
}

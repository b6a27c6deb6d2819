import { zero } from "./constants";
import { assertAligned } from "./lanes";
import { BLOCK, firstHalf, isChain, joined } from "./sums";

/** Returns Σ (y − yHat)², pairwise as sums.ts has it, and leaves dYHat(n) = scale · (y − yHat); dYHat may not be y or yHat. */
export function squaredError<T>(dYHat: usize, y: usize, yHat: usize, n: usize, scale: T): T {
  assertAligned<T>(dYHat);
  assertAligned<T>(y);
  assertAligned<T>(yHat);
  if (n > BLOCK) {
    const half = firstHalf(n);
    const first = half * sizeof<T>();
    return squaredError<T>(dYHat, y, yHat, half, scale) +
      squaredError<T>(dYHat + first, y + first, yHat + first, n - half, scale);
  }
  const end = dYHat + n * sizeof<T>();
  const scales = v128.splat<T>(scale);
  let total: T = 0;
  if (!isChain(n)) {
    const eightsEnd = dYHat + (n & ~7) * sizeof<T>();
    let r0 = zero<T>(), r1 = r0, r2 = r0, r3 = r0;
    for (; dYHat < eightsEnd; dYHat += 8 * sizeof<T>(), y += 8 * sizeof<T>(), yHat += 8 * sizeof<T>()) {
      r0 = v128.add<T>(r0, square<T>(dYHat, y, yHat, scales, 0));
      r1 = v128.add<T>(r1, square<T>(dYHat, y, yHat, scales, 16));
      if (sizeof<T>() == 8) {
        r2 = v128.add<T>(r2, square<T>(dYHat, y, yHat, scales, 32));
        r3 = v128.add<T>(r3, square<T>(dYHat, y, yHat, scales, 48));
      }
    }
    total = joined<T>(r0, r1, r2, r3);
  }
  if (sizeof<T>() == 8) {
    // Two by two: what reads the gradient next reads vectors, and a processor waits for one that was stored in two parts, which
    // takes XOR 2 % of an epoch. What is written behind the last one the arena keeps free.
    for (; dYHat < end; dYHat += 16, y += 16, yHat += 16) {
      const squares = square<T>(dYHat, y, yHat, scales, 0);
      total += v128.extract_lane<T>(squares, 0);
      if (dYHat + 8 < end) total += v128.extract_lane<T>(squares, 1);
    }
    return total;
  }
  for (; dYHat < end; dYHat += sizeof<T>(), y += sizeof<T>(), yHat += sizeof<T>()) {
    const difference = load<T>(y) - load<T>(yHat);
    store<T>(dYHat, scale * difference);
    total += difference * difference;
  }
  return total;
}

/** The squares of the differences at `offset`, whose scaled differences are stored. */
// @ts-ignore: decorator
@inline
function square<T>(dYHat: usize, y: usize, yHat: usize, scales: v128, offset: usize): v128 {
  const difference = v128.sub<T>(v128.load(y + offset), v128.load(yHat + offset));
  v128.store(dYHat + offset, v128.mul<T>(scales, difference));
  return v128.mul<T>(difference, difference);
}

// The updates of the optimizers: p the parameters, g their gradient, the rest the optimizer's memory of n elements,
// each updated in place. The formulas and their order are PyTorch's.

import { assertAligned } from "./lanes";

/** v = momentum · v + g; p −= rate · v, or, with Nesterov's look ahead, p −= rate · (g + momentum · v). */
// @ts-ignore: decorator
@inline
export function momentumUpdate<T>(
  p: usize, v: usize, g: usize, n: usize, rate: T, momentum: T, nesterov: T,
): void {
  assertAligned<T>(p);
  assertAligned<T>(v);
  assertAligned<T>(g);
  const rates = v128.splat<T>(rate);
  const kept = v128.splat<T>(momentum);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const gradient = v128.load(g + i);
    let step = v128.add<T>(v128.mul<T>(kept, v128.load(v + i)), gradient);
    v128.store(v + i, step);
    if (nesterov != 0) step = v128.add<T>(gradient, v128.mul<T>(kept, step));
    v128.store(p + i, v128.sub<T>(v128.load(p + i), v128.mul<T>(rates, step)));
  }
}

/** s = decay · s + fresh · g²; p −= rate · g / (√s + epsilon). fresh is 1 − decay. */
// @ts-ignore: decorator
@inline
export function rmsPropUpdate<T>(
  p: usize, s: usize, g: usize, n: usize, rate: T, decay: T, fresh: T, epsilon: T,
): void {
  assertAligned<T>(p);
  assertAligned<T>(s);
  assertAligned<T>(g);
  const rates = v128.splat<T>(rate);
  const decays = v128.splat<T>(decay);
  const freshes = v128.splat<T>(fresh);
  const epsilons = v128.splat<T>(epsilon);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const gradient = v128.load(g + i);
    const squares = v128.add<T>(
      v128.mul<T>(decays, v128.load(s + i)),
      v128.mul<T>(v128.mul<T>(freshes, gradient), gradient),
    );
    v128.store(s + i, squares);
    const divisor = v128.add<T>(v128.sqrt<T>(squares), epsilons);
    const step = v128.mul<T>(rates, v128.div<T>(gradient, divisor));
    v128.store(p + i, v128.sub<T>(v128.load(p + i), step));
  }
}

/** p ·= shrink (1 − rate · weight decay; 1 for plain Adam); m = beta1 · m + fresh1 · g; v = beta2 · v + fresh2 · g²;
 *  p −= rate · m / (√v / correction + epsilon). fresh is 1 − beta; rate holds the first moment's bias correction,
 *  correction is the second's, √(1 − beta2^t). */
// @ts-ignore: decorator
@inline
export function adamUpdate<T>(
  p: usize, m: usize, v: usize, g: usize, n: usize,
  rate: T, beta1: T, fresh1: T, beta2: T, fresh2: T, correction: T, epsilon: T, shrink: T,
): void {
  assertAligned<T>(p);
  assertAligned<T>(m);
  assertAligned<T>(v);
  assertAligned<T>(g);
  const rates = v128.splat<T>(rate);
  const beta1s = v128.splat<T>(beta1);
  const fresh1s = v128.splat<T>(fresh1);
  const beta2s = v128.splat<T>(beta2);
  const fresh2s = v128.splat<T>(fresh2);
  const corrections = v128.splat<T>(correction);
  const epsilons = v128.splat<T>(epsilon);
  const shrinks = v128.splat<T>(shrink);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const gradient = v128.load(g + i);
    const mean = v128.add<T>(v128.mul<T>(beta1s, v128.load(m + i)), v128.mul<T>(fresh1s, gradient));
    const squares = v128.add<T>(
      v128.mul<T>(beta2s, v128.load(v + i)),
      v128.mul<T>(v128.mul<T>(fresh2s, gradient), gradient),
    );
    v128.store(m + i, mean);
    v128.store(v + i, squares);
    const divisor = v128.add<T>(v128.div<T>(v128.sqrt<T>(squares), corrections), epsilons);
    const step = v128.mul<T>(rates, v128.div<T>(mean, divisor));
    v128.store(p + i, v128.sub<T>(v128.mul<T>(shrinks, v128.load(p + i)), step));
  }
}

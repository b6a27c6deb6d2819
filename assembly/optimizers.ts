// The updates of the optimizers: p the parameters, g their gradient, the rest the optimizer's memory of n elements,
// each updated in place. The formulas and their order are PyTorch's.

import { assertAligned, isTail, read, stepOf, write } from "./lanes";

/** v = momentum · v + g; p −= rate · v, or, with Nesterov's look ahead, p −= rate · (g + momentum · v). */
// @ts-ignore: decorator
@inline
export function momentumUpdate<T>(
  p: usize, v: usize, g: usize, n: usize, rate: T, momentum: T, nesterov: bool,
): void {
  assertAligned<T>(p);
  assertAligned<T>(v);
  assertAligned<T>(g);
  const rates = v128.splat<T>(rate);
  const kept = v128.splat<T>(momentum);
  const bytes = n * sizeof<T>();
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const gradient = read<T>(g + i, single);
    let step = v128.add<T>(v128.mul<T>(kept, read<T>(v + i, single)), gradient);
    write<T>(v + i, step, single);
    if (nesterov) step = v128.add<T>(gradient, v128.mul<T>(kept, step));
    write<T>(p + i, v128.sub<T>(read<T>(p + i, single), v128.mul<T>(rates, step)), single);
    i += stepOf<T>(single);
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
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const gradient = read<T>(g + i, single);
    const squares = v128.add<T>(
      v128.mul<T>(decays, read<T>(s + i, single)),
      v128.mul<T>(v128.mul<T>(freshes, gradient), gradient),
    );
    write<T>(s + i, squares, single);
    const divisor = v128.add<T>(v128.sqrt<T>(squares), epsilons);
    const step = v128.mul<T>(rates, v128.div<T>(gradient, divisor));
    write<T>(p + i, v128.sub<T>(read<T>(p + i, single), step), single);
    i += stepOf<T>(single);
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
  for (let i: usize = 0; i < bytes; ) {
    const single = isTail(i, bytes);
    const gradient = read<T>(g + i, single);
    const mean = v128.add<T>(v128.mul<T>(beta1s, read<T>(m + i, single)), v128.mul<T>(fresh1s, gradient));
    const squares = v128.add<T>(
      v128.mul<T>(beta2s, read<T>(v + i, single)),
      v128.mul<T>(v128.mul<T>(fresh2s, gradient), gradient),
    );
    write<T>(m + i, mean, single);
    write<T>(v + i, squares, single);
    const divisor = v128.add<T>(v128.div<T>(v128.sqrt<T>(squares), corrections), epsilons);
    const step = v128.mul<T>(rates, v128.div<T>(mean, divisor));
    write<T>(p + i, v128.sub<T>(v128.mul<T>(shrinks, read<T>(p + i, single)), step), single);
    i += stepOf<T>(single);
  }
}

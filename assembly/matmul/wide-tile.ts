// Wide tiles one step at a time, for what is not a column of five rows over packed panels (wide-column.ts).
// Here the plain order is as fast, and a fence would make the loop one value too large for V8 to unroll, which takes 5 rows over 300 of
// 512 columns 1.15 to 1.25 times as long.

import { assertAligned, storeOne } from "../lanes";
import { leftStep } from "./panels";

/** A tile that packs its panel of a as it goes, since it loads the factors anyway: 784x128x64 takes 0.93 to 1.0 times as long as packed
 *  beforehand. The rows of a lie a1 … a4 behind its first, and their steps aStep apart; the steps of b bStep. Else as multiplyColumn. */
export function multiplyFirst<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize,
  a: usize, a1: usize, a2: usize, a3: usize, a4: usize, aStep: usize, panel: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyFive<T>(c, row1, row2, row3, row4, goesOn, a, a1, a2, a3, a4, aStep, panel, b, bStep, depth, true);
}

/** A tile of an a that is packed and of a b as it lies. */
export function multiplyUnpacked<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize, a: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyFive<T>(c, row1, row2, row3, row4, goesOn, a, 0, 0, 0, 0, leftStep<T>(), 0, b, bStep, depth, false);
}

// @ts-ignore: decorator
@inline
function multiplyFive<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize,
  a: usize, a1: usize, a2: usize, a3: usize, a4: usize, aStep: usize, panel: usize, b: usize, bStep: usize, depth: usize, packs: bool,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  row1 += c;
  row2 += c;
  row3 += c;
  row4 += c;
  // what begins anew is read from the zeros at address 0
  let from = c & goesOn;
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
  from = row1 & goesOn;
  let c10 = v128.load(from), c11 = v128.load(from, 16), c12 = v128.load(from, 32), c13 = v128.load(from, 48);
  from = row2 & goesOn;
  let c20 = v128.load(from), c21 = v128.load(from, 16), c22 = v128.load(from, 32), c23 = v128.load(from, 48);
  from = row3 & goesOn;
  let c30 = v128.load(from), c31 = v128.load(from, 16), c32 = v128.load(from, 32), c33 = v128.load(from, 48);
  from = row4 & goesOn;
  let c40 = v128.load(from), c41 = v128.load(from, 16), c42 = v128.load(from, 32), c43 = v128.load(from, 48);
  let factor: v128;
  for (const end = b + depth * bStep; b != end; b += bStep, a += aStep, panel += leftStep<T>()) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    factor = v128.load_splat<T>(a);
    if (packs) storeOne<T>(panel, factor);
    c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    c02 = v128.add<T>(c02, v128.mul<T>(factor, b2));
    c03 = v128.add<T>(c03, v128.mul<T>(factor, b3));
    factor = packs ? v128.load_splat<T>(a + a1) : v128.load_splat<T>(a, sizeof<T>());
    if (packs) storeOne<T>(panel + sizeof<T>(), factor);
    c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    c12 = v128.add<T>(c12, v128.mul<T>(factor, b2));
    c13 = v128.add<T>(c13, v128.mul<T>(factor, b3));
    factor = packs ? v128.load_splat<T>(a + a2) : v128.load_splat<T>(a, 2 * sizeof<T>());
    if (packs) storeOne<T>(panel + 2 * sizeof<T>(), factor);
    c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    c22 = v128.add<T>(c22, v128.mul<T>(factor, b2));
    c23 = v128.add<T>(c23, v128.mul<T>(factor, b3));
    factor = packs ? v128.load_splat<T>(a + a3) : v128.load_splat<T>(a, 3 * sizeof<T>());
    if (packs) storeOne<T>(panel + 3 * sizeof<T>(), factor);
    c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
    c32 = v128.add<T>(c32, v128.mul<T>(factor, b2));
    c33 = v128.add<T>(c33, v128.mul<T>(factor, b3));
    factor = packs ? v128.load_splat<T>(a + a4) : v128.load_splat<T>(a, 4 * sizeof<T>());
    if (packs) storeOne<T>(panel + 4 * sizeof<T>(), factor);
    c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
    c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
    c42 = v128.add<T>(c42, v128.mul<T>(factor, b2));
    c43 = v128.add<T>(c43, v128.mul<T>(factor, b3));
  }
  v128.store(row4, c43, 48);
  v128.store(row4, c42, 32);
  v128.store(row4, c41, 16);
  v128.store(row4, c40);
  v128.store(row3, c33, 48);
  v128.store(row3, c32, 32);
  v128.store(row3, c31, 16);
  v128.store(row3, c30);
  v128.store(row2, c23, 48);
  v128.store(row2, c22, 32);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  v128.store(row1, c13, 48);
  v128.store(row1, c12, 32);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  v128.store(c, c03, 48);
  v128.store(c, c02, 32);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

/** Up to three rows of c, of a and b as they lie: computed as five, three of 128 would be 1.5 % more arithmetic. */
export function multiplyThree<T>(
  c: usize, row1: usize, row2: usize, goesOn: usize, a: usize, a1: usize, a2: usize, aStep: usize, b: usize, bStep: usize, depth: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  row1 += c;
  row2 += c;
  // what begins anew is read from the zeros at address 0
  let from = c & goesOn;
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
  from = row1 & goesOn;
  let c10 = v128.load(from), c11 = v128.load(from, 16), c12 = v128.load(from, 32), c13 = v128.load(from, 48);
  from = row2 & goesOn;
  let c20 = v128.load(from), c21 = v128.load(from, 16), c22 = v128.load(from, 32), c23 = v128.load(from, 48);
  let factor: v128;
  for (const end = b + depth * bStep; b != end; b += bStep, a += aStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    factor = v128.load_splat<T>(a);
    c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    c02 = v128.add<T>(c02, v128.mul<T>(factor, b2));
    c03 = v128.add<T>(c03, v128.mul<T>(factor, b3));
    factor = v128.load_splat<T>(a + a1);
    c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    c12 = v128.add<T>(c12, v128.mul<T>(factor, b2));
    c13 = v128.add<T>(c13, v128.mul<T>(factor, b3));
    factor = v128.load_splat<T>(a + a2);
    c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    c22 = v128.add<T>(c22, v128.mul<T>(factor, b2));
    c23 = v128.add<T>(c23, v128.mul<T>(factor, b3));
  }
  v128.store(row2, c23, 48);
  v128.store(row2, c22, 32);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  v128.store(row1, c13, 48);
  v128.store(row1, c12, 32);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  v128.store(c, c03, 48);
  v128.store(c, c02, 32);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

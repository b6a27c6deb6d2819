// A row of narrow tiles, of every build but the turbo one: the loop in which a large product spends its time.
//
//     panel of b:   b[p] = │ v v │ v v │        f64: 4 columns, f32: 8 columns
//                          └─────┴─────┘
//   panel of a:  a[p] = a0 a0    c00 += a0·v   c01 += a0·v
//                       a1 a1    c10            c11
//                       a2 a2    c20            c21         10 accumulators + 2 of b + 1 factor + 1 product
//                       a3 a3    c30            c31         = 14 of V8's 15 registers
//                       a4 a4    c40            c41
//
// A Zen 4 multiplies and adds two vectors each a cycle, so that a step takes it 5 cycles at least, and it takes in six instructions a
// cycle, 30 a step, of which the arithmetic and its loads are 27. So all that follows:
//
//   - A factor is packed as a whole vector, a plain load in every engine. When a load spreads an element over a vector, V8 adds up its
//     address in an instruction of its own, and JSC goes by two more: 512 square took 1.1 and 1.2 times as long.
//   - Two steps are taken at a time, and of each row both products come before the sums: 5.2 cycles a step, for 5.6. Either alone gains
//     nothing, and two steps with each sum behind its product lose a tenth; four take as long as two. Behind an odd depth lies a step of
//     zeros in both panels (pack.ts): no chain that began with +0 changes by it.
//   - V8 widens an i32 to an address by an instruction of its own, unless it comes from an addition. So a and b come from before where
//     they begin: 5.2, for 5.5.
//   - What a tile needs beside its loop is little, and stays in registers: over 64 steps 0.93 times as long as in the walk of the block.
//
// Of at most three rows that are left three are computed, 3 cycles a step: 128 square takes 0.98 times as long as by five, 13 rows 0.9.

import { fence } from "../fence";
import { assertAligned } from "../lanes";
import { LEFT_STEP, STEPS, TILE_ROW_BYTES, wholeSteps } from "./panels";

/** The first tile of a row, which packs the panel of a as it goes: it loads the factors anyway, and its stores have a unit to themselves.
 *  The rows of a lie a1 … a4 behind its first, and their steps aStep apart; b is the panel itself. Else as multiplyRow. Packed
 *  beforehand, 64 columns over 784 took 1.05 times as long in f64 and 1.1 in f32, and 8 columns 1.3. */
export function multiplyFirst<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize,
  a: usize, a1: usize, a2: usize, a3: usize, a4: usize, aStep: usize, panel: usize, b: usize, depth: usize,
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
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  from = row1 & goesOn;
  let c10 = v128.load(from), c11 = v128.load(from, 16);
  from = row2 & goesOn;
  let c20 = v128.load(from), c21 = v128.load(from, 16);
  from = row3 & goesOn;
  let c30 = v128.load(from), c31 = v128.load(from, 16);
  from = row4 & goesOn;
  let c40 = v128.load(from), c41 = v128.load(from, 16);
  let factor: v128, product: v128;
  for (const end = b + depth * TILE_ROW_BYTES; b != end; b += TILE_ROW_BYTES, a += aStep, panel += LEFT_STEP) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    factor = v128.load_splat<T>(a);
    v128.store(panel, factor);
    product = v128.mul<T>(factor, b0);
    if (fence) break;
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    c00 = v128.add<T>(product, c00);
    factor = v128.load_splat<T>(a + a1);
    v128.store(panel, factor, 16);
    product = v128.mul<T>(factor, b0);
    if (fence) break;
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    c10 = v128.add<T>(product, c10);
    factor = v128.load_splat<T>(a + a2);
    v128.store(panel, factor, 32);
    product = v128.mul<T>(factor, b0);
    if (fence) break;
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    c20 = v128.add<T>(product, c20);
    factor = v128.load_splat<T>(a + a3);
    v128.store(panel, factor, 48);
    product = v128.mul<T>(factor, b0);
    if (fence) break;
    c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
    c30 = v128.add<T>(product, c30);
    factor = v128.load_splat<T>(a + a4);
    v128.store(panel, factor, 64);
    product = v128.mul<T>(factor, b0);
    if (fence) break;
    c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
    c40 = v128.add<T>(product, c40);
  }
  v128.store(row4, c41, 16);
  v128.store(row4, c40);
  v128.store(row3, c31, 16);
  v128.store(row3, c30);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

/** Bytes of the steps of a panel of a left operand that are taken at a time, before which a multiplyRow begins. */
export const LEFT_PAIR: usize = STEPS * LEFT_STEP;

/** Five rows of c, or three if it is `short`, whole tiles of `width` bytes: c = a · b over `depth`, or += if `goesOn` has every bit set
 *  and not none. The other rows lie row1 … row4 behind the first; one that is not there is the last one once more, in c as in a. The
 *  panel of a begins LEFT_PAIR behind a; those of b lie bPanel apart, the first of them bPanel behind b. */
export function multiplyRow<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize, a: usize, b: usize, bPanel: usize,
  width: usize, depth: usize, short: bool,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const bytes = wholeSteps(depth) * TILE_ROW_BYTES;
  for (const end = c + width; c != end; c += TILE_ROW_BYTES) {
    b += bPanel;
    let left = a + LEFT_PAIR, right = b;
    const rightEnd = b + bytes;
    // what begins anew is read from the zeros at address 0
    let from = c & goesOn;
    let c00 = v128.load(from), c01 = v128.load(from, 16);
    from = (c + row1) & goesOn;
    let c10 = v128.load(from), c11 = v128.load(from, 16);
    from = (c + row2) & goesOn;
    let c20 = v128.load(from), c21 = v128.load(from, 16);
    from = (c + row3) & goesOn;
    let c30 = v128.load(from), c31 = v128.load(from, 16);
    from = (c + row4) & goesOn;
    let c40 = v128.load(from), c41 = v128.load(from, 16);
    let factor: v128, product: v128;
    if (short) {
      for (; right != rightEnd; right += 2 * TILE_ROW_BYTES, left += LEFT_PAIR) {
        let b0 = v128.load(right);
        let b1 = v128.load(right, 16);
        factor = v128.load(left);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c00 = v128.add<T>(product, c00);
        factor = v128.load(left, 16);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c10 = v128.add<T>(product, c10);
        factor = v128.load(left, 32);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c20 = v128.add<T>(product, c20);
        b0 = v128.load(right, 32);
        b1 = v128.load(right, 48);
        factor = v128.load(left, 80);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c00 = v128.add<T>(product, c00);
        factor = v128.load(left, 96);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c10 = v128.add<T>(product, c10);
        factor = v128.load(left, 112);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c20 = v128.add<T>(product, c20);
      }
    } else {
      for (; right != rightEnd; right += 2 * TILE_ROW_BYTES, left += LEFT_PAIR) {
        let b0 = v128.load(right);
        let b1 = v128.load(right, 16);
        factor = v128.load(left);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c00 = v128.add<T>(product, c00);
        factor = v128.load(left, 16);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c10 = v128.add<T>(product, c10);
        factor = v128.load(left, 32);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c20 = v128.add<T>(product, c20);
        factor = v128.load(left, 48);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
        c30 = v128.add<T>(product, c30);
        factor = v128.load(left, 64);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
        c40 = v128.add<T>(product, c40);
        b0 = v128.load(right, 32);
        b1 = v128.load(right, 48);
        factor = v128.load(left, 80);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c00 = v128.add<T>(product, c00);
        factor = v128.load(left, 96);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c10 = v128.add<T>(product, c10);
        factor = v128.load(left, 112);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c20 = v128.add<T>(product, c20);
        factor = v128.load(left, 128);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
        c30 = v128.add<T>(product, c30);
        factor = v128.load(left, 144);
        product = v128.mul<T>(factor, b0);
        if (fence) break;
        c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
        c40 = v128.add<T>(product, c40);
      }
    }
    // of a short tile the last two first: the rows that they stand for follow
    v128.store(c + row4, c41, 16);
    v128.store(c + row4, c40);
    v128.store(c + row3, c31, 16);
    v128.store(c + row3, c30);
    v128.store(c + row2, c21, 16);
    v128.store(c + row2, c20);
    v128.store(c + row1, c11, 16);
    v128.store(c + row1, c10);
    v128.store(c, c01, 16);
    v128.store(c, c00);
  }
}

// The tile kernel: 5 rows by 2 vectors of c, ten accumulators that stay in registers over the whole depth.
//
//             panel of b:   b[p] = │ v v │ v v │            f64: 4 columns, f32: 8 columns
//                                  └─────┴─────┘
//   panel of a:  a[p] = a0 a0    c00 += a0·v   c01 += a0·v
//                       a1 a1    c10            c11
//                       a2 a2    c20            c21         10 accumulators + 2 of b + 1 factor + 1 product
//                       a3 a3    c30            c31         = 14 of V8's 15 registers
//                       a4 a4    c40            c41
//
// In the turbo build a row has 4 vectors. V8's revectorizer makes one 256-bit operation of two that lie side by side, so
// the twenty accumulators take ten registers of 32 bytes, and each factor serves two of them. Without the revectorizer they
// do not fit, and the narrow tile is faster. Pairs are found from the stores: neighbours, 16 bytes apart by their immediate
// offsets, the higher first.
//
//             panel of b:   b[p] = │ v v : v v │ v v : v v │        f64: 8 columns, f32: 16 columns
//                                  └───────────┴───────────┘
//   panel of a:  a[p] = a0    c00 c01 += a0·v   c02 c03 += a0·v
//                  …                             …
//
// Where a is read as it lies, the factors of a step are at any distance, as in its rows or in the columns of a transposed one:
// four addresses to add up. V8 adds them in a packed panel as well when a load spreads its element over the vector, and JSC, which
// spreads directly only where there is no offset, goes by two more operations. A Zen 4 takes six a cycle, and a step has twenty for
// the arithmetic alone. So a panel holds each factor as a whole vector, which is a plain load in every engine: 512 square takes
// 0.89 times as long in Node, 0.84 in Bun, 0.97 in Deno, f64 as f32. In the wide tile, whose pairs only such a load feeds, the
// offsets stand in the loads: 0.9. With the factors loaded together and spread by shuffles it took 1.04 to 1.14 times as long.
//
// Over packed panels two steps are taken at a time, and of each row both products come before the sums. Either alone gains nothing,
// and two steps with each sum behind its product lose a tenth, by the way in which a Zen 4 hands instructions to its units. Both
// together are 5.2 cycles a step, of 5 that ten products take at two a cycle, for 5.6: 512 square takes 0.95 times as long in Node, 0.92
// in Bun, 0.95 in Deno, f64 as f32. Four steps take 0.98 times as long as two in Node, as long in the others, and 800 bytes more. The
// wide tile, whose pairs V8 orders by itself, takes 1.04 times as long by two steps.
//
// Of at most three rows that are left at the end of c, three are computed, by the same lines without the last two. At
// 128 rows, 25 tiles and 3 more, that is 1.5 % of the arithmetic. A row that is not there is the last one once more: it reads
// that one's factors and writes that one's results, the same bits. To compute such tiles beside c and copy them took 4 rows of
// 400 columns over 16 1.35 times as long.
//
// Each element is one chain over k, multiply then add. A depth that is cut in blocks goes on from the value
// that the block before left in c, which changes no bit of the chain.

import { fence } from "../fence";
import { IN_PAIRS } from "../lanes";
import { leftStep, TILE_ROW_BYTES, TILE_ROWS } from "./panels";

/** Up to so many rows a tile is computed as one of three. */
export const SHORT_ROWS: usize = 3;

/** The first `rows` rows of a tile of c, 1 to 5, which go on from those at `from`; more than SHORT_ROWS, or in the wide tile all five,
 *  of packed panels if they are `packed`. Inlined: as a call, whose operands go over the stack, tiles over 12 to 16 took 1.1 times as long. */
// @ts-ignore: decorator
@inline
export function multiplyTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize,
  depth: usize, rows: usize, packed: bool,
): void {
  const short = rows <= SHORT_ROWS;
  // from the first row to the last one that is there
  const last = (rows - 1) * aRow;
  const lastLine = (rows - 1) * line;
  const lastFrom = (rows - 1) * fromLine;
  const end = b + depth * bStep;
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = loadThird(from), c03 = loadFourth(from);
  const from1 = from + min<usize>(fromLine, lastFrom);
  let c10 = v128.load(from1), c11 = v128.load(from1, 16), c12 = loadThird(from1), c13 = loadFourth(from1);
  const from2 = from + min<usize>(2 * fromLine, lastFrom);
  let c20 = v128.load(from2), c21 = v128.load(from2, 16), c22 = loadThird(from2), c23 = loadFourth(from2);
  const from3 = from + min<usize>(3 * fromLine, lastFrom);
  let c30 = v128.load(from3), c31 = v128.load(from3, 16), c32 = loadThird(from3), c33 = loadFourth(from3);
  const from4 = from + lastFrom;
  let c40 = v128.load(from4), c41 = v128.load(from4, 16), c42 = loadThird(from4), c43 = loadFourth(from4);
  if (packed && !IN_PAIRS) {
    // two steps at a time; an odd last one is left to the loops below
    const pairsEnd = end - (depth & 1) * TILE_ROW_BYTES;
    let factor: v128, product: v128;
    for (; b != pairsEnd; b += 2 * TILE_ROW_BYTES, a += 2 * leftStep<T>()) {
      let b0 = v128.load(b);
      let b1 = v128.load(b, 16);
      factor = v128.load(a);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
      c00 = v128.add<T>(product, c00);
      factor = v128.load(a, 16);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
      c10 = v128.add<T>(product, c10);
      factor = v128.load(a, 32);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
      c20 = v128.add<T>(product, c20);
      factor = v128.load(a, 48);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      c30 = v128.add<T>(product, c30);
      factor = v128.load(a, 64);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
      c40 = v128.add<T>(product, c40);
      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      factor = v128.load(a, 80);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
      c00 = v128.add<T>(product, c00);
      factor = v128.load(a, 96);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
      c10 = v128.add<T>(product, c10);
      factor = v128.load(a, 112);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
      c20 = v128.add<T>(product, c20);
      factor = v128.load(a, 128);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      c30 = v128.add<T>(product, c30);
      factor = v128.load(a, 144);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
      c40 = v128.add<T>(product, c40);
    }
  }
  if (packed && IN_PAIRS) {
    for (; b != end; b += bStep, a += leftStep<T>()) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = loadThird(b);
      const b3 = loadFourth(b);
      let factor = packedFactor<T>(a, 0);
      c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
      c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
      c02 = addOuter<T>(c02, factor, b2);
      c03 = addOuter<T>(c03, factor, b3);
      factor = packedFactor<T>(a, 1);
      c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
      c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
      c12 = addOuter<T>(c12, factor, b2);
      c13 = addOuter<T>(c13, factor, b3);
      factor = packedFactor<T>(a, 2);
      c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
      c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
      c22 = addOuter<T>(c22, factor, b2);
      c23 = addOuter<T>(c23, factor, b3);
      factor = packedFactor<T>(a, 3);
      c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
      c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      c32 = addOuter<T>(c32, factor, b2);
      c33 = addOuter<T>(c33, factor, b3);
      factor = packedFactor<T>(a, 4);
      c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
      c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
      c42 = addOuter<T>(c42, factor, b2);
      c43 = addOuter<T>(c43, factor, b3);
    }
  } else {
    const a1 = min<usize>(aRow, last);
    const a2 = min<usize>(2 * aRow, last);
    if (short) {
      for (; b != end; b += bStep, a += aStep) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = loadThird(b);
        const b3 = loadFourth(b);
        let factor = v128.load_splat<T>(a);
        c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c02 = addOuter<T>(c02, factor, b2);
        c03 = addOuter<T>(c03, factor, b3);
        factor = v128.load_splat<T>(a + a1);
        c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c12 = addOuter<T>(c12, factor, b2);
        c13 = addOuter<T>(c13, factor, b3);
        factor = v128.load_splat<T>(a + a2);
        c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c22 = addOuter<T>(c22, factor, b2);
        c23 = addOuter<T>(c23, factor, b3);
      }
    } else {
      const a3: usize = 3 * aRow;
      for (; b != end; b += bStep, a += aStep) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = loadThird(b);
        const b3 = loadFourth(b);
        let factor = v128.load_splat<T>(a);
        c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
        c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
        c02 = addOuter<T>(c02, factor, b2);
        c03 = addOuter<T>(c03, factor, b3);
        factor = v128.load_splat<T>(a + a1);
        c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
        c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
        c12 = addOuter<T>(c12, factor, b2);
        c13 = addOuter<T>(c13, factor, b3);
        factor = v128.load_splat<T>(a + a2);
        c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
        c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
        c22 = addOuter<T>(c22, factor, b2);
        c23 = addOuter<T>(c23, factor, b3);
        factor = v128.load_splat<T>(a + a3);
        c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
        c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
        c32 = addOuter<T>(c32, factor, b2);
        c33 = addOuter<T>(c33, factor, b3);
        factor = v128.load_splat<T>(a + last);
        c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
        c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
        c42 = addOuter<T>(c42, factor, b2);
        c43 = addOuter<T>(c43, factor, b3);
      }
    }
  }
  const row1 = c + min<usize>(line, lastLine);
  const row2 = c + min<usize>(2 * line, lastLine);
  if (!short) {
    const row3 = c + 3 * line;
    const row4 = c + lastLine;
    storeOuter(row4, c42, c43);
    v128.store(row4, c41, 16);
    v128.store(row4, c40);
    storeOuter(row3, c32, c33);
    v128.store(row3, c31, 16);
    v128.store(row3, c30);
  }
  storeOuter(row2, c22, c23);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  storeOuter(row1, c12, c13);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  storeOuter(c, c02, c03);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

/** Five rows of a packed panel. The wide tile has a function for them: beside the other loops V8 does not unroll this one, and 512
 *  square takes 1.15 times as long. */
export function multiplyPacked<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, from, fromLine, a, 0, 0, b, bStep, depth, TILE_ROWS, true);
}

// The third and the fourth vector of a row are the turbo build's alone: in the others these four do nothing.

// @ts-ignore: decorator
@inline
function loadThird(row: usize): v128 {
  return IN_PAIRS ? v128.load(row, 32) : i64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function loadFourth(row: usize): v128 {
  return IN_PAIRS ? v128.load(row, 48) : i64x2.splat(0);
}

/** The factor of row 0 … 4 in a step of a wide packed panel. Offsets of loads are constants, hence a case for each. */
// @ts-ignore: decorator
@inline
function packedFactor<T>(a: usize, row: i32): v128 {
  return row == 0 ? v128.load_splat<T>(a)
    : row == 1 ? v128.load_splat<T>(a, sizeof<T>())
    : row == 2 ? v128.load_splat<T>(a, 2 * sizeof<T>())
    : row == 3 ? v128.load_splat<T>(a, 3 * sizeof<T>()) : v128.load_splat<T>(a, 4 * sizeof<T>());
}

/** sum + factor · vector */
// @ts-ignore: decorator
@inline
function addOuter<T>(sum: v128, factor: v128, vector: v128): v128 {
  return IN_PAIRS ? v128.add<T>(sum, v128.mul<T>(factor, vector)) : sum;
}

// @ts-ignore: decorator
@inline
function storeOuter(row: usize, third: v128, fourth: v128): void {
  if (!IN_PAIRS) return;
  v128.store(row, fourth, 48);
  v128.store(row, third, 32);
}

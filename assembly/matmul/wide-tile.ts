// The wide tile, of the turbo build: 5 rows by 4 vectors of c. V8's revectorizer makes one 256-bit operation of two that lie side by
// side, so the twenty accumulators take ten registers of 32 bytes, and each factor serves two of them. Without the revectorizer they do
// not fit, and the narrow tile (narrow-row.ts) is faster. Pairs are found from the stores: neighbours, 16 bytes apart by their immediate
// offsets, the higher first.
//
//             panel of b:   b[p] = │ v v : v v │ v v : v v │        f64: 8 columns, f32: 16 columns
//                                  └───────────┴───────────┘
//   panel of a:  a[p] = a0    c00 c01 += a0·v   c02 c03 += a0·v
//                       a1    c10 c11           c12 c13            10 pairs + 2 of b + 1 factor + 1 product
//                       a2    c20 c21           c22 c23            = 14 of V8's 15 registers
//                       a3    c30 c31           c32 c33
//                       a4    c40 c41           c42 c43
//
// Where a is read as it lies, the factors of a step are at any distance, as in its rows or in the columns of a transposed one: four
// addresses to add up. In a packed panel the offsets stand in the loads: 0.9 times as long. Two steps at a time as in the narrow tile
// take 1.04 times as long, and 1.1 with the products before the sums, which V8 orders by itself where it pairs.
//
// Of at most three rows that are left at the end of c, three are computed, by the same lines without the last two. At
// 128 rows, 25 tiles and 3 more, that is 1.5 % of the arithmetic. A row that is not there is the last one once more: it reads
// that one's factors and writes that one's results, the same bits. To compute such tiles beside c and copy them took 4 rows of
// 400 columns over 16 1.35 times as long.
//
// Each element is one chain over k, multiply then add. A depth that is cut in blocks goes on from the value
// that the block before left in c, which changes no bit of the chain.

import { leftStep, TILE_ROWS } from "./panels";

/** Up to so many rows a tile is computed as one of three. */
const SHORT_ROWS: usize = 3;

/** The first `rows` rows of a tile of c, 1 to 5, the others of which lie row1 … row4 behind the first, or the last that is there once
 *  more. They go on from what they are if `goesOn` has every bit set, and begin with zeros, which lie at address 0, if none. Five may be of
 *  packed panels. Inlined: as a call, whose operands go over the stack, tiles over 12 to 16 took 1.1 times as long. */
// @ts-ignore: decorator
@inline
export function multiplyTile<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, goesOn: usize, a: usize, aRow: usize, aStep: usize, b: usize,
  bStep: usize, depth: usize, rows: usize, packed: bool,
): void {
  const short = rows <= SHORT_ROWS;
  const end = b + depth * bStep;
  row1 += c;
  row2 += c;
  row3 += c;
  row4 += c;
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
  if (packed) {
    for (; b != end; b += bStep, a += leftStep<T>()) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = v128.load(b, 32);
      const b3 = v128.load(b, 48);
      let factor = packedFactor<T>(a, 0);
      c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
      c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
      c02 = v128.add<T>(c02, v128.mul<T>(factor, b2));
      c03 = v128.add<T>(c03, v128.mul<T>(factor, b3));
      factor = packedFactor<T>(a, 1);
      c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
      c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
      c12 = v128.add<T>(c12, v128.mul<T>(factor, b2));
      c13 = v128.add<T>(c13, v128.mul<T>(factor, b3));
      factor = packedFactor<T>(a, 2);
      c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
      c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
      c22 = v128.add<T>(c22, v128.mul<T>(factor, b2));
      c23 = v128.add<T>(c23, v128.mul<T>(factor, b3));
      factor = packedFactor<T>(a, 3);
      c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
      c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      c32 = v128.add<T>(c32, v128.mul<T>(factor, b2));
      c33 = v128.add<T>(c33, v128.mul<T>(factor, b3));
      factor = packedFactor<T>(a, 4);
      c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
      c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
      c42 = v128.add<T>(c42, v128.mul<T>(factor, b2));
      c43 = v128.add<T>(c43, v128.mul<T>(factor, b3));
    }
  } else {
    // from the first row to the last one that is there
    const last = (rows - 1) * aRow;
    const a1 = min<usize>(aRow, last);
    const a2 = min<usize>(2 * aRow, last);
    if (short) {
      for (; b != end; b += bStep, a += aStep) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = v128.load(b, 32);
        const b3 = v128.load(b, 48);
        let factor = v128.load_splat<T>(a);
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
    } else {
      const a3: usize = 3 * aRow;
      for (; b != end; b += bStep, a += aStep) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const b2 = v128.load(b, 32);
        const b3 = v128.load(b, 48);
        let factor = v128.load_splat<T>(a);
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
        factor = v128.load_splat<T>(a + a3);
        c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
        c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
        c32 = v128.add<T>(c32, v128.mul<T>(factor, b2));
        c33 = v128.add<T>(c33, v128.mul<T>(factor, b3));
        factor = v128.load_splat<T>(a + last);
        c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
        c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
        c42 = v128.add<T>(c42, v128.mul<T>(factor, b2));
        c43 = v128.add<T>(c43, v128.mul<T>(factor, b3));
      }
    }
  }
  if (!short) {
    v128.store(row4, c43, 48);
  v128.store(row4, c42, 32);
    v128.store(row4, c41, 16);
    v128.store(row4, c40);
    v128.store(row3, c33, 48);
  v128.store(row3, c32, 32);
    v128.store(row3, c31, 16);
    v128.store(row3, c30);
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

/** Five rows of a packed panel: beside the other loops V8 does not unroll this one, and 512 square takes 1.15 times as
 *  long. */
export function multiplyPackedTile<T>(
  c: usize, line: usize, goesOn: usize, a: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, 2 * line, 3 * line, 4 * line, goesOn, a, 0, 0, b, bStep, depth, TILE_ROWS, true);
}

/** The factor of row 0 … 4 in a step of a packed panel. Offsets of loads are constants, hence a case for each. */
// @ts-ignore: decorator
@inline
function packedFactor<T>(a: usize, row: i32): v128 {
  return row == 0 ? v128.load_splat<T>(a)
    : row == 1 ? v128.load_splat<T>(a, sizeof<T>())
    : row == 2 ? v128.load_splat<T>(a, 2 * sizeof<T>())
    : row == 3 ? v128.load_splat<T>(a, 3 * sizeof<T>()) : v128.load_splat<T>(a, 4 * sizeof<T>());
}

// A column of wide tiles, of the turbo build: the loop in which a large product spends its time there. V8's revectorizer makes one 256-bit
// operation of two that lie side by side, so the twenty accumulators take ten registers of 32 bytes, and each factor serves two of
// them. Without the revectorizer they do not fit, and the narrow tile (narrow-row.ts) is faster. Pairs are found from the stores:
// neighbours, 16 bytes apart by their immediate offsets, the higher first.
//
//             panel of b:   b[p] = │ v v : v v │ v v : v v │        f64: 8 columns, f32: 16 columns
//                                  └───────────┴───────────┘
//   panel of a:  a[p] = a0    c00 c01 += a0·v   c02 c03 += a0·v
//                       a1    c10 c11           c12 c13            10 pairs + 2 of b + 1 factor + 1 product
//                       a2    c20 c21           c22 c23            = 14 of V8's 15 registers
//                       a3    c30 c31           c32 c33
//                       a4    c40 c41           c42 c43
//
// A Zen 4 multiplies and adds two pairs each a cycle, so that a step takes it 5 cycles at least, and it takes in six instructions a
// cycle, 30 a step, of which the arithmetic and its loads are 27. So:
//
//   - Four steps are taken at a time, between which the pointer into a moves. Where a load spreads an element over a vector, V8 adds up
//     the offset in an instruction of its own, but each of them once an iteration: 31 instructions a step. In a loop of one step, of which
//     V8 makes three, it is 34, and 512 square takes 1.05 times as long. Behind a depth that is no multiple of four lie zeros in both
//     panels (pack.ts): no chain that began with +0 changes by them.
//   - Of each row the products of both pairs come before their sums: 0.97 times as long. V8 computes a pair where its first vector stands.
//
// Each element is one chain over k, multiply then add. A depth that is cut in blocks goes on from the value
// that the block before left in c, which changes no bit of the chain.

import { fence } from "../fence";
import { assertAligned } from "../lanes";
import { leftStep, STEPS, TILE_ROW_BYTES, wholeSteps } from "./panels";

/** `count` tiles of five rows of c, one below the other by `tile` bytes: c = a · b over `depth`, or += if `goesOn` has every bit set and
 *  not none. The other rows of each lie row1 … row4 behind its first; one that is not there is the last one once more. The panels of a
 *  lie aPanel apart, and all meet the one of b. */
export function multiplyColumn<T>(
  c: usize, row1: usize, row2: usize, row3: usize, row4: usize, tile: usize, goesOn: usize, a: usize, aPanel: usize, b: usize,
  depth: usize, count: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const end = b + wholeSteps(depth) * TILE_ROW_BYTES;
  a -= leftStep<T>();
  for (; count != 0; count--, c += tile, a += aPanel) {
    // what begins anew is read from the zeros at address 0
    let from = c & goesOn;
    let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
    from = (c + row1) & goesOn;
    let c10 = v128.load(from), c11 = v128.load(from, 16), c12 = v128.load(from, 32), c13 = v128.load(from, 48);
    from = (c + row2) & goesOn;
    let c20 = v128.load(from), c21 = v128.load(from, 16), c22 = v128.load(from, 32), c23 = v128.load(from, 48);
    from = (c + row3) & goesOn;
    let c30 = v128.load(from), c31 = v128.load(from, 16), c32 = v128.load(from, 32), c33 = v128.load(from, 48);
    from = (c + row4) & goesOn;
    let c40 = v128.load(from), c41 = v128.load(from, 16), c42 = v128.load(from, 32), c43 = v128.load(from, 48);
    let factor: v128, product = v128.splat<T>(0);
    let left = a;
    for (let right = b; right != end; right += STEPS * TILE_ROW_BYTES) {
      left += leftStep<T>();
      let b0 = v128.load(right);
      let b1 = v128.load(right, 16);
      let b2 = v128.load(right, 32);
      let b3 = v128.load(right, 48);
      factor = v128.load_splat<T>(left);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c02 = v128.add<T>(v128.mul<T>(factor, b2), c02);
      c03 = v128.add<T>(v128.mul<T>(factor, b3), c03);
      c01 = v128.add<T>(v128.mul<T>(factor, b1), c01);
      c00 = v128.add<T>(product, c00);
      factor = v128.load_splat<T>(left, sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c12 = v128.add<T>(v128.mul<T>(factor, b2), c12);
      c13 = v128.add<T>(v128.mul<T>(factor, b3), c13);
      c11 = v128.add<T>(v128.mul<T>(factor, b1), c11);
      c10 = v128.add<T>(product, c10);
      factor = v128.load_splat<T>(left, 2 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c22 = v128.add<T>(v128.mul<T>(factor, b2), c22);
      c23 = v128.add<T>(v128.mul<T>(factor, b3), c23);
      c21 = v128.add<T>(v128.mul<T>(factor, b1), c21);
      c20 = v128.add<T>(product, c20);
      factor = v128.load_splat<T>(left, 3 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c32 = v128.add<T>(v128.mul<T>(factor, b2), c32);
      c33 = v128.add<T>(v128.mul<T>(factor, b3), c33);
      c31 = v128.add<T>(v128.mul<T>(factor, b1), c31);
      c30 = v128.add<T>(product, c30);
      factor = v128.load_splat<T>(left, 4 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c42 = v128.add<T>(v128.mul<T>(factor, b2), c42);
      c43 = v128.add<T>(v128.mul<T>(factor, b3), c43);
      c41 = v128.add<T>(v128.mul<T>(factor, b1), c41);
      c40 = v128.add<T>(product, c40);
      left += leftStep<T>();
      b0 = v128.load(right, 64);
      b1 = v128.load(right, 80);
      b2 = v128.load(right, 96);
      b3 = v128.load(right, 112);
      factor = v128.load_splat<T>(left);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c02 = v128.add<T>(v128.mul<T>(factor, b2), c02);
      c03 = v128.add<T>(v128.mul<T>(factor, b3), c03);
      c01 = v128.add<T>(v128.mul<T>(factor, b1), c01);
      c00 = v128.add<T>(product, c00);
      factor = v128.load_splat<T>(left, sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c12 = v128.add<T>(v128.mul<T>(factor, b2), c12);
      c13 = v128.add<T>(v128.mul<T>(factor, b3), c13);
      c11 = v128.add<T>(v128.mul<T>(factor, b1), c11);
      c10 = v128.add<T>(product, c10);
      factor = v128.load_splat<T>(left, 2 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c22 = v128.add<T>(v128.mul<T>(factor, b2), c22);
      c23 = v128.add<T>(v128.mul<T>(factor, b3), c23);
      c21 = v128.add<T>(v128.mul<T>(factor, b1), c21);
      c20 = v128.add<T>(product, c20);
      factor = v128.load_splat<T>(left, 3 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c32 = v128.add<T>(v128.mul<T>(factor, b2), c32);
      c33 = v128.add<T>(v128.mul<T>(factor, b3), c33);
      c31 = v128.add<T>(v128.mul<T>(factor, b1), c31);
      c30 = v128.add<T>(product, c30);
      factor = v128.load_splat<T>(left, 4 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c42 = v128.add<T>(v128.mul<T>(factor, b2), c42);
      c43 = v128.add<T>(v128.mul<T>(factor, b3), c43);
      c41 = v128.add<T>(v128.mul<T>(factor, b1), c41);
      c40 = v128.add<T>(product, c40);
      left += leftStep<T>();
      b0 = v128.load(right, 128);
      b1 = v128.load(right, 144);
      b2 = v128.load(right, 160);
      b3 = v128.load(right, 176);
      factor = v128.load_splat<T>(left);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c02 = v128.add<T>(v128.mul<T>(factor, b2), c02);
      c03 = v128.add<T>(v128.mul<T>(factor, b3), c03);
      c01 = v128.add<T>(v128.mul<T>(factor, b1), c01);
      c00 = v128.add<T>(product, c00);
      factor = v128.load_splat<T>(left, sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c12 = v128.add<T>(v128.mul<T>(factor, b2), c12);
      c13 = v128.add<T>(v128.mul<T>(factor, b3), c13);
      c11 = v128.add<T>(v128.mul<T>(factor, b1), c11);
      c10 = v128.add<T>(product, c10);
      factor = v128.load_splat<T>(left, 2 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c22 = v128.add<T>(v128.mul<T>(factor, b2), c22);
      c23 = v128.add<T>(v128.mul<T>(factor, b3), c23);
      c21 = v128.add<T>(v128.mul<T>(factor, b1), c21);
      c20 = v128.add<T>(product, c20);
      factor = v128.load_splat<T>(left, 3 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c32 = v128.add<T>(v128.mul<T>(factor, b2), c32);
      c33 = v128.add<T>(v128.mul<T>(factor, b3), c33);
      c31 = v128.add<T>(v128.mul<T>(factor, b1), c31);
      c30 = v128.add<T>(product, c30);
      factor = v128.load_splat<T>(left, 4 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c42 = v128.add<T>(v128.mul<T>(factor, b2), c42);
      c43 = v128.add<T>(v128.mul<T>(factor, b3), c43);
      c41 = v128.add<T>(v128.mul<T>(factor, b1), c41);
      c40 = v128.add<T>(product, c40);
      left += leftStep<T>();
      b0 = v128.load(right, 192);
      b1 = v128.load(right, 208);
      b2 = v128.load(right, 224);
      b3 = v128.load(right, 240);
      factor = v128.load_splat<T>(left);
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c02 = v128.add<T>(v128.mul<T>(factor, b2), c02);
      c03 = v128.add<T>(v128.mul<T>(factor, b3), c03);
      c01 = v128.add<T>(v128.mul<T>(factor, b1), c01);
      c00 = v128.add<T>(product, c00);
      factor = v128.load_splat<T>(left, sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c12 = v128.add<T>(v128.mul<T>(factor, b2), c12);
      c13 = v128.add<T>(v128.mul<T>(factor, b3), c13);
      c11 = v128.add<T>(v128.mul<T>(factor, b1), c11);
      c10 = v128.add<T>(product, c10);
      factor = v128.load_splat<T>(left, 2 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c22 = v128.add<T>(v128.mul<T>(factor, b2), c22);
      c23 = v128.add<T>(v128.mul<T>(factor, b3), c23);
      c21 = v128.add<T>(v128.mul<T>(factor, b1), c21);
      c20 = v128.add<T>(product, c20);
      factor = v128.load_splat<T>(left, 3 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c32 = v128.add<T>(v128.mul<T>(factor, b2), c32);
      c33 = v128.add<T>(v128.mul<T>(factor, b3), c33);
      c31 = v128.add<T>(v128.mul<T>(factor, b1), c31);
      c30 = v128.add<T>(product, c30);
      factor = v128.load_splat<T>(left, 4 * sizeof<T>());
      product = v128.mul<T>(factor, b0);
      if (fence) break;
      c42 = v128.add<T>(v128.mul<T>(factor, b2), c42);
      c43 = v128.add<T>(v128.mul<T>(factor, b3), c43);
      c41 = v128.add<T>(v128.mul<T>(factor, b1), c41);
      c40 = v128.add<T>(product, c40);
    }
    if (fence) v128.store(c, product);
    v128.store(c + row4, c43, 48);
    v128.store(c + row4, c42, 32);
    v128.store(c + row4, c41, 16);
    v128.store(c + row4, c40);
    v128.store(c + row3, c33, 48);
    v128.store(c + row3, c32, 32);
    v128.store(c + row3, c31, 16);
    v128.store(c + row3, c30);
    v128.store(c + row2, c23, 48);
    v128.store(c + row2, c22, 32);
    v128.store(c + row2, c21, 16);
    v128.store(c + row2, c20);
    v128.store(c + row1, c13, 48);
    v128.store(c + row1, c12, 32);
    v128.store(c + row1, c11, 16);
    v128.store(c + row1, c10);
    v128.store(c, c03, 48);
    v128.store(c, c02, 32);
    v128.store(c, c01, 16);
    v128.store(c, c00);
  }
}

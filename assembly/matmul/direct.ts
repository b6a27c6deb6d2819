// Products of small matrices, straight from their rows: no packing, no workspace. Every element is one chain
// over k in order, multiply then add, beginning with 0, so these agree to the bit with the packed kernels.
//
// Few rows over a b that is far are gathered along its lines (gatherRows). Else c is covered by tiles of 4, 3 or 1 rows by 2
// vectors, then 1 vector. Each tile runs over k once, all its chains side by side:
// a small layer's time is the latency of its chains. In the turbo build, where one operation does two vectors, tiles are of 4, 3,
// 2 or 1 rows by 4 vectors first: by 2 they are as many chains as half of the adders take (tall.ts takes rows that have no more).
// Of an Iris net's products that takes 0.7 to 0.8 times as long; where two rows are left the tile of two takes 0.75 times as long
// as one after another. The narrow build takes two such rows as three whose last is the second over again.
//
// Columns that fill no vector share one all the same:
//
//   n = 9, f64    0 1 2 3 | 4 5 6 7 | 7 8    the last tile ends where the row does: 7 once more, with the same bits
//   n = 3, f64    0 1 2 ×                    a short row: × is read from b's next row, or from behind b, and written where
//                                            c's next row comes, or behind c
//
// One by one such columns took as long as a vector each: 16 × 3 × 20 in f32 3.2 times, 5 × 7 × 20 2.5 times as long as so.
//
// A product without a bias adds the zeros at address 0, so that there is one way to store a tile. It changes no bit: a chain
// that begins with +0 never ends in −0, the one number that + 0 changes.

import { SET_STRIDE, WAYS } from "../cache";
import { zero } from "../constants";
import { addBias } from "../elementwise";
import { IN_PAIRS, assertAligned } from "../lanes";

/** Bytes of b above which few rows of c are gathered along b's rows, if they are longer than the ROW of a tile. In the nearest caches the
 *  chains of a tile take less time; from farther ones its cache lines, each of another row, come too late. A tile that covers the
 *  row walks b along just so: over 16,384 and 60,000, 24 bytes take 0.3 times as long by it, 32 0.45, 48 0.9, 64 0.7. */
const FAR: usize = 1 << 18;
/** The same of 2 rows, which take 0.65 to 0.94 times as long gathered up to 8 MB, and 0.25 to 0.4 beyond. In the turbo build, whose tiles
 *  have twice the vectors, FROM_MEMORY of src/kernels/blocking-limits.ts: 0.45 to 0.5 from there on. */
const FAR_OF_TWO: usize = IN_PAIRS ? 1 << 23 : 3 << 13;
/** The same of 3 and 4 rows, whose tiles have twice the chains, and of lines longer than two ROWs: 0.75 to 0.95 times as long up to
 *  8 MB, 0.3 to 0.6 beyond; nearer, and of 80 bytes, 1.1 to 1.3. */
const FAR_OF_TILES: usize = 1 << 20;
/** Rows that are gathered, at most: three pairs, or, in the turbo build, one. */
const MOST_GATHERED: usize = IN_PAIRS ? 2 : 6;

/** Bytes of the row of a tile of one row: a whole cache line, and four chains. */
const ROW: usize = 64;

/** Most bytes of a row of c of which two go by the tile of three: two vectors take 0.9 to 0.95 times as long so over 64 and 0.6 to 0.85
 *  over 784; three and more are one tile of one row, and take 1.0 to 1.1, in Bun up to 1.4. */
const SHORT: usize = 32;

/** Whether the rows of c are few and those of b, at least as many as are gathered at a time, far from here or in each other's way: with
 *  more of one set than it holds a tile finds none of what the one before has loaded. 1 to 6 rows of 512 to 2,048 columns over 9 take 0.73
 *  to 1.0 times as long gathered, over 16 to 64 0.31 to 0.9 in Node, 0.5 to 1.09 in Bun. */
// @ts-ignore: decorator
@inline
function isGathered(m: usize, line: usize, k: usize): bool {
  const byTiles = m - 3 < 2;
  const far = byTiles ? FAR_OF_TILES : m == 2 ? FAR_OF_TWO : FAR;
  if (k < 4 || m > MOST_GATHERED || line <= (byTiles ? 2 * ROW : ROW)) return false;
  return k * line > far || (!IN_PAIRS && k > WAYS && line % SET_STRIDE == 0);
}

/** c(m × n) = a · b(k × n), where a's element (i, p) lies at a + i·aRow + p·aStep (bytes): its rows for a
 *  plain product, its columns for aᵀ · b. Unless bias is 0, bias(m × 1) is added along each row at last. */
export function multiplyDirect<T>(
  c: usize, a: usize, b: usize, bias: usize,
  m: usize, n: usize, k: usize, aRow: usize, aStep: usize,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const line = n * sizeof<T>();
  const biasStep = bias ? sizeof<T>() : 0;
  let rows = m;
  const done = isGathered(m, line, k) ? gatherRows<T>(c, a, b, bias, m, line, k, aRow, aStep) : 0;
  for (; rows >= 4 && !(IN_PAIRS && rows == 5); rows -= 4) {
    multiplyRows<T>(c, a, b, bias, biasStep, done, line, k, aRow, aStep, 4);
    a += 4 * aRow;
    c += 4 * line;
    bias += 4 * biasStep;
  }
  // Five are 3 and 2 then: one row alone takes nearly as long as three.
  if (rows == 3 || (IN_PAIRS ? rows == 5 : rows == 2 && line <= SHORT)) {
    multiplyRows<T>(c, a, b, bias, biasStep, done, line, k, aRow, aStep, 3, IN_PAIRS ? 2 : rows - 1);
    if (!IN_PAIRS || rows == 3) return;
    a += 3 * aRow;
    c += 3 * line;
    bias += 3 * biasStep;
    rows = 2;
  }
  if (IN_PAIRS && rows == 2) {
    multiplyRows<T>(c, a, b, bias, biasStep, done, line, k, aRow, aStep, 2);
    return;
  }
  for (; rows > 0; rows--, a += aRow, c += line, bias += biasStep) {
    multiplyRows<T>(c, a, b, bias, biasStep, done, line, k, aRow, aStep, 1);
  }
}

/** 1 to 4 rows of c, a constant where this is inlined; of two that go as three, `last` (1 instead of 2) makes the third the second
 *  over again. */
// @ts-ignore: decorator
@inline
function multiplyRows<T>(
  c: usize, a: usize, b: usize, bias: usize, biasStep: usize,
  j: usize, line: usize, k: usize, aRow: usize, aStep: usize, rows: i32, last: usize = 2,
): void {
  if (rows == 1) {
    // Four chains take as long as two, so what is longer than two vectors is one tile of four: up to 28 bytes of it lie behind the
    // row, where the next row overwrites what it writes. By two tiles 5 and 6 columns of f64, 9 to 12 of f32, took up to 1.6 times
    // as long.
    for (; j + 32 < line; j += ROW) {
      multiplyTile<T>(c, a, b, bias, biasStep, j, line, k, aRow, aStep, 1, 4);
    }
  } else if (IN_PAIRS) {
    // Lines that are less than four vectors are one tile too: what its rows write behind them, in order, the next ones overwrite.
    const lastRow = max<usize>(line, ROW) - ROW;
    for (; j + 32 < line; j += ROW) {
      j = min<usize>(j, lastRow);
      multiplyTile<T>(c, a, b, bias, biasStep, j, line, k, aRow, aStep, rows, 4, last);
    }
  }
  const lastPair = max<usize>(line, 32) - 32;
  for (; j + 16 < line; j += 32) {
    j = min<usize>(j, lastPair);
    multiplyTile<T>(c, a, b, bias, biasStep, j, line, k, aRow, aStep, rows, 2, last);
  }
  if (j < line) {
    j = max<usize>(line, 16) - 16;
    multiplyTile<T>(c, a, b, bias, biasStep, j, line, k, aRow, aStep, rows, 1, last);
  }
}

/** One tile of c, from j bytes of a row on: 1 to 4 rows by 1, 2 or 4 vectors, constants where this is inlined; `last` as above. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(
  c: usize, a: usize, b: usize, bias: usize, biasStep: usize,
  j: usize, line: usize, k: usize, aRow: usize, aStep: usize, rows: i32, vectors: i32, last: usize = 2,
): void {
  const aLast = last * aRow;
  let c00 = zero<T>(), c01 = c00, c02 = c00, c03 = c00;
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  let c20 = c00, c21 = c00, c22 = c00, c23 = c00;
  let c30 = c00, c31 = c00, c32 = c00, c33 = c00;
  let pa = a;
  let pb = b + j;
  for (let p = k; p > 0; p--, pa += aStep, pb += line) {
    const b0 = v128.load(pb);
    const b1 = vectors > 1 ? v128.load(pb, 16) : b0;
    const b2 = vectors > 2 ? v128.load(pb, 32) : b0;
    const b3 = vectors > 2 ? v128.load(pb, 48) : b0;
    let factor = v128.load_splat<T>(pa);
    c00 = addProduct<T>(c00, factor, b0, true);
    c01 = addProduct<T>(c01, factor, b1, vectors > 1);
    c02 = addProduct<T>(c02, factor, b2, vectors > 2);
    c03 = addProduct<T>(c03, factor, b3, vectors > 2);
    if (rows > 1) {
      factor = v128.load_splat<T>(pa + aRow);
      c10 = addProduct<T>(c10, factor, b0, true);
      c11 = addProduct<T>(c11, factor, b1, vectors > 1);
      c12 = addProduct<T>(c12, factor, b2, vectors > 2);
      c13 = addProduct<T>(c13, factor, b3, vectors > 2);
    }
    if (rows > 2) {
      factor = v128.load_splat<T>(pa + aLast);
      c20 = addProduct<T>(c20, factor, b0, true);
      c21 = addProduct<T>(c21, factor, b1, vectors > 1);
      c22 = addProduct<T>(c22, factor, b2, vectors > 2);
      c23 = addProduct<T>(c23, factor, b3, vectors > 2);
    }
    if (rows > 3) {
      factor = v128.load_splat<T>(pa + 3 * aRow);
      c30 = addProduct<T>(c30, factor, b0, true);
      c31 = addProduct<T>(c31, factor, b1, vectors > 1);
      c32 = addProduct<T>(c32, factor, b2, vectors > 2);
      c33 = addProduct<T>(c33, factor, b3, vectors > 2);
    }
  }
  c += j;
  storeRow<T>(c, c00, c01, c02, c03, bias, vectors);
  if (rows > 1) storeRow<T>(c + line, c10, c11, c12, c13, bias + biasStep, vectors);
  if (rows > 2) storeRow<T>(c + last * line, c20, c21, c22, c23, bias + last * biasStep, vectors);
  if (rows > 3) storeRow<T>(c + 3 * line, c30, c31, c32, c33, bias + 3 * biasStep, vectors);
}

/** sum + factor · vector, if there is such a vector; a constant where this is inlined. */
// @ts-ignore: decorator
@inline
export function addProduct<T>(sum: v128, factor: v128, vector: v128, isThere: bool): v128 {
  return isThere ? v128.add<T>(sum, v128.mul<T>(factor, vector)) : sum;
}

/** Stores a row of a tile, + its bias: the sums first, then the stores, the highest first, as the revectorizer finds its pairs. The
 *  turbo build asks whether there is one: over a depth of three the zeros are an eighth of all operations. */
// @ts-ignore: decorator
@inline
export function storeRow<T>(c: usize, c0: v128, c1: v128, c2: v128, c3: v128, bias: usize, vectors: i32): void {
  if (!IN_PAIRS || bias) {
    const biases = v128.load_splat<T>(bias);
    if (vectors > 2) {
      c3 = v128.add<T>(c3, biases);
      c2 = v128.add<T>(c2, biases);
    }
    if (vectors > 1) c1 = v128.add<T>(c1, biases);
    c0 = v128.add<T>(c0, biases);
  }
  if (vectors > 2) {
    v128.store(c, c3, 48);
    v128.store(c, c2, 32);
  }
  if (vectors > 1) v128.store(c, c1, 16);
  v128.store(c, c0);
}

/** The whole vectors of few rows of c, two rows at a time, gathered four rows of b at a time, each of which is read along:
 *
 *    b[p]      │ v → → → → → │     upper += f0·v   lower += g0·v
 *    b[p + 1]  │ v → → → → → │           += f1·v         += g1·v     8 factors + 2 of c + 1 of b + 1 product
 *    b[p + 2]  │ v → → → → → │           += f2·v         += g2·v     = 12 of V8's 15 registers
 *    b[p + 3]  │ v → → → → → │           += f3·v         += g3·v
 *
 *  The chains wait in c from four steps to the next. Returns how many bytes of a row are done. */
// @ts-ignore: decorator
@inline
function gatherRows<T>(
  c: usize, a: usize, b: usize, bias: usize, m: usize, line: usize, k: usize, aRow: usize, aStep: usize,
): usize {
  const n = line / sizeof<T>();
  // what four do not divide comes first, and zeros if that is nothing
  const rest = k & 3;
  multiplyDirect<T>(c, a, b, 0, m, n, rest, aRow, aStep);
  const whole = line & ~15;
  const first = b + rest * line, last = b + k * line;
  a += rest * aStep;
  for (let row = c, rows = m; ; rows -= 2, row += 2 * line, a += 2 * aRow) {
    let pa = a;
    // nothing may be read behind the last row of a
    const next: usize = rows == 1 ? 0 : aRow;
    for (let pb = first; pb < last; pb += 4 * line - whole) {
      const f0 = v128.load_splat<T>(pa), g0 = v128.load_splat<T>(pa + next);
      pa += aStep;
      const f1 = v128.load_splat<T>(pa), g1 = v128.load_splat<T>(pa + next);
      pa += aStep;
      const f2 = v128.load_splat<T>(pa), g2 = v128.load_splat<T>(pa + next);
      pa += aStep;
      const f3 = v128.load_splat<T>(pa), g3 = v128.load_splat<T>(pa + next);
      pa += aStep;
      let to = row;
      const end = pb + whole;
      if (rows == 1) {
        for (; pb < end; pb += 16, to += 16) {
          let sum = v128.add<T>(v128.load(to), v128.mul<T>(f0, v128.load(pb)));
          sum = v128.add<T>(sum, v128.mul<T>(f1, v128.load(pb + line)));
          sum = v128.add<T>(sum, v128.mul<T>(f2, v128.load(pb + 2 * line)));
          v128.store(to, v128.add<T>(sum, v128.mul<T>(f3, v128.load(pb + 3 * line))));
        }
      } else {
        for (; pb < end; pb += 16, to += 16) {
          let x = v128.load(pb);
          let upper = v128.add<T>(v128.load(to), v128.mul<T>(f0, x));
          let lower = v128.add<T>(v128.load(to + line), v128.mul<T>(g0, x));
          x = v128.load(pb + line);
          upper = v128.add<T>(upper, v128.mul<T>(f1, x));
          lower = v128.add<T>(lower, v128.mul<T>(g1, x));
          x = v128.load(pb + 2 * line);
          upper = v128.add<T>(upper, v128.mul<T>(f2, x));
          lower = v128.add<T>(lower, v128.mul<T>(g2, x));
          x = v128.load(pb + 3 * line);
          v128.store(to, v128.add<T>(upper, v128.mul<T>(f3, x)));
          v128.store(to + line, v128.add<T>(lower, v128.mul<T>(g3, x)));
        }
      }
    }
    if (rows <= 2) break;
  }
  if (bias) addBias<T>(c, bias, m, n);
  return whole;
}

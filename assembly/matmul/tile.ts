// The tile kernel: 5 rows by 2 vectors of c, ten accumulators that stay in registers over the whole depth.
//
//             panel of b:   b[p] = │ v v │ v v │            f64: 4 columns, f32: 8 columns
//                                  └─────┴─────┘
//   panel of a:  a[p] = a0    c00 += a0·v   c01 += a0·v
//                       a1    c10            c11
//                       a2    c20            c21            10 accumulators + 2 of b + 1 splat + 1 product
//                       a3    c30            c31            = 14 of V8's 15 registers
//                       a4    c40            c41
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
// The factors of a step lie at any distance, as in the rows of a or in the columns of a transposed one: four more addresses to
// add up. In a packed panel they are neighbours, whose offsets are in the loads. 512 square, f64 and f32: that takes as long in
// Node on a Xeon, 0.98 times as long in Deno, 0.93 in Bun; by count of operations it would be 0.88 on a Zen 4, which takes 30 for
// 5 cycles of arithmetic. With the factors loaded together and spread by shuffles it took 1.04 to 1.14 times as long in these two.
//
// Of at most three rows that are left at the end of c, three are computed, by the same lines without the last two. At
// 128 rows, 25 tiles and 3 more, that is 1.5 % of the arithmetic. A row that is not there is the last one once more: it reads
// that one's factors and writes that one's results, the same bits. To compute such tiles beside c and copy them took 4 rows of
// 400 columns over 16 1.35 times as long.
//
// Each element is one chain over k, multiply then add. A depth that is cut in blocks goes on from the value
// that the block before left in c, which changes no bit of the chain.

import { ZEROS } from "../constants";
import { IN_PAIRS, assertAligned } from "../lanes";

/** Vectors in a row of a tile. */
const VECTORS: usize = IN_PAIRS ? 4 : 2;

/** Bytes of a row of a tile; whoever packs panels asks for it. */
export const TILE_ROW_BYTES: usize = VECTORS * 16;

/** Rows of a tile. */
const TILE_ROWS: usize = 5;

/** Rows of the short tile at the end of c. */
const SHORT_ROWS: usize = 3;

/** c(rows × width bytes, lines apart by `line` bytes) = or += a · b over `depth`. Row i of a tile of a has step p at
 *  a + i · aRow + p · aStep, and the next tile is aTile behind it; b has step p of a panel at b + p · bStep, and the next panel
 *  bPanel behind it. `spare` is room for one tile (5 rows × 2 or 4 vectors), where those of a last panel of fewer columns are
 *  computed whole. `accumulate` is 0 or 1: as a boolean it took 44 bytes more. */
// @ts-ignore: decorator
@inline
export function multiplyBlock<T>(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, aTile: usize, bStep: usize, bPanel: usize, accumulate: u32,
): void {
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  assertAligned<T>(spare);
  let touched: u32 = 0;
  for (let j: usize = 0; j < width; j += TILE_ROW_BYTES, b += bPanel) {
    const liveBytes = min(TILE_ROW_BYTES, width - j);
    // A last panel of a b that is not packed ends where its lines do, since nothing may be read behind the last of them. The
    // columns before are computed again, and left in the spare tile.
    const before: usize = bStep == TILE_ROW_BYTES ? 0 : TILE_ROW_BYTES - liveBytes;
    let aRows = a;
    for (let i: usize = 0; i < rows; i += TILE_ROWS, aRows += aTile) {
      const liveRows = min(TILE_ROWS, rows - i);
      const corner = c + i * line + j;
      const short = liveRows <= SHORT_ROWS;
      if (touchesNext<T>() && accumulate && i + 2 * TILE_ROWS <= rows) {
        touched += touchRows(corner + TILE_ROWS * line, line);
      }
      const whole = liveBytes == TILE_ROW_BYTES;
      const to = whole ? corner : spare;
      const toLine = whole ? line : TILE_ROW_BYTES;
      if (!whole && accumulate) copyTile(spare + before, TILE_ROW_BYTES, corner, line, liveRows, liveBytes);
      const from = accumulate ? to : ZEROS;
      const fromLine = accumulate ? toLine : 0;
      const last = (liveRows - 1) * aRow;
      const lastLine = (liveRows - 1) * toLine;
      const lastFrom = accumulate ? lastLine : 0;
      if (short) shortTile<T>(to, toLine, lastLine, from, fromLine, lastFrom, aRows, aRow, last, aStep, b - before, bStep, depth);
      else if (aStep == TILE_ROWS * sizeof<T>() && liveRows == TILE_ROWS) {
        packedTile<T>(to, toLine, from, fromLine, aRows, b - before, bStep, depth);
      } else tile<T>(to, toLine, lastLine, from, fromLine, lastFrom, aRows, aRow, last, aStep, b - before, bStep, depth);
      if (!whole) copyTile(corner, line, spare + before, TILE_ROW_BYTES, liveRows, liveBytes);
    }
  }
  // Somewhere, or the loads would be left out.
  if (touchesNext<T>()) store<u32>(spare, touched);
}

/** Whether a tile that goes on from c asks for the rows of the next one before it begins: its own lines may be far by then,
 *  and the chains wait for them. In f64 of the turbo build, 1024 square gains 8 %, smaller ones 1 to 4; in f32 and in the
 *  narrow tile nothing. */
// @ts-ignore: decorator
@inline
function touchesNext<T>(): bool {
  return IN_PAIRS && sizeof<T>() == 8;
}

/** Loads from each row of a tile of c, so that it is near when the tile begins. */
// @ts-ignore: decorator
@inline
function touchRows(row: usize, line: usize): u32 {
  let touched: u32 = 0;
  for (let i: usize = 0; i < TILE_ROWS; i++, row += line) touched += load<u32>(row);
  return touched;
}

/** Four bytes at a time, which both dtypes are made of. */
function copyTile(to: usize, toLine: usize, from: usize, fromLine: usize, rows: usize, bytes: usize): void {
  for (let i: usize = 0; i < rows; i++, to += toLine, from += fromLine) {
    for (let q: usize = 0; q < bytes; q += 4) store<u32>(to + q, load<u32>(from + q));
  }
}

function tile<T>(
  c: usize, line: usize, lastLine: usize, from: usize, fromLine: usize, lastFrom: usize,
  a: usize, aRow: usize, last: usize, aStep: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, lastLine, from, fromLine, lastFrom, a, aRow, last, aStep, b, bStep, depth, false);
}

/** Five rows of neighbours: a packed panel, or the five columns of a transposed a. */
function packedTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, bStep: usize, depth: usize,
): void {
  const aRow: usize = sizeof<T>();
  multiplyTile<T>(c, line, 4 * line, from, fromLine, 4 * fromLine, a, aRow, 4 * aRow, TILE_ROWS * aRow, b, bStep, depth, false);
}

function shortTile<T>(
  c: usize, line: usize, lastLine: usize, from: usize, fromLine: usize, lastFrom: usize,
  a: usize, aRow: usize, last: usize, aStep: usize, b: usize, bStep: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, lastLine, from, fromLine, lastFrom, a, aRow, last, aStep, b, bStep, depth, true);
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

/** A tile, or the first three rows of one: `short` is a constant where this is inlined. The last row that is there lies `last`
 *  bytes behind the first one in a, and `lastLine` in c, which begins with what is `lastFrom` bytes behind `from`. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(
  c: usize, line: usize, lastLine: usize, from: usize, fromLine: usize, lastFrom: usize,
  a: usize, aRow: usize, last: usize, aStep: usize, b: usize, bStep: usize, depth: usize, short: bool,
): void {
  const a1 = short ? min<usize>(aRow, last) : aRow;
  const a2 = short ? last : 2 * aRow;
  const a3: usize = 3 * aRow;
  const fromLast = from + lastFrom;
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = loadThird(from), c03 = loadFourth(from);
  from = short ? min<usize>(from + fromLine, fromLast) : from + fromLine;
  let c10 = v128.load(from), c11 = v128.load(from, 16), c12 = loadThird(from), c13 = loadFourth(from);
  from = short ? fromLast : from + fromLine;
  let c20 = v128.load(from), c21 = v128.load(from, 16), c22 = loadThird(from), c23 = loadFourth(from);
  let c30 = c20, c31 = c21, c32 = c22, c33 = c23;
  let c40 = c20, c41 = c21, c42 = c22, c43 = c23;
  if (!short) {
    from += fromLine;
    c30 = v128.load(from);
    c31 = v128.load(from, 16);
    c32 = loadThird(from);
    c33 = loadFourth(from);
    c40 = v128.load(fromLast);
    c41 = v128.load(fromLast, 16);
    c42 = loadThird(fromLast);
    c43 = loadFourth(fromLast);
  }
  const row1 = c + (short ? min<usize>(line, lastLine) : line);
  const row2 = short ? c + lastLine : row1 + line;
  const row3 = row2 + line;
  const row4 = c + lastLine;
  for (const end = b + depth * bStep; b != end; b += bStep, a += aStep) {
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
    if (!short) {
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
  if (!short) {
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

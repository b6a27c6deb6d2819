// The tile kernel: 4 rows by 2 vectors of c, eight accumulators that stay in registers over the whole depth.
//
//             panel of b:   b[p] = │ v v │ v v │            f64: 4 columns, f32: 8 columns
//                                  └─────┴─────┘
//   panel of a:  a[p] = a0    c00 += a0·v   c01 += a0·v
//                       a1    c10            c11
//                       a2    c20            c21            8 accumulators + 2 of b + 1 splat + 1 product
//                       a3    c30            c31            = 12 of V8's 15 registers
//
// Each element is one chain over k, multiply then add. A depth that is cut in blocks goes on from the value
// that the block before left in c, which changes no bit of the chain.

import { lanes, assertAligned } from "../lanes";

/** Rows of a tile. */
export const TILE_ROWS: usize = 5;

/** c(rows × cols, lines apart by `line` elements) = or += aPanels · bPanels over `depth`. `spare` is room for one
 *  tile (4 rows × 2 vectors), where the tiles at the edges of c are computed whole. */
// @ts-ignore: decorator
@inline
export function multiplyPanels<T>(
  c: usize, aPanels: usize, bPanels: usize, spare: usize,
  rows: usize, cols: usize, depth: usize, line: usize, accumulate: bool,
): void {
  assertAligned<T>(c);
  assertAligned<T>(aPanels);
  assertAligned<T>(bPanels);
  assertAligned<T>(spare);
  const tileCols: usize = 2 * lanes<T>();
  const lineBytes = line * sizeof<T>();
  const aPanelBytes = depth * TILE_ROWS * sizeof<T>();
  for (let j: usize = 0; j < cols; j += tileCols) {
    const liveCols = min(tileCols, cols - j);
    let aPanel = aPanels;
    for (let i: usize = 0; i < rows; i += TILE_ROWS) {
      const liveRows = min(TILE_ROWS, rows - i);
      const corner = c + i * lineBytes + j * sizeof<T>();
      if (liveRows == TILE_ROWS && liveCols == tileCols) {
        tile<T>(corner, lineBytes, aPanel, bPanels, depth, accumulate);
      } else {
        if (accumulate) copyTile<T>(spare, 32, corner, lineBytes, liveRows, liveCols);
        tile<T>(spare, 32, aPanel, bPanels, depth, accumulate);
        copyTile<T>(corner, lineBytes, spare, 32, liveRows, liveCols);
      }
      aPanel += aPanelBytes;
    }
    bPanels += depth * 32;
  }
}

// @ts-ignore: decorator
@inline
function copyTile<T>(to: usize, toLine: usize, from: usize, fromLine: usize, rows: usize, cols: usize): void {
  for (let i: usize = 0; i < rows; i++, to += toLine, from += fromLine) {
    for (let q: usize = 0; q < cols * sizeof<T>(); q += sizeof<T>()) store<T>(to + q, load<T>(from + q));
  }
}

function tile<T>(c: usize, line: usize, a: usize, b: usize, depth: usize, accumulate: bool): void {
  let c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128, c40: v128, c41: v128;
  const row1 = c + line;
  const row2 = row1 + line;
  const row3 = row2 + line;
  const row4 = row3 + line;
  if (accumulate) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(row1);
    c11 = v128.load(row1, 16);
    c20 = v128.load(row2);
    c21 = v128.load(row2, 16);
    c30 = v128.load(row3);
    c31 = v128.load(row3, 16);
    c40 = v128.load(row4);
    c41 = v128.load(row4, 16);
  } else {
    c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = v128.splat<T>(<T>0);
  }
  for (const end = b + depth * 32; b < end; b += 32, a += TILE_ROWS * sizeof<T>()) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let factor = v128.load_splat<T>(a);
    c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    factor = v128.load_splat<T>(a, sizeof<T>());
    c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    factor = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    factor = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
    factor = v128.load_splat<T>(a, 4 * sizeof<T>());
    c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
    c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
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

// A block of c = or += a · b in the narrow tile. A panel of a, which the first tile over it packs, stays in the first-level cache while
// those of b pass, since a step of a is 80 bytes and one of b 32: the fewer come from farther away (512 square takes 0.99 times as long so,
// 1024 0.98, 64 deep and 784 wide 0.95).

import { copyTile } from "./copy-tile";
import { LEFT_PAIR, multiplyFirst, multiplyRow } from "./narrow-row";
import { LEFT_STEP, panelBytes, SHORT_ROWS, STEPS, TILE_BYTES, TILE_ROW_BYTES, TILE_ROWS, ZERO_STEPS } from "./panels";

/** As multiplyBlock of ../index.ts, of a b that is packed. */
// @ts-ignore: decorator
@inline
export function multiplyNarrowBlock(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, done: usize, double: i32,
): void {
  const goesOn: usize = done ? ~0 : 0;
  const part = width % TILE_ROW_BYTES;
  const whole = width - part;
  const bPanel = panelBytes(depth, TILE_ROW_BYTES);
  for (let i: usize = 0; i < rows; i += TILE_ROWS, a += TILE_ROWS * aRow, c += TILE_ROWS * line) {
    const live = min(TILE_ROWS, rows - i);
    multiplyTiles(c, line, live, goesOn, a, aRow, aStep, spare, b, bPanel, whole, depth, true, double);
    if (part == 0) continue;
    // the columns of a last panel that are not there are computed as well, in the spare tile
    const corner = c + whole;
    if (done) copyTile(spare, TILE_ROW_BYTES, corner, line, live, part);
    const bLast = b + (whole / TILE_ROW_BYTES) * bPanel;
    multiplyTiles(
      spare, TILE_ROW_BYTES, live, goesOn, a, aRow, aStep, spare, bLast, bPanel, TILE_ROW_BYTES, depth, whole == 0, double,
    );
    copyTile(corner, line, spare, TILE_ROW_BYTES, live, part);
  }
}

/** Tiles of up to five rows of c; if they are the first of these rows, the first of them packs the panel of a. */
function multiplyTiles(
  c: usize, line: usize, rows: usize, goesOn: usize, a: usize, aRow: usize, aStep: usize, spare: usize,
  b: usize, bPanel: usize, width: usize, depth: usize, first: bool, double: i32,
): void {
  if (width == 0) return;
  const row4 = (rows - 1) * line;
  const row1 = min<usize>(line, row4);
  const row2 = min<usize>(2 * line, row4);
  const row3 = min<usize>(3 * line, row4);
  const panel = spare + TILE_BYTES;
  if (first) {
    const a4 = (rows - 1) * aRow;
    const a1 = min<usize>(aRow, a4);
    const a2 = min<usize>(2 * aRow, a4);
    const a3 = min<usize>(3 * aRow, a4);
    if (double) multiplyFirst<f64>(c, row1, row2, row3, row4, goesOn, a, a1, a2, a3, a4, aStep, panel, b, depth);
    else multiplyFirst<f32>(c, row1, row2, row3, row4, goesOn, a, a1, a2, a3, a4, aStep, panel, b, depth);
    // as pack.ts writes for b
    if (depth % STEPS) memory.fill(panel + depth * LEFT_STEP, 0, ZERO_STEPS * LEFT_STEP);
    c += TILE_ROW_BYTES;
    b += bPanel;
    width -= TILE_ROW_BYTES;
  }
  a = panel - LEFT_PAIR;
  b -= bPanel;
  const short = rows <= SHORT_ROWS;
  if (double) multiplyRow<f64>(c, row1, row2, row3, row4, goesOn, a, b, bPanel, width, depth, short);
  else multiplyRow<f32>(c, row1, row2, row3, row4, goesOn, a, b, bPanel, width, depth, short);
}

// A block of c = or += a · b in the narrow tile, of packed panels. That of a stays in the first-level cache while those of b pass, since a
// step of a is 80 bytes and one of b 32: the fewer come from farther away (512 square takes 0.99 times as long so, 1024 0.98, 64 deep and
// 784 wide 0.95).

import { copyTile } from "./copy-tile";
import { LEFT_PAIR, multiplyRow, SHORT_ROWS } from "./narrow-row";
import { LEFT_STEP, panelBytes, TILE_ROW_BYTES, TILE_ROWS } from "./panels";

/** As multiplyBlock of ../index.ts, of a and b that are packed. */
// @ts-ignore: decorator
@inline
export function multiplyNarrowBlock(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize, done: usize, double: i32,
): void {
  const goesOn: usize = done ? ~0 : 0;
  const part = width % TILE_ROW_BYTES;
  const whole = width - part;
  const bLast = b + (whole / TILE_ROW_BYTES) * panelBytes(depth, TILE_ROW_BYTES);
  for (let i: usize = 0; i < rows; i += TILE_ROWS, a += panelBytes(depth, LEFT_STEP), c += TILE_ROWS * line) {
    const live = min(TILE_ROWS, rows - i);
    multiplyTiles(c, line, live, goesOn, a, b, whole, depth, double);
    if (part == 0) continue;
    // the columns of a last panel that are not there are computed as well, in the spare tile
    const corner = c + whole;
    if (done) copyTile(spare, TILE_ROW_BYTES, corner, line, live, part);
    multiplyTiles(spare, TILE_ROW_BYTES, live, goesOn, a, bLast, TILE_ROW_BYTES, depth, double);
    copyTile(corner, line, spare, TILE_ROW_BYTES, live, part);
  }
}

/** The tiles of up to five rows of c. */
function multiplyTiles(
  c: usize, line: usize, rows: usize, goesOn: usize, a: usize, b: usize, width: usize, depth: usize, double: i32,
): void {
  const row4 = (rows - 1) * line;
  const row1 = min<usize>(line, row4);
  const row2 = min<usize>(2 * line, row4);
  const row3 = min<usize>(3 * line, row4);
  const bPanel = panelBytes(depth, TILE_ROW_BYTES);
  const short = rows <= SHORT_ROWS;
  a -= LEFT_PAIR;
  b -= bPanel;
  if (double) multiplyRow<f64>(c, row1, row2, row3, row4, goesOn, a, b, bPanel, width, depth, short);
  else multiplyRow<f32>(c, row1, row2, row3, row4, goesOn, a, b, bPanel, width, depth, short);
}

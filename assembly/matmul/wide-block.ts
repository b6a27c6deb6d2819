// A block of c = or += a · b in the wide tile. A panel of b stays in the first-level cache while those of a pass, since a step of b is
// 64 bytes and one of a 20 or 40: 0.96 to 0.99 times as long so.

import { assertAligned } from "../lanes";
import { copyTile } from "./copy-tile";
import { leftStep, panelBytes, SHORT_ROWS, STEPS, TILE_BYTES, TILE_ROW_BYTES, TILE_ROWS, ZERO_STEPS } from "./panels";
import { multiplyColumn } from "./wide-column";
import { multiplyFirst, multiplyThree, multiplyUnpacked } from "./wide-tile";

/** As multiplyBlock of ../index.ts. */
// @ts-ignore: decorator
@inline
export function multiplyWideBlock<T>(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, bStep: usize, done: usize,
): void {
  assertAligned<T>(spare);
  const goesOn: usize = done ? ~0 : 0;
  const packed = bStep == 0;
  const bPanel = packed ? panelBytes(depth, TILE_ROW_BYTES) : TILE_ROW_BYTES;
  if (packed) bStep = TILE_ROW_BYTES;
  const panels = spare + TILE_BYTES;
  const aPanel = panelBytes(depth, leftStep<T>());
  for (let j: usize = 0; j < width; j += TILE_ROW_BYTES, b += bPanel) {
    const live = min(TILE_ROW_BYTES, width - j);
    if (live == TILE_ROW_BYTES) {
      multiplyTiles<T>(c + j, line, rows, goesOn, a, aRow, aStep, panels, b, bStep, depth, j == 0, packed);
      continue;
    }
    // The columns of a last panel that are not there are computed as well, in the spare tile. That of a b that is not packed ends where
    // its lines do, since nothing may be read behind the last of them: columns before are computed again.
    const before: usize = packed ? 0 : TILE_ROW_BYTES - live;
    let left = a, panel = panels;
    for (let i: usize = 0; i < rows; i += TILE_ROWS, left += TILE_ROWS * aRow, panel += aPanel) {
      const liveRows = min(TILE_ROWS, rows - i);
      const corner = c + i * line + j;
      if (done) copyTile(spare + before, TILE_ROW_BYTES, corner, line, liveRows, live);
      multiplyTiles<T>(spare, TILE_ROW_BYTES, liveRows, goesOn, left, aRow, aStep, panel, b - before, bStep, depth, j == 0, packed);
      copyTile(corner, line, spare + before, TILE_ROW_BYTES, liveRows, live);
    }
  }
}

/** Tiles of `rows` rows of c over one panel of b; if they are the `first` of these rows, they pack the panels of a. */
function multiplyTiles<T>(
  c: usize, line: usize, rows: usize, goesOn: usize, a: usize, aRow: usize, aStep: usize, panels: usize,
  b: usize, bStep: usize, depth: usize, first: bool, packed: bool,
): void {
  const tile = TILE_ROWS * line;
  const aPanel = panelBytes(depth, leftStep<T>());
  if (packed && !first) {
    const whole = rows / TILE_ROWS;
    multiplyColumn<T>(c, line, 2 * line, 3 * line, 4 * line, tile, goesOn, panels, aPanel, b, depth, whole);
    rows -= whole * TILE_ROWS;
    c += whole * tile;
    a += whole * TILE_ROWS * aRow;
    panels += whole * aPanel;
  }
  for (let i: usize = 0; i < rows; i += TILE_ROWS, c += tile, a += TILE_ROWS * aRow, panels += aPanel) {
    const live = min(TILE_ROWS, rows - i);
    const row4 = (live - 1) * line, a4 = (live - 1) * aRow;
    const row1 = min<usize>(line, row4), row2 = min<usize>(2 * line, row4), row3 = min<usize>(3 * line, row4);
    const a1 = min<usize>(aRow, a4), a2 = min<usize>(2 * aRow, a4), a3 = min<usize>(3 * aRow, a4);
    if (live <= SHORT_ROWS) multiplyThree<T>(c, row1, row2, goesOn, a, a1, a2, aStep, b, bStep, depth);
    else if (!packed && !first) multiplyUnpacked<T>(c, row1, row2, row3, row4, goesOn, panels, b, bStep, depth);
    else if (!first) multiplyColumn<T>(c, row1, row2, row3, row4, tile, goesOn, panels, aPanel, b, depth, 1);
    else {
      multiplyFirst<T>(c, row1, row2, row3, row4, goesOn, a, a1, a2, a3, a4, aStep, panels, b, bStep, depth);
      // as pack.ts writes for b
      if (depth % STEPS) memory.fill(panels + depth * leftStep<T>(), 0, ZERO_STEPS * leftStep<T>());
    }
  }
}

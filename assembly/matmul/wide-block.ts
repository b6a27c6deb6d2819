// A block of c = or += a · b in the wide tile. The panel of b stays in the first-level cache while those of a pass, since a step of b is
// 64 bytes and one of a 20 or 40: 0.96 to 0.99 times as long.

import { assertAligned } from "../lanes";
import { copyTile } from "./copy-tile";
import { leftStep, panelBytes, TILE_ROW_BYTES, TILE_ROWS } from "./panels";
import { multiplyPackedTile, multiplyTile } from "./wide-tile";

/** As multiplyBlock of ../index.ts. */
// @ts-ignore: decorator
@inline
export function multiplyWideBlock<T>(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, bStep: usize, done: usize,
): void {
  const packed = aRow == 0;
  if (packed) {
    aRow = sizeof<T>();
    aStep = leftStep<T>();
  }
  const aTile = packed ? panelBytes(depth, aStep) : TILE_ROWS * aRow;
  const bPanel = bStep ? TILE_ROW_BYTES : panelBytes(depth, TILE_ROW_BYTES);
  if (bStep == 0) bStep = TILE_ROW_BYTES;
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  assertAligned<T>(spare);
  const goesOn: usize = done ? ~0 : 0;
  let touched: u32 = 0;
  for (let j: usize = 0; j < width; j += TILE_ROW_BYTES, b += bPanel) {
    const liveBytes = min(TILE_ROW_BYTES, width - j);
    // A last panel of a b that is not packed ends where its lines do, since nothing may be read behind the last of them. The columns
    // before are computed again, and left in the spare tile.
    const before: usize = bStep == TILE_ROW_BYTES ? 0 : TILE_ROW_BYTES - liveBytes;
    const whole = liveBytes == TILE_ROW_BYTES;
    const toLine = whole ? line : TILE_ROW_BYTES;
    let left = a;
    for (let i: usize = 0; i < rows; i += TILE_ROWS, left += aTile) {
      const liveRows = min(TILE_ROWS, rows - i);
      const corner = c + i * line + j;
      if (touchesNext<T>() && done && i + 2 * TILE_ROWS <= rows) {
        touched += touchRows(corner + TILE_ROWS * line, line);
      }
      const to = whole ? corner : spare;
      if (!whole && done) copyTile(spare + before, TILE_ROW_BYTES, corner, line, liveRows, liveBytes);
      if (packed && liveRows == TILE_ROWS) multiplyPackedTile<T>(to, toLine, goesOn, left, b - before, bStep, depth);
      else {
        const last = (liveRows - 1) * toLine;
        multiplyTile<T>(
          to, min<usize>(toLine, last), min<usize>(2 * toLine, last), min<usize>(3 * toLine, last), last,
          goesOn, left, aRow, aStep, b - before, bStep, depth, liveRows, false,
        );
      }
      if (!whole) copyTile(corner, line, spare + before, TILE_ROW_BYTES, liveRows, liveBytes);
    }
  }
  // Somewhere, or the loads would be left out.
  if (touchesNext<T>()) store<u32>(spare, touched);
}

/** Whether a tile that goes on from c asks for the rows of the next one before it begins: its own lines may be far by then,
 *  and the chains wait for them. In f64 1024 square gains 8 %, smaller ones 1 to 4; in f32, and in the narrow tile, nothing. */
// @ts-ignore: decorator
@inline
function touchesNext<T>(): bool {
  return sizeof<T>() == 8;
}

/** Loads from each row of a tile of c, so that it is near when the tile begins. */
// @ts-ignore: decorator
@inline
function touchRows(row: usize, line: usize): u32 {
  let touched: u32 = 0;
  for (let i: usize = 0; i < TILE_ROWS; i++, row += line) touched += load<u32>(row);
  return touched;
}

// A block of c = or += a · b: the walk of the tile kernel (tile.ts) over it. One panel stays in the first-level cache while those of
// the other operand pass: in the narrow build the panel of a, 80 bytes a step for 32 of b, so that the fewer come from farther away
// (512 square takes 0.99 times as long so, 1024 0.98, 64 deep and 784 wide 0.95); in the wide one that of b, 64 bytes a step for 20 or
// 40 of a (0.96 to 0.99).

import { ZEROS } from "../constants";
import { IN_PAIRS, assertAligned } from "../lanes";
import { factorBytes, leftStep, panelBytes, TILE_ROW_BYTES, TILE_ROWS } from "./panels";
import { multiplyPacked, multiplyTile, SHORT_ROWS } from "./tile";

/** c(rows × width bytes, lines apart by `line` bytes) = a · b over `depth`, or, of a depth of which `done` steps are done, += a · b.
 *  Row i of a has step p at a + i · aRow + p · aStep, or lies in packed panels if aRow is 0; the lines of b lie bStep apart, or it
 *  is packed if that is 0, as in the narrow build it must be beside a packed a. `spare` is room for one tile (5 rows × 2 or 4
 *  vectors), where those of a last panel of fewer columns are computed whole. */
// @ts-ignore: decorator
@inline
export function multiplyBlock<T>(
  c: usize, a: usize, b: usize, spare: usize, rows: usize, width: usize, depth: usize, line: usize,
  aRow: usize, aStep: usize, bStep: usize, done: usize,
): void {
  const packed = aRow == 0;
  if (packed) {
    aRow = factorBytes<T>();
    aStep = leftStep<T>();
  }
  const aTile = packed ? panelBytes(depth, aStep) : TILE_ROWS * aRow;
  const bPanel = bStep ? TILE_ROW_BYTES : panelBytes(depth, TILE_ROW_BYTES);
  if (bStep == 0) bStep = TILE_ROW_BYTES;
  assert(IN_PAIRS || !packed || bStep == TILE_ROW_BYTES, "a is packed and b is not");
  assertAligned<T>(c);
  assertAligned<T>(a);
  assertAligned<T>(b);
  assertAligned<T>(spare);
  let touched: u32 = 0;
  const outerEnd = IN_PAIRS ? width : rows, outerStep = IN_PAIRS ? TILE_ROW_BYTES : TILE_ROWS;
  const innerEnd = IN_PAIRS ? rows : width, innerStep = IN_PAIRS ? TILE_ROWS : TILE_ROW_BYTES;
  let stays = IN_PAIRS ? b : a;
  for (let outer: usize = 0; outer < outerEnd; outer += outerStep) {
    let passes = IN_PAIRS ? a : b;
    for (let inner: usize = 0; inner < innerEnd; inner += innerStep) {
      const i = IN_PAIRS ? inner : outer, j = IN_PAIRS ? outer : inner;
      const left = IN_PAIRS ? passes : stays, right = IN_PAIRS ? stays : passes;
      const liveRows = min(TILE_ROWS, rows - i);
      const liveBytes = min(TILE_ROW_BYTES, width - j);
      // A last panel of a b that is not packed ends where its lines do, since nothing may be read behind the last of them. The
      // columns before are computed again, and left in the spare tile.
      const before: usize = bStep == TILE_ROW_BYTES ? 0 : TILE_ROW_BYTES - liveBytes;
      const corner = c + i * line + j;
      if (touchesNext<T>() && done && i + 2 * TILE_ROWS <= rows) {
        touched += touchRows(corner + TILE_ROWS * line, line);
      }
      const whole = liveBytes == TILE_ROW_BYTES;
      const to = whole ? corner : spare;
      const toLine = whole ? line : TILE_ROW_BYTES;
      if (!whole && done) copyTile(spare + before, TILE_ROW_BYTES, corner, line, liveRows, liveBytes);
      const from = done ? to : ZEROS;
      const fromLine = done ? toLine : 0;
      const wholePanel = packed && (IN_PAIRS ? liveRows == TILE_ROWS : liveRows > SHORT_ROWS);
      if (IN_PAIRS && wholePanel) multiplyPacked<T>(to, toLine, from, fromLine, left, right - before, bStep, depth);
      else {
        multiplyTile<T>(
          to, toLine, from, fromLine, left, aRow, aStep, right - before, bStep, depth, liveRows, wholePanel && !IN_PAIRS,
        );
      }
      if (!whole) copyTile(corner, line, spare + before, TILE_ROW_BYTES, liveRows, liveBytes);
      passes += IN_PAIRS ? aTile : bPanel;
    }
    stays += IN_PAIRS ? bPanel : aTile;
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

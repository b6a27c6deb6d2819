import { assertAligned } from "./lanes";
import { turnLines } from "./turn";

/** Rows and columns of the block that is turned at once: both its source and its target lines stay in the
 *  first-level cache. */
const BLOCK: usize = 32;

/** out(cols × rows) = a(rows × cols) turned; out may not be a. */
export function transpose<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  const line = cols * sizeof<T>();
  const outLine = rows * sizeof<T>();
  for (let i: usize = 0; i < rows; i += BLOCK, a += BLOCK * line, out += BLOCK * sizeof<T>()) {
    const live = min(BLOCK, rows - i);
    let to = out;
    for (let j: usize = 0; j < cols; j += BLOCK, to += BLOCK * outLine) {
      turnLines<T>(to, outLine, a + j * sizeof<T>(), line, min(BLOCK, cols - j), live);
    }
  }
}

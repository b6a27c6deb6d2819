import { assertAligned } from "./lanes";
import { turnLines } from "./turn";

/** How many rows are turned before the next ones. A column of cache lines, of so many rows, stays in the first-level cache
 *  while its strips are turned: without, 5000 × 784 in f64 took three times as long. */
const BLOCK: usize = 512;

/** out(cols × rows) = a(rows × cols) turned; out may not be a. */
export function transpose<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  const line = cols * sizeof<T>();
  for (let i: usize = 0; i < rows; i += BLOCK) {
    turnLines<T>(out + i * sizeof<T>(), rows * sizeof<T>(), a + i * line, line, cols, min(BLOCK, rows - i));
  }
}

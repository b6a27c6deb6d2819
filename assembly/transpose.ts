import { assertAligned } from "./lanes";
import { turnLines } from "./turn";

/** How many rows are turned before the next ones, at most. A column of cache lines, of so many rows, stays in the first-level cache
 *  while its strips are turned: without, 5000 × 784 in f64 took three times as long. */
const BLOCK: usize = 512;
/** Bytes that the sets of a first-level cache span. Rows that lie a fraction of it apart meet in as few sets, and so few of them are
 *  turned before the next ones: 256 square took 2 to 2.6 times as long by 512 at a time, 100 × 2048 3 to 5. */
const SPAN: usize = 4096;

/** out(cols × rows) = a(rows × cols) turned; out may not be a. */
// @ts-ignore: decorator
@inline
export function transpose<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  transposeOf(out, a, rows, cols, sizeof<T>());
}

/** The same of elements of `size` bytes: one function for both dtypes, which are alike but for what it calls. */
function transposeOf(out: usize, a: usize, rows: usize, cols: usize, size: usize): void {
  const line = cols * size;
  const outLine = rows * size;
  // at least as many rows as fill a cache line of out
  const block = min<usize>(BLOCK, 8 * SPAN >> ctz(line | (SPAN * size) / 8));
  for (let i: usize = 0; i < rows; i += block, out += block * size, a += block * line) {
    const count = min<usize>(block, rows - i);
    if (size == 8) turnLines<f64>(out, outLine, a, line, cols, count);
    else turnLines<f32>(out, outLine, a, line, cols, count);
  }
}

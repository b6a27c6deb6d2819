import { CACHE_LINE, SET_STRIDE, WAYS } from "./cache";
import { assertAligned } from "./lanes";
import { turnLines } from "./turn";

/** How many rows are turned before the next ones, at most. A column of cache lines, of so many rows, stays in the first-level cache
 *  while its strips are turned: without, 5000 × 784 in f64 took three times as long. */
const BLOCK: usize = WAYS * SET_STRIDE / CACHE_LINE;

/** out(cols × rows) = a(rows × cols) turned; out may not be a. */
// @ts-ignore: decorator
@inline
export function transpose<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  transposeOf(out, a, rows, cols, sizeof<T>());
}

/** The same of elements of `size` bytes: one function for both dtypes, which are alike but for what it calls. Rows that lie a power of
 *  two apart meet in as few sets of the cache, and so few of them are turned before the next ones, but no fewer than fill a line of
 *  out: 256 square took 2 to 2.6 times as long by BLOCK at a time, 100 × 2048 3 to 5. */
function transposeOf(out: usize, a: usize, rows: usize, cols: usize, size: usize): void {
  const line = cols * size;
  const outLine = rows * size;
  const block = min<usize>(BLOCK, WAYS * SET_STRIDE >> ctz(line | BLOCK * size));
  for (let i: usize = 0; i < rows; i += block, out += block * size, a += block * line) {
    const count = min<usize>(block, rows - i);
    if (size == 8) turnLines<f64>(out, outLine, a, line, cols, count);
    else turnLines<f32>(out, outLine, a, line, cols, count);
  }
}

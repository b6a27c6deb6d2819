// Which products go block by block in the narrow tile, by what was measured.

import {
  type BlockingRule,
  DIRECT_ROWS,
  FEW_ROWS,
  FILLS_CACHE,
  FROM_MEMORY,
  isLeftFar,
  NEARLY_SHALLOW,
  SET_STRIDE,
  SHALLOW,
  SHALLOW_OF_ONE_SET,
} from "./blocking-limits.ts";
import { TILE_ROWS } from "./tile.ts";
import { mostTurnedBytes } from "./turning.ts";

/**
 * Most bytes of a right operand that goes directly with up to FEW_ROWS rows of c: it stays in a second-level cache. Directly for in
 * blocks, over 1,700 shapes: in Node 9 and 16 rows take 0.85 to 0.9 times as long up to 1 MB, 24 and 32 0.95 up to 512 kB; Bun alike;
 * in Deno, which checks the bounds of each load, 20 to 32 1.05 to 1.15 from 32 kB on. More rows are soon worth packing both
 * operands: on a Zen 4 40 and 64 rows of 100 and more columns take 1.0 to 1.1 times as long directly, 100 to 784 1.1 to 1.25, in Bun
 * 1.1 to 1.2.
 */
const MOST_BYTES = 2 ** 18;
/** Lines of a transposed right operand up to so long are turned as long as mostTurnedBytes says. Longer ones are packed for more than
 *  FEW_ROWS rows of c, since the tile meets packed panels faster: of 120 to 256 bytes 40 and more take 0.81 to 1.0 times as long so in
 *  Node, 0.88 to 0.95 in Deno, 0.9 to 1.06 in Bun, 8 to 24 0.9 to 1.15. Of 72 to 112, of whose last panel more is empty, up to 1.25. */
const SHORT_LINE_OF_TURNED = 112;
/** So many rows gather what is far too, two at a time: in blocks the sixth takes as long as three. From 256 kB on they take 0.63 to 0.76 times as long
 *  directly. */
const THREE_PAIRS = 6;
/** Lines of a vector leave half of the tile empty: five rows, one tile's, take 0.4 to 0.7 times as long directly, whatever their number. */
const SHORT_LINE = 16;
/** Lines that fill less than three panels lie nearly as packed ones do, and b is read along: directly, whatever their number, 7 to 784 rows
 *  of 25 to 88 bytes take 0.55 to 0.95 times as long in Node and Bun, 0.71 to 1.07 in Deno; of 96 0.74 to 1.16, of 128 1.0 to 1.4. Just
 *  five take 1.0 to 1.45. */
const SHORT_LINE_OF_MORE = 88;

/** The rule for elements of `size` bytes: it is asked with every small product. */
export function narrowRule(size: number): BlockingRule {
  const always = FILLS_CACHE / size;

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k < always || m === 1 || n === 1 || k === 1) return false;
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    if (transposeB) {
      // what is too long to be turned for so many rows counts as the longest
      const length = m > FEW_ROWS && lineBytes > SHORT_LINE_OF_TURNED ? bytes : lineBytes;
      return bytes > mostTurnedBytes(length, k);
    }
    if (m <= DIRECT_ROWS || m === THREE_PAIRS) return false;
    const meets = lineBytes % SET_STRIDE === 0;
    if (k <= (bytes > FROM_MEMORY ? SHALLOW : meets ? SHALLOW_OF_ONE_SET : NEARLY_SHALLOW)) return false;
    if (meets || (transposeA && isLeftFar(m * size, k, lineBytes))) return true;
    return (
      lineBytes > (m === TILE_ROWS ? SHORT_LINE : SHORT_LINE_OF_MORE) && (m > FEW_ROWS || bytes > MOST_BYTES)
    );
  };
}

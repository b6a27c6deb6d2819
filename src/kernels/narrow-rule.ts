// Which products go block by block in the narrow tile, by what was measured.

import {
  type BlockingRule,
  DIRECT_ROWS,
  FEW_ROWS,
  FROM_MEMORY,
  hasGap,
  isLeftFar,
  NEARLY_SHALLOW,
  NEVER_BLOCKED,
  SET_STRIDE,
  SHALLOW,
  SHALLOW_OF_ONE_SET,
} from "./blocking-limits.ts";
import { TILE_ROWS } from "./tile.ts";
import { mostTurnedBytes } from "./turning.ts";

/** Lines of at most so many bytes are read along as well where they lie as in panels: directly, whatever their number, 7 to 784 rows of 64
 *  bytes take 0.45 to 0.8 times as long in Node, of 96 0.63 to 0.95, of 128 0.75 to 1.0, of 160 0.8 to 1.15; in Bun and Deno of 128 0.75
 *  to 1.1. */
const SHORT_LINE = 128;
/** A quarter of a first-level cache. */
const LEAST_BYTES = 2 ** 13;
/** Up to so many rows packing is much of the work of a product in blocks. */
const FEW_OF_BLOCKS = 16;
/**
 * From how many bytes of a right operand on m rows of c meet longer lines in blocks. More than FEW_ROWS from LEAST_BYTES on: from 8 to
 * 16 kB they take 0.85 to 1.0 times as long so, 33 of 100 in float32 up to 1.04, from 32 kB on 0.8 to 0.9; in Bun from 8 kB on 0.77 to
 * 0.85, in Deno 0.84 to 0.9. 17 to 32, of which more is packing, from 32 kB: 0.85 to 0.98. Of 5 to 16 10 and 13 to 15, which leave no
 * tile of one or two rows, take 0.83 to 0.98 from 48 kB on; the others 0.85 to 1.05 from 256 kB, and before that up to 1.3; 7 up to 1.15.
 */
function leastBytes(m: number): number {
  if (m > FEW_ROWS) return LEAST_BYTES;
  if (m > FEW_OF_BLOCKS) return 4 * LEAST_BYTES;
  return m >= 2 * TILE_ROWS && !hasGap(m) ? 6 * LEAST_BYTES : 32 * LEAST_BYTES;
}
/** Up to so many rows walk a transposed left operand down directly however far it is: 5 rows of 2 over a million take 0.5 times as long so,
 *  8 of 12 over 300,000 0.45. */
const MOST_ROWS_DOWN = 8;
/** So many rows gather what is far too, two at a time: from 256 kB on they take 0.7 to 0.8 times as long directly. */
const THREE_PAIRS = 6;

/** The rule for elements of `size` bytes: it is asked with every small product. */
export function narrowRule(size: number): BlockingRule {
  const always = NEVER_BLOCKED / size;

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k <= always || m === 1 || n === 1 || k === 1) return false;
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    const isLong = lineBytes > SHORT_LINE;
    // to turn it costs as much as to pack it: of more than 16 rows 0.75 to 1.05 times as long in blocks
    if (transposeB) {
      const isDeep = k > NEARLY_SHALLOW && bytes >= LEAST_BYTES;
      return (isLong && m > FEW_OF_BLOCKS && isDeep) || bytes > mostTurnedBytes(m, lineBytes, k);
    }
    if (m <= DIRECT_ROWS || m === THREE_PAIRS) return false;
    const meets = lineBytes % SET_STRIDE === 0;
    if (k <= (bytes > FROM_MEMORY ? SHALLOW : meets ? SHALLOW_OF_ONE_SET : NEARLY_SHALLOW)) return false;
    if (meets || (transposeA && m > MOST_ROWS_DOWN && isLeftFar(m * size, k, lineBytes))) return true;
    // Rows that walk down a transposed left operand go over all its lines, as over the right one's: 17 to 32 over 128 take 0.67 to 0.84
    // times as long in blocks from 40 kB of both on, more from 16 kB on 0.65 to 1.0.
    const met = transposeA ? bytes + k * m * size - LEAST_BYTES : bytes;
    return isLong && met >= leastBytes(m);
  };
}

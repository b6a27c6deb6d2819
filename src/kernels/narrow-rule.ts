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
import { mostTurnedBytes } from "./turning.ts";

/** Lines of at most so many bytes are read along as well where they lie as in panels: directly, whatever their number, 7 to 784 rows of 64
 *  bytes take 0.45 to 0.8 times as long in Node, of 96 0.63 to 0.95, of 128 0.75 to 1.0, of 160 0.8 to 1.15; in Bun and Deno of 128 0.75
 *  to 1.1. */
const SHORT_LINE = 128;
/**
 * From how many bytes of a right operand on longer lines go in blocks. Those of more than FEW_ROWS rows of c whenever it fills the half of
 * a first-level cache (FILLS_CACHE): of 16 to 32 kB they take 0.85 to 1.0 times as long so, from 64 kB on 0.75 to 0.95; in Bun 0.73 to
 * 0.95, in Deno 0.8 to 0.97. Of 17 to 32, of which more is packing, 20 to 32 take 0.84 to 0.96 times as long from 48 kB on, 17 0.87 to
 * 1.0. Of 5 to 16 13 take 0.9 to 0.95, 5, 8, 9 and 16 0.85 to 1.05, 7 1.1 to 1.2 from 256 kB on.
 */
const LEAST_BYTES = 3 * 2 ** 14;
const LEAST_BYTES_OF_FEW = 2 ** 18;
const FEW_OF_BLOCKS = 16;
/** Up to so many rows walk a transposed left operand down directly however far it is: 5 rows of 2 over a million take 0.5 times as long so,
 *  8 of 12 over 300,000 0.45. */
const MOST_ROWS_DOWN = 8;
/** So many rows gather what is far too, two at a time: from 256 kB on they take 0.7 to 0.8 times as long directly. */
const THREE_PAIRS = 6;

/** The rule for elements of `size` bytes: it is asked with every small product. */
export function narrowRule(size: number): BlockingRule {
  const always = FILLS_CACHE / size;

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k < always || m === 1 || n === 1 || k === 1) return false;
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    const isLong = lineBytes > SHORT_LINE;
    // to turn it costs as much as to pack it: of more than 16 rows 0.75 to 1.05 times as long in blocks
    if (transposeB) {
      return (isLong && m > FEW_OF_BLOCKS && k > NEARLY_SHALLOW) || bytes > mostTurnedBytes(lineBytes, k);
    }
    if (m <= DIRECT_ROWS || m === THREE_PAIRS) return false;
    const meets = lineBytes % SET_STRIDE === 0;
    if (k <= (bytes > FROM_MEMORY ? SHALLOW : meets ? SHALLOW_OF_ONE_SET : NEARLY_SHALLOW)) return false;
    if (meets || (transposeA && m > MOST_ROWS_DOWN && isLeftFar(m * size, k, lineBytes))) return true;
    return isLong && (m > FEW_ROWS || bytes >= (m > FEW_OF_BLOCKS ? LEAST_BYTES : LEAST_BYTES_OF_FEW));
  };
}

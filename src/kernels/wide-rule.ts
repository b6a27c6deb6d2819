// Which products go block by block in the wide tile, of the turbo build, by what was measured.

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
  SHALLOW_OF_ONE_SET,
} from "./blocking-limits.ts";
import { MOST_TILE_ROW_BYTES, roundUp, TILE_ROWS } from "./tile.ts";
import { mostTurnedBytes } from "./turning.ts";

/** Most bytes of a right operand that goes directly however shallow, with up to FEW_ROWS rows of c and with more: few take 0.8 to 1.0 times
 *  as long so up to 1 MB, and 2 to 4 over 8,193 and more 1.1 to 2 from 2 MB on; more rows 1.0 to 1.1 from 256 kB and 2 to 3 from 4 MB on. */
const MOST_BYTES_OF_FEW = 2 ** 20;
const MOST_BYTES = 2 ** 18;
/**
 * From which depth and bytes on the tile is worth packing for. More than FEW_ROWS rows take 0.8 to 0.98 times as long in blocks from 32 kB
 * on over 24 to 48, and 0.7 to 0.95 beyond, from 16 kB 0.95 to 1.1, over 17 to 20 0.9 to 1.2. Fewer take 0.8 to 1.02 from 128 kB on over 64
 * and more, in whole tiles 0.85 to 1.0 from 64 kB; up to 4 rows 1.0 to 1.5 whatever they are.
 */
const FROM_DEPTH = 24;
const FROM_DEPTH_OF_FEW = 64;
const LEAST_BYTES = 2 ** 15;
const LEAST_BYTES_OF_FEW = 2 ** 17;
const LEAST_BYTES_OF_WHOLE = 2 ** 16;
/** Of 6, 7, 11, 12, 16 and 17 rows the last tile is mostly empty, and none for those that go directly, four at a time: in blocks they take
 *  1.05 to 1.3 times as long up to 600 kB, and 0.85 to 1.1 from 700 kB on. */
const LEAST_BYTES_OF_GAP = 3 * 2 ** 18;
const MOST_ROWS_OF_GAP = 17;
/** A transposed right operand is turned rather than packed up to that depth, or below these multiply-adds times bytes: 0.6 to 0.95
 *  times as long over 5 to 16, 0.95 to 1.05 over 64, and beyond 1.05 to 1.4; with columns that are fewer than a panel's always, where 16
 *  to 784 rows over 96 to 4,000 take 0.81 to 1.04 times as long, but for five rows, which take 1.1 to 1.24. */
const TURNED_BELOW_WORK = 2 ** 17;

/** Lines that fill less than two panels lie nearly as packed ones do, and b is read along: directly, whatever their number, 7 to 784 rows
 *  of up to 112 bytes take 0.46 to 1.0 times as long. Just five, one tile's, take 0.8 to 1.5, but 0.83 to 1.05 where they are 36 to 60
 *  bytes long, one tile of assembly/matmul/direct.ts, as 2 to 4 rows of such take 0.63 to 1.0. */
const SHORT_LINE_OF_MORE = 112;
/** The same of five rows: as long as it stays near, if its columns leave panels empty. 16 rows of 6 columns in f64 and of 12 in f32 took
 *  0.72 times as long so at 384 kB. */
const SHORT_LINE_OF_TILE = 16;
const MOST_BYTES_OF_EMPTY = 2 ** 20;
/** So many rows gather what comes from memory (assembly/matmul/direct.ts): there they take 0.45 to 0.5 times as long as in blocks. */
const GATHERED_ROWS = 2;

/** From how many bytes of a right operand on it is worth packing for few rows. */
function leastBytesOfFew(m: number): number {
  if (m % TILE_ROWS === 0) return LEAST_BYTES_OF_WHOLE;
  return hasGap(m) && m <= MOST_ROWS_OF_GAP ? LEAST_BYTES_OF_GAP : LEAST_BYTES_OF_FEW;
}

/** The rule for elements of `size` bytes: it is asked with every small product. */
export function wideRule(size: number): BlockingRule {
  const always = NEVER_BLOCKED / size;

  /** Whether a quarter of the panels holds no columns, or half of a single one: then what they gain is lost on those. */
  function leavesPanelsEmpty(lineBytes: number): boolean {
    const whole = roundUp(lineBytes, MOST_TILE_ROW_BYTES);
    return lineBytes <= MOST_TILE_ROW_BYTES ? 2 * lineBytes <= whole : 4 * lineBytes <= 3 * whole;
  }

  return (m, n, k, transposeA = false, transposeB = false) => {
    if (n * k <= always || m === 1 || n === 1 || k === 1) return false;
    const lineBytes = n * size;
    const bytes = k * lineBytes;
    const isEmpty = leavesPanelsEmpty(lineBytes);
    const isOneTile = lineBytes < MOST_TILE_ROW_BYTES && !isEmpty;
    if (transposeB) {
      const gains = !isEmpty && (!isOneTile || m === TILE_ROWS);
      return (
        bytes > mostTurnedBytes(m, lineBytes, k) ||
        (gains && k > FROM_DEPTH_OF_FEW && m * bytes >= TURNED_BELOW_WORK)
      );
    }
    const isFew = m <= DIRECT_ROWS;
    const meets = !isFew && lineBytes % SET_STRIDE === 0;
    if (k <= (meets ? SHALLOW_OF_ONE_SET : NEARLY_SHALLOW)) return false;
    if (meets && k > NEARLY_SHALLOW) return true;
    if (isFew && (isEmpty || (m === GATHERED_ROWS && bytes > FROM_MEMORY))) return false;
    const isFar = transposeA && isLeftFar(m * size, k, lineBytes);
    if (isOneTile || (lineBytes <= SHORT_LINE_OF_MORE && !isFew && m !== TILE_ROWS)) return isFar;
    if (isEmpty) return isFar || (lineBytes > SHORT_LINE_OF_TILE && bytes > MOST_BYTES_OF_EMPTY);
    if (bytes > (m <= FEW_ROWS ? MOST_BYTES_OF_FEW : MOST_BYTES)) return true;
    if (m > FEW_ROWS) return k >= FROM_DEPTH && bytes >= LEAST_BYTES;
    return !isFew && k >= FROM_DEPTH_OF_FEW && bytes >= leastBytesOfFew(m);
  };
}

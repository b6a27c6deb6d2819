// What turns lines into columns: a transposed matrix (transpose.ts) and panels of lines that run along them (matmul/pack.ts).

import { CACHE_LINE } from "./cache";
import { IN_PAIRS, lanes, storeOneOrTwo } from "./lanes";

/** Bytes of out whose columns stay in a first-level cache of 32 kB, with what is read: 16 × 150 in f64 take as long either way there,
 *  16 × 200, 24 × 150 and 32 × 100 0.74 to 0.82 times as long along. */
const NEAR: usize = 3 << 13;

/** Turns `count` lines of x, `depth` long and `line` bytes apart: element p of line j goes to out + p · outLine, column j.
 *  By squares of one vector's width, in the turbo build two beside each other, then what is left of the lines, one after another;
 *  of what is left of the depth the squares lie over those before. Of lines of two or three elements in f32 a square writes so many
 *  lines of out: 2 to 16 rows of 65 to 1,000 columns over them take 0.74 to 0.9 times as long by that as one element after another.
 *
 *  Lines of out that fill cache lines are written along, one vector's lines of them at a time; narrower ones, as those of a
 *  panel, down their columns, and so are few lines to a small out: of 16 × 150 that takes 0.85 to 0.9 times as long, of 8 × 150
 *  in f64 0.75. Written down, lines of a larger out that lie a power of two apart push each other out of the cache: 512 square
 *  took four times as long, 16 × 1024 in f32 1.5 times. Written along, the five columns of a panel in f64 would take 1.2 to 1.5
 *  times as long. */
export function turnLines<T>(
  out: usize, outLine: usize, x: usize, line: usize, depth: usize, count: usize,
): void {
  const strips = depth / lanes<T>();
  if (sizeof<T>() == 4 && depth - 2 < 2) {
    for (; count >= 4; count -= 4, out += 16, x += 4 * line) turnSquare<T>(out, outLine, x, line, 1, depth);
  }
  const groups: usize = strips ? count / lanes<T>() : 0;
  const group = lanes<T>() * line;
  const along = count * sizeof<T>() >= CACHE_LINE && (groups >= strips || depth * outLine > NEAR);
  const pairs: usize = IN_PAIRS ? groups / 2 : 0;
  if (IN_PAIRS) turnSquares<T>(out, outLine, x, line, strips, pairs, 2, along);
  if (!IN_PAIRS || groups > 2 * pairs) {
    turnSquares<T>(out + pairs * 32, outLine, x + 2 * pairs * group, line, strips, groups - 2 * pairs, 1, along);
  }
  if (groups && depth % lanes<T>()) {
    const p = depth - lanes<T>();
    turnLines<T>(out + p * outLine, outLine, x + p * sizeof<T>(), line, lanes<T>(), groups * lanes<T>());
  }
  out += groups * 16;
  x += groups * group;
  for (let j = groups * lanes<T>(); j < count; j++, out += sizeof<T>(), x += line) {
    let to = out;
    let from = x;
    for (let left = strips; left > 0; left--, to += lanes<T>() * outLine, from += 16) {
      const vector = v128.load(from);
      if (sizeof<T>() == 8) {
        v128.store64_lane(to, vector, 0);
        v128.store64_lane(to + outLine, vector, 1);
      } else {
        v128.store32_lane(to, vector, 0);
        v128.store32_lane(to + outLine, vector, 1);
        v128.store32_lane(to + outLine * 2, vector, 2);
        v128.store32_lane(to + outLine * 3, vector, 3);
      }
    }
    for (const end = x + depth * sizeof<T>(); from < end; from += sizeof<T>(), to += outLine) {
      store<T>(to, load<T>(from));
    }
  }
}

//  a0 a1 a2 a3        a0 b0 c0 d0
//  b0 b1 b2 b3   →    a1 b1 c1 d1    lines are woven in pairs, then the pairs; two of two in f64
//  c0 c1 c2 c3        a2 b2 c2 d2
//  d0 d1 d2 d3        a3 b3 c3 d3

/** `strips` squares along the depth of each of `groups` groups of lines, which are one square high, or two whose lines of out lie
 *  beside each other: the revectorizer makes one operation of the same in both, and one of their stores. The inner loop has no
 *  counter beside its pointers: with one, panels took 1.2 times as long. */
// @ts-ignore: decorator
@inline
function turnSquares<T>(
  out: usize, outLine: usize, x: usize, line: usize, strips: usize, groups: usize, squares: usize, along: bool,
): void {
  const strip = lanes<T>() * outLine;
  const width = squares * 16;
  const group = squares * lanes<T>() * line;
  const inner = along ? groups : strips;
  const outInner: usize = along ? width : strip;
  const xInner = along ? group : 16;
  const outOuter = along ? strip : width;
  const xOuter: usize = along ? 16 : group;
  for (let outer = along ? strips : groups; outer > 0; outer--, out += outOuter, x += xOuter) {
    let to = out;
    let from = x;
    for (const end = x + inner * xInner; from != end; to += outInner, from += xInner) {
      turnSquare<T>(to, outLine, from, line, squares, lanes<T>());
    }
  }
}

/** One square, or two: of the lines from the fifth of f32 on, the third of f64. `depth` lines of out are written, in f32 from two on. */
// @ts-ignore: decorator
@inline
function turnSquare<T>(
  to: usize, outLine: usize, from: usize, line: usize, squares: usize, depth: usize,
): void {
  const two = squares > 1;
  const row0 = v128.load(from);
  const row1 = v128.load(from + line);
  if (sizeof<T>() == 8) {
    const row2 = two ? v128.load(from + line * 2) : row0;
    const row3 = two ? v128.load(from + line * 3) : row0;
    storeOneOrTwo(to, v128.shuffle<f64>(row0, row1, 0, 2), v128.shuffle<f64>(row2, row3, 0, 2), two);
    storeOneOrTwo(to + outLine, v128.shuffle<f64>(row0, row1, 1, 3), v128.shuffle<f64>(row2, row3, 1, 3), two);
    return;
  }
  const row2 = v128.load(from + line * 2);
  const row3 = v128.load(from + line * 3);
  const row4 = two ? v128.load(from + line * 4) : row0;
  const row5 = two ? v128.load(from + line * 5) : row0;
  const row6 = two ? v128.load(from + line * 6) : row0;
  const row7 = two ? v128.load(from + line * 7) : row0;
  const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
  const low45 = v128.shuffle<f32>(row4, row5, 0, 4, 1, 5);
  const high45 = v128.shuffle<f32>(row4, row5, 2, 6, 3, 7);
  const low67 = v128.shuffle<f32>(row6, row7, 0, 4, 1, 5);
  const high67 = v128.shuffle<f32>(row6, row7, 2, 6, 3, 7);
  storeOneOrTwo(to, v128.shuffle<f64>(low01, low23, 0, 2), v128.shuffle<f64>(low45, low67, 0, 2), two);
  storeOneOrTwo(to + outLine, v128.shuffle<f64>(low01, low23, 1, 3), v128.shuffle<f64>(low45, low67, 1, 3), two);
  if (depth == 2) return;
  storeOneOrTwo(to + outLine * 2, v128.shuffle<f64>(high01, high23, 0, 2), v128.shuffle<f64>(high45, high67, 0, 2), two);
  if (depth == 3) return;
  storeOneOrTwo(to + outLine * 3, v128.shuffle<f64>(high01, high23, 1, 3), v128.shuffle<f64>(high45, high67, 1, 3), two);
}

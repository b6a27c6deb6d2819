// What turns lines into columns: a transposed matrix (transpose.ts) and panels of lines that run along them (matmul/pack.ts).

import { lanes } from "./lanes";

/** Bytes of a cache line. */
const CACHE_LINE: usize = 64;

/** Turns `count` lines of x, `depth` long and `line` bytes apart: element p of line j goes to out + p · outLine, column j.
 *  By squares of one vector's width, then what is left of the lines, one after another; of what is left of the depth the
 *  squares lie over those before. Lines shorter than a square go element by element, all first ones, then all second ones.
 *
 *  Lines of out that fill cache lines are written along, one vector's lines of them at a time; narrower ones, as those of a
 *  panel, down their columns. Written down, lines that lie a power of two apart push each other out of the cache: 512
 *  square took four times as long, 16 × 1024 in f32 1.5 times. Written along, the five columns of a panel in f64 would take
 *  1.2 to 1.5 times as long. */
export function turnLines<T>(
  out: usize, outLine: usize, x: usize, line: usize, depth: usize, count: usize,
): void {
  if (depth < lanes<T>()) {
    for (const end = x + depth * sizeof<T>(); x != end; x += sizeof<T>(), out += outLine) {
      let from = x;
      for (let to = out, lineEnd = out + count * sizeof<T>(); to != lineEnd; to += sizeof<T>(), from += line) {
        store<T>(to, load<T>(from));
      }
    }
    return;
  }
  const strips = depth / lanes<T>();
  const groups = count / lanes<T>();
  const strip = lanes<T>() * outLine;
  const group = lanes<T>() * line;
  const along = count * sizeof<T>() >= CACHE_LINE;
  turnSquares<T>(
    out, outLine, x, line,
    along ? strips : groups, along ? strip : 16, along ? 16 : group,
    along ? groups : strips, along ? 16 : strip, along ? group : 16,
  );
  if (groups && depth % lanes<T>()) {
    const p = depth - lanes<T>();
    turnLines<T>(out + p * outLine, outLine, x + p * sizeof<T>(), line, lanes<T>(), groups * lanes<T>());
  }
  out += groups * 16;
  x += groups * group;
  for (let j = groups * lanes<T>(); j < count; j++, out += sizeof<T>(), x += line) {
    let to = out;
    let from = x;
    for (let left = strips; left > 0; left--, to += strip, from += 16) {
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

/** `outer` rows of `inner` squares; how far the next one is, and the next row, is told for both sides. The inner loop has no
 *  counter beside its pointers: with one, panels took 1.2 times as long. */
// @ts-ignore: decorator
@inline
function turnSquares<T>(
  out: usize, outLine: usize, x: usize, line: usize,
  outer: usize, outOuter: usize, xOuter: usize, inner: usize, outInner: usize, xInner: usize,
): void {
  for (; outer > 0; outer--, out += outOuter, x += xOuter) {
    let to = out;
    let from = x;
    for (const end = x + inner * xInner; from != end; to += outInner, from += xInner) {
      const row0 = v128.load(from);
      const row1 = v128.load(from + line);
      if (sizeof<T>() == 8) {
        v128.store(to, v128.shuffle<f64>(row0, row1, 0, 2));
        v128.store(to + outLine, v128.shuffle<f64>(row0, row1, 1, 3));
      } else {
        const row2 = v128.load(from + line * 2);
        const row3 = v128.load(from + line * 3);
        const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
        const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
        const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
        const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
        v128.store(to + outLine, v128.shuffle<f64>(low01, low23, 1, 3));
        v128.store(to + outLine * 2, v128.shuffle<f64>(high01, high23, 0, 2));
        v128.store(to + outLine * 3, v128.shuffle<f64>(high01, high23, 1, 3));
      }
    }
  }
}

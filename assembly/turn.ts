import { lanes } from "./lanes";

/** Turns `count` lines of x, `depth` long and `line` bytes apart: element p of line j goes to out + p · outLine, column j.
 *  A square of one vector's width at a time, and with the last square a single line behind it, which the tile's five
 *  rows have; what is left one by one. Lines shorter than a square are read on beyond. */
export function turnLines<T>(
  out: usize, outLine: usize, x: usize, line: usize, depth: usize, count: usize,
): void {
  if (sizeof<T>() == 4 && depth < lanes<T>() && count >= lanes<T>()) {
    for (;;) {
      turnSquare<T>(out, outLine, x, line, depth);
      if (count == lanes<T>()) return;
      // the last square may lie over the one before
      const step = min<usize>(lanes<T>(), count - lanes<T>());
      count -= step;
      x += step * line;
      out += step * sizeof<T>();
    }
  }
  const vectors = depth & ~(lanes<T>() - 1);
  while (count >= lanes<T>()) {
    const odd = count == lanes<T>() + 1;
    const width = lanes<T>() + usize(odd);
    let from = x;
    let to = out;
    let p: usize = 0;
    for (; p < vectors; p += lanes<T>(), from += 16, to += lanes<T>() * outLine) {
      turnSquare<T>(to, outLine, from, line, lanes<T>());
      if (odd) {
        const row = v128.load(from + lanes<T>() * line);
        if (sizeof<T>() == 8) {
          v128.store64_lane(to, row, 0, 16);
          v128.store64_lane(to + outLine, row, 1, 16);
        } else {
          v128.store32_lane(to, row, 0, 16);
          v128.store32_lane(to + outLine, row, 1, 16);
          v128.store32_lane(to + 2 * outLine, row, 2, 16);
          v128.store32_lane(to + 3 * outLine, row, 3, 16);
        }
      }
    }
    for (; p < depth; p++, from += sizeof<T>(), to += outLine) {
      for (let q: usize = 0; q < width; q++) {
        store<T>(to + q * sizeof<T>(), load<T>(from + q * line));
      }
    }
    count -= width;
    x += lanes<T>() * line;
    out += 16;
  }
  for (; count > 0; count--, x += line, out += sizeof<T>()) {
    let to = out;
    for (let p: usize = 0; p < depth; p++, to += outLine) store<T>(to, load<T>(x + p * sizeof<T>()));
  }
}

//  a0 a1 a2 a3        a0 b0 c0 d0
//  b0 b1 b2 b3   →    a1 b1 c1 d1    rows are woven in pairs, then the pairs; two of two in f64
//  c0 c1 c2 c3        a2 b2 c2 d2
//  d0 d1 d2 d3        a3 b3 c3 d3    of the result the first `rows`
// @ts-ignore: decorator
@inline
function turnSquare<T>(to: usize, toLine: usize, from: usize, fromLine: usize, rows: usize): void {
  const row0 = v128.load(from);
  const row1 = v128.load(from + fromLine);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(row0, row1, 0, 2));
    if (rows > 1) v128.store(to + toLine, v128.shuffle<f64>(row0, row1, 1, 3));
  } else {
    const row2 = v128.load(from + fromLine * 2);
    const row3 = v128.load(from + fromLine * 3);
    const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    if (rows > 1) v128.store(to + toLine, v128.shuffle<f64>(low01, low23, 1, 3));
    if (rows > 2) v128.store(to + toLine * 2, v128.shuffle<f64>(high01, high23, 0, 2));
    if (rows > 3) v128.store(to + toLine * 3, v128.shuffle<f64>(high01, high23, 1, 3));
  }
}

// The sums of a matrix's columns, in the order of sums.ts, which sums rows: eight columns at a time in two vectors, so that all of
// the running sums of a block are side by side and none is ever joined with its neighbours. For the turbo build, of f32, where a
// matrix lies turned already: 16 columns of 150 take about half as long as the rows that they were.

import { storePair } from "./lanes";
import { BLOCK, firstHalf } from "./sums";

/** out(cols × 1) = the sum of each column of a(rows × cols), of eight rows at least and columns by eights. `room` is for 32 bytes
 *  each time that a sum is halved, 128 for up to 1,024 rows. */
export function columnSums(out: usize, a: usize, rows: usize, cols: usize, room: usize): void {
  const line = cols * sizeof<f32>();
  for (const end = a + line; a != end; a += 32, out += 32) sumEight(out, a, line, rows, room);
}

function sumEight(out: usize, a: usize, line: usize, rows: usize, room: usize): void {
  if (rows > BLOCK) {
    const half = firstHalf(rows);
    sumEight(out, a, line, half, room);
    sumEight(room, a + half * line, line, rows - half, room + 32);
    storePair(out, f32x4.add(v128.load(out), v128.load(room)), f32x4.add(v128.load(out, 16), v128.load(room, 16)));
    return;
  }
  const a1 = a + line, a2 = a1 + line, a3 = a2 + line, a4 = a3 + line, a5 = a4 + line, a6 = a5 + line, a7 = a6 + line;
  let l0 = v128.load(a), l1 = v128.load(a1), l2 = v128.load(a2), l3 = v128.load(a3);
  let l4 = v128.load(a4), l5 = v128.load(a5), l6 = v128.load(a6), l7 = v128.load(a7);
  let r0 = v128.load(a, 16), r1 = v128.load(a1, 16), r2 = v128.load(a2, 16), r3 = v128.load(a3, 16);
  let r4 = v128.load(a4, 16), r5 = v128.load(a5, 16), r6 = v128.load(a6, 16), r7 = v128.load(a7, 16);
  a = a7 + line;
  for (; rows >= 16; rows -= 8) {
    l0 = f32x4.add(l0, v128.load(a));
    r0 = f32x4.add(r0, v128.load(a, 16));
    a += line;
    l1 = f32x4.add(l1, v128.load(a));
    r1 = f32x4.add(r1, v128.load(a, 16));
    a += line;
    l2 = f32x4.add(l2, v128.load(a));
    r2 = f32x4.add(r2, v128.load(a, 16));
    a += line;
    l3 = f32x4.add(l3, v128.load(a));
    r3 = f32x4.add(r3, v128.load(a, 16));
    a += line;
    l4 = f32x4.add(l4, v128.load(a));
    r4 = f32x4.add(r4, v128.load(a, 16));
    a += line;
    l5 = f32x4.add(l5, v128.load(a));
    r5 = f32x4.add(r5, v128.load(a, 16));
    a += line;
    l6 = f32x4.add(l6, v128.load(a));
    r6 = f32x4.add(r6, v128.load(a, 16));
    a += line;
    l7 = f32x4.add(l7, v128.load(a));
    r7 = f32x4.add(r7, v128.load(a, 16));
    a += line;
  }
  let left = joined(l0, l1, l2, l3, l4, l5, l6, l7);
  let right = joined(r0, r1, r2, r3, r4, r5, r6, r7);
  for (; rows > 8; rows--, a += line) {
    left = f32x4.add(left, v128.load(a));
    right = f32x4.add(right, v128.load(a, 16));
  }
  storePair(out, left, right);
}

/** Eight running sums as one. */
// @ts-ignore: decorator
@inline
function joined(s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128): v128 {
  return f32x4.add(
    f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7)),
  );
}

import { IN_PAIRS, assertAligned, storeInRow } from "./lanes";

// NumPy's pairwise summation: below 8 elements one running sum; up to 128 elements eight running sums,
// joined as a tree; above that the halves (the first a multiple of eight) are summed apart and added. The
// error grows with log n, and a gradient sum here equals np.sum's to the bit: up to 8192 elements any NumPy's, beyond that one's that
// sums a row as one tree (2.4 does; 1.24 and 2.2 cut it into pieces of 8192).
//
//   up to 128:   r0 r1 │ r2 r3 │ r4 r5 │ r6 r7     eight columns, one stride of 8 a step
//                 └─+─┘   └─+─┘   └─+─┘   └─+─┘
//                   └───+───┘       └───+───┘
//                       └───────+───────┘           then the last n mod 8, one by one

export const BLOCK: usize = 128;

/** Whether a sum of n elements is one running sum, a chain. */
// @ts-ignore: decorator
@inline
export function isChain(n: usize): bool {
  return n < 8;
}

/** How many of n elements, more than a block, are summed apart first. */
// @ts-ignore: decorator
@inline
export function firstHalf(n: usize): usize {
  return (n / 2) & ~7;
}

/** Σ a(n). */
export function sum<T>(a: usize, n: usize): T {
  assertAligned<T>(a);
  if (isChain(n)) return sumFew<T>(a, a + n * sizeof<T>());
  if (n <= BLOCK) return sumBlock<T>(a, n);
  const half = firstHalf(n);
  return sum<T>(a, half) + sum<T>(a + half * sizeof<T>(), n - half);
}

// @ts-ignore: decorator
@inline
function sumFew<T>(a: usize, end: usize): T {
  let total: T = 0;
  for (; a < end; a += sizeof<T>()) total += load<T>(a);
  return total;
}

// @ts-ignore: decorator
@inline
function sumBlock<T>(a: usize, n: usize): T {
  const end = a + n * sizeof<T>();
  const eightsEnd = a + (n & ~7) * sizeof<T>();
  let r0 = v128.load(a), r1 = v128.load(a, 16), r2 = r0, r3 = r0;
  if (sizeof<T>() == 8) {
    r2 = v128.load(a, 32);
    r3 = v128.load(a, 48);
  }
  for (a += 8 * sizeof<T>(); a < eightsEnd; a += 8 * sizeof<T>()) {
    r0 = v128.add<T>(r0, v128.load(a));
    r1 = v128.add<T>(r1, v128.load(a, 16));
    if (sizeof<T>() == 8) {
      r2 = v128.add<T>(r2, v128.load(a, 32));
      r3 = v128.add<T>(r3, v128.load(a, 48));
    }
  }
  let total = joined<T>(r0, r1, r2, r3);
  for (; a < end; a += sizeof<T>()) total += load<T>(a);
  return total;
}

/** The eight running sums as one; in f32 the first two vectors hold them all. */
// @ts-ignore: decorator
@inline
export function joined<T>(r0: v128, r1: v128, r2: v128, r3: v128): T {
  if (sizeof<T>() == 4) return sumOfFour<T>(r0) + sumOfFour<T>(r1);
  return (
    v128.extract_lane<T>(r0, 0) +
    v128.extract_lane<T>(r0, 1) +
    (v128.extract_lane<T>(r1, 0) + v128.extract_lane<T>(r1, 1)) +
    (v128.extract_lane<T>(r2, 0) +
      v128.extract_lane<T>(r2, 1) +
      (v128.extract_lane<T>(r3, 0) + v128.extract_lane<T>(r3, 1)))
  );
}

// @ts-ignore: decorator
@inline
function sumOfFour<T>(r: v128): T {
  return (
    v128.extract_lane<T>(r, 0) +
    v128.extract_lane<T>(r, 1) +
    (v128.extract_lane<T>(r, 2) + v128.extract_lane<T>(r, 3))
  );
}

/** The sums of n f32, which are no chain, from each of four addresses; each row in two vectors, as of sumBlock's. */
function sumsOfFour(a: usize, b: usize, c: usize, d: usize, n: usize): v128 {
  if (n > BLOCK) {
    const half = firstHalf(n);
    const first = half * sizeof<f32>();
    return f32x4.add(
      sumsOfFour(a, b, c, d, half), sumsOfFour(a + first, b + first, c + first, d + first, n - half),
    );
  }
  let a0 = v128.load(a), a1 = v128.load(a, 16), b0 = v128.load(b), b1 = v128.load(b, 16);
  let c0 = v128.load(c), c1 = v128.load(c, 16), d0 = v128.load(d), d1 = v128.load(d, 16);
  for (; n >= 16; n -= 8) {
    a += 32;
    b += 32;
    c += 32;
    d += 32;
    a0 = f32x4.add(a0, v128.load(a));
    a1 = f32x4.add(a1, v128.load(a, 16));
    b0 = f32x4.add(b0, v128.load(b));
    b1 = f32x4.add(b1, v128.load(b, 16));
    c0 = f32x4.add(c0, v128.load(c));
    c1 = f32x4.add(c1, v128.load(c, 16));
    d0 = f32x4.add(d0, v128.load(d));
    d1 = f32x4.add(d1, v128.load(d, 16));
  }
  let total = f32x4.add(
    pairSums(pairSums(a0, b0), pairSums(c0, d0)), pairSums(pairSums(a1, b1), pairSums(c1, d1)),
  );
  for (; n > 8; n--, a += 4, b += 4, c += 4, d += 4) {
    const column = v128.load32_lane(b, v128.load32_zero(a, 32), 1, 32);
    total = f32x4.add(total, v128.load32_lane(d, v128.load32_lane(c, column, 2, 32), 3, 32));
  }
  return total;
}

/** The sums of x's lanes two by two, then those of y's. */
// @ts-ignore: decorator
@inline
function pairSums(x: v128, y: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(x, y, 0, 2, 4, 6), v128.shuffle<f32>(x, y, 1, 3, 5, 7));
}

/** out(rows × 1) = the sum of each row of a(rows × cols). The turbo build takes rows of f32 by four, or the last three, a lane
 *  each: by itself a row spends half its time on calls, on joining its eight sums and on the last few elements. 16 rows of 150 take
 *  0.55 times as long so; those of f64, two to a vector, took 0.87, and the narrow build would be 760 bytes larger. */
export function rowSums<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  const line = cols * sizeof<T>();
  if (IN_PAIRS && sizeof<T>() == 4 && !isChain(cols)) {
    for (; rows >= 3; rows -= min<usize>(rows, 4), out += 16, a += 4 * line) {
      const c = a + 2 * line;
      const sums = sumsOfFour(a, a + line, c, rows == 3 ? c : c + line, cols);
      storeInRow(out, sums, rows * sizeof<T>());
    }
  }
  for (const end = out + rows * sizeof<T>(); out < end; out += sizeof<T>(), a += line) {
    store<T>(out, isChain(cols) ? sumFew<T>(a, a + line) : sum<T>(a, cols));
  }
}

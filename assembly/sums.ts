import { assertAligned } from "./lanes";

// NumPy's pairwise summation: below 8 elements one running sum; up to 128 elements eight running sums,
// joined as a tree; above that the halves (the first a multiple of eight) are summed apart and added. The
// error grows with log n, and a gradient sum here equals np.sum's to the bit.
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

/** out(rows × 1) = the sum of each row of a(rows × cols). */
export function rowSums<T>(out: usize, a: usize, rows: usize, cols: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  const line = cols * sizeof<T>();
  for (const end = out + rows * sizeof<T>(); out < end; out += sizeof<T>(), a += line) {
    store<T>(out, isChain(cols) ? sumFew<T>(a, a + line) : sum<T>(a, cols));
  }
}

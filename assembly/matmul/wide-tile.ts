// The tile of the turbo build: 5 rows by 4 vectors of c. V8's revectorizer makes one 256-bit operation of two that lie
// side by side, so the twenty accumulators below take ten registers of 32 bytes, and each factor serves two of them.
// Without the revectorizer they do not fit, and the narrow tile is faster.
//
//             panel of b:   b[p] = │ v v : v v │ v v : v v │        f64: 8 columns, f32: 16 columns
//                                  └───────────┴───────────┘
//   panel of a:  a[p] = a0    c00 c01 += a0·v   c02 c03 += a0·v
//                  …                             …                  10 accumulators + 2 of b + 1 splat + 1 product
//                       a4    c40 c41            c42 c43            = 14 of 15 registers
//
// Pairs are found from the stores: neighbours, 16 bytes apart by their immediate offsets, the higher first.

export function wideTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, from, fromLine, a, b, depth, false);
}

export function shortWideTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, depth: usize,
): void {
  multiplyTile<T>(c, line, from, fromLine, a, b, depth, true);
}

/** A tile, or the first three rows of one: `short` is a constant where this is inlined. */
// @ts-ignore: decorator
@inline
function multiplyTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, depth: usize, short: bool,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
  from += fromLine;
  let c10 = v128.load(from), c11 = v128.load(from, 16), c12 = v128.load(from, 32), c13 = v128.load(from, 48);
  from += fromLine;
  let c20 = v128.load(from), c21 = v128.load(from, 16), c22 = v128.load(from, 32), c23 = v128.load(from, 48);
  if (!short) from += fromLine;
  let c30 = v128.load(from), c31 = v128.load(from, 16), c32 = v128.load(from, 32), c33 = v128.load(from, 48);
  if (!short) from += fromLine;
  let c40 = v128.load(from), c41 = v128.load(from, 16), c42 = v128.load(from, 32), c43 = v128.load(from, 48);
  const row1 = c + line;
  const row2 = row1 + line;
  const row3 = row2 + line;
  const row4 = row3 + line;
  for (const end = b + depth * 64; b < end; b += 64, a += 5 * sizeof<T>()) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    let factor = v128.load_splat<T>(a);
    c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    c02 = v128.add<T>(c02, v128.mul<T>(factor, b2));
    c03 = v128.add<T>(c03, v128.mul<T>(factor, b3));
    factor = v128.load_splat<T>(a, sizeof<T>());
    c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    c12 = v128.add<T>(c12, v128.mul<T>(factor, b2));
    c13 = v128.add<T>(c13, v128.mul<T>(factor, b3));
    factor = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    c22 = v128.add<T>(c22, v128.mul<T>(factor, b2));
    c23 = v128.add<T>(c23, v128.mul<T>(factor, b3));
    if (!short) {
      factor = v128.load_splat<T>(a, 3 * sizeof<T>());
      c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
      c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
      c32 = v128.add<T>(c32, v128.mul<T>(factor, b2));
      c33 = v128.add<T>(c33, v128.mul<T>(factor, b3));
      factor = v128.load_splat<T>(a, 4 * sizeof<T>());
      c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
      c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
      c42 = v128.add<T>(c42, v128.mul<T>(factor, b2));
      c43 = v128.add<T>(c43, v128.mul<T>(factor, b3));
    }
  }
  if (!short) {
    v128.store(row4, c43, 48);
    v128.store(row4, c42, 32);
    v128.store(row4, c41, 16);
    v128.store(row4, c40);
    v128.store(row3, c33, 48);
    v128.store(row3, c32, 32);
    v128.store(row3, c31, 16);
    v128.store(row3, c30);
  }
  v128.store(row2, c23, 48);
  v128.store(row2, c22, 32);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  v128.store(row1, c13, 48);
  v128.store(row1, c12, 32);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  v128.store(c, c03, 48);
  v128.store(c, c02, 32);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

// The tile for hosts that check the bounds of every load or schedule loads badly: five rows by two vectors as in tile.ts,
// but four factors of a come from one or two loads and are spread by shuffles. Measured, f64 and f32 at 256³: Deno 16.3
// and 32.3 GF/s with a load a factor, 17.9 and 38.3 so; Bun 14.4 and 28.7, 19.1 and 39.5. Node, which checks nothing,
// falls from 23.5 and 47.6 to 19.6 and 40.5: there the shuffles take turns with the arithmetic.
//
// The fifth factor's address is added up, not an offset of the load: with an offset, JavaScriptCore fetches the number
// into an integer register and moves it over from there, which takes it a tenth of the tile's speed.

/** Element `lane` of a's column in every lane; in f64 a vector holds two of them. */
// @ts-ignore: decorator
@inline
function splatOf<T>(factors: v128, lane: u8): v128 {
  if (sizeof<T>() == 8) {
    if (lane & 1) return v128.shuffle<f64>(factors, factors, 1, 1);
    return v128.shuffle<f64>(factors, factors, 0, 0);
  }
  if (lane == 0) return v128.shuffle<f32>(factors, factors, 0, 0, 0, 0);
  if (lane == 1) return v128.shuffle<f32>(factors, factors, 1, 1, 1, 1);
  if (lane == 2) return v128.shuffle<f32>(factors, factors, 2, 2, 2, 2);
  return v128.shuffle<f32>(factors, factors, 3, 3, 3, 3);
}

export function shuffledTile<T>(
  c: usize, line: usize, from: usize, fromLine: usize, a: usize, b: usize, depth: usize,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  from += fromLine;
  let c10 = v128.load(from), c11 = v128.load(from, 16);
  from += fromLine;
  let c20 = v128.load(from), c21 = v128.load(from, 16);
  from += fromLine;
  let c30 = v128.load(from), c31 = v128.load(from, 16);
  from += fromLine;
  let c40 = v128.load(from), c41 = v128.load(from, 16);
  const row1 = c + line;
  const row2 = row1 + line;
  const row3 = row2 + line;
  const row4 = row3 + line;
  for (const end = b + depth * 32; b < end; b += 32, a += 5 * sizeof<T>()) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let factors = v128.load(a);
    let factor = splatOf<T>(factors, 0);
    c00 = v128.add<T>(c00, v128.mul<T>(factor, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(factor, b1));
    factor = splatOf<T>(factors, 1);
    c10 = v128.add<T>(c10, v128.mul<T>(factor, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(factor, b1));
    if (sizeof<T>() == 8) factors = v128.load(a, 16);
    factor = splatOf<T>(factors, 2);
    c20 = v128.add<T>(c20, v128.mul<T>(factor, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(factor, b1));
    factor = splatOf<T>(factors, 3);
    c30 = v128.add<T>(c30, v128.mul<T>(factor, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(factor, b1));
    factor = v128.load_splat<T>(a + 4 * sizeof<T>());
    c40 = v128.add<T>(c40, v128.mul<T>(factor, b0));
    c41 = v128.add<T>(c41, v128.mul<T>(factor, b1));
  }
  v128.store(row4, c41, 16);
  v128.store(row4, c40);
  v128.store(row3, c31, 16);
  v128.store(row3, c30);
  v128.store(row2, c21, 16);
  v128.store(row2, c20);
  v128.store(row1, c11, 16);
  v128.store(row1, c10);
  v128.store(c, c01, 16);
  v128.store(c, c00);
}

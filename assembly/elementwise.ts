import { IN_PAIRS, assertAligned, lanes, storePair } from "./lanes";

/** z(rows × cols) += b(rows × 1), each b[i] along row i. */
export function addBias<T>(z: usize, b: usize, rows: usize, cols: usize): void {
  assertAligned<T>(z);
  assertAligned<T>(b);
  const rowBytes = cols * sizeof<T>();
  const vectorBytes = (cols & ~(lanes<T>() - 1)) * sizeof<T>();
  for (let i: usize = 0; i < rows; i++, b += sizeof<T>()) {
    const bias = load<T>(b);
    const biases = v128.splat<T>(bias);
    const rowEnd = z + rowBytes;
    const vectorEnd = z + vectorBytes;
    for (; z < vectorEnd; z += 16) v128.store(z, v128.add<T>(v128.load(z), biases));
    for (; z < rowEnd; z += sizeof<T>()) store<T>(z, load<T>(z) + bias);
  }
}

/** p(n) −= scale · g(n). */
// @ts-ignore: decorator
@inline
export function subtractScaled<T>(p: usize, g: usize, n: usize, scale: T): void {
  assertAligned<T>(p);
  assertAligned<T>(g);
  const scales = v128.splat<T>(scale);
  const end = p + n * sizeof<T>();
  for (; IN_PAIRS && p + 32 <= end; p += 32, g += 32) {
    const second = v128.sub<T>(v128.load(p, 16), v128.mul<T>(scales, v128.load(g, 16)));
    storePair(p, v128.sub<T>(v128.load(p), v128.mul<T>(scales, v128.load(g))), second);
  }
  for (; p < end; p += 16, g += 16) {
    v128.store(p, v128.sub<T>(v128.load(p), v128.mul<T>(scales, v128.load(g))));
  }
}

/** out(n) = a(n) · b(n), and no byte behind: these may be rows of a matrix; out may be a or b. */
// @ts-ignore: decorator
@inline
export function multiply<T>(out: usize, a: usize, b: usize, n: usize): void {
  assertAligned<T>(out);
  assertAligned<T>(a);
  assertAligned<T>(b);
  const end = out + n * sizeof<T>();
  const vectorEnd = out + (n & ~(lanes<T>() - 1)) * sizeof<T>();
  for (; out < vectorEnd; out += 16, a += 16, b += 16) {
    v128.store(out, v128.mul<T>(v128.load(a), v128.load(b)));
  }
  for (; out < end; out += sizeof<T>(), a += sizeof<T>(), b += sizeof<T>()) {
    store<T>(out, load<T>(a) * load<T>(b));
  }
}

/** x(n) ·= factor. */
// @ts-ignore: decorator
@inline
export function scale<T>(x: usize, n: usize, factor: T): void {
  assertAligned<T>(x);
  const factors = v128.splat<T>(factor);
  for (const end = x + n * sizeof<T>(); x < end; x += 16) v128.store(x, v128.mul<T>(v128.load(x), factors));
}

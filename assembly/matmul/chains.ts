// A small product with a transposed right operand, whose rows run along k: no vector runs across them, so it goes by scalars.
// The bits are those of direct.ts, one chain over k for each element.

/** c(m × n) = a(m × k) · b(n × k)ᵀ, each element the dot product of two rows: up to 4 rows of a by 2 of b, eight chains of scalars, at a time. */
export function multiplyChains<T>(c: usize, a: usize, b: usize, m: usize, n: usize, k: usize): void {
  let rows = m;
  for (; rows >= 3; ) {
    const live = min<usize>(rows, 4);
    multiplyRowsNT<T>(c, a, b, n, k, true, live - 1);
    a += live * k * sizeof<T>();
    c += live * n * sizeof<T>();
    rows -= live;
  }
  for (; rows > 0; rows--, a += k * sizeof<T>(), c += n * sizeof<T>()) {
    multiplyRowsNT<T>(c, a, b, n, k, false, 0);
  }
}

/** Four rows of a or one, as in direct.ts. */
// @ts-ignore: decorator
@inline
function multiplyRowsNT<T>(c: usize, a: usize, b: usize, n: usize, k: usize, four: bool, last: usize): void {
  const line = k * sizeof<T>();
  const outLine = n * sizeof<T>();
  const aLast = last * line;
  const cLast = last * outLine;
  const aEnd = a + line;
  let left = n;
  for (; left >= 2; left -= 2) {
    let c00: T = 0, c01: T = 0, c10: T = 0, c11: T = 0, c20: T = 0, c21: T = 0, c30: T = 0, c31: T = 0;
    let pb = b;
    for (let pa = a; pa < aEnd; pa += sizeof<T>(), pb += sizeof<T>()) {
      const b0 = load<T>(pb);
      const b1 = load<T>(pb + line);
      let factor = load<T>(pa);
      c00 += factor * b0;
      c01 += factor * b1;
      if (four) {
        factor = load<T>(pa + line);
        c10 += factor * b0;
        c11 += factor * b1;
        factor = load<T>(pa + 2 * line);
        c20 += factor * b0;
        c21 += factor * b1;
        factor = load<T>(pa + aLast);
        c30 += factor * b0;
        c31 += factor * b1;
      }
    }
    storeTwo<T>(c, c00, c01);
    if (four) {
      storeTwo<T>(c + outLine, c10, c11);
      storeTwo<T>(c + 2 * outLine, c20, c21);
      storeTwo<T>(c + cLast, c30, c31);
    }
    b += 2 * line;
    c += 2 * sizeof<T>();
  }
  if (left) {
    let c0: T = 0, c1: T = 0, c2: T = 0, c3: T = 0;
    let pb = b;
    for (let pa = a; pa < aEnd; pa += sizeof<T>(), pb += sizeof<T>()) {
      const b0 = load<T>(pb);
      c0 += load<T>(pa) * b0;
      if (four) {
        c1 += load<T>(pa + line) * b0;
        c2 += load<T>(pa + 2 * line) * b0;
        c3 += load<T>(pa + aLast) * b0;
      }
    }
    store<T>(c, c0);
    if (four) {
      store<T>(c + outLine, c1);
      store<T>(c + 2 * outLine, c2);
      store<T>(c + cLast, c3);
    }
  }
}

// @ts-ignore: decorator
@inline
function storeTwo<T>(c: usize, first: T, second: T): void {
  store<T>(c, first);
  store<T>(c, second, sizeof<T>());
}

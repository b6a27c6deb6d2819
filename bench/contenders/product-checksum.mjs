// The checksums of a product too large for the reference to compute in a benchmark's time, from the sums of its operands.
import { checksum, numbers } from "./protocol.mjs";

/**
 * What checksum() of c(m × n) = op(a) · op(b) gives, in 7·n·k multiplications: the weight of an element depends on
 * (row · n + column) mod 7, so rows with equal (row · n) mod 7 may be added up before they are multiplied.
 */
export function productChecksum({ m, n, k, form, dtype }) {
  const rounded = (values) => (dtype === "float32" ? Float64Array.from(values, Math.fround) : values);
  const a = rounded(numbers(m * k, 1));
  const b = rounded(numbers(k * n, 2));
  const left = form === "TN" ? (row, p) => a[p * m + row] : (row, p) => a[row * k + p];
  const right = form === "NT" ? (p, column) => b[column * k + p] : (p, column) => b[p * n + column];
  const sums = Array.from({ length: 7 }, () => new Float64Array(k));
  for (let row = 0; row < m; row++) {
    const sum = sums[(row * n) % 7];
    for (let p = 0; p < k; p++) sum[p] += left(row, p);
  }
  const total = [0, 0];
  for (const [offset, sum] of sums.entries()) {
    const product = new Float64Array(offset + n);
    for (let p = 0; p < k; p++) {
      for (let column = 0; column < n; column++) product[offset + column] += sum[p] * right(p, column);
    }
    for (const [i, part] of checksum(product).entries()) total[i] += part;
  }
  return total;
}

// The checksums of a product too large for the reference to compute in a benchmark's time, from the sums of its operands.
import { numbers, WEIGHTS } from "./protocol.mjs";

/**
 * What checksum() of c(m × n) = op(a) · op(b) gives, in 29² · k multiplications: the weight of an element depends on
 * (row · n + column) mod 29, so rows with equal (row · n) mod 29 may be added up before they are multiplied, and columns with equal
 * column mod 29.
 */
export function productChecksum({ m, n, k, form, dtype }) {
  const rounded = (values) => (dtype === "float32" ? Float64Array.from(values, Math.fround) : values);
  const a = rounded(numbers(m * k, 1));
  const b = rounded(numbers(k * n, 2));
  const rows = sumsOf(
    m,
    k,
    (row) => row * n,
    form === "TN" ? (row, p) => a[p * m + row] : (row, p) => a[row * k + p],
  );
  const columns = sumsOf(
    n,
    k,
    (column) => column,
    form === "NT" ? (column, p) => b[column * k + p] : (column, p) => b[p * n + column],
  );
  let [total, weighted] = [0, 0];
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      let product = 0;
      for (let p = 0; p < k; p++) product += row[p] * column[p];
      total += product;
      weighted += product * (((i + j) % WEIGHTS) + 1);
    }
  }
  return [total, weighted];
}

/** The lines of an operand, of k elements each, added up by what their places leave when divided by the number of weights. */
function sumsOf(lines, k, place, element) {
  const sums = Array.from({ length: WEIGHTS }, () => new Float64Array(k));
  for (let line = 0; line < lines; line++) {
    const sum = sums[place(line) % WEIGHTS];
    for (let p = 0; p < k; p++) sum[p] += element(line, p);
  }
  return sums;
}

/**
 * The kernels of one dtype: pure functions of byte addresses in the linear memory and of sizes in elements.
 * Matrices are row-major. Nothing is checked here: shapes, lifetimes and aliasing are settled by the caller.
 * Two implementations agree to the bit: `wasm.ts` (compiled from assembly/) and `reference/` (plain TypeScript).
 *
 * Order of parameters: outputs, inputs, dimensions, scalars.
 */
export interface Kernels {
  /** c(m×n) = a(m×k) · b(k×n) */
  matmulNN(c: number, a: number, b: number, m: number, n: number, k: number): void;
  /** c(m×n) = a(m×k) · b(n×k)ᵀ */
  matmulNT(c: number, a: number, b: number, m: number, n: number, k: number): void;
  /** c(m×n) = a(k×m)ᵀ · b(k×n) */
  matmulTN(c: number, a: number, b: number, m: number, n: number, k: number): void;
  /** out(cols×rows) = a(rows×cols)ᵀ */
  transpose(out: number, a: number, rows: number, cols: number): void;
  /** z(rows×cols) += b(rows×1) */
  addBias(z: number, b: number, rows: number, cols: number): void;
  /** out(rows×1) = pairwise sum of each row of a(rows×cols) */
  rowSums(out: number, a: number, rows: number, cols: number): void;
  /** pairwise Σ a(n) */
  sum(a: number, n: number): number;
  /** out(n) = e^x(n) */
  exp(out: number, x: number, n: number): void;
  /** a(n) = 1 / (1 + e^−z(n)) */
  sigmoid(a: number, z: number, n: number): void;
  /** dZ(n) = (upstream(n) · a(n)) · (1 − a(n)) */
  sigmoidGradient(dZ: number, upstream: number, a: number, n: number): void;
  /** dYHat(n) = scale · (y(n) − yHat(n)); returns pairwise Σ (y − yHat)² */
  squaredError(dYHat: number, y: number, yHat: number, n: number, scale: number): number;
  /** p(n) −= scale · g(n) */
  subtractScaled(p: number, g: number, n: number, scale: number): void;
  /** z(nOut×m) = w(nOut×nIn) · a(nIn×m), then + b(nOut×1) */
  linearForward(z: number, w: number, a: number, b: number, nOut: number, m: number, nIn: number): void;
  /** dW(nOut×nIn) = dZ(nOut×m) · a(nIn×m)ᵀ; db(nOut×1) = row sums of dZ; dA(nIn×m) = w(nOut×nIn)ᵀ · dZ unless dA is 0 */
  linearBackward(
    dW: number,
    db: number,
    dA: number,
    dZ: number,
    a: number,
    w: number,
    nOut: number,
    m: number,
    nIn: number,
  ): void;
  /** w(nOut×nIn) −= rate · dW; b(nOut×1) −= rate · db */
  linearUpdate(w: number, b: number, dW: number, db: number, nOut: number, nIn: number, rate: number): void;
}

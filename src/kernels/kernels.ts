import type { Prepared, Recorded } from "./records.ts";

/**
 * The kernels of one dtype: pure functions of byte addresses in the linear memory and of sizes in elements.
 * Matrices are row-major. Nothing is checked here: shapes, lifetimes and aliasing are settled by the caller.
 * Two implementations agree to the bit: `wasm.ts` (compiled from assembly/) and `reference/` (plain TypeScript).
 *
 * Order of parameters: outputs, inputs, dimensions, scalars.
 */
export interface Kernels extends ActivationKernels, CostKernels, OptimizerKernels {
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
  /** out(n) = a(n) · b(n) */
  multiply(out: number, a: number, b: number, n: number): void;
  /** x(n) ·= factor */
  scale(x: number, n: number, factor: number): void;
  /**
   * What runs a kernel of records.ts on these operands whenever it is called with the address of the record, room for
   * RECORD_BYTES that this may write; a scalar follows there, where the kernel takes one. Good until the layout changes
   * (layout.ts), and until something else is prepared in that record.
   */
  prepare(name: Recorded, record: number, operands: readonly number[]): Prepared;
}

/** Activations beside the sigmoid. */
export interface ActivationKernels {
  /** a(n) = tanh z(n) */
  tanh(a: number, z: number, n: number): void;
  /** dZ(n) = upstream(n) · (1 − a(n)²) */
  tanhGradient(dZ: number, upstream: number, a: number, n: number): void;
  /** a(n) = max(z(n), 0) */
  relu(a: number, z: number, n: number): void;
  /** a(n) = z(n) where z > 0, else slope · z(n) */
  leakyRelu(a: number, z: number, n: number, slope: number): void;
  /** dZ(n) = upstream(n) where a > 0, else slope · upstream(n) */
  reluGradient(dZ: number, upstream: number, a: number, n: number, slope: number): void;
  /** a(rows×cols) = e^(z − max) / Σ e^(z − max), over the rows of each column */
  softmax(a: number, z: number, rows: number, cols: number): void;
  /** dZ(rows×cols) = a · (upstream − Σ upstream · a), the sum over the rows of each column */
  softmaxGradient(dZ: number, upstream: number, a: number, rows: number, cols: number): void;
}

/**
 * Costs: each leaves its terms, one an element, to be weighed and summed by the caller, and scale · the gradient of
 * each term. Neither output may be an input.
 */
export interface CostKernels {
  /** terms(n) = |y − yHat|; dYHat(n) = scale · sign(yHat − y) */
  absoluteErrorTerms(terms: number, dYHat: number, y: number, yHat: number, n: number, scale: number): void;
  /** With r = yHat − y: terms(n) = r²/2, or delta · (|r| − delta/2) beyond delta, which is above 0 and may be ∞; dYHat(n) = scale · r
   *  held to ±delta */
  huberTerms(
    terms: number,
    dYHat: number,
    y: number,
    yHat: number,
    n: number,
    scale: number,
    delta: number,
  ): void;
  /** terms(n) = −y·ln p − (1 − y)·ln(1 − p), where 0 · ln 0 is 0; dP(n) = scale · (−(y/p) + (1 − y)/(1 − p)) */
  bceTerms(terms: number, dP: number, y: number, p: number, n: number, scale: number): void;
  /** terms(n) = max(z, 0) − z·y + ln(1 + e^−|z|); dZ(n) = scale · (σ(z) − y) */
  stableBceTerms(terms: number, dZ: number, y: number, z: number, n: number, scale: number): void;
  /** z(n) = ln(p / (1 − p)) of p held to [lowest, highest], neither NaN; z may be p */
  logit(z: number, p: number, n: number, lowest: number, highest: number): void;
  /** terms(rows×cols) = −y · ln softmax(z); dZ = scale · (softmax(z) · Σ y − y), over the rows of each column */
  softmaxCrossEntropyTerms(
    terms: number,
    dZ: number,
    y: number,
    z: number,
    rows: number,
    cols: number,
    scale: number,
  ): void;
  /** terms(n) = |w(n)|; g(n) += scale · sign(w) */
  absolutePenalty(terms: number, g: number, w: number, n: number, scale: number): void;
}

/** The updates: p the parameters, g their gradient, the rest the optimizer's memory, all of n elements. */
export interface OptimizerKernels {
  /** v = momentum · v + g; p −= rate · v, or rate · (g + momentum · v) if nesterov is not 0 */
  momentumUpdate(
    p: number,
    v: number,
    g: number,
    n: number,
    rate: number,
    momentum: number,
    nesterov: number,
  ): void;
  /** s = decay · s + fresh · g²; p −= rate · g / (√s + epsilon) */
  rmsPropUpdate(
    p: number,
    s: number,
    g: number,
    n: number,
    rate: number,
    decay: number,
    fresh: number,
    epsilon: number,
  ): void;
  /** m = beta1·m + fresh1·g; v = beta2·v + fresh2·g²; p = shrink · p − rate · m / (√v / correction + epsilon) */
  adamUpdate(
    p: number,
    m: number,
    v: number,
    g: number,
    n: number,
    rate: number,
    beta1: number,
    fresh1: number,
    beta2: number,
    fresh2: number,
    correction: number,
    epsilon: number,
    shrink: number,
  ): void;
}

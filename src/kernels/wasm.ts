import { HostError } from "../errors.ts";
import type { WasmExports } from "../wasm/exports.ts";
import type { LinearMemory } from "../wasm/memory.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import {
  type PackedProduct,
  type PackingRule,
  packingRule,
  reserveRoom,
  roomToTurn,
} from "./packed-product.ts";
import { keepOperands, type Prepared, type Recorded, runOnce, writeRecord } from "./records.ts";
import type { Workspace } from "./workspace.ts";

/** A kernel that takes a record. */
interface RecordedKernel {
  readonly run: Prepared;
  /** What stands in the record behind these operands. */
  rest(operands: readonly number[]): readonly number[];
  /** Whether these operands take another way, by packing; never unless given. */
  isPacked?(operands: readonly number[]): boolean;
}

/**
 * The compiled kernels of one dtype. Small products go straight to Wasm, large ones by way of packed blocks.
 */
export function createWasmKernels(
  exports: WasmExports,
  dtype: DType,
  packedProduct: PackedProduct,
  memory: LinearMemory,
  workspace: Workspace,
  large: PackingRule = packingRule(exports, dtype),
): Kernels {
  const kernel = (name: string) => {
    const found = exports[name];
    if (typeof found !== "function") {
      throw new HostError(`the Wasm module has no kernel ${name}; give this version's kernels.wasm`);
    }
    return found;
  };
  const suffix = dtype === "float64" ? "_f64" : "_f32";
  const of = (name: string) => kernel(name + suffix);
  const directNN = of("matmulNN");
  const directNT = of("matmulNT");
  const directTN = of("matmulTN");
  const addBias = of("addBias");
  const rowSums = of("rowSums");
  const linearWays = kernel("linearWays");
  const double = dtype === "float64" ? 1 : 0;

  /** What takes a record: what stands in it behind the operands, and which operands are too large for it. */
  const recorded: Record<Recorded, RecordedKernel> = {
    linearForward: {
      run: kernel("linearForward") as Prepared,
      rest: ([, , , , nOut, m, nIn]) => [linearWays(nOut, m, nIn, double)],
      isPacked: ([, , , , nOut, m, nIn]) => large(nOut, m, nIn),
    },
    linearBackward: {
      run: kernel("linearBackward") as Prepared,
      rest: ([, , , , , , nOut, m, nIn]) => [roomToTurn(workspace), linearWays(nOut, m, nIn, double)],
      isPacked: ([, , dA, , , , nOut, m, nIn]) =>
        large(nOut, nIn, m, true) || (dA !== 0 && large(nIn, m, nOut)),
    },
    linearUpdate: { run: kernel("linearUpdate") as Prepared, rest: () => [double] },
    sigmoid: { run: kernel("sigmoid") as Prepared, rest: () => [double] },
    sigmoidGradient: { run: kernel("sigmoidGradient") as Prepared, rest: () => [double] },
    squaredError: { run: kernel("squaredError") as Prepared, rest: () => [double] },
  };
  /** Runs a kernel that takes a record on operands that are not in one. */
  const once = (name: Recorded, operands: readonly number[], scalar?: number) => {
    const { run, rest } = recorded[name];
    return runOnce(memory, run, [...operands, ...rest(operands)], scalar);
  };

  const kernels: Kernels = {
    prepare(name, record, operands) {
      const { run, rest, isPacked } = recorded[name];
      if (isPacked?.(operands)) return keepOperands(kernels, name, operands);
      writeRecord(memory, record, [...operands, ...rest(operands)]);
      return run;
    },
    linearForward(z, w, a, b, nOut, m, nIn) {
      if (large(nOut, m, nIn)) {
        packedProduct(z, w, a, nOut, m, nIn, false, false);
        addBias(z, b, nOut, m);
      } else once("linearForward", [z, w, a, b, nOut, m, nIn]);
    },
    linearBackward(dW, db, dA, dZ, a, w, nOut, m, nIn) {
      const operands = [dW, db, dA, dZ, a, w, nOut, m, nIn];
      if (recorded.linearBackward.isPacked?.(operands)) {
        reserveRoom(workspace, dtype, nOut, nIn, m);
        if (dA !== 0) reserveRoom(workspace, dtype, nIn, m, nOut);
        kernels.matmulNT(dW, dZ, a, nOut, nIn, m);
        rowSums(db, dZ, nOut, m);
        if (dA !== 0) kernels.matmulTN(dA, w, dZ, nIn, m, nOut);
      } else once("linearBackward", operands);
    },
    linearUpdate: (w, b, dW, db, weights, biases, rate) => {
      once("linearUpdate", [w, b, dW, db, weights, biases], rate);
    },
    // the same update, of weights without a bias
    subtractScaled: (p, g, n, scale) => {
      once("linearUpdate", [p, p, g, g, n, 0], scale);
    },
    sigmoid: (a, z, n) => {
      once("sigmoid", [a, z, n]);
    },
    sigmoidGradient: (dZ, upstream, a, n) => {
      once("sigmoidGradient", [dZ, upstream, a, n]);
    },
    squaredError: (dYHat, y, yHat, n, scale) => once("squaredError", [dYHat, y, yHat, n], scale),
    matmulNN(c, a, b, m, n, k) {
      if (large(m, n, k)) packedProduct(c, a, b, m, n, k, false, false);
      else directNN(c, a, b, m, n, k);
    },
    matmulNT(c, a, b, m, n, k) {
      if (large(m, n, k, true)) packedProduct(c, a, b, m, n, k, false, true);
      else directNT(c, a, b, roomToTurn(workspace), m, n, k);
    },
    matmulTN(c, a, b, m, n, k) {
      if (large(m, n, k)) packedProduct(c, a, b, m, n, k, true, false);
      else directTN(c, a, b, m, n, k);
    },
    addBias,
    rowSums,
    transpose: of("transpose"),
    sum: of("sum"),
    exp: of("exp"),
    multiply: of("multiply"),
    scale: of("scale"),
    log: of("log"),
    tanh: of("tanh"),
    tanhGradient: of("tanhGradient"),
    relu: of("relu"),
    leakyRelu: of("leakyRelu"),
    reluGradient: of("reluGradient"),
    softmax: of("softmax"),
    softmaxGradient: of("softmaxGradient"),
    absoluteErrorTerms: of("absoluteErrorTerms"),
    huberTerms: of("huberTerms"),
    bceTerms: of("bceTerms"),
    stableBceTerms: of("stableBceTerms"),
    logit: of("logit"),
    softmaxCrossEntropyTerms: of("softmaxCrossEntropyTerms"),
    absolutePenalty: of("absolutePenalty"),
    momentumUpdate: of("momentumUpdate"),
    rmsPropUpdate: of("rmsPropUpdate"),
    adamUpdate: of("adamUpdate"),
  };
  return kernels;
}

import { HostError } from "../errors.ts";
import type { WasmExports } from "../wasm/exports.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import type { LinearStep } from "./linear-step.ts";
import {
  type PackedProduct,
  type PackingRule,
  packingRule,
  reserveRoom,
  roomToTurn,
} from "./packed-product.ts";
import { elementSteps, linearSteps } from "./small-net-steps.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The compiled kernels of one dtype. Small products go straight to Wasm, large ones by way of packed blocks.
 */
export function createWasmKernels(
  exports: WasmExports,
  dtype: DType,
  packedProduct: PackedProduct,
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

  // What is below decides for a step of new sizes, or for one that other kernels decided for, and is not inlined with the rest.

  /** Goes forward by packing and says so, if the step is that large. */
  const forwardsPacked = (step: LinearStep) => {
    const { z, w, a, b, nOut, m, nIn } = step;
    if (!large(nOut, m, nIn)) {
      step.ways = linearWays(nOut, m, nIn, double);
      step.forwardsDirectly = large;
      return false;
    }
    packedProduct(z, w, a, nOut, m, nIn, false, false);
    addBias(z, b, nOut, m);
    return true;
  };
  /** Goes backward by packing what is that large and says so, if anything is. */
  const backwardsPacked = (step: LinearStep) => {
    const { dW, db, dA, dZ, a, w, nOut, m, nIn } = step;
    if (!large(nOut, nIn, m, true) && (dA === 0 || !large(nIn, m, nOut))) {
      step.turned = roomToTurn(workspace);
      step.ways = linearWays(nOut, m, nIn, double);
      step.backwardsDirectly = large;
      return false;
    }
    reserveRoom(workspace, dtype, nOut, nIn, m);
    if (dA !== 0) reserveRoom(workspace, dtype, nIn, m, nOut);
    kernels.matmulNT(dW, dZ, a, nOut, nIn, m);
    rowSums(db, dZ, nOut, m);
    if (dA !== 0) kernels.matmulTN(dA, w, dZ, nIn, m, nOut);
    return true;
  };

  const kernels: Kernels = {
    ...linearSteps(kernel("linearForward"), kernel("linearBackward"), large, forwardsPacked, backwardsPacked),
    ...elementSteps(
      kernel("linearUpdate"),
      kernel("sigmoid"),
      kernel("sigmoidGradient"),
      kernel("squaredError"),
      double,
    ),
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

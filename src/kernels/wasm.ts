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
import type { Workspace } from "./workspace.ts";

/**
 * The compiled kernels of one dtype. Small products go straight to Wasm, large ones by way of packed blocks.
 *
 * V8 inlines the way into Wasm where a line of code calls one function only. So the kernels of the smallest steps have a
 * line for each dtype: an epoch of XOR in float32, in a program that trained in float64 before, takes 4 % less so.
 */
export function createWasmKernels(
  exports: WasmExports,
  dtype: DType,
  packedProduct: PackedProduct,
  workspace: Workspace,
  large: PackingRule = packingRule(exports, dtype),
): Kernels {
  const suffix = dtype === "float64" ? "_f64" : "_f32";
  const of = (name: string) => {
    const kernel = exports[name + suffix];
    if (typeof kernel !== "function") {
      throw new HostError(`the Wasm module has no kernel ${name + suffix}; give this version's kernels.wasm`);
    }
    return kernel;
  };
  const double = dtype === "float64";
  const directNN = of("matmulNN");
  const directNT = of("matmulNT");
  const directTN = of("matmulTN");
  const addBias = of("addBias");
  const rowSums = of("rowSums");
  /** A name for the call site of each dtype: of two calls of one name a minifier would make one. */
  const twice = (name: string) => {
    const kernel = of(name);
    return [kernel, kernel] as const;
  };
  const [forward64, forward32] = twice("linearForward");
  const [backward64, backward32] = twice("linearBackward");
  const [update64, update32] = twice("linearUpdate");
  const [sigmoid64, sigmoid32] = twice("sigmoid");
  const [sigmoidGradient64, sigmoidGradient32] = twice("sigmoidGradient");
  const [squaredError64, squaredError32] = twice("squaredError");

  // What is below decides for a step of new sizes, or for one that other kernels decided for, and is not inlined with the rest.

  /** Goes forward by packing and says so, if the step is that large. */
  const forwardsPacked = (step: LinearStep) => {
    const { z, w, a, b, nOut, m, nIn } = step;
    if (!large(nOut, m, nIn)) {
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
    linearForward(s) {
      if (s.forwardsDirectly !== large && forwardsPacked(s)) return;
      if (double) forward64(s.z, s.w, s.a, s.b, s.nOut, s.m, s.nIn);
      else forward32(s.z, s.w, s.a, s.b, s.nOut, s.m, s.nIn);
    },
    linearBackward(s) {
      if (s.backwardsDirectly !== large && backwardsPacked(s)) return;
      const turned = roomToTurn(workspace);
      if (double) backward64(s.dW, s.db, s.dA, s.dZ, s.a, s.w, turned, s.nOut, s.m, s.nIn);
      else backward32(s.dW, s.db, s.dA, s.dZ, s.a, s.w, turned, s.nOut, s.m, s.nIn);
    },
    addBias,
    rowSums,
    transpose: of("transpose"),
    sum: of("sum"),
    exp: of("exp"),
    sigmoid: (a, z, n) => (double ? sigmoid64(a, z, n) : sigmoid32(a, z, n)),
    sigmoidGradient: (dZ, upstream, a, n) =>
      double ? sigmoidGradient64(dZ, upstream, a, n) : sigmoidGradient32(dZ, upstream, a, n),
    squaredError: (dYHat, y, yHat, n, scale) =>
      double ? squaredError64(dYHat, y, yHat, n, scale) : squaredError32(dYHat, y, yHat, n, scale),
    subtractScaled(p, g, n, scale) {
      // the same update, of weights without a bias
      if (double) update64(p, p, g, g, n, 0, scale);
      else update32(p, p, g, g, n, 0, scale);
    },
    linearUpdate(s, rate) {
      if (double) update64(s.w, s.b, s.dW, s.db, s.nOut * s.nIn, s.nOut, rate);
      else update32(s.w, s.b, s.dW, s.db, s.nOut * s.nIn, s.nOut, rate);
    },
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

import { HostError } from "../errors.ts";
import type { WasmExports } from "../wasm/instantiate.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import { type PackedProduct, packs, reservePacking } from "./packed-product.ts";
import type { Workspace } from "./workspace.ts";

/** The compiled kernels of one dtype. Small products go straight to Wasm, large ones by way of packed blocks. */
export function createWasmKernels(
  exports: WasmExports,
  dtype: DType,
  packedProduct: PackedProduct,
  workspace: Workspace,
): Kernels {
  const suffix = dtype === "float64" ? "_f64" : "_f32";
  const of = (name: string) => {
    const kernel = exports[name + suffix];
    if (typeof kernel !== "function") {
      throw new HostError(`the Wasm module has no kernel ${name + suffix}; give this version's kernels.wasm`);
    }
    return kernel;
  };
  const directNN = of("matmulNN");
  const directNT = of("matmulNT");
  const directTN = of("matmulTN");
  const directForward = of("linearForward");
  const directBackward = of("linearBackward");
  const addBias = of("addBias");
  const rowSums = of("rowSums");

  const kernels: Kernels = {
    matmulNN(c, a, b, m, n, k) {
      if (packs(m, n, k)) packedProduct(c, a, b, m, n, k, false, false);
      else directNN(c, a, b, m, n, k);
    },
    matmulNT(c, a, b, m, n, k) {
      if (packs(m, n, k)) packedProduct(c, a, b, m, n, k, false, true);
      else directNT(c, a, b, m, n, k);
    },
    matmulTN(c, a, b, m, n, k) {
      if (packs(m, n, k)) packedProduct(c, a, b, m, n, k, true, false);
      else directTN(c, a, b, m, n, k);
    },
    linearForward(z, w, a, b, nOut, m, nIn) {
      if (!packs(nOut, m, nIn)) {
        directForward(z, w, a, b, nOut, m, nIn);
      } else {
        packedProduct(z, w, a, nOut, m, nIn, false, false);
        addBias(z, b, nOut, m);
      }
    },
    linearBackward(dW, db, dA, dZ, a, w, nOut, m, nIn) {
      if (!packs(nOut, m, nIn)) {
        directBackward(dW, db, dA, dZ, a, w, nOut, m, nIn);
      } else {
        reservePacking(workspace, dtype, nOut, nIn, m);
        if (dA !== 0) reservePacking(workspace, dtype, nIn, m, nOut);
        kernels.matmulNT(dW, dZ, a, nOut, nIn, m);
        rowSums(db, dZ, nOut, m);
        if (dA !== 0) kernels.matmulTN(dA, w, dZ, nIn, m, nOut);
      }
    },
    addBias,
    rowSums,
    transpose: of("transpose"),
    sum: of("sum"),
    exp: of("exp"),
    sigmoid: of("sigmoid"),
    sigmoidGradient: of("sigmoidGradient"),
    squaredError: of("squaredError"),
    subtractScaled: of("subtractScaled"),
    linearUpdate: of("linearUpdate"),
    multiply: of("multiply"),
    scale: of("scale"),
    log: of("log"),
    softplus: of("softplus"),
    tanh: of("tanh"),
    tanhGradient: of("tanhGradient"),
    relu: of("relu"),
    leakyRelu: of("leakyRelu"),
    reluGradient: of("reluGradient"),
    softmax: of("softmax"),
    softmaxGradient: of("softmaxGradient"),
    squaredErrorTerms: of("squaredErrorTerms"),
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

import type { WasmKernel } from "../wasm/exports.ts";
import type { Kernels } from "./kernels.ts";
import type { LinearStep } from "./linear-step.ts";
import type { PackingRule } from "./packed-product.ts";

// The way into Wasm of what a small network calls most, where the calls cost more than the arithmetic. V8 puts such code into
// what calls it until that has grown by 920 bytes of bytecode, so it is short. What it closes over are parameters, since V8
// tests a constant for whether it is set yet; and a line calls one function of Wasm, for both dtypes, since V8 puts the way
// into Wasm there only then: an epoch of XOR in float32 takes 231 ns with a function for each, once the program has trained
// in float64, and 196 so.

/** The two steps of a linear layer that may be too large to go directly. */
export function linearSteps(
  forward: WasmKernel,
  backward: WasmKernel,
  large: PackingRule,
  forwardsPacked: (step: LinearStep) => boolean,
  backwardsPacked: (step: LinearStep) => boolean,
): Pick<Kernels, "linearForward" | "linearBackward"> {
  return {
    linearForward(step) {
      if (step.forwardsDirectly === large || !forwardsPacked(step)) {
        forward(step.z, step.w, step.a, step.b, step.nOut, step.m, step.nIn, step.ways);
      }
    },
    linearBackward(step) {
      if (step.backwardsDirectly === large || !backwardsPacked(step)) {
        backward(
          step.dW,
          step.db,
          step.dA,
          step.dZ,
          step.a,
          step.w,
          step.turned,
          step.nOut,
          step.m,
          step.nIn,
          step.ways,
        );
      }
    },
  };
}

/** The steps element by element. */
export function elementSteps(
  update: WasmKernel,
  sigmoid: WasmKernel,
  sigmoidGradient: WasmKernel,
  squaredError: WasmKernel,
  double: number,
): Pick<Kernels, "linearUpdate" | "subtractScaled" | "sigmoid" | "sigmoidGradient" | "squaredError"> {
  return {
    linearUpdate(p, rate) {
      update(p.w, p.b, p.dW, p.db, p.nOut * p.nIn, p.nOut, rate, double);
    },
    subtractScaled(p, g, n, scale) {
      // the same update, of weights without a bias
      update(p, p, g, g, n, 0, scale, double);
    },
    sigmoid(a, z, n) {
      sigmoid(a, z, n, double);
    },
    sigmoidGradient(dZ, upstream, a, n) {
      sigmoidGradient(dZ, upstream, a, n, double);
    },
    squaredError: (dYHat, y, yHat, n, scale) => squaredError(dYHat, y, yHat, n, scale, double),
  };
}

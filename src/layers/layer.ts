import type { Parameters } from "../initializers.ts";
import type { DType } from "../kernels/dtype.ts";
import type { Matrix } from "../matrix.ts";

/** What a network is a chain of. The layer owns its output and its gradients and overwrites them with each call. */
export interface Layer {
  /** Element type of every matrix that passes. */
  readonly dtype: DType;
  /** The output for the given input (columns are examples). */
  forward(input: Matrix): Matrix;
  /** Takes ∂cost/∂output and computes the layer's gradients, `inputGradient` among them. */
  backward(upstreamGrad: Matrix): unknown;
  /** The output of the latest `forward`. */
  readonly output: Matrix;
  /** ∂cost/∂input of the latest `backward`; throws for a layer that computes none. */
  readonly inputGradient: Matrix;
  /** Gives the layer's matrices back; any later use throws a DisposedError. */
  dispose(): void;
}

/** A layer with weights: what optimizers and penalties work on. */
export interface TrainableLayer {
  /** W and b. */
  readonly params: Parameters;
  /** ∂cost/∂W, of W's shape. */
  readonly dW: Matrix;
  /** ∂cost/∂b, of b's shape. */
  readonly db: Matrix;
  /** @internal Whether the gradients are those of the latest `forward`, where the layer knows. */
  readonly hasGradients?: boolean;
}

// What an explanation is given, as far as it looks: a layer passes matrices on, a cost measures what comes out.
import type { Matrix } from "../matrix.ts";

/** A node of the graph: a linear layer or an activation. */
export interface Layer {
  /** The output, of as many columns as the input. */
  forward(input: Matrix): Matrix;
  /** Takes ∂cost/∂output; what it computes is read from the layer. */
  backward(upstreamGrad: Matrix): unknown;
}

/** A cost and what of it is told; `name` finds its formula. */
export interface Cost {
  readonly name?: string;
  /** The cost of the network's output, and the gradient with respect to it. */
  computeCost?(Y: Matrix, YHat: Matrix): { cost: number; dYHat: Matrix };
  /** The last activation that the cost is computed together with, from its input Z. */
  readonly joins?: string;
  /** The cost by way of Z or of the activation's output A, and the gradient with respect to Z. */
  computeJoined?(Y: Matrix, Z: Matrix, A: Matrix): { cost: number; dZ: Matrix };
}

/** Anything like a network, as far as an explanation looks: its layers in order and what its output costs. */
export interface NetworkLike {
  readonly layers: readonly Layer[];
  readonly cost?: Cost | undefined;
  /** What trains it; a step of plain gradient descent is shown at its learning rate. */
  readonly optimizer?: { readonly name: string; readonly learningRate: number } | undefined;
}

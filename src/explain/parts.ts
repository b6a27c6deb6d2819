// What an explanation is given, as far as it looks: a layer passes matrices on, a cost measures what comes out.
import type { CostAndGradient, CostAndLogitGradient } from "../costs/cost.ts";
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
  /** What finds its formula. */
  readonly name?: string;
  /** The cost of the network's output, and the gradient with respect to it. */
  computeCost?(Y: Matrix, YHat: Matrix): CostAndGradient;
  /** The last activation that the cost is computed together with, from its input Z. */
  readonly joins?: string;
  /** The cost by way of Z or of the activation's output A, and the gradient with respect to Z. */
  computeJoined?(Y: Matrix, Z: Matrix, A: Matrix): CostAndLogitGradient;
}

/** Anything like a network, as far as an explanation looks: its layers in order and what its output costs. */
export interface NetworkLike {
  /** In order. */
  readonly layers: readonly Layer[];
  /** What the output costs; the squared error unless given. */
  readonly cost?: Cost | undefined;
  /** What trains it; a step of plain gradient descent is shown at its learning rate. */
  readonly optimizer?:
    | {
        /** "gradientDescent" for that. */
        readonly name: string;
        /** How far a step goes. */
        readonly learningRate: number;
      }
    | undefined;
}

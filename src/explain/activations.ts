// What each activation is called, how it is written, and its local gradient. A new activation layer gets a line in this
// table, and every explanation and picture knows it.
import { SigmoidLayer } from "../layers/sigmoid-layer.ts";
import type { Rows, Term, Writing } from "./explanation.ts";
import type { Layer } from "./parts.ts";
import { call, MINUS, ONE, round, TIMES, write } from "./writing.ts";

/** How an activation node is written. */
export interface Activation {
  /** The name that pictures know it by, as `GraphLayer.kind`. */
  readonly kind: string;
  readonly title: string;
  readonly sign: Writing;
  /** What the sign means for one element. */
  readonly definition?: (layer: Layer) => Writing;
  /** f(Z) */
  readonly forward: (Z: Term) => readonly Term[];
  /** The local gradient ∂A/∂Z of one element, from Z and A; absent for a node that mixes elements. */
  readonly local?: (Z: Term, A: Term, layer: Layer) => readonly Term[];
  /** What a node that mixes the elements of an example has instead of `local`. */
  readonly mixed?: Mixed;
}

/** The chain rule of a node whose outputs each depend on all inputs of the same example. */
export interface Mixed {
  /** ∂aᵢ/∂zⱼ in symbols. */
  readonly definition: Writing;
  /** All ∂aᵢ/∂zⱼ of one example, from its outputs. */
  readonly local: (a: readonly number[]) => Rows;
  /** ∂cost/∂Z from the upstream gradient and A. */
  readonly product: (upstream: Term, A: Term) => readonly Term[];
}

function elementwise(
  kind: string,
  title: string,
  sign: Writing,
  parts: Pick<Activation, "definition" | "local">,
): Activation {
  return { kind, title, sign, forward: (Z) => [call(sign, Z)], ...parts };
}

const SIGMA = write("σ", "\\sigma");

const activations: readonly (readonly [new (...args: never[]) => Layer, Activation])[] = [
  [
    SigmoidLayer,
    elementwise("sigmoid", "Sigmoid", SIGMA, {
      definition: () => write("σ(z) = 1 / (1 + e^−z)", "\\sigma(z) = \\frac{1}{1 + e^{-z}}"),
      local: (_, A) => [A, TIMES, round([ONE, MINUS, A])],
    }),
  ],
];

/** What is said of an activation that the table does not know. */
const unknown: Activation = elementwise("activation", "Activation", write("f"), {});

/** How a layer that is no linear one is written. */
export function activationOf(layer: Layer): Activation {
  return activations.find(([maker]) => layer instanceof maker)?.[1] ?? unknown;
}

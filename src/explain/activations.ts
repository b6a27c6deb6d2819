// What each activation is called, how it is written, and its local gradient. A new activation layer gets a line in this
// table, and every explanation and picture knows it.
import type { Rows, Term, Writing } from "./explanation.ts";
import { givenNumber } from "./numbers.ts";
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
const ReLU = write("ReLU", "\\operatorname{ReLU}");
const LEAKY = write("leaky", "\\operatorname{leaky}");
const SOFTMAX = write("softmax", "\\operatorname{softmax}");
const OVER_CLASSES = write("Σ over classes ", "\\sum_{\\text{classes}} ");
const SQUARED = write("²", "^{2}");

/** A leaky ReLU's own factor for negative z. */
function slopeOf(layer: Layer): Writing {
  const { slope } = layer as { slope?: number };
  return slope === undefined ? write("slope", "\\text{slope}") : givenNumber(slope);
}

/** The activations by the title that each layer carries: by name, so that explaining one does not bundle all. */
const activations: Readonly<Record<string, Activation>> = {
  SigmoidLayer: elementwise("sigmoid", "Sigmoid", SIGMA, {
    definition: () => write("σ(z) = 1 / (1 + e^−z)", "\\sigma(z) = \\frac{1}{1 + e^{-z}}"),
    local: (_, A) => [A, TIMES, round([ONE, MINUS, A])],
  }),
  TanhLayer: elementwise("tanh", "Tanh", write("tanh", "\\tanh"), {
    definition: () =>
      write("tanh(z) = (e^z − e^−z) / (e^z + e^−z)", "\\tanh(z) = \\frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}"),
    local: (_, A) => [ONE, MINUS, { bracket: "round", inside: [A], after: SQUARED }],
  }),
  ReluLayer: elementwise("relu", "ReLU", ReLU, {
    definition: () => write("ReLU(z) = max(z, 0)", "\\operatorname{ReLU}(z) = \\max(z, 0)"),
    local: (Z) => [round([Z, write(" > 0", " > 0")], { before: write("1 where ", "1 \\text{ where } ") })],
  }),
  LeakyReluLayer: elementwise("leakyRelu", "Leaky ReLU", LEAKY, {
    definition: (layer) =>
      write(
        `leaky(z) = z where z > 0, else ${slopeOf(layer).text} · z`,
        `\\operatorname{leaky}(z) = z \\text{ where } z > 0, \\text{ else } ${slopeOf(layer).latex} \\cdot z`,
      ),
    local: (Z, _, layer) => [
      round([Z, write(" > 0", " > 0")], {
        before: write("1 where ", "1 \\text{ where } "),
        after: write(`, else ${slopeOf(layer).text}`, `\\text{, else } ${slopeOf(layer).latex}`),
      }),
    ],
  }),
  DropoutLayer: elementwise("dropout", "Dropout", write("dropout", "\\operatorname{dropout}"), {
    definition: () =>
      write(
        "dropout(z) = z times its mask: 0, or 1 / (1 − rate); 1 outside of training",
        "\\operatorname{dropout}(z) = z \\cdot \\text{its mask: } 0 \\text{ or } \\tfrac{1}{1 - \\text{rate}}\\text{; } 1 \\text{ outside of training}",
      ),
    local: () => [write("the mask", "\\text{the mask}")],
  }),
  SoftmaxLayer: {
    ...elementwise("softmax", "Softmax", SOFTMAX, {
      definition: () =>
        write(
          "softmax(z)ᵢ = e^zᵢ / Σ e^z over the classes of an example",
          "\\operatorname{softmax}(z)_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}",
        ),
    }),
    mixed: {
      definition: write(
        "aᵢ · (1 − aᵢ) where i = j, else −aᵢ · aⱼ",
        "a_i (1 - a_i) \\text{ where } i = j \\text{, else } -a_i a_j",
      ),
      local: (a) => a.map((ai, i) => a.map((aj, j) => (i === j ? ai * (1 - ai) : -ai * aj))),
      product: (upstream, A) => [
        A,
        TIMES,
        round([upstream, MINUS, round([upstream, TIMES, A], { before: OVER_CLASSES })]),
      ],
    },
  },
};

/** What is said of an activation that the table does not know. */
const unknown: Activation = elementwise("activation", "Activation", write("f"), {});

/** How a layer that is no linear one is written. */
export function activationOf(layer: Layer): Activation {
  const { title } = layer as { readonly title?: unknown };
  return typeof title === "string" && Object.hasOwn(activations, title) ? activations[title] : unknown;
}

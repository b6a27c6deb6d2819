// How each cost is written, with its gradient. A new cost gets a line in this table.
import { costNames, costOf } from "../costs/costs.ts";
import type { Term, Writing } from "./explanation.ts";
import { givenNumber } from "./numbers.ts";
import type { Cost } from "./parts.ts";
import {
  absolute,
  call,
  DOT,
  MINUS,
  NEGATIVE,
  ONE,
  OVER,
  PLUS,
  round,
  SUM,
  TIMES,
  write,
} from "./writing.ts";

/** What a cost's formulas are made of, once as symbols and once as numbers. */
export interface CostTerms {
  readonly Y: Term;
  /** The network's output. */
  readonly YHat: Term;
  /** The input of the last activation, where the cost is joined with it; else the output. */
  readonly Z: Term;
  /** Whether the cost is joined with the last activation. */
  readonly joined: boolean;
  /** Whether the output is beyond the cost's `ends` somewhere, so that its logarithms are not those that the joined cost takes. */
  readonly saturated: boolean;
  /** The sum over all elements; nothing when there is only one. */
  readonly sum: readonly Term[];
  /** 1/(factor · m) as a factor in front; nothing when it is 1. */
  readonly mean: (factor?: number) => readonly Term[];
}

/** How a cost is written. */
export interface CostWriting {
  readonly title: string;
  /** What a function in the formulas means. */
  readonly definition?: (cost: Cost) => Writing;
  readonly value: (terms: CostTerms) => readonly Term[];
  /** ∂cost/∂Ŷ, or ∂cost/∂Z where the cost is joined with the last activation. */
  readonly gradient: (terms: CostTerms) => readonly Term[];
  /** The least and the greatest output, with which a joined cost is `saturated`: 0 and 1 unless given. */
  readonly ends?: readonly [least: number, greatest: number];
  /** What is said of a joined cost that is not computed from Z: from what it is, and what it makes of a saturated output. */
  readonly joinedBy?: (YHat: string) => { readonly way: string; readonly saturated: string };
}

const SQUARED = write("²", "^{2}");

const LN = write("ln", "\\ln");
const SOFTMAX = write("softmax", "\\operatorname{softmax}");

/** 1 − x in brackets. */
const complement = (x: Term): readonly Term[] => [round([ONE, MINUS, x])];

/** −1/m · Σ (Y ⊙ ln Ŷ + (1 − Y) ⊙ ln(1 − Ŷ)) */
function crossEntropy({ mean, sum, Y, YHat }: CostTerms): readonly Term[] {
  const right = [Y, TIMES, call(LN, YHat)];
  const wrong = [...complement(Y), TIMES, call(LN, ONE, MINUS, YHat)];
  return [NEGATIVE, ...mean(), ...sum, round([...right, PLUS, ...wrong])];
}

/** 1/m · Σ (max(Z, 0) − Z ⊙ Y + ln(1 + e^−|Z|)) */
function fromLogits({ mean, sum, Y, Z }: CostTerms): readonly Term[] {
  const ZERO = write(", 0");
  const largest = call(write("max", "\\max"), Z, ZERO);
  const tail = call(LN, ONE, PLUS, call(write("exp", "\\exp"), NEGATIVE, absolute(Z)));
  return [...mean(), ...sum, round([largest, MINUS, Z, TIMES, Y, PLUS, tail])];
}

/** 1/m · (prediction − label), which is left of the two local gradients' product. */
function difference({ mean, Y, YHat, Z, joined }: CostTerms): readonly Term[] {
  return [...mean(), round([joined ? YHat : call(write("σ", "\\sigma"), Z), MINUS, Y])];
}

/** The terms with the output held to the bounds of the cost, where it is beyond them. */
function heldTerms(terms: CostTerms): CostTerms {
  return terms.saturated
    ? { ...terms, YHat: call(write("held", "\\operatorname{held}"), terms.YHat) }
    : terms;
}

/** The cost of each name. */
const costs: Readonly<Record<string, CostWriting>> = {
  squaredError: {
    title: "Squared error",
    value: ({ mean, sum, Y, YHat }) => [...mean(2), ...sum, round([Y, MINUS, YHat], { after: SQUARED })],
    gradient: ({ mean, Y, YHat }) => [NEGATIVE, ...mean(), round([Y, MINUS, YHat])],
  },
  absoluteError: {
    title: "Absolute error",
    value: ({ mean, sum, Y, YHat }) => [...mean(), ...sum, absolute(Y, MINUS, YHat)],
    gradient: ({ mean, Y, YHat }) => [...mean(), call(write("sign", "\\operatorname{sign}"), YHat, MINUS, Y)],
  },
  huber: {
    title: "Huber's cost",
    definition(cost) {
      const { delta: given } = cost as { delta?: number };
      const { text, latex } = given === undefined ? write("δ", "\\delta") : givenNumber(given);
      return write(
        `h(r) = r²/2 up to |r| = ${text}, then ${text} · (|r| − ${text}/2); h′(r) = r held to ±${text}`,
        `h(r) = \\frac{r^2}{2} \\text{ up to } |r| = ${latex} \\text{, then } ${latex} \\cdot (|r| - \\frac{${latex}}{2}); \\; h'(r) = r \\text{ held to } \\pm ${latex}`,
      );
    },
    value: ({ mean, sum, Y, YHat }) => [...mean(), ...sum, call(write("h"), YHat, MINUS, Y)],
    gradient: ({ mean, Y, YHat }) => [...mean(), call(write("h′", "h'"), YHat, MINUS, Y)],
  },
  bce: {
    title: "Binary cross-entropy",
    value: (terms) => (terms.saturated ? fromLogits(terms) : crossEntropy(terms)),
    gradient: (terms) =>
      terms.joined
        ? difference(terms)
        : [
            ...terms.mean(),
            round([
              NEGATIVE,
              terms.Y,
              OVER,
              terms.YHat,
              PLUS,
              ...complement(terms.Y),
              OVER,
              ...complement(terms.YHat),
            ]),
          ],
  },
  stableBce: {
    title: "Binary cross-entropy from logits",
    value: fromLogits,
    gradient: difference,
  },
  kerasLikeBce: {
    title: "Binary cross-entropy as Keras computes it",
    definition: () =>
      write(
        "probabilities are held to [1e-7, 1 − 1e-7]",
        "\\text{probabilities are held to } [10^{-7}, 1 - 10^{-7}]",
      ),
    value: (terms) => crossEntropy(heldTerms(terms)),
    gradient: (terms) => difference(heldTerms(terms)),
    ends: [1e-7, 1 - 1e-7],
    joinedBy: (YHat) => ({
      way: `The cost is computed from ${YHat}, and its gradient goes past the last activation`,
      saturated: `${YHat} is held to a bound here: beyond it the cost is flat, and Keras's gradient 0, while this one is still the difference to the label.`,
    }),
  },
  softmaxCrossEntropy: {
    title: "Cross-entropy of classes",
    value: ({ mean, sum, Y, YHat, Z, joined, saturated }) => [
      NEGATIVE,
      ...mean(),
      ...sum,
      round([Y, TIMES, call(LN, joined && !saturated ? YHat : call(SOFTMAX, Z))]),
    ],
    gradient: (terms) =>
      terms.joined ? difference(terms) : [...terms.mean(), round([call(SOFTMAX, terms.Z), MINUS, terms.Y])],
  },
};

/** What is said of a cost that the table does not know. */
const unknown: CostWriting = {
  title: "Cost",
  value: ({ Y, YHat }) => [round([Y, write(", "), YHat], { before: write("cost", "\\operatorname{cost}") })],
  gradient: () => [],
};

/** How a cost is written, by its name; one derived from the library's inherits that, and may compute something else. */
export function writingOf(cost: Cost): CostWriting {
  const name = costNames.find((known) => known === cost.name);
  if (name === undefined) return unknown;
  const known = costOf(name).constructor;
  return Object.getPrototypeOf(cost) !== known.prototype && cost instanceof known ? unknown : costs[name];
}

/** The factor 1/(factor · m), in symbols or in numbers. */
export function meanOf(m: number, symbols: boolean): (factor?: number) => readonly Term[] {
  return (factor = 1) => {
    if (m === 1) return factor === 1 ? [] : [fraction(String(factor)), DOT];
    const below = symbols ? "m" : String(m);
    if (factor === 1) return [fraction(below), DOT];
    return [
      fraction(
        symbols ? `${factor}m` : `${factor}·${below}`,
        symbols ? undefined : `${factor} \\cdot ${below}`,
      ),
      DOT,
    ];
  };
}

function fraction(below: string, latex = below): Writing {
  const long = below.length > 1 && !/^\d+$/.test(below);
  return write(long ? `1/(${below})` : `1/${below}`, `\\frac{1}{${latex}}`);
}

/** Σ, unless there is only one element to sum. */
export function sumOf(elements: number): readonly Term[] {
  return elements === 1 ? [] : [SUM];
}

// How each cost is written, with its gradient. A new cost gets a line in this table.
import type { Term, Writing } from "./explanation.ts";
import type { Cost } from "./parts.ts";
import { DOT, MINUS, NEGATIVE, round, SUM, write } from "./writing.ts";

/** What a cost's formulas are made of, once as symbols and once as numbers. */
export interface CostTerms {
  readonly Y: Term;
  /** The network's output. */
  readonly YHat: Term;
  /** The input of the last activation, where the cost is joined with it; else the output. */
  readonly Z: Term;
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
}

const SQUARED = write("²", "^{2}");

/** The cost of each name. */
const costs: Readonly<Record<string, CostWriting>> = {
  squaredError: {
    title: "Squared error",
    value: ({ mean, sum, Y, YHat }) => [...mean(2), ...sum, round([Y, MINUS, YHat], { after: SQUARED })],
    gradient: ({ mean, Y, YHat }) => [NEGATIVE, ...mean(), round([Y, MINUS, YHat])],
  },
};

/** What is said of a cost that the table does not know. */
const unknown: CostWriting = {
  title: "Cost",
  value: ({ Y, YHat }) => [round([Y, write(", "), YHat], { before: write("cost", "\\operatorname{cost}") })],
  gradient: () => [],
};

export function writingOf(cost: Cost): CostWriting {
  return cost.name !== undefined && Object.hasOwn(costs, cost.name) ? costs[cost.name] : unknown;
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

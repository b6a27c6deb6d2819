// How a network's penalties are written: what they add to the cost, and what to the gradient of the weights.
import { L1Penalty, L2Penalty, type Penalty } from "../costs/penalties.ts";
import type { Equation, Rows, Step, Term, Writing } from "./explanation.ts";
import { isLinear, type LinearRecord } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import { givenNumber } from "./numbers.ts";
import {
  absolute,
  call,
  constant,
  DOT,
  equation,
  matrix,
  type Operand,
  ownName,
  PLUS,
  partial,
  round,
  SUM,
  TIMES,
  write,
} from "./writing.ts";

/** The cost with the penalties. */
export const J = write("J");

/** What the penalties of some weights are called. */
const penaltyName = (W: Writing): Writing => write(`R(${W.text})`, `R(${W.latex})`);

interface PenaltyWriting {
  readonly letter: Writing;
  /** What it adds to the cost for W. */
  readonly value: (strength: Term, W: Term) => readonly Term[];
  /** What it adds to the gradient of W. */
  readonly gradient: (strength: Term, W: Term) => readonly Term[];
}

const HALF = write("1/2", "\\tfrac{1}{2}");
const SIGN = write("sign", "\\operatorname{sign}");

const l1: PenaltyWriting = {
  letter: write("λ₁", "\\lambda_1"),
  value: (strength, W) => [strength, DOT, SUM, absolute(W)],
  gradient: (strength, W) => [strength, DOT, call(SIGN, W)],
};

const l2: PenaltyWriting = {
  letter: write("λ₂", "\\lambda_2"),
  value: (strength, W) => [HALF, DOT, strength, DOT, SUM, round([W, TIMES, W])],
  gradient: (strength, W) => [strength, DOT, W],
};

/** Somebody's own: all that is known is its name. */
function own({ name }: Penalty): PenaltyWriting {
  const letter = ownName(String(name ?? "penalty"));
  return {
    letter,
    value: (_, W) => [call(letter, W)],
    gradient: (_, W) => [call(write(`${letter.text}′`, `${letter.latex}'`), W)],
  };
}

function writingOf(penalty: Penalty): PenaltyWriting {
  // not those of a class derived from them
  if (penalty.constructor === L2Penalty) return l2;
  return penalty.constructor === L1Penalty ? l1 : own(penalty);
}

/** The sum over all penalties of what each adds, in symbols or in numbers. */
function sumOf(
  penalties: readonly Penalty[],
  which: "value" | "gradient",
  strengths: readonly Term[],
  W: Term,
): Term[] {
  return penalties.flatMap((penalty, i) => {
    const terms = writingOf(penalty)[which](strengths[i], W);
    return i === 0 ? terms : [PLUS, ...terms];
  });
}

const strengthsOf = (penalties: readonly Penalty[]): Operand[] =>
  penalties.map((penalty) => constant(writingOf(penalty).letter, givenNumber(penalty.strength)));

/**
 * What the penalties add to the cost, layer by layer, and the cost with them.
 * @param cost the name and the value of the cost without them
 * @param total the value of the cost with them
 */
export function penaltyStep(
  named: readonly NamedRecord[],
  penalties: readonly Penalty[],
  cost: { readonly name: Writing; readonly value: number },
  total: number,
): Step {
  const linears = named.filter(({ record }) => isLinear(record));
  const strengths = strengthsOf(penalties);
  const parts = linears.map(({ W, record }) =>
    equation(
      "result",
      penaltyName(W),
      [matrix(W, (record as LinearRecord).W), ...strengths],
      ([w, ...given]) => sumOf(penalties, "value", given, w),
      [[(record as LinearRecord).penalty!]],
    ),
  );
  const value = (name: Writing, number: number) => matrix(name, [[number]]);
  const whole = equation(
    "result",
    J,
    [
      value(cost.name, cost.value),
      ...linears.map(({ W, record }) => value(penaltyName(W), (record as LinearRecord).penalty!)),
    ],
    (terms) => terms.flatMap((term, i) => (i === 0 ? [term] : [PLUS, term])),
    [[total]],
  );
  const names = penalties.map((penalty) =>
    penalty instanceof L2Penalty ? "L2" : penalty instanceof L1Penalty ? "L1" : penalty.name,
  );
  return {
    phase: "cost",
    title: `Price of large weights (${names.join(" and ")})`,
    equations: [...parts, whole],
    notes: [
      `Training makes ${J.text} small: the cost and the price of the weights together. Biases are free.`,
    ],
  };
}

/** The gradient of the cost with the penalties, from that of the cost alone. */
export function penalizedGradient(
  { W, record }: NamedRecord,
  penalties: readonly Penalty[],
  C: Writing,
): Equation {
  const { W: weights, dW, penalizedW } = record as LinearRecord;
  return equation(
    "penalty",
    partial(J, W),
    [matrix(partial(C, W), dW as Rows), matrix(W, weights), ...strengthsOf(penalties)],
    ([gradient, w, ...given]) => [gradient, PLUS, ...sumOf(penalties, "gradient", given, w)],
    penalizedW!,
  );
}

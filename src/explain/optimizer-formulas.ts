// The step of each optimizer, in symbols and numbers.
import type { Adam } from "../optimizers/adam.ts";
import type { AdamW } from "../optimizers/adamw.ts";
import type { Momentum } from "../optimizers/momentum.ts";
import type { OptimizerName } from "../optimizers/optimizers.ts";
import type { RMSProp } from "../optimizers/rms-prop.ts";
import type { Equation, Rows, Term, Writing } from "./explanation.ts";
import type { Memory } from "./iteration.ts";
import { givenNumber } from "./numbers.ts";
import {
  constant,
  DOT,
  equation,
  MINUS,
  matrix,
  type Operand,
  OVER,
  ownName,
  PLUS,
  round,
  TIMES,
  write,
} from "./writing.ts";

/** One parameter's step. */
export interface Moved {
  readonly name: Writing;
  readonly old: Rows;
  readonly next: Rows;
  readonly gradient: { readonly name: Writing; readonly rows: Rows };
  readonly memory: Memory;
  readonly learningRate: number;
  /** Adam's beta1^t and beta2^t. */
  readonly powers: readonly [number, number];
}

/** How an optimizer is written. */
export interface OptimizerWriting {
  readonly title: string;
  /** What its letters mean. */
  readonly definition?: (optimizer: unknown, learningRate: number) => Writing;
  readonly equations: (moved: Moved, optimizer: unknown) => Equation[];
}

const OVER_NUMBER = write(" / ", " / ");

const numberOf = (value: number) => givenNumber(Number(value.toPrecision(9)));
const inText = (value: number) => givenNumber(value).text;
const inLatex = (value: number) => givenNumber(value).latex;
const given = (text: string, latex: string, value: number) => constant(write(text, latex), numberOf(value));
/** 1 − x as one factor. */
const rest = (text: string, latex: string, value: number) =>
  constant(
    write(`(1 − ${text})`, `(1 - ${latex})`),
    write(`(1 − ${numberOf(value).text})`, `(1 - ${numberOf(value).latex})`),
  );

const of = (letter: string, latex: string, { text, latex: parameter }: Writing) =>
  write(`${letter}(${text})`, `${latex}_{${parameter}}`);
const rateOf = (rate: number) => given("α", "\\alpha", rate);
const operandOf = ({ gradient }: Moved): Operand => matrix(gradient.name, gradient.rows);

/** √x + ε, with x one symbol or one matrix. */
const rootPlus = (x: Term, epsilon: Term): Term =>
  round([round([x], { before: write("√", "\\sqrt{"), after: write("", "}") }), PLUS, epsilon]);

const gradientDescent: OptimizerWriting = {
  title: "gradient descent",
  definition: (_, rate) =>
    write(
      `α = ${inText(rate)} is the learning rate`,
      `\\alpha = ${inLatex(rate)} \\text{ is the learning rate}`,
    ),
  equations: (moved) => [
    equation(
      "update",
      moved.name,
      [
        matrix(moved.name, moved.old),
        constant(write("α", "\\alpha"), givenNumber(moved.learningRate)),
        operandOf(moved),
      ],
      ([w, alpha, g]) => [w, MINUS, alpha, DOT, g],
      moved.next,
    ),
  ],
};

/** v := μ · v + g, and then by v, or by g + μ · v where it looks ahead. */
const withVelocity = (title: string, looksAhead: boolean): OptimizerWriting => ({
  title,
  definition(optimizer, rate) {
    const { momentum } = optimizer as Momentum;
    return write(
      `α = ${inText(rate)}, μ = ${inText(momentum)}, and v is the velocity, which begins at 0`,
      `\\alpha = ${inLatex(rate)}, \\; \\mu = ${inLatex(momentum)} \\text{, and } v \\text{ is the velocity, which begins at } 0`,
    );
  },
  equations(moved, optimizer) {
    const mu = given("μ", "\\mu", (optimizer as Momentum).momentum);
    const v = of("v", "v", moved.name);
    const [before, after] = [moved.memory.before[0], moved.memory.after[0]];
    const g = operandOf(moved);
    return [
      equation("update", v, [mu, matrix(v, before), g], ([m, old, now]) => [m, DOT, old, PLUS, now], after),
      equation(
        "update",
        moved.name,
        [matrix(moved.name, moved.old), rateOf(moved.learningRate), g, mu, matrix(v, after)],
        ([w, alpha, now, m, speed]) => [
          w,
          MINUS,
          alpha,
          DOT,
          ...(looksAhead ? [round([now, PLUS, m, DOT, speed])] : [speed]),
        ],
        moved.next,
      ),
    ];
  },
});

const rmsprop: OptimizerWriting = {
  title: "RMSProp",
  definition(optimizer, rate) {
    const { decay, epsilon } = optimizer as RMSProp;
    return write(
      `α = ${inText(rate)}, ρ = ${inText(decay)}, ε = ${inText(epsilon)}, and s is the recent mean of the squared gradients, which begins at 0`,
      `\\alpha = ${inLatex(rate)}, \\; \\rho = ${inLatex(decay)}, \\; \\varepsilon = ${inLatex(epsilon)} \\text{, and } s \\text{ is the recent mean of the squared gradients, which begins at } 0`,
    );
  },
  equations(moved, optimizer) {
    const { decay, epsilon } = optimizer as RMSProp;
    const s = of("s", "s", moved.name);
    const [before, after] = [moved.memory.before[0], moved.memory.after[0]];
    const g = operandOf(moved);
    return [
      equation(
        "update",
        s,
        [given("ρ", "\\rho", decay), matrix(s, before), rest("ρ", "\\rho", decay), g],
        ([rho, old, fresh, now]) => [rho, DOT, old, PLUS, fresh, DOT, now, TIMES, now],
        after,
      ),
      equation(
        "update",
        moved.name,
        [
          matrix(moved.name, moved.old),
          rateOf(moved.learningRate),
          g,
          matrix(s, after),
          given("ε", "\\varepsilon", epsilon),
        ],
        ([w, alpha, now, size, e]) => [w, MINUS, alpha, DOT, now, OVER, rootPlus(size, e)],
        moved.next,
      ),
    ];
  },
};

/** What AdamW leaves of a parameter. */
function shareLeft(rate: number, weightDecay: number): Operand {
  return constant(
    write("(1 − α · λ)", "(1 - \\alpha \\cdot \\lambda)"),
    write(
      `(1 − ${inText(rate)} · ${inText(weightDecay)})`,
      `(1 - ${inLatex(rate)} \\cdot ${inLatex(weightDecay)})`,
    ),
  );
}

/** Adam; AdamW first takes a share of the parameter off. */
const adamLike = (title: string, decays: boolean): OptimizerWriting => ({
  title,
  definition(optimizer, rate) {
    const { beta1, beta2, epsilon, weightDecay } = optimizer as AdamW;
    const [text, latex] = decays
      ? [`, λ = ${inText(weightDecay)}`, `, \\; \\lambda = ${inLatex(weightDecay)}`]
      : ["", ""];
    return write(
      `α = ${inText(rate)}, β₁ = ${inText(beta1)}, β₂ = ${inText(beta2)}, ε = ${inText(epsilon)}${text}, and m and v are the recent means of the gradients and of their squares, which begin at 0; t counts the steps`,
      `\\alpha = ${inLatex(rate)}, \\; \\beta_1 = ${inLatex(beta1)}, \\; \\beta_2 = ${inLatex(beta2)}, \\; \\varepsilon = ${inLatex(epsilon)}${latex} \\text{, and } m \\text{ and } v \\text{ are the recent means of the gradients and of their squares, which begin at } 0 \\text{; } t \\text{ counts the steps}`,
    );
  },
  equations(moved, optimizer) {
    const { beta1, beta2, epsilon } = optimizer as Adam;
    const [m, v] = [of("m", "m", moved.name), of("v", "v", moved.name)];
    const [mHat, vHat] = [of("m̂", "\\hat{m}", moved.name), of("v̂", "\\hat{v}", moved.name)];
    const { before, after } = moved.memory;
    const g = operandOf(moved);
    const [power1, power2] = moved.powers;
    const corrected = (rows: Rows, power: number) =>
      rows.map((row) => row.map((value) => value / (1 - power)));
    const [mean, square] = [corrected(after[0], power1), corrected(after[1], power2)];
    const decay = decays ? [shareLeft(moved.learningRate, (optimizer as AdamW).weightDecay)] : [];
    return [
      equation(
        "update",
        m,
        [given("β₁", "\\beta_1", beta1), matrix(m, before[0]), rest("β₁", "\\beta_1", beta1), g],
        ([beta, old, fresh, now]) => [beta, DOT, old, PLUS, fresh, DOT, now],
        after[0],
      ),
      equation(
        "update",
        v,
        [given("β₂", "\\beta_2", beta2), matrix(v, before[1]), rest("β₂", "\\beta_2", beta2), g],
        ([beta, old, fresh, now]) => [beta, DOT, old, PLUS, fresh, DOT, now, TIMES, now],
        after[1],
      ),
      equation(
        "result",
        mHat,
        [matrix(m, after[0]), rest("β₁ᵗ", "\\beta_1^t", power1)],
        ([x, by]) => [x, OVER_NUMBER, by],
        mean,
      ),
      equation(
        "result",
        vHat,
        [matrix(v, after[1]), rest("β₂ᵗ", "\\beta_2^t", power2)],
        ([x, by]) => [x, OVER_NUMBER, by],
        square,
      ),
      equation(
        "update",
        moved.name,
        [
          matrix(moved.name, moved.old),
          rateOf(moved.learningRate),
          matrix(mHat, mean),
          matrix(vHat, square),
          given("ε", "\\varepsilon", epsilon),
          ...decay,
        ],
        ([w, alpha, x, y, e, share]) => [
          ...(share ? [share, DOT] : []),
          w,
          MINUS,
          alpha,
          DOT,
          x,
          OVER,
          rootPlus(y, e),
        ],
        moved.next,
      ),
    ];
  },
});

/** Each optimizer by its name. */
const formulas: Readonly<Record<OptimizerName, OptimizerWriting>> = {
  gradientDescent,
  momentum: withVelocity("momentum", false),
  nesterov: withVelocity("Nesterov's momentum", true),
  rmsprop,
  adam: adamLike("Adam", false),
  adamw: adamLike("AdamW", true),
};

/** Somebody's own: all that is known is its name and what came out. */
function own(name: string): OptimizerWriting {
  return {
    title: name,
    equations: (moved) => [
      equation(
        "update",
        moved.name,
        [matrix(moved.name, moved.old), operandOf(moved)],
        ([w, g]) => [round([w, write(", "), g], { before: ownName(name) })],
        moved.next,
      ),
    ],
  };
}

/** How an optimizer of the library is written, or, without `known`, somebody's own. */
export function formulaOf(name: string, known: boolean): OptimizerWriting {
  return known && Object.hasOwn(formulas, name) ? formulas[name as OptimizerName] : own(name);
}

// What an explanation is made of: plain data, which goes through JSON and `postMessage` as it is.

/** The rows of a matrix, copied. */
export type Rows = readonly (readonly number[])[];

/** A symbol or a sign in both notations: `{ text: "Z₁", latex: "Z_{1}" }`. */
export interface Writing {
  /** For a terminal, in Unicode. */
  readonly text: string;
  /** For LaTeX. */
  readonly latex: string;
}

/** Some terms in brackets, with what stands before and after them, such as σ( … ) or ( … )². */
export interface Group {
  /** What stands before the bracket. */
  readonly before?: Writing;
  /** ( … ), or | … |. */
  readonly bracket: "round" | "bar";
  /** What stands within. */
  readonly inside: readonly Term[];
  /** What stands behind it. */
  readonly after?: Writing;
}

/** One piece of a written expression; the pieces stand side by side. */
export type Term =
  | Writing
  | Group
  | {
      /** The numbers of a matrix. */
      readonly values: Rows;
    };

/** What an equation tells: the result of a step, or which part of the chain rule it is. */
export type EquationRole = "given" | "result" | "upstream" | "local" | "product" | "penalty" | "update";

/** One equation: in symbols, then in numbers, then its result. */
export interface Equation {
  /** What it tells. */
  readonly role: EquationRole;
  /** The left side, such as Z₁ or ∂C/∂W₁. */
  readonly name: Writing;
  /** The right side in symbols; empty for what is given. */
  readonly symbols: readonly Term[];
  /** The right side with numbers in the places of symbols; empty where the result alone says as much. */
  readonly numbers: readonly Term[];
  /** What comes out. */
  readonly result: Rows;
  /** [rows, columns] of the result. */
  readonly shape: readonly [rows: number, cols: number];
}

/** The parts of an iteration, in order. */
export type Phase = "given" | "forward" | "cost" | "backward" | "update";

/** One node of the computational graph, in one direction. */
export interface Step {
  /** The part of the iteration that it is of. */
  readonly phase: Phase;
  /** What it is called, such as Sigmoid layer. */
  readonly title: string;
  /** The place of the layer in the list of layers, from 0; absent for what is no layer's. */
  readonly layer?: number;
  /** What its function means, such as σ(z) = 1 / (1 + e^−z). */
  readonly definition?: Writing;
  /** What it computes, in order. */
  readonly equations: readonly Equation[];
  /** Sentences on what the numbers mean, such as why a gradient is zero. */
  readonly notes: readonly string[];
}

/** One iteration of training as `explain` gives it. Numbers are whole; `toText` and `toMarkdown` round them. */
export interface Explanation {
  /** The sizes of the layers from the inputs on, such as [2, 3, 1]. */
  readonly sizes: readonly number[];
  /** How many examples. */
  readonly examples: number;
  /** How far the update goes along the gradient. */
  readonly learningRate: number;
  /** The cost before the update, with what penalties add to it. */
  readonly cost: number;
  /** How many decimals the renderers write. */
  readonly decimals: number;
  /** Whether the layers hold the new parameters; otherwise they hold the old ones, bit for bit. */
  readonly updated: boolean;
  /** What is done, in order. */
  readonly steps: readonly Step[];
}

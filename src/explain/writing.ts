// Symbols, signs and equations in both notations.
import type { Equation, EquationRole, Group, Rows, Term, Writing } from "./explanation.ts";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** An index as subscript digits. */
export function subscript(n: number): string {
  return [...String(n)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}

/** The same thing in both notations; once if they are alike. */
export function write(text: string, latex = text): Writing {
  return { text, latex };
}

/** What LaTeX reads as more than itself, and takes no backslash before. */
const MARKS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash ",
  "^": "\\textasciicircum ",
  "~": "\\textasciitilde ",
};

/** A name that somebody gave to something of their own. */
export function ownName(name: string): Writing {
  return write(name, `\\text{${name.replace(/[\\^~#$%&_{}]/g, (mark) => MARKS[mark] ?? `\\${mark}`)}}`);
}

export const DOT = write(" · ", " \\cdot ");
export const TIMES = write(" ⊙ ", " \\odot ");
export const OVER = write(" ⊘ ", " \\oslash ");
export const PLUS = write(" + ", " + ");
export const MINUS = write(" − ", " - ");
export const NEGATIVE = write("−", "-");
export const SUM = write("Σ ", "\\sum ");
export const ONE = write("1");

/** A letter with the number of its layer, if there is one. */
export function symbol(letter: string, index?: number): Writing {
  return index === undefined ? write(letter) : write(`${letter}${subscript(index)}`, `${letter}_{${index}}`);
}

/** ∂of/∂by */
export function partial(of: Writing, by: Writing): Writing {
  return write(`∂${of.text}/∂${by.text}`, `\\frac{\\partial ${of.latex}}{\\partial ${by.latex}}`);
}

/** Terms in round brackets, after a function's name or before an exponent. */
export function round(
  inside: readonly Term[],
  { before, after }: Pick<Group, "before" | "after"> = {},
): Group {
  return { bracket: "round", inside, ...(before && { before }), ...(after && { after }) };
}

/** f( … ) */
export function call(name: Writing, ...inside: readonly Term[]): Group {
  return round(inside, { before: name });
}

/** | … | */
export function absolute(...inside: readonly Term[]): Group {
  return { bracket: "bar", inside };
}

/** Something that an expression is made of: how it is written in symbols, and how in numbers. */
export interface Operand {
  readonly symbol: Writing;
  readonly number: Term;
}

/** A matrix as an operand. */
export function matrix(name: Writing, values: Rows): Operand {
  return { symbol: name, number: { values } };
}

/** Its transpose as an operand. */
export function transposed(name: Writing, values: Rows): Operand {
  const flipped = values[0].map((_, j) => values.map((row) => row[j]));
  return { symbol: write(`${name.text}ᵀ`, `${name.latex}^{\\top}`), number: { values: flipped } };
}

/** A number that stands for a letter, such as the 4 of m. */
export function constant(name: Writing, value: Writing): Operand {
  return { symbol: name, number: value };
}

/**
 * An equation from one template, which is filled first with symbols and then with numbers.
 *
 * @param numbered false where the numbers would only repeat the result
 */
export function equation(
  role: EquationRole,
  name: Writing,
  operands: readonly Operand[],
  template: (terms: readonly Term[]) => readonly Term[],
  result: Rows,
  numbered = true,
): Equation {
  const symbols = template(operands.map((operand) => operand.symbol));
  const numbers = template(operands.map((operand) => operand.number));
  return {
    role,
    name,
    symbols,
    numbers: numbered && JSON.stringify(numbers) !== JSON.stringify(symbols) ? numbers : [],
    result,
    shape: [result.length, result[0].length],
  };
}

/** A matrix that is simply there. */
export function given(name: Writing, result: Rows): Equation {
  return equation("given", name, [], () => [], result, false);
}

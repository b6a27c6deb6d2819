import { shownIndices } from "./elision.ts";
import type { Equation, EquationRole, Explanation, Phase, Rows, Step, Term } from "./explanation.ts";
import { headline, isNumber, phaseTitle, startsAfterSign } from "./headings.ts";
import { checkExplanation } from "./input.ts";
import { decimalsOf, latexStyle, writeNumber } from "./numbers.ts";

/** The words before the parts of the chain rule. */
const LABELS: Partial<Record<EquationRole, string>> = {
  upstream: "Upstream gradient:",
  local: "Local gradient:",
  product: "Their product:",
  penalty: "With the price of the weights:",
};

/**
 * An explanation as Markdown with LaTeX, as GitHub, Jupyter and most Markdown readers show it: `$$ … $$` around every
 * equation, matrices as `bmatrix`. Matrices of more than 8 rows or columns are written with their first and last ones.
 *
 * @throws ArgumentError for anything but what `explain` gave
 * @example
 * const X = Matrix.from([[0], [0]]);
 * const [Z1, A1] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 1])];
 * toMarkdown(explain([Z1, A1], X, Matrix.from([[0]]))).split("\n")[0];   // "## One iteration: 2-1, 1 example, learning rate 0.1"
 */
export function toMarkdown(explanation: Explanation): string {
  checkExplanation("toMarkdown", explanation);
  const parts = [`## ${headline(explanation)}`];
  let phase: Phase | undefined;
  for (const step of explanation.steps) {
    if (step.phase !== phase) {
      phase = step.phase;
      parts.push(`### ${phaseTitle(phase, explanation)}`);
    }
    parts.push(...stepParts(step, explanation.decimals));
  }
  return `${parts.join("\n\n")}\n`;
}

function stepParts(step: Step, decimals: number): string[] {
  const notes = step.notes.map((note) => `> ${note}`);
  if (step.phase === "given") return [givens(step.equations, decimals), ...notes];
  const parts: string[] = [];
  parts.push(`**${step.title}**`);
  if (step.definition) parts.push(`where $${step.definition.latex}$`);
  for (const equation of step.equations) {
    const label = step.phase === "backward" ? LABELS[equation.role] : undefined;
    if (label !== undefined) parts.push(label);
    parts.push(display(equation, decimals));
  }
  parts.push(...notes);
  return parts;
}

/** What is given, side by side. */
function givens(equations: readonly Equation[], decimals: number): string {
  const sides = equations.map(
    (equation) => `${equation.name.latex} = ${bmatrix(equation.result, decimals)}${shapeOf(equation)}`,
  );
  return `$$\n${sides.join(" \\qquad\n")}\n$$`;
}

/** The shape behind a result; a cost has none. */
function shapeOf({ name, shape: [rows, cols] }: Equation): string {
  return isNumber(name) ? "" : ` \\quad (${rows} \\times ${cols})`;
}

function display(equation: Equation, decimals: number): string {
  const sign = equation.role === "update" ? ":=" : "=";
  const sides = [equation.symbols, equation.numbers]
    .filter((terms) => terms.length > 0)
    .map((terms) => expression(terms, decimals));
  sides.push(bmatrix(equation.result, decimals) + shapeOf(equation));
  // No line may begin with a sign: Markdown would read a list or a heading.
  const lines = sides.map(
    (side, i) => `${i === 0 ? equation.name.latex : ""} &${i === 0 ? sign : "="} ${side}`,
  );
  return `$$\n\\begin{aligned}\n${lines.map((line) => line.trim()).join(" \\\\\n")}\n\\end{aligned}\n$$`;
}

function expression(terms: readonly Term[], decimals: number): string {
  return terms
    .map((term, i) => {
      if ("text" in term) return term.latex;
      if ("values" in term) {
        const written = bmatrix(term.values, decimals);
        return written.startsWith("-") && startsAfterSign(terms, i) ? `(${written})` : written;
      }
      const [left, right] = term.bracket === "round" ? ["(", ")"] : ["|", "|"];
      const inside = expression(term.inside, decimals);
      return `${term.before?.latex ?? ""}\\left${left}${inside}\\right${right}${term.after?.latex ?? ""}`;
    })
    .join("");
}

/** A matrix; one number stands without brackets. */
function bmatrix(values: Rows, most: number): string {
  const [rows, cols] = [shownIndices(values.length), shownIndices(values[0].length)];
  const shown = decimalsOf(values.flat(), most);
  const cell = (i: number, j: number) => {
    if (i < 0) return j < 0 ? "\\ddots" : "\\vdots";
    return j < 0 ? "\\cdots" : writeNumber(values[i][j], shown, most, latexStyle);
  };
  if (values.length === 1 && values[0].length === 1) return cell(0, 0);
  const lines = rows.map((i) => cols.map((j) => cell(i, j)).join(" & "));
  return `\\begin{bmatrix} ${lines.join(" \\\\ ")} \\end{bmatrix}`;
}

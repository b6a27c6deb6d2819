import { type Block, beside, brackets, columns, lineOf, width } from "./blocks.ts";
import { shownIndices } from "./elision.ts";
import type { Equation, EquationRole, Explanation, Phase, Rows, Step, Term } from "./explanation.ts";
import { headline, isNumber, phaseTitle, startsAfterSign } from "./headings.ts";
import { checkExplanation } from "./input.ts";
import { decimalsOf, textStyle, writeNumber } from "./numbers.ts";

/** A line of a terminal; a longer equation goes on below, at its equals sign. */
const LINE = 88;
const INDENT = "  ";

/** The words before the parts of the chain rule. */
const LABELS: Partial<Record<EquationRole, string>> = {
  upstream: "upstream",
  local: "local",
  product: "product",
  penalty: "penalty",
};

/**
 * An explanation as plain text for a terminal, with a fixed-width font: every equation in symbols, in numbers, and its
 * result with its shape. Matrices of more than 8 rows or columns are written with their first and last ones.
 *
 * @returns lines that end without blanks; the last one ends with a line break
 * @throws ArgumentError for anything but what `explain` gave
 * @example
 * const X = Matrix.from([[0], [0]]);
 * const [Z1, A1] = [new LinearLayer(X.shape, 1), new SigmoidLayer([1, 1])];
 * toText(explain([Z1, A1], X, Matrix.from([[0]]))).split("\n")[0];   // "One iteration: 2-1, 1 example, learning rate 0.1"
 */
export function toText(explanation: Explanation): string {
  checkExplanation("toText", explanation);
  const lines = [headline(explanation)];
  let phase: Phase | undefined;
  for (const step of explanation.steps) {
    if (step.phase !== phase) {
      phase = step.phase;
      lines.push("", phaseTitle(phase, explanation).toUpperCase());
    }
    lines.push(...stepLines(step, explanation.decimals));
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function stepLines(step: Step, decimals: number): string[] {
  const lines: string[] = [];
  if (step.phase !== "given") lines.push("", `${INDENT}${step.title}`);
  const indent = step.phase === "given" ? INDENT : INDENT + INDENT;
  if (step.definition) lines.push(...paragraph(`where ${step.definition.text}`, indent));
  let before = 0;
  for (const equation of step.equations) {
    const label = step.phase === "backward" ? (LABELS[equation.role] ?? "").padEnd(10) : "";
    const block = equationBlock(label, equation, decimals).lines;
    // Tall matrices one below the other would grow together.
    if (before > 2 || (before > 0 && block.length > 2)) lines.push("");
    before = block.length;
    lines.push(...block.map((line) => indent + line));
  }
  if (before > 2 && step.notes.length > 0) lines.push("");
  for (const note of step.notes) lines.push(...paragraph(note, indent));
  return lines;
}

/** The equation on one line if it fits, else with each part below the other. */
function equationBlock(label: string, equation: Equation, decimals: number): Block {
  const sign = equation.role === "update" ? " := " : " = ";
  const [rows, cols] = equation.shape;
  const shape = isNumber(equation.name) ? "" : `   (${rows}×${cols})`;
  const result = beside(matrixBlock(equation.result, decimals), lineOf(shape));
  const parts = [equation.symbols, equation.numbers]
    .filter((terms) => terms.length > 0)
    .map((terms) => expressionBlock(terms, decimals));
  parts.push(result);
  const start = lineOf(label + equation.name.text);
  const whole = beside(start, ...parts.flatMap((part, i) => [lineOf(i === 0 ? sign : " = "), part]));
  if (width(whole) <= LINE || parts.length === 1) return whole;
  const margin = lineOf(" ".repeat(width(start)));
  return columns(
    parts.map((part, i) =>
      beside(i === 0 ? start : margin, lineOf(i === 0 ? sign : " = ".padStart(sign.length)), part),
    ),
  );
}

function expressionBlock(terms: readonly Term[], decimals: number): Block {
  return beside(
    ...terms.map((term, i): Block => {
      if ("text" in term) return lineOf(term.text);
      if ("values" in term) {
        const block = matrixBlock(term.values, decimals);
        const negative = block.lines.length === 1 && block.lines[0].startsWith("−");
        return negative && startsAfterSign(terms, i) ? lineOf(`(${block.lines[0]})`) : block;
      }
      const inside = brackets(expressionBlock(term.inside, decimals), term.bracket);
      return beside(lineOf(term.before?.text ?? ""), inside, lineOf(term.after?.text ?? ""));
    }),
  );
}

/** A matrix in square brackets; one number stands without. */
function matrixBlock(values: Rows, most: number): Block {
  const [rows, cols] = [shownIndices(values.length), shownIndices(values[0].length)];
  const shown = decimalsOf(values.flat(), most);
  const cell = (i: number, j: number) => {
    if (i < 0) return j < 0 ? "⋱" : "⋮";
    return j < 0 ? "⋯" : writeNumber(values[i][j], shown, most, textStyle);
  };
  const words = rows.map((i) => cols.map((j) => cell(i, j)));
  if (values.length === 1 && values[0].length === 1) return lineOf(words[0][0]);
  const widths = cols.map((_, j) => Math.max(...words.map((row) => [...row[j]].length)));
  const pad = (word: string, j: number) => " ".repeat(widths[j] - [...word].length) + word;
  const lines = words.map((row) => row.map(pad).join(" "));
  return brackets({ lines, base: (lines.length - 1) >> 1 }, "square");
}

function paragraph(text: string, indent: string): string[] {
  return wrap(text, LINE - indent.length).map((line) => indent + line);
}

function wrap(text: string, most: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line === "") lines[lines.length - 1] = word;
    else if ([...line].length + 1 + [...word].length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

import type { Term } from "../../src/explain.ts";

/**
 * The value of an expression of single numbers.
 * @param functions what names in it stand for, beside those of every formula
 */
export function evaluate(
  terms: readonly Term[],
  functions: Readonly<Record<string, (x: number) => number>> = {},
): number {
  const code = (term: Term): string => {
    if ("values" in term) return `(${term.values[0][0]})`;
    if ("text" in term) return term.text;
    const inside = term.inside.map(code).join("");
    return term.bracket === "bar" ? `Math.abs(${inside})` : `${term.before?.text ?? ""}(${inside})`;
  };
  const signs: Record<string, string> = {
    "−": "-",
    "·": "*",
    "⊙": "*",
    "⊘": "/",
    "√": "Math.sqrt",
    Σ: "",
    sign: "Math.sign",
    "10⁻⁶": "1e-6",
    "1×10⁻⁸": "1e-8",
  };
  const script = terms
    .map(code)
    .join("")
    .replace(/1×10⁻⁸|−|·|⊙|⊘|√|Σ|sign|10⁻⁶/g, (sign) => signs[sign]);
  return new Function(...Object.keys(functions), `return ${script}`)(...Object.values(functions)) as number;
}

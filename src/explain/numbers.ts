// Numbers as an explanation writes them: rounded, and with equally many decimals throughout a matrix.
import type { Writing } from "./explanation.ts";

/** How a power of ten, the minus sign and what is not finite are written. */
export interface NumberStyle {
  readonly minus: string;
  readonly infinity: string;
  readonly power: (mantissa: string, exponent: number) => string;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export const textStyle: NumberStyle = {
  minus: "−",
  infinity: "∞",
  power(mantissa, exponent) {
    const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
    return `${mantissa}×10${exponent < 0 ? "⁻" : ""}${digits}`;
  },
};

export const latexStyle: NumberStyle = {
  minus: "-",
  infinity: "\\infty",
  power: (mantissa, exponent) => `${mantissa} \\times 10^{${exponent}}`,
};

/** A number as somebody gave it, such as a learning rate, in both notations. */
export function givenNumber(value: number): Writing {
  const [mantissa, exponent] = String(value).split("e");
  const by = ({ power }: NumberStyle) =>
    exponent === undefined ? mantissa : power(mantissa, Number(exponent));
  return { text: by(textStyle), latex: by(latexStyle) };
}

/** From here on powers of ten are shorter. */
const LARGE = 1e6;

/** Beyond what a sum of decimals such as 0.1 + 0.6 is off by. */
const EXACT = 1e-12;

/**
 * As many decimals as it takes to write the values exactly, at most so many: 0.1 stays 0.1, and 0.0903 becomes 0.090, which
 * is seen to be rounded.
 */
export function decimalsOf(values: readonly number[], most: number): number {
  let needed = 0;
  for (const value of values) {
    if (!Number.isFinite(value) || isScientific(value, most)) continue;
    // half of the last decimal that is allowed, where that is less
    const error = Math.min(EXACT * Math.max(1, Math.abs(value)), Number(`5e-${most + 1}`));
    while (needed < most && Math.abs(Number(value.toFixed(needed)) - value) > error) needed++;
  }
  return needed;
}

/** A number that its decimals would hide, or that would be too long. */
function isScientific(value: number, decimals: number): boolean {
  const size = Math.abs(value);
  return size >= LARGE || (size > 0 && Number(size.toFixed(decimals)) === 0);
}

/**
 * One number.
 * @param shown how many decimals it is written with
 * @param most how many it may be rounded to; what would then be a false zero is written as a power of ten
 */
export function writeNumber(value: number, shown: number, most: number, style: NumberStyle): string {
  // JSON makes null of what is not finite, which would be a 0
  if (typeof value !== "number" || Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? style.minus : "";
  const size = Math.abs(value);
  if (size === Infinity) return sign + style.infinity;
  if (!isScientific(value, most)) return sign + size.toFixed(shown);
  const [mantissa, exponent] = size.toExponential(Math.min(most, 2)).split("e");
  return sign + style.power(String(Number(mantissa)), Number(exponent));
}

// Numbers written as people write them: a true minus sign, and powers of ten instead of "e-7".

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** An integer as superscript digits. */
function superscript(n: number): string {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return n < 0 ? `⁻${digits}` : digits;
}

/** The plain decimal with a true minus sign; a negative number that rounds to zero loses its sign. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `m × 10ⁿ` with so many decimals in m; a mantissa of one alone is left out. */
export function scientific(value: number, decimals: number): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = Math.abs(value).toExponential(decimals).split("e");
  const power = `10${superscript(Number(exponent))}`;
  const sign = value < 0 ? "−" : "";
  return Number(mantissa) === 1 ? `${sign}${power}` : `${sign}${mantissa}×${power}`;
}

/** A value for a label: so many decimals, or a power of ten where that would hide it or grow too long. */
export function shortNumber(value: number, decimals = 3): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return fixed(value, 0);
  if (size >= 1e5 || size < 0.5 * 10 ** -decimals) return scientific(value, Math.min(decimals, 2));
  return fixed(value, Math.max(0, Math.min(decimals, decimals + 1 - Math.floor(Math.log10(size)))));
}

/** A number as someone chose it, such as a learning rate: up to six digits, none of them idle zeros. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [mantissa, exponent] = size.toExponential(5).split("e");
    const digits = Number(mantissa);
    const power = `10${superscript(Number(exponent))}`;
    return `${value < 0 ? "−" : ""}${digits === 1 ? power : `${digits}×${power}`}`;
  }
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/**
 * Labels for evenly spaced ticks, all with the decimals that tell neighbours apart: large and small ones with a power of ten,
 * unless they are shorter without.
 */
export function tickLabels(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : largest || 1;
  const stepExponent = Math.floor(Math.log10(step) + 1e-9);
  const decimals = Math.max(0, -stepExponent);
  // `toFixed` knows no more decimals, and gives large numbers a power of its own.
  const plain = decimals <= 100 && largest < 1e21 ? ticks.map((tick) => fixed(tick, decimals)) : undefined;
  if (plain && largest < 1e5 && decimals <= 5) return plain;
  // One power of ten for all of them, so that the mantissas compare at a glance.
  const exponent = Math.floor(Math.log10(largest) + 1e-9);
  const mantissa = Math.max(0, Math.min(17, exponent - stepExponent));
  const powers = ticks.map((tick) => {
    if (Math.abs(tick) < step / 2) return "0";
    const part = fixed(tick / 10 ** exponent, mantissa);
    if (part === "1" || part === "−1") return part.replace("1", `10${superscript(exponent)}`);
    return `${part}×10${superscript(exponent)}`;
  });
  return plain && longest(plain) < longest(powers) ? plain : powers;
}

function longest(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => label.length));
}

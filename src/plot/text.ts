// Text without a DOM: its width is estimated, since nothing here can ask a font. The widths are those of DejaVu Sans, the
// widest of the faces that `system-ui, sans-serif` commonly resolves to, so that an estimate is rarely too small.

export const FONT_STACK =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Helvetica, Arial, sans-serif";

/** Advance widths of U+0020 to U+007E in hundredths of the font size. */
const REGULAR = [
  32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34,
  34, 84, 84, 84, 53, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74,
  69, 99, 69, 62, 69, 39, 34, 39, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64,
  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
/** What the other characters in use here are wide; anything unlisted counts as a full em. */
const OTHERS: Readonly<Record<string, number>> = {
  "⁻": 54,
  "·": 34,
  "∂": 54,
  "…": 100,
};
const NARROW_OTHERS = /[⁰¹²³⁴-⁹₀-₉]/;
const LETTER_OTHERS = /[\u00a0-\u024f\u0370-\u03ff]/;
const COMBINING = /\p{M}/u;
/** Bold faces are wider by about a ninth. */
const BOLD = 1.12;

/** The advance of one character in hundredths of the font size. */
function advance(character: string): number {
  const code = character.codePointAt(0)!;
  if (code >= 32 && code < 127) return REGULAR[code - 32];
  if (Object.hasOwn(OTHERS, character)) return OTHERS[character];
  if (NARROW_OTHERS.test(character)) return 41;
  if (COMBINING.test(character)) return 0;
  return LETTER_OTHERS.test(character) ? 84 : 100;
}

/** The estimated width of one line of text in pixels, rather too large than too small. */
export function textWidth(text: string, size: number, bold = false): number {
  let hundredths = 0;
  for (const character of text) hundredths += advance(character);
  return (hundredths / 100) * size * (bold ? BOLD : 1);
}

/** The text itself if it fits into the width, or as much of it as fits with an ellipsis. */
export function fitText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  let room = width - textWidth("…", size, bold);
  let kept = "";
  for (const character of text) {
    room -= textWidth(character, size, bold);
    if (room < 0) break;
    kept += character;
  }
  return kept === "" ? "" : `${kept.trimEnd()}…`;
}

/** The text broken at spaces into at most `maxLines` lines that fit; the last one ends in an ellipsis if need be. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  maxLines: number,
  bold = false,
): string[] {
  const lines: string[] = [];
  const words = text.split(/\s+/).filter((word) => word !== "");
  while (words.length > 0) {
    if (lines.length === maxLines - 1) {
      lines.push(fitText(words.join(" "), width, size, bold));
      break;
    }
    let line = words.shift()!;
    while (words.length > 0 && textWidth(`${line} ${words[0]}`, size, bold) <= width)
      line += ` ${words.shift()}`;
    lines.push(fitText(line, width, size, bold));
  }
  return lines;
}

/** Text made safe for element content and quoted attributes; characters that XML forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
  );
}

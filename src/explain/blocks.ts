// Rectangles of text that stand side by side, aligned at a base line: how a terminal shows matrices within a line.

/** Equally long lines; `base` is the one that stands on the line of the text around. */
export interface Block {
  readonly lines: readonly string[];
  readonly base: number;
}

export function lineOf(text: string): Block {
  return { lines: [text], base: 0 };
}

/** How many columns a terminal gives a line: one a character, and none to marks above another, as in m̂. */
function columnsOf(line: string): number {
  return [...line.replace(/\p{Mn}/gu, "")].length;
}

/** How many columns wide. */
export function width(block: Block): number {
  return Math.max(...block.lines.map(columnsOf));
}

/** Blocks side by side on one base line. */
export function beside(...blocks: readonly Block[]): Block {
  const above = Math.max(...blocks.map(({ base }) => base));
  const below = Math.max(...blocks.map(({ lines, base }) => lines.length - base));
  const lines = Array.from({ length: above + below }, (_, row) =>
    blocks
      .map((block) => {
        const line = block.lines[row - above + block.base] ?? "";
        return line + " ".repeat(width(block) - columnsOf(line));
      })
      .join(""),
  );
  return { lines, base: above };
}

/** Blocks one below the other. */
export function columns(blocks: readonly Block[]): Block {
  return { lines: blocks.flatMap(({ lines }) => lines), base: blocks[0].base };
}

const PAIRS = {
  square: { single: "[]", top: "⎡⎤", middle: "⎢⎥", bottom: "⎣⎦" },
  round: { single: "()", top: "⎛⎞", middle: "⎜⎟", bottom: "⎝⎠" },
  bar: { single: "||", top: "││", middle: "││", bottom: "││" },
} as const;

/** The block between brackets as tall as it is. */
export function brackets({ lines, base }: Block, kind: keyof typeof PAIRS): Block {
  const pair = PAIRS[kind];
  const last = lines.length - 1;
  const bracketed = lines.map((line, i) => {
    const [left, right] =
      last === 0 ? pair.single : i === 0 ? pair.top : i === last ? pair.bottom : pair.middle;
    return left + line + right;
  });
  return { lines: bracketed, base };
}

import { element, text } from "./svg.ts";
import { fitText, textWidth } from "./text.ts";

/** One line of a legend: a sample drawn around a point, and what it stands for. */
export interface LegendEntry {
  readonly label: string;
  /** The sample, centred on (x, y), at most `SAMPLE_WIDTH` wide. */
  readonly sample: (x: number, y: number) => string;
}

const SAMPLE_WIDTH = 26;
const SIZE = 12;
const ROW = 20;
const SPACE = 18;

/** A sample of a line. */
export function lineSample(role: string, width = 2, dash?: string): LegendEntry["sample"] {
  return (x, y) =>
    element("line", {
      class: `s-${role}`,
      x1: x - SAMPLE_WIDTH / 2,
      y1: y,
      x2: x + SAMPLE_WIDTH / 2,
      y2: y,
      "stroke-width": width,
      "stroke-dasharray": dash,
    });
}

export interface LegendLayout {
  readonly height: number;
  /** Draws the rows, each centred on `centre`, the first one's top at `top`. */
  draw(centre: number, top: number): string;
}

interface Item {
  readonly entry: LegendEntry;
  readonly width: number;
}

/** An entry with as much of its label as fits into a width. */
function itemOf(entry: LegendEntry, width: number): Item {
  const label = fitText(entry.label, width - SAMPLE_WIDTH - 6, SIZE);
  return { entry: { ...entry, label }, width: SAMPLE_WIDTH + 6 + textWidth(label, SIZE) };
}

/**
 * Sets entries side by side in as many rows as the width asks for, at most `maxRows`; entries that find no room are counted
 * in a last one, so that the picture never claims to name all that it shows.
 */
export function layoutLegend(entries: readonly LegendEntry[], width: number, maxRows = 4): LegendLayout {
  const rows: { items: Item[]; width: number }[] = [];
  const place = (entry: LegendEntry): boolean => {
    const item = itemOf(entry, width);
    const row = rows.at(-1);
    if (row !== undefined && row.width + SPACE + item.width <= width) {
      row.items.push(item);
      row.width += SPACE + item.width;
      return true;
    }
    if (rows.length === maxRows) return false;
    rows.push({ items: [item], width: item.width });
    return true;
  };
  for (let i = 0; i < entries.length; i++) {
    if (place(entries[i])) continue;
    const row = rows.at(-1)!;
    let left = entries.length - i;
    const rest = () => ({ label: `and ${left} more`, sample: () => "" });
    let isCounted = place(rest());
    while (!isCounted && row.items.length > 1) {
      row.width -= SPACE + row.items.pop()!.width;
      left++;
      isCounted = place(rest());
    }
    if (isCounted) break;
    // A label that has its row for itself is cut short for the count, or gives it the row.
    const [alone] = rows.pop()!.items;
    const shorter = itemOf(alone.entry, width - SPACE - itemOf(rest(), width).width);
    if (shorter.entry.label === "") left++;
    else rows.push({ items: [shorter], width: shorter.width });
    place(rest());
    break;
  }
  return {
    height: rows.length * ROW,
    draw(centre, top) {
      return rows
        .map((row, i) => {
          const y = top + ROW * i + ROW / 2;
          let x = centre - row.width / 2;
          return row.items
            .map(({ entry, width: own }) => {
              const drawn =
                entry.sample(x + SAMPLE_WIDTH / 2, y) +
                text(entry.label, x + SAMPLE_WIDTH + 6, y, { size: SIZE });
              x += own + SPACE;
              return drawn;
            })
            .join("");
        })
        .join("");
    },
  };
}

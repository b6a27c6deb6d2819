// Numbers and words as pictures write them: the reference images are without letters, so they are read here.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxesCollide, placeEdgeLabels } from "../../src/plot/edge-labels.ts";
import { layoutLegend } from "../../src/plot/legend.ts";
import { fixed, plainNumber, scientific, shortNumber, tickLabels } from "../../src/plot/numbers.ts";
import { escapeXml, fitText, textWidth, wrapText } from "../../src/plot/text.ts";

describe("numbers", () => {
  test.each([
    [fixed(-1.26, 1), "−1.3"],
    [fixed(-0.0004, 3), "0.000"],
    [scientific(0, 2), "0"],
    [scientific(-1e6, 2), "−10⁶"],
    [scientific(1.5e-7, 1), "1.5×10⁻⁷"],
    [shortNumber(999_999), "999999"],
    [shortNumber(1e6), "10⁶"],
    [shortNumber(-123.456), "−123.46"],
    [shortNumber(0.0005), "0.001"],
    [shortNumber(0.00049), "4.90×10⁻⁴"],
    [shortNumber(0.04, 1), "4.0×10⁻²"],
    [plainNumber(0), "0"],
    [plainNumber(-0.05), "−0.05"],
    [plainNumber(1 / 3), "0.333333"],
    [plainNumber(1e-4), "0.0001"],
    [plainNumber(9.9e-5), "9.9×10⁻⁵"],
    [plainNumber(999_999), "999999"],
    [plainNumber(-1e6), "−10⁶"],
  ])("%s is %s", (written, wanted) => {
    expect(written).toBe(wanted);
  });

  test.each([
    [[5], ["5"]],
    [
      [0, 20, 40],
      ["0", "20", "40"],
    ],
    [
      [-0.5, 0, 0.5],
      ["−0.5", "0.0", "0.5"],
    ],
    [
      [0, 1e-5, 2e-5],
      ["0.00000", "0.00001", "0.00002"],
    ],
    [
      [0, 1e-6, 2e-6],
      ["0", "10⁻⁶", "2×10⁻⁶"],
    ],
    [
      [-1e5, 0, 1e5],
      ["−10⁵", "0", "10⁵"],
    ],
    [
      [1e6, 1.2e6, 1.4e6],
      ["1.0×10⁶", "1.2×10⁶", "1.4×10⁶"],
    ],
    [
      [0, 50_000, 100_000],
      ["0", "50000", "100000"],
    ],
    [
      [20_240_101, 20_240_102],
      ["20240101", "20240102"],
    ],
    [
      [1.000_000_1, 1.000_000_2],
      ["1.0000001", "1.0000002"],
    ],
    [
      [1.71e12, 1.72e12],
      ["1.71×10¹²", "1.72×10¹²"],
    ],
    [
      [-1e-150, 0, 1e-150],
      ["−10⁻¹⁵⁰", "0", "10⁻¹⁵⁰"],
    ],
  ])("ticks at %o are labelled with the decimals that tell them apart", (ticks, labels) => {
    expect(tickLabels(ticks)).toEqual(labels);
  });
});

describe("text", () => {
  test("is cut where it does not fit, at the last character that does", () => {
    expect(fitText("@@@@", 40, 10)).toBe("@@@@");
    expect(fitText("@@@@", 39, 10)).toBe("@@…");
    expect(fitText("@@@@", 30, 10)).toBe("@@…");
    expect(fitText("@@@@", 29, 10)).toBe("@…");
    expect(fitText("@@@@", 19, 10)).toBe("");
    expect(fitText("@ @@", 25, 10)).toBe("@…");
  });

  test("is broken into so many lines at most, none of which is wider than asked", () => {
    expect(wrapText("  one two  three ", textWidth("one two", 10), 10, 3)).toEqual(["one two", "three"]);
    const text = fc
      .array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 12 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 1, max: 3 }),
        (all, width, most) => {
          const lines = wrapText(all, width, 10, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(width);
          if (!lines.some((line) => line === "" || line.endsWith("…"))) expect(lines.join(" ")).toBe(all);
        },
      ),
    );
  });

  test("has no width for a mark above another letter", () => {
    expect(textWidth("m\u0302", 10)).toBe(textWidth("m", 10));
    expect(textWidth("m", 10, true)).toBeCloseTo(1.12 * textWidth("m", 10), 12);
  });

  test("is safe in elements and in quoted attributes", () => {
    expect(escapeXml(`<a b="c"> & \u0000 \ud800 😀 \udc00`)).toBe(
      "&lt;a b=&quot;c&quot;&gt; &amp; \ufffd \ufffd 😀 \ufffd",
    );
  });
});

describe("a legend", () => {
  const entry = (label: string) => ({ label, sample: () => "" });
  const labels = (entries: string[], width: number, rows?: number) => {
    const { height, draw } = layoutLegend(entries.map(entry), width, rows);
    return { height, shown: [...draw(0, 0).matchAll(/>([^<]+)</g)].map(([, words]) => words) };
  };

  test("names what has room, and counts the others", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 120, max: 600 }),
        fc.integer({ min: 1, max: 4 }),
        (entries, width, rows) => {
          const { height, shown } = labels(entries, width, rows);
          expect(height).toBeLessThanOrEqual(20 * rows);
          const left = /^and (\d+) more$/.exec(shown.at(-1)!)?.[1];
          const named = left === undefined ? shown : shown.slice(0, -1);
          for (const [i, name] of named.entries()) {
            expect(name.endsWith("…") ? entries[i].startsWith(name.slice(0, -1)) : name === entries[i]).toBe(
              true,
            );
          }
          expect(named.length + Number(left ?? 0)).toBe(entries.length);
        },
      ),
    );
  });
});

test("a legend of one row cuts its only label short for the count, or leaves it out", () => {
  const long = ["a".repeat(60), "b", "c"].map((label) => ({ label, sample: () => "" }));
  const shown = (width: number) =>
    [
      ...layoutLegend(long, width, 1)
        .draw(0, 0)
        .matchAll(/>([^<]+)</g),
    ].map(([, words]) => words);
  expect(shown(200)).toEqual([expect.stringMatching(/^a+…$/), "and 2 more"]);
  expect(shown(120)).toEqual(["and 3 more"]);
});

describe("labels on edges", () => {
  const edge = (y: number, width = 30) => ({
    from: [0, y] as const,
    to: [200, y] as const,
    width,
    height: 10,
  });
  const box = ([x, y]: readonly [number, number], { width, height }: { width: number; height: number }) => ({
    x,
    y,
    width,
    height,
  });

  test("stand on their edges, apart from each other and from obstacles", () => {
    const edges = [edge(0), edge(0), edge(8), edge(40)];
    const obstacle = { x: 80, y: 0, width: 20, height: 20 };
    const boxes = placeEdgeLabels(edges, [obstacle])!.map((place, i) => box(place, edges[i]));
    expect(boxes.map(({ y }) => y)).toEqual([0, 0, 8, 40]);
    for (const [i, one] of boxes.entries()) {
      expect(boxesCollide(one, obstacle)).toBe(false);
      for (const other of boxes.slice(i + 1)) expect(boxesCollide(one, other)).toBe(false);
    }
  });

  test("have no place where one finds none", () => {
    expect(placeEdgeLabels([edge(0, 150), edge(0, 150)], [])).toBeUndefined();
    expect(placeEdgeLabels([edge(0)], [{ x: 100, y: 0, width: 200, height: 5 }])).toBeUndefined();
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { confusionMatrix } from "../../src/index.ts";
import { luminance } from "../../src/plot/colours.ts";
import { roleColour } from "../../src/plot/theme.ts";
import { plotConfusionMatrix, plotWeights } from "../../src/plot.ts";
import { expectSoundPicture, marked, type SvgElement, wordsOf } from "./svg-reading.ts";

const cells = (elements: readonly SvgElement[]) =>
  marked(elements, "data-part", "cells").reduce(
    (sum, { attributes }) => sum + attributes.d.split("M").length - 1,
    0,
  );
const table = (rows: number, cols: number, value: (i: number, j: number) => number) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => value(i, j)));

test("tables of more cells than a call takes arguments are drawn", { timeout: 60_000 }, () => {
  expect(cells(expectSoundPicture(plotWeights(table(1500, 100, (i, j) => i - j))))).toBeGreaterThan(0);
  expect(() => plotConfusionMatrix(table(400, 400, (i, j) => i + j))).not.toThrow();
});

describe("plotConfusionMatrix", { timeout: 60_000 }, () => {
  test("takes the classes of a confusion matrix for names, whatever they are", () => {
    for (const [truth, predicted, names] of [
      [
        [7, 9, 9],
        [7, 9, 7],
        ["7", "9"],
      ],
      [
        [true, false],
        [false, false],
        ["false", "true"],
      ],
      [
        ["no", "yes"],
        ["no", "no"],
        ["no", "yes"],
      ],
    ] as const) {
      const { classes, counts } = confusionMatrix(truth, predicted);
      const svg = plotConfusionMatrix(counts, { classNames: classes });
      expect(wordsOf(svg)).toEqual(expect.arrayContaining([...names]));
      expect(svg).toBe(plotConfusionMatrix(counts, { classNames: names }));
    }
    const broken = [0, null] as unknown as string[];
    expect(() =>
      plotConfusionMatrix(
        [
          [1, 0],
          [0, 1],
        ],
        { classNames: broken },
      ),
    ).toThrow(
      // biome-ignore format: one line
      /classNames must be an array of strings, got \["0", null\]/,
    );
  });

  test("writes each count into its cell", () => {
    const svg = plotConfusionMatrix(
      [
        [50, 0],
        [3, 47],
      ],
      { classNames: ["no", "yes"] },
    );
    expect(cells(expectSoundPicture(svg))).toBe(4);
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining(["50", "0", "3", "47", "no", "yes", "true class", "predicted class"]),
    );
  });

  test("takes what confusionMatrix gives, and its classes for names", () => {
    const counted = confusionMatrix(["b", "a", "b", "c"], ["b", "b", "b", "c"]);
    const counts = [
      [0, 1, 0],
      [0, 2, 0],
      [0, 0, 1],
    ];
    expect(counted).toEqual({ classes: ["a", "b", "c"], counts });
    expect(plotConfusionMatrix(counted)).toBe(plotConfusionMatrix(counts, { classNames: ["a", "b", "c"] }));
    const classNames = ["ant", "bee", "cat"];
    expect(plotConfusionMatrix(counted, { classNames })).toBe(plotConfusionMatrix(counts, { classNames }));
    const ripe = confusionMatrix([true, false], [true, true]);
    expect(plotConfusionMatrix(ripe)).toBe(
      plotConfusionMatrix(ripe.counts, { classNames: ["false", "true"] }),
    );
    expect(() => plotConfusionMatrix({ counts, classes: [0, 1] })).toThrow(
      "classes must hold 3 names, got 2.",
    );
  });

  test("shows shares of each true class when asked to, and none of a class without examples", () => {
    const svg = plotConfusionMatrix(
      [
        [3, 1],
        [0, 0],
      ],
      { normalize: true },
    );
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(["75.0%", "25.0%", "0.0%"]));
  });

  test("draws many classes, and long names", () => {
    expectSoundPicture(plotConfusionMatrix(table(40, 40, (i, j) => (i === j ? 900 : (i * j) % 7))));
    const classNames = ["a".repeat(90), "b".repeat(90), "c".repeat(90)];
    expectSoundPicture(
      plotConfusionMatrix(
        table(3, 3, (i, j) => i + j),
        { classNames },
      ),
    );
  });

  test.each([
    [[[1, 2]], /counts must be classes × classes, got 1 × 2/],
    [[[-1]], /counts must not be negative, got -1 at index 0/],
    [[[1, 2], [3]], /2 numbers in row 0 and 1 in row 1/],
    [[], /counts must be a table of numbers.*got \[\]/],
  ])("refuses %o", (counts, message) => {
    expect(() => plotConfusionMatrix(counts)).toThrow(ArgumentError);
    expect(() => plotConfusionMatrix(counts)).toThrow(message);
  });
});

describe("plotWeights", { timeout: 60_000 }, () => {
  test("colours by sign and size, neutral at zero", () => {
    const elements = expectSoundPicture(plotWeights([[-2, 0, 2]]));
    const roles = marked(elements, "data-part", "cells").map(({ attributes }) => attributes.class);
    expect(roles).toEqual(["f-diverging0", "f-diverging20", "f-diverging40"]);
    const zeros = expectSoundPicture(plotWeights([[0, 0]]));
    expect(marked(zeros, "data-part", "cells").map(({ attributes }) => attributes.class)).toEqual([
      "f-diverging20",
    ]);
  });

  test("writes in an ink that stands out from each cell, in every theme", () => {
    const contrast = (a: string, b: string) => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    // Beside the two ends, so that the first weight's step on the ramp is known.
    for (let step = -20; step <= 20; step++) {
      for (const theme of ["light", "dark", "auto"] as const) {
        const elements = expectSoundPicture(plotWeights([[step / 20, -1, 1]], { theme }));
        const inks = elements.filter(
          ({ name, attributes }) => name === "text" && /light|dark/.test(attributes.class),
        );
        expect(inks).toHaveLength(3);
        const ink = inks[0].attributes.class.slice(2);
        for (const dark of theme === "auto" ? [false, true] : [theme === "dark"]) {
          const cell = roleColour(`diverging${20 + step}`, dark);
          expect(contrast(roleColour(ink, dark), cell)).toBeGreaterThan(3.9);
        }
      }
    }
  });

  test("writes weights where they fit, and only colours where not", () => {
    expect(wordsOf(plotWeights([[0.5, -1.25]]))).toEqual(expect.arrayContaining(["0.50", "−1.25"]));
    const large = plotWeights(table(30, 64, (i, j) => Math.sin(i * 64 + j)));
    expect(cells(expectSoundPicture(large))).toBe(30 * 64);
    expect(large.length).toBeLessThan(100_000);
  });

  test("takes a matrix with flat data", () => {
    const flat = { rows: 2, cols: 1, data: Float64Array.of(1, -1) };
    expect(plotWeights(flat)).toBe(plotWeights([[1], [-1]]));
  });

  test("any finite weights give a sound picture", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rows = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(rows, rows, fc.array(value, { minLength: 1 }), (n, m, values) => {
        expectSoundPicture(plotWeights(table(n, m, (i, j) => values[(i * m + j) % values.length])));
      }),
      { numRuns: 100 },
    );
  });

  test("refuses what no picture can show", () => {
    expect(() => plotWeights(table(500, 400, () => 1))).toThrow(/up to 150000 weights, got 500 × 400/);
    expect(() => plotWeights([[Infinity]])).toThrow(/must be finite numbers, got Infinity/);
    expect(() => plotWeights({ rows: 2, cols: 2, data: [1] })).toThrow(/got 2 × 2 with 1 numbers/);
    expect(() => plotWeights({ rows: -1, cols: -1, data: [1] })).toThrow(/got -1 × -1 with 1 numbers/);
    expect(() => plotWeights({ rows: 0.5, cols: 2, data: [1] })).toThrow(/got 0.5 × 2 with 1 numbers/);
  });
});

describe("names of columns", () => {
  const names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
  const ten = table(10, 10, (i, j) => (i === j ? 980 : (i * j) % 7));

  test("stand on their sides, whole and all of them, where there is no room side by side", () => {
    for (const svg of [
      plotConfusionMatrix(ten, { classNames: names }),
      plotWeights(
        table(3, 20, (i, j) => i - j),
        { columnNames: Array.from({ length: 20 }, (_, i) => `feature ${i}`) },
      ),
    ]) {
      const turned = expectSoundPicture(svg).filter(
        ({ name, attributes }) =>
          name === "text" &&
          attributes["text-anchor"] === "end" &&
          attributes.transform?.endsWith("rotate(-90)"),
      );
      expect([10, 20]).toContain(turned.length);
      for (const { text } of turned) expect(text).not.toContain("…");
    }
  });

  test("lie flat where there is room, and numbers always do", () => {
    const three = plotConfusionMatrix(
      table(3, 3, (i) => i),
      { classNames: ["setosa", "versicolor", "virginica"] },
    );
    const numbers = plotWeights(table(20, 200, (i, j) => i - j));
    for (const svg of [three, numbers])
      expect(svg).not.toMatch(/text-anchor="end"[^>]*rotate|rotate[^>]*text-anchor="end"/);
  });

  test("name every row as they name every column, down to a line of text each", () => {
    const many = Array.from({ length: 20 }, (_, i) => `class number ${i}`);
    const named = expectSoundPicture(
      plotConfusionMatrix(
        table(20, 20, (i, j) => Number(i === j)),
        { classNames: many },
      ),
    ).filter(({ text }) => text.startsWith("class number"));
    expect(named.map(({ text }) => text)).toEqual([...many, ...many]);
    const rows = expectSoundPicture(
      plotWeights(
        table(60, 2, (i, j) => i - j),
        { values: false },
      ),
    ).flatMap(({ attributes, text }) => (attributes["text-anchor"] === "end" ? [text] : []));
    expect(rows).toEqual(Array.from({ length: 30 }, (_, i) => String(2 * i + 1)));
  });

  test("and shares that have no room beside counts are written alone", () => {
    const shown = wordsOf(plotConfusionMatrix(ten, { classNames: names, normalize: true }));
    expect(shown.filter((word) => /^\d+%$/.test(word))).toHaveLength(100);
  });
});

import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../src/index.ts";

interface Dataset {
  features: number[][];
  labels: (string | number)[];
  names: string[];
}

async function load(file: string, name: string): Promise<Dataset> {
  const module = await import(new URL(`../../examples/data/${file}.mjs`, import.meta.url).href);
  return module[name]();
}

// The sums and counts are those of scikit-learn's load_digits, load_breast_cancer and load_iris.
describe.each([
  [
    "digits",
    "digits",
    64,
    561718,
    { 0: 178, 1: 182, 2: 177, 3: 183, 4: 181, 5: 182, 6: 181, 7: 179, 8: 174, 9: 180 },
  ],
  ["breast-cancer", "breastCancer", 30, 1056474.4596356, { benign: 357, malignant: 212 }],
  ["iris", "iris", 4, 2078.7, { setosa: 50, versicolor: 50, virginica: 50 }],
])("%s", (file, name, width, sum, counts) => {
  it(`has ${width} features, sums to ${sum} and holds the classes ${JSON.stringify(counts)}`, async () => {
    const { features, labels, names } = await load(file, name);
    expect(names).toHaveLength(width);
    expect(new Set(names).size).toBe(width);
    expect(new Set(features.map((row) => row.length))).toEqual(new Set([width]));
    expect(features.flat().reduce((a, b) => a + b)).toBeCloseTo(sum, 5);
    const { classes, counts: confusion } = confusionMatrix(labels, labels);
    expect(Object.fromEntries(classes.map((label, k) => [label, confusion[k][k]]))).toEqual(counts);
  });
});

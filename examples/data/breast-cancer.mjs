// 569 tumours, each described by thirty measures of its cells' nuclei. Where they come from: SOURCES.md.
import { readTable } from "./read-table.mjs";

const measures = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];

/** @returns {{ features: number[][], labels: string[], names: string[] }} 30 features, malignant or benign */
export function breastCancer() {
  const table = readTable("breast-cancer.csv.gz", { headerLines: 1 });
  return {
    features: table.map((row) => row.slice(0, 30)),
    labels: table.map((row) => ["malignant", "benign"][row[30]]),
    names: ["mean", "error of", "worst"].flatMap((kind) => measures.map((measure) => `${kind} ${measure}`)),
  };
}

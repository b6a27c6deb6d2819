import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What an example prints, to where there is no terminal. Its stderr would hold the progress bar. */
function run(name: string): string {
  const file = fileURLToPath(new URL(`../../examples/${name}.mjs`, import.meta.url));
  return execFileSync(process.execPath, [file], { encoding: "utf8" });
}

describe("held-out fifths, split and trained by seed 48, so the same to the last bit everywhere", () => {
  it("iris: every one of 30 flowers", () => {
    expect(run("iris")).toBe(
      "Iris: 30 held-out flowers, 100.00 % right\nA flower of 5, 3.6, 1.4, 0.2 cm is setosa.\n",
    );
  });

  it("digits: 355 of 360 images, 98.61 %", () => {
    const lines = run("digits").trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual([
      "Digits: 360 held-out images, 98.61 % right",
      "Each row a digit, each column what it was taken for:",
    ]);
    const counts = lines.slice(2).map((line) => line.replaceAll("·", "0").split(/\s+/).map(Number));
    expect(counts.map(([digit]) => digit)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(counts.reduce((right, [digit, ...row]) => right + row[digit], 0)).toBe(355);
  });

  it("breast cancer: 111 of 114 tumours, 97.37 %", () => {
    expect(run("breast-cancer")).toBe(
      [
        "Breast cancer: 114 held-out tumours, 97.37 % right",
        "Of those called malignant, 97.6 % are; of those that are, 95.2 % were called so; area under the ROC curve 0.9907",
        "",
      ].join("\n"),
    );
  });
});

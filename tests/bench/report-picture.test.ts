import { describe, expect, it } from "vitest";
import { type BarRow, ratioInWords } from "../../bench/chart.ts";
import type { SizePoint } from "../../bench/cost-by-size.ts";
import { type Report, reportPicture } from "../../bench/report-picture.ts";
import { expectSoundPicture, marked, pathPoints } from "../plot/svg-reading.ts";

const PEERS = [
  "reference",
  "C",
  "NumPy",
  "PyTorch",
  "tfjs-wasm",
  "Node 26.9.0 --experimental-wasm-revectorize",
];

function row(name: string, dtype: string | undefined, ratios: readonly number[]): BarRow {
  return {
    name,
    dtype,
    bars: [1, ...ratios].map((ratio, i) => ({
      name: i === 0 ? "ours" : PEERS[i - 1],
      ratio,
      quartiles: [ratio * 0.9, ratio * 1.1],
      time: "12.3 µs",
    })),
  };
}

const COLD = "import to the first trained epoch, Deno 2.9.5 revectorize turbo";
const groups = [
  {
    name: "article",
    rows: [
      row("XOR 2-3-1, batch 4", "float64", [12, 0.4, 118, 1180, 3e4]),
      row("XOR 2-3-1, batch 4", "float32", [10, 100]),
      row("a workload whose name is much longer than its column, with some words to spare", "float64", [2]),
    ],
  },
  { name: "cold", rows: [row(COLD, undefined, [0.8, 0.2])] },
];

const point = (m: number, k: number, n: number, form: string, dtype: string): SizePoint => {
  const limit = dtype === "float64" ? 40 : 20;
  return { m, k, n, form, dtype, limit, picoseconds: limit * 1.25 };
};
const sizes = ["float64", "float32"].flatMap((dtype) =>
  ["NN", "NT", "TN"].flatMap((form) => [
    ...[64, 127, 128, 129, 2048].flatMap((n) => [
      point(n, n, n, form, dtype),
      point(1, n, n, form, dtype),
      point(n, n, 1, form, dtype),
    ]),
    point(784, 128, 64, form, dtype),
  ]),
);

const report: Report = {
  machine: "A processor, 2 logical processors; Node 24.9.0",
  theme: "auto",
  groups,
  sizes,
};

describe("the picture of a benchmark", () => {
  it("is sound, with its labels inside and apart, with bars, with sizes, with both", () => {
    expectSoundPicture(reportPicture(report));
    expectSoundPicture(reportPicture({ ...report, sizes: [] }));
    expectSoundPicture(reportPicture({ ...report, groups: [] }));
    expectSoundPicture(reportPicture({ ...report, machine: "a long name of a machine ".repeat(20) }));
  });

  it("cuts no title of a row that has the whole width", () => {
    const elements = expectSoundPicture(reportPicture(report));
    expect(elements.map(({ text }) => text)).toContain(COLD);
  });

  it("wears light, dark, or the reader's colours", () => {
    const [light, dark, auto] = (["light", "dark", "auto"] as const).map((theme) =>
      reportPicture({ ...report, theme }),
    );
    expect(light).toContain("fill:#ffffff");
    expect(dark).not.toContain("fill:#ffffff");
    expect(auto).toContain("prefers-color-scheme:dark");
  });

  it("draws a bar for each contender, equally long for equal factors up and down", () => {
    const rows = [row("work", "float64", [10, 0.1, 100])];
    const elements = expectSoundPicture(
      reportPicture({ ...report, sizes: [], groups: [{ name: "g", rows }] }),
    );
    const bars = marked(elements, "data-bar").map(({ attributes }) => ({
      name: attributes["data-bar"],
      left: Number(attributes.x),
      width: Number(attributes.width),
    }));
    expect(bars.map(({ name }) => name)).toEqual(["ours", "reference", "C", "NumPy"]);
    const [ours, tenfold, tenth, hundredfold] = bars;
    expect(ours.width).toBe(3);
    expect(tenfold.width).toBeCloseTo(tenth.width, 1);
    expect(hundredfold.width).toBeCloseTo(2 * tenfold.width, 1);
    expect(tenth.left + tenth.width).toBeCloseTo(tenfold.left, 1);
  });

  it("says a ratio that the axis has no place for as it is, and draws its bar to the least that has one", () => {
    const rows = [row("work", "float64", [0.02, 0.01, -0.1, 0])];
    const elements = expectSoundPicture(
      reportPicture({ ...report, sizes: [], groups: [{ name: "g", rows }] }),
    );
    const words = elements.map(({ text }) => text);
    for (const ratio of ["0.02×", "0.01×", "-0.10×", "0.00×"]) expect(words).toContain(ratio);
    const [, least, ...others] = marked(elements, "data-bar").map(({ attributes }) => [
      Number(attributes.x),
      Number(attributes.width),
    ]);
    expect(least[1]).toBeGreaterThan(10);
    expect(others).toEqual([least, least, least]);
  });

  it("draws no limit where none was measured", () => {
    const unlimited = sizes.map(({ limit: _, ...rest }) => rest);
    const elements = expectSoundPicture(reportPicture({ ...report, groups: [], sizes: unlimited }));
    expect(marked(elements, "data-shape", "limit")).toHaveLength(0);
  });

  it("draws equal times per flop as level lines, a quarter above the limit in both panels", () => {
    const elements = expectSoundPicture(reportPicture({ ...report, groups: [] }));
    for (const shape of ["square", "one row", "one column"]) {
      const lines = marked(elements, "data-shape", shape);
      expect(lines).toHaveLength(6);
      const limits = marked(elements, "data-shape", "limit").map((l) => pathPoints(l.attributes.d)[0][1]);
      expect(limits).toHaveLength(2);
      // on one scale, float64's three lines before float32's
      const below = limits.flatMap((limit) => [limit, limit, limit]);
      const gaps: number[] = [];
      for (const [i, { attributes }] of lines.entries()) {
        const heights = pathPoints(attributes.d).map(([, y]) => y);
        expect(heights).toHaveLength(5);
        expect(new Set(heights).size).toBe(1);
        gaps.push(below[i] - heights[0]);
      }
      expect(gaps[0]).toBeGreaterThan(0);
      for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0], 1);
    }
  });

  it("says ratios in three digits", () => {
    expect([0.468, 1, 12.34, 118.4, 4090.2].map(ratioInWords)).toEqual([
      "0.47",
      "1.00",
      "12.3",
      "118",
      "4090",
    ]);
  });
});

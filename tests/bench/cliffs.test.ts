import { execFileSync } from "node:child_process";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bench, load } from "./commands.ts";

describe("cliffs", async () => {
  const { containing, deepened, isCliff, shapes, widened } = await load("cliffs/shapes.mjs");

  it("are looked for between a product and those with one side longer, by a third at most or by 1", () => {
    expect(containing([1, 3, 12])).toEqual([
      [2, 3, 12],
      [1, 4, 12],
      [1, 3, 15],
    ]);
    // 24 comes after 17, and 129 is the last
    expect(containing([17, 129, 7])).toEqual([[17, 129, 8]]);
    const all = new Set(shapes.map(String));
    for (const shape of shapes) {
      for (const larger of containing(shape)) expect(all.has(String(larger))).toBe(true);
    }
  });

  it("are looked for in all products that README.md counts, each once, the deep ones beside those a step deeper, the wide ones beside those a column wider", () => {
    expect([shapes.length, new Set(shapes.map(String)).size]).toEqual([14_867, 14_867]);
    expect([deepened.length, new Set(deepened.map(String)).size]).toEqual([77, 77]);
    expect([deepened[0], deepened[76]]).toEqual([
      [
        [3, 2, 512],
        [3, 2, 513],
      ],
      [
        [64, 32, 1024],
        [64, 32, 1025],
      ],
    ]);
    for (const [[m, n, k], deeper] of deepened) expect(deeper).toEqual([m, n, k + 1]);
    expect([widened.length, new Set(widened.map(String)).size]).toEqual([73, 73]);
    expect([widened[0][0], widened[72][0]]).toEqual([
      [3, 256, 8],
      [200, 4096, 8],
    ]);
    for (const [[m, n, k], wider] of widened) expect(wider).toEqual([m, n + 1, k]);
  });

  it("are a quarter more time, and more than a clock's error", () => {
    expect([isCliff(126, 100), isCliff(124, 100), isCliff(39, 30), isCliff(100, 126)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("lie between products that have the reference's bits", () => {
    const print = (file: string) =>
      execFileSync(process.execPath, [path.join(bench, "cliffs/scan.mjs"), file, "float32", "NT"], {
        encoding: "utf8",
      });
    const ours = print("index.js");
    // of these numbers: that of zeros alone would be the same in any kernels
    expect(ours).toBe("00631332e4576b3b\n");
    expect(ours).toBe(print("reference.js"));
  }, 60_000);

  describe("the command", () => {
    /** An engine that prints what the script says, which knows the `file` and whether it is to measure. */
    const engine = (script: string) => ({
      command: process.execPath,
      args: (_: string, file: string, dtype: string, form: string, rounds?: string) => [
        "-e",
        `const [file, rounds] = [${JSON.stringify(file)}, ${rounds}]; console.log(${script})`,
        dtype,
        form,
      ],
      name: "an engine",
      entry: "index",
    });
    afterEach(() => vi.restoreAllMocks());

    it("ends where a product has other bits than the reference's", async () => {
      const { measureCliffs } = await load("cliffs.mjs");
      const wrong = engine('file === "reference.js" ? "00ff" : "00fe"');
      await expect(measureCliffs([wrong], { rounds: 1, checkOnly: true })).rejects.toThrow(
        "cliffs of NN, float64, an engine: the products' fingerprint is 00fe, the reference's 00ff",
      );
    });

    it("gives a row for each dtype, form and engine, and shows the first three edges", async () => {
      const { measureCliffs } = await load("cliffs.mjs");
      const edge = { slower: [1, 2, 3], faster: [4, 2, 3], times: [3000, 2000] };
      const found = { cliffs: [edge, edge, edge, edge], jumps: [], widths: [edge] };
      const said = vi.spyOn(console, "log").mockImplementation(() => {});
      const right = engine(`rounds ? JSON.stringify(${JSON.stringify(found)}) : "00ff"`);
      const rows = await measureCliffs([right], { rounds: 5, checkOnly: false });
      const names = ["float64", "float32"].flatMap((dtype) =>
        ["NN", "NT", "TN"].map((form) => `cliffs of ${form}, ${dtype}, an engine`),
      );
      expect(rows).toEqual(names.map((name) => ({ group: "cliffs", name, contenders: {}, ...found })));
      const line = "  1×3 · 3×2 3.00 µs, 4×3 · 3×2 2.00 µs: 1.50 times";
      expect(said.mock.calls.slice(0, 8).map(([words]) => words)).toEqual([
        `${names[0]}\n  15167 products have the reference's bits`,
        "  4 take more than 1.25 times as long as one that contains them",
        line,
        line,
        line,
        "  0 of 77 deep ones take more than 1.25 times as long a step deeper",
        "  1 of 73 wide ones take more than 1.25 times as long as one a column wider",
        line,
      ]);
      said.mockClear();
      const checked = await measureCliffs([right], { rounds: 5, checkOnly: true });
      expect(checked).toEqual(names.map((name) => ({ group: "cliffs", name, contenders: {} })));
      expect(said).toHaveBeenCalledTimes(6);
    });
  });
});

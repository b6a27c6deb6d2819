// A cold process finds no code that was compiled before it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { inFolder, load } from "./commands.ts";

const { measureCold, printCold } = await load("cold.mjs");
const { clearScratch } = await load("scratch.mjs");
const { barRow } = await load("svg.mjs");

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
// Vitest ends its processes in a way that no listener hears.
afterAll(clearScratch);

/** An engine that writes down, line by line, with what it is started. */
const noting = (kind: string, file: string, flags: readonly string[] = []) => ({
  name: kind,
  kind,
  entry: "index",
  flags,
  command: process.execPath,
  args: (...rest: string[]) => [
    "-e",
    `require("node:fs").appendFileSync(${JSON.stringify(file)}, JSON.stringify({ args: process.argv.slice(1), env: process.env }) + "\\n")`,
    "--",
    ...flags,
    ...rest,
  ],
});

describe("a cold process", () => {
  const started = (kind: string, flags?: readonly string[]) =>
    inFolder(async (folder) => {
      const file = path.join(folder, "started");
      vi.stubEnv("NODE_COMPILE_CACHE", folder);
      vi.spyOn(console, "log").mockImplementation(() => {});
      await measureCold([noting(kind, file, flags)], { rounds: 1, checkOnly: false });
      return readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    });

  it("has no cache of Node's, Deno's or Bun's", async () => {
    const all = await started("Node");
    // two to compare, three pairs; of each of two entries
    expect(all).toHaveLength(16);
    const runs = (file: string) => all.filter(({ args }) => path.basename(args.at(-1)) === file).length;
    expect(["empty.mjs", "index.mjs", "layers.mjs"].map(runs)).toEqual([6, 3, 3]);
    for (const { args, env } of all) {
      expect(env.NODE_COMPILE_CACHE).toBeUndefined();
      expect(env.BUN_RUNTIME_TRANSPILER_CACHE_PATH).toBe("0");
      expect(args).not.toContain("--no-code-cache");
    }
    for (const { args } of await started("Deno")) expect(args[0]).toBe("--no-code-cache");
  });

  it("gives Deno no flag twice", async () => {
    for (const { args } of await started("Deno", ["--no-code-cache"])) {
      expect(args.filter((arg: string) => arg === "--no-code-cache")).toHaveLength(1);
    }
  });
});

describe("what is printed of a cold process", () => {
  const printed = (ours: number[], empty: number[], difference: number) => {
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    const contenders = { ours: { nanoseconds: ours }, "empty script": { nanoseconds: empty } };
    printCold({ contenders, difference });
    return said.mock.calls.map(([line]) => line);
  };

  it("is what both take, and the difference with half the distance of its quartiles", () => {
    expect(printed([40e6, 50e6, 46e6], [30e6, 42e6, 34e6], 10e6)).toEqual([
      "  an empty script     34.0 ms  ±9%",
      "  an epoch of XOR     46.0 ms  ±5%",
      "  difference          10.0 ms ± 1.00 ms, the median of 3 pairs",
    ]);
  });
});

describe("the bars of a cold process", () => {
  const row = (ours: number[], empty: number[], difference: number) =>
    barRow({
      name: "import to the first trained epoch, Node 24 --experimental-wasm-revectorize turbo",
      contenders: { ours: { nanoseconds: ours }, "empty script": { nanoseconds: empty } },
      difference,
    });

  it("have the difference among them, under a title without the flags' long names", () => {
    const { name, bars } = row([40e6, 50e6, 44e6], [30e6, 41e6, 33e6], 10e6);
    expect(name).toBe("import to the first trained epoch, Node 24 revectorize turbo");
    expect(bars.map((bar: { name: string }) => bar.name)).toEqual(["ours", "empty script", "difference"]);
    expect(bars[2].time).toBe("10.0 ms");
    expect(bars[2].ratio).toBeCloseTo(10 / 44, 9);
  });

  it("say the true share where a busy machine leaves no difference", () => {
    const { bars } = row([40e6], [41e6], -1e6);
    expect([bars[2].time, bars[2].ratio, bars[2].quartiles]).toEqual(["-1.00 ms", -0.025, [-0.025, -0.025]]);
  });
});

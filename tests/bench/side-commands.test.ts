// The benchmark's other commands: accuracies, and threads.
import { describe, expect, it } from "vitest";
import { ending, run } from "./commands.ts";

const oneLine = (text: string) => text.trim().split("\n").length === 1;

describe("npm run bench:accuracy", () => {
  it("prints every task, and says that there is no scikit-learn where its python is missing", () => {
    const said = run("accuracy.mjs", ["--seeds", "1", "--python", "/no/such/python"]);
    expect(said).toContain("No scikit-learn to compare with: no /no/such/python\n");
    for (const task of ["iris, 4-8-3 tanh", "breast cancer, 30-16-1 relu", "digits, 64-256-10 relu"]) {
      expect(said).toMatch(new RegExp(`\n${task}, \\d+ held out\n {2}ours +\\d+\\.\\d\\d %`));
    }
    expect(said).toMatch(/\n {2}ours with dropout\(0\.5\) +\d/);
    expect(said).not.toContain("MLPClassifier");
  });

  it.each(["0", "1.5", "some"])("refuses --seeds %s in words", (seeds) => {
    const { status, stderr } = ending("accuracy.mjs", ["--seeds", seeds]);
    expect(status).toBe(1);
    expect(stderr).toBe(`--seeds wants a whole number above 0, got ${seeds}\n`);
  });
});

describe("bench/threads.mjs", () => {
  it("says the machine, the engine and what two threads take, of the work that is named", () => {
    const said = run("threads.mjs", ["--only", "dot 64, float64", "--rounds", "1"]);
    const [machine, , ...rows] = said.trim().split("\n");
    expect(machine).toContain(`logical processors; Node ${process.versions.node}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^dot 64, float64 .* ms .* ms .*×/);
  });

  it("says what it takes", () => {
    expect(run("threads.mjs", ["--help"])).toMatch(/--threads N .*\n.*--rounds N .*\n.*--only TEXT/);
  });

  it.each([
    [["--threads", "x"], "--threads wants a whole number above 1 and at most 64, got x"],
    [["--threads", "1"], "--threads wants a whole number above 1"],
    [["--rounds", "0"], "--rounds wants a whole number above 0, got 0"],
    [["--only", "nosuch"], "--only nosuch: none of 784-512-10, batch 512, float64; dot 64, float64; "],
    [["--size", "3"], "Unknown option '--size'; --help says what there is"],
  ])("refuses %s in words", (args, words) => {
    const { status, stderr } = ending("threads.mjs", args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(oneLine(stderr)).toBe(true);
  });
});

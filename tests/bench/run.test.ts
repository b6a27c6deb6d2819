// The whole command, as users call it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { expectSoundPicture } from "../plot/svg-reading.ts";
import { bench, ending, inFolder, load, run } from "./commands.ts";

describe("npm run bench", () => {
  it("compares every contender that is installed with the reference", async () => {
    const asked = ["article", "network", "cold"].flatMap((name) => ["--group", name]);
    const said = run("run.mjs", ["--check", ...asked]);
    const [, list] = /Contenders, one thread each: (.*)\./.exec(said)!;
    const contenders = list.split(", ");
    const installed = [
      ["tfjs-wasm", "@tensorflow/tfjs-backend-wasm"],
      ["tfjs-cpu", "@tensorflow/tfjs"],
      ["brain.js", "brain.js"],
      ["ml-matrix", "ml-matrix"],
    ].filter(([, name]) => existsSync(path.join(bench, "node_modules", name)));
    expect(contenders).toEqual(
      expect.arrayContaining(["ours", "reference", ...installed.map(([name]) => name)]),
    );
    for (const name of contenders.filter((contender) => contender !== "reference")) {
      expect(said).toContain(`  ${name} agrees with the reference`);
    }
    if (contenders.includes("brain.js")) {
      expect(said).toContain("brain.js: one update an example; only the first cost compared");
    }
    const [, network] = said.split("— network");
    const able = contenders.filter((name) => ["ours", "NumPy", "PyTorch"].includes(name));
    const { groups } = await load("workloads.mjs");
    for (const name of able) {
      const found = network.split(`  ${name} agrees with the reference`).length - 1;
      expect(found).toBe(groups.network.length);
    }
    expect(said).toMatch(/first trained epoch, Node .*\n {2}agrees with the reference/);
    for (const name of contenders.slice(2)) {
      expect(said).toMatch(new RegExp(`\nVersions: (.*, )?${name.replace(".", "\\.")} (gcc )?\\d+\\.\\d+`));
    }
    // PyTorch alone may take half a minute to come up on a busy machine.
  }, 300_000);

  it("writes its figures and its picture, and says the machine, the engines and the limit", () => {
    inFolder((folder) => {
      const [json, svg] = ["figures.json", "picture.svg"].map((file) => path.join(folder, file));
      const quick = ["--only", "none", "--rounds", "2", "--ms", "1"];
      const engine = ["--engine", process.execPath, "--engine", `${process.execPath} --no-warnings`];
      const said = run("run.mjs", ["--group", "sigmoid", ...quick, ...engine, "--json", json, "--svg", svg]);
      const node = `Node ${process.versions.node}`;
      expect(said.split("\n")[0]).toContain(`logical processors; ${node}; ${node} --no-warnings`);
      expect(said).toMatch(/ours .* % of the limit/);
      expect(said).toMatch(/--no-warnings .* % of the speed of ours/);
      expect(said).toMatch(/vector operations on 2 elements, 1 of them a division/);
      const { results, threads, passes, date, contenders: present } = JSON.parse(readFileSync(json, "utf8"));
      expect(said).toContain(`\nMeasured on ${date.slice(0, 10)}.\n`);
      expect(said).toContain("sigmoid: median of 2 turns of 1 ms");
      expect([threads, passes, present.length]).toEqual([1, 1, 3]);
      expect(results.map(({ name }: { name: string }) => name)).toEqual([
        "sigmoid of 10⁶, float64",
        "sigmoid of 10⁶, float32",
      ]);
      for (const { contenders, limit } of results) {
        expect(Object.keys(contenders)).toEqual(["ours", `${node} --no-warnings`, "reference"]);
        for (const list of [contenders.ours.nanoseconds, limit.mulAdd, limit.divide]) {
          expect(list).toHaveLength(2);
          for (const value of list) expect(value).toBeGreaterThan(0);
        }
      }
      expectSoundPicture(readFileSync(svg, "utf8"));
    });
  });

  it("takes the workloads that are named", () => {
    const said = run("run.mjs", ["--check", "--only", "none", "--name", "Iris"]);
    expect(said.match(/^— .*/gm)).toEqual(["— article"]);
    const named = said.split("\n").filter((line) => /, float(64|32)$/.test(line));
    expect(named).toEqual(["4-16-3, batch 150 (Iris), float64", "4-16-3, batch 150 (Iris), float32"]);
  });

  it.each([
    [["--group", "articel"], "--group wants one of article, "],
    [["--group", "sigmoid", "--name", "Iris"], "--name Iris: no workload of sigmoid is named so"],
    [["--only", "Numpy"], "--only wants one of C, NumPy, "],
    [["--threads", "two"], "--threads wants a whole number above 0 and at most 64, got two"],
    [["--check", "--svg", "picture.svg"], "--svg has nothing to draw"],
    [
      ["--json", "/no/such/folder/figures.json"],
      "--json /no/such/folder/figures.json: its folder takes no file (ENOENT)",
    ],
    [["--json", bench], `--json ${bench}: a folder, no file`],
    [["--json", "bench"], "--json bench: a folder, no file"],
    [["--svg", "no-such-folder/"], "--svg no-such-folder/: a folder, no file"],
    [["--svg", ""], '--svg wants a file, got ""'],
    [["--json", "package.json/figures.json"], "its folder takes no file (ENOTDIR)"],
    [["--only", "C", "--only", "none"], "--only none leaves out C too"],
    [["--group", "cliffs", "--svg", "picture.svg"], "--svg has nothing to draw"],
    [["--svg", "/no/such/folder/picture.svg"], "--svg /no/such/folder/picture.svg: its folder takes no file"],
    [["--rounds", "0"], "--rounds wants a whole number above 0, got 0"],
    [["--theme", "sepia"], "--theme wants one of auto, light, dark, got sepia"],
    [["--threads", "65"], "--threads wants a whole number above 0 and at most 64, got 65"],
    [["--group", "cold", "--ms", "5"], "--ms does nothing for cold"],
    [["--group", "cliffs", "--group", "cold", "--only", "none"], "--only does nothing for cliffs and cold"],
    [["--group", "cold", "--name", "Node"], "--name does nothing for cold"],
    [["--engine", "no-such-engine"], "--engine: no-such-engine does not start (ENOENT)"],
    [["--no-such-option"], "Unknown option '--no-such-option'; --help says what there is"],
    [["article"], "Unexpected argument 'article'; --help says what there is"],
  ])("refuses %s in words", (args, words) => {
    const { status, stderr } = ending("run.mjs", args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    // the message alone, without a stack
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("asks for what its help says where nothing is asked for", async () => {
    const [{ readBenchOptions }, { groupNames }] = [await load("options.mjs"), await load("workloads.mjs")];
    vi.spyOn(process, "argv", "get").mockReturnValue(["node", "run.mjs"]);
    // the flags of the test's own process are no engine's
    vi.spyOn(process, "execArgv", "get").mockReturnValue([]);
    const { groups, threads, rounds, ms, passes, theme, check, engines } = readBenchOptions();
    vi.restoreAllMocks();
    expect({ threads, rounds, ms, passes, theme, check }).toEqual({
      threads: 1,
      rounds: 7,
      ms: 150,
      passes: 1,
      theme: "auto",
      check: false,
    });
    expect(groups).toEqual(groupNames.filter((name: string) => name !== "cliffs" && name !== "sizes"));
    expect(engines).toMatchObject([{ name: `Node ${process.versions.node}` }]);
  });

  it("goes through a group once that is named twice", async () => {
    const { readBenchOptions } = await load("options.mjs");
    const asked = ["--group", "sigmoid", "--group", "cold", "--group", "sigmoid"];
    vi.spyOn(process, "argv", "get").mockReturnValue(["node", "run.mjs", ...asked]);
    vi.spyOn(process, "execArgv", "get").mockReturnValue([]);
    const { groups } = readBenchOptions();
    vi.restoreAllMocks();
    expect(groups).toEqual(["sigmoid", "cold"]);
  });

  it("shows a fault of its own as one, and not in words", async () => {
    const { inWords } = await load("command-line.mjs");
    const fault = () => {
      throw new TypeError("a fault");
    };
    expect(() => inWords(fault)).toThrow(new TypeError("a fault"));
  });

  it("says how each group that runs takes its figures, and nothing of one that does not", () => {
    const said = run("run.mjs", ["--group", "cold", "--rounds", "1"]);
    expect(said).toMatch(
      /\ncold: 3 pairs of new processes, .* Node without NODE_COMPILE_CACHE, Deno with --no-code-cache/,
    );
    expect(said).not.toMatch(/turns of \d+ ms|agrees with|Contenders/);
    expect(said).toMatch(/difference .*, the median of 3 pairs/);
  });

  it("says who is not here, why, and how to get them", async () => {
    const { PATH: _, ...env } = process.env;
    const said = run("run.mjs", ["--check", "--only", "C", "--name", "OR 2-1, batch 4, float64"], {
      ...env,
      PATH: "",
    });
    expect(said).toContain("\nNot here: C (no gcc). Debian's packages gcc, ");
    const { describeMissing } = await load("available.mjs");
    const missing = [
      { name: "NumPy", why: "no python3 with numpy" },
      { name: "brain.js", why: "no brain.js in bench/node_modules" },
    ];
    expect(describeMissing(missing)).toBe(
      "Not here: NumPy (no python3 with numpy), brain.js (no brain.js in bench/node_modules)." +
        " Debian's packages gcc, python3-numpy and python3-torch bring those outside JavaScript;" +
        " npm run bench:install brings those in JavaScript.",
    );
  });
});

/** A run over two workloads whose C, by a gcc of ours, does not take part in the first and does what the script says on the
 *  second. */
const withFakeC = (script: string) =>
  inFolder((folder) => {
    const c = [
      "#!/bin/sh",
      "read request",
      `echo '{"unsupported":true,"about":"ignored"}'`,
      "read request",
      script,
    ];
    writeFileSync(path.join(folder, "c"), `${c.join("\n")}\n`);
    const gcc = [
      "#!/bin/sh",
      '[ "$1" = -O3 ] || { echo 9.8.7; exit; }',
      `cp ${folder}/c "$3"; chmod +x "$3"`,
    ];
    writeFileSync(path.join(folder, "gcc"), `${gcc.join("\n")}\n`, { mode: 0o755 });
    const json = path.join(folder, "figures.json");
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, TMPDIR: folder };
    const asked = [
      "--check",
      "--only",
      "C",
      "--name",
      "OR 2-1, batch 4",
      "--group",
      "article",
      "--json",
      json,
    ];
    const { status, stdout, stderr } = ending("run.mjs", asked, env);
    // What it compiled stood in a folder of its own, which is gone.
    expect(readdirSync(folder).sort()).toEqual(["c", "figures.json", "gcc"]);
    return { status, stdout, stderr, figures: JSON.parse(readFileSync(json, "utf8")) };
  });

describe.skipIf(process.platform === "win32")("a peer that", () => {
  it("crashes is dropped loudly, and the run goes on", () => {
    const { status, stdout, figures } = withFakeC("exit 3");
    expect(status).toBe(0);
    const [early, late] = ["IS", "WAS"].map((word) =>
      stdout
        .split("\n")
        .filter((line) => line.startsWith(`!! C ${word} DROPPED from OR 2-1, batch 4, float32 on: `)),
    );
    for (const lines of [early, late]) {
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("C ended (exit code 3) without an answer");
    }
    expect(figures.results).toHaveLength(2);
    const [c] = figures.contenders.slice(-1);
    expect(c).toMatchObject({ name: "C", version: "gcc 9.8.7", lost: { from: "OR 2-1, batch 4, float32" } });
    expect(stdout).toContain("\nVersions: C gcc 9.8.7.\n");
    expect(figures.ended).toBeUndefined();
  });

  it("is wrong ends the run, and what was measured before is written", () => {
    const wrong = JSON.stringify({ check: [1, 2, 3, 4], dtype: "float32", note: "no biases" });
    const { status, stderr, figures } = withFakeC(`echo '${wrong}'`);
    expect(status).toBe(1);
    expect(stderr).toContain("C computes 1,2,3,4 for OR 2-1, batch 4, float32");
    expect(figures.ended).toContain("C computes 1,2,3,4");
    expect(figures.results.map(({ name }: { name: string }) => name)).toEqual(["OR 2-1, batch 4, float64"]);
  });
});

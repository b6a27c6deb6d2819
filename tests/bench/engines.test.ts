import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { inFolder, load } from "./commands.ts";

describe("engines", async () => {
  const { distinct, readEngine, thisEngine } = await load("engines.mjs");

  it("are given with their flags and name themselves", () => {
    const engine = readEngine(`${process.execPath}  --no-warnings`);
    expect(engine.name).toBe(`Node ${process.versions.node} --no-warnings`);
    expect(engine.args("file.mjs", "x")).toEqual(["--no-warnings", "file.mjs", "x"]);
    expect(engine.isNode).toBe(true);
    expect(() => readEngine(" ")).toThrow('--engine wants "PATH --flag …", got " "');
  });

  it("are refused with words that are no flags, before anything is run", () => {
    expect(() => readEngine("deno run -A")).toThrow(
      '--engine wants "PATH --flag …", and "run" of "deno run -A" is no flag (Deno\'s "run -A" is added here; a flag\'s value follows its =)',
    );
    expect(readEngine(`${process.execPath} --no-warnings turbo`).entry).toBe("turbo");
    expect(() => readEngine("ls")).toThrow("which is none of Node's, Deno's or Bun's");
    expect(() => readEngine(`${process.execPath} --no-such-flag`)).toThrow(
      /^--engine: Node .* does not start with --no-such-flag \(.*bad option/,
    );
    expect(() => readEngine("no-such-engine")).toThrow("--engine: no-such-engine does not start (ENOENT)");
  });

  it("may lie at a path with spaces", () => {
    inFolder((folder) => {
      const spaced = path.join(folder, "a  folder of mine");
      symlinkSync(path.dirname(process.execPath), spaced, "junction");
      const node = path.join(spaced, path.basename(process.execPath));
      const plain = readEngine(`${node} turbo`);
      const flagged = readEngine(` ${node}  --no-warnings --no-deprecation`);
      expect([plain.command, plain.flags, plain.entry]).toEqual([node, [], "turbo"]);
      expect([flagged.command, flagged.flags]).toEqual([node, ["--no-warnings", "--no-deprecation"]]);
      expect(flagged.args("file.mjs")).toEqual(["--no-warnings", "--no-deprecation", "file.mjs"]);
      expect(() => readEngine(`${node} some --flag`)).toThrow("is no flag");
    });
  });

  it("that run this very process are as it was started, at any path and with flags of two words", () => {
    vi.spyOn(process, "execArgv", "get").mockReturnValue([
      "--import",
      "data:text/javascript,0",
      "--no-warnings",
    ]);
    const { name, args } = thisEngine();
    vi.restoreAllMocks();
    const flags = ["--import", "data:text/javascript,0", "--no-warnings"];
    expect(name).toBe(`Node ${process.versions.node} ${flags.join(" ")}`);
    expect(args("file.mjs")).toEqual([...flags, "file.mjs"]);
  });

  it("have names of their own", () => {
    const engines = distinct([
      { name: "Node 24" },
      { name: "Bun 1" },
      { name: "Node 24" },
      { name: "Node 24" },
    ]);
    expect(engines.map(({ name }: { name: string }) => name)).toEqual([
      "Node 24",
      "Bun 1",
      "Node 24 #2",
      "Node 24 #3",
    ]);
  });
});
